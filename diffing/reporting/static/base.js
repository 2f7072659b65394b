const doc = document, root = doc.documentElement;
const $ = (s, e = doc) => e.querySelector(s), $$ = (s, e = doc) => [...e.querySelectorAll(s)];
const on = (element, name, act, capture) => element?.addEventListener(name, act, capture);
const later = (act, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; };
const made = (name, text, css) => { const e = doc.createElement(name); if (text) e.textContent = text; if (css) e.className = css; return e; };
// what is put around a value, where there is one (no template stands in a template: it would be made lean wrongly)
const some = (value, before = '', after = '') => value ? before + value + after : '';
const plural = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
const kept = (name, value, where = 'localStorage') => { // what the browser keeps for us, where it lets us
  try { return value === undefined ? globalThis[where].getItem(name) : globalThis[where].setItem(name, value); } catch { return null; }
};
const about = JSON.parse($('#about')?.textContent || '{}');

// what the reader chose stands in the address: it comes back with Back, reload and a sent link
const state = new URLSearchParams(location.search);
const keep = (name, value) => {
  if ((state.get(name) || '') === (value || '')) return;
  if (value) state.set(name, value); else state.delete(name);
  const said = state.toString().replace(/%2C/g, ',');
  try { history.replaceState(history.state, '', (said ? '?' + said : location.pathname) + location.hash); } catch { /* too often */ }
};

// letters without accents, quotes and dashes of one kind, one space: what two spellings have in common
const plain = { 'ł': 'l', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ı': 'i', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'þ': 'th' };
const fold = (text) => /^[!-~]*$/.test(text) ? text.toLowerCase() : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[łøđðıßæœþ]/g, (c) => plain[c])
  .replace(/[’‘ʼ‛`´′]/g, "'").replace(/[“”„«»″]/g, '"').replace(/[‐‑‒–—−]/g, '-').replace(/\s+/g, ' ');

// light and dark: what the system says, until the reader says otherwise
const theme = $('#theme');
const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const paint = () => { theme.textContent = dark() ? '☀ Light' : '☾ Dark'; };
const flip = () => { root.dataset.theme = dark() ? 'light' : 'dark'; kept('diffing-theme', root.dataset.theme); paint(); };
on(theme, 'click', flip);
paint();

// what sticks at the top is as high as it is
const tools = $('.tools');
if (tools && globalThis.ResizeObserver) new ResizeObserver(() => { if (getComputedStyle(tools).position === 'sticky') root.style.setProperty('--tools', `${tools.offsetHeight}px`); else root.style.removeProperty('--tools'); }).observe(tools);

// folds: those that are not as the page came are named in the address
const open = (element) => { for (let e = element; e; e = e.parentElement) if (e.localName === 'details') e.open = true; };
const allFolds = () => $$('main details:not(.facet)');
const atFirst = allFolds().map((d) => d.open);
let watching = true;
const tellFolds = later(() => {
  if (!watching) return;
  const all = allFolds(), turned = all.flatMap((d, n) => d.open === atFirst[n] ? [] : [n]);
  keep('open', turned.length > 1 && all.every((d) => d.open) ? 'all' : turned.join(','));
  if (folds) folds.textContent = all.every((d) => d.open) ? 'Close folds' : 'Open folds';
}, 50);
const folds = $('#folds');
const foldAll = () => {
  const all = allFolds(), to = all.some((d) => !d.open && !d.hidden);
  all.forEach((d) => { d.open = to; });
};
on(folds, 'click', foldAll);
const opened = state.get('open');
if (opened) allFolds().forEach((d, n) => { d.open = opened === 'all' || opened.split(',').includes(String(n)) !== atFirst[n]; });
on(doc, 'toggle', (event) => { if (event.target.matches('main details:not(.facet)')) tellFolds(); }, true);
let closed = [];
addEventListener('beforeprint', () => { watching = false; closed = $$('details:not([open],.facet,.index #findings *)'); closed.forEach((d) => { d.open = true; }); });
addEventListener('afterprint', () => { closed.forEach((d) => { d.open = false; }); setTimeout(() => { watching = true; }, 200); });

// a permalink opens what it points at, and no filter hides it
const hits = $('#hits'), query = $('#q');
const say = (text) => { if (hits) hits.textContent = text; };
let unfilter = () => {}, seek = () => {};
const target = () => { try { return doc.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; } };
const reach = () => {
  const element = target();
  if (!element) { seek(location.hash.slice(1)); return; }
  if (element.closest('[hidden]')) unfilter(element);
  open(element);
  element.scrollIntoView({ block: element.localName === 'section' ? 'start' : 'center' });
};
addEventListener('hashchange', reach);
on(doc, 'click', (event) => { // the same link once more changes no hash
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) reach();
});

// the next and the one before, from what is in view
const line = () => parseFloat(getComputedStyle(root).scrollPaddingTop) || 0;
const inView = (e) => { const { top, bottom } = e.getBoundingClientRect(); return bottom > 0 && top < innerHeight; };
const nextOf = (all, here, by) => {
  const at = here && inView(here) ? all.indexOf(here) : -1;
  if (at >= 0) return (at + by + all.length) % all.length;
  const from = line();
  if (by > 0) { const n = all.findIndex((e) => e.getBoundingClientRect().top >= from); return n < 0 ? 0 : n; }
  const n = all.findLastIndex((e) => e.getBoundingClientRect().bottom <= from);
  return n < 0 ? all.length - 1 : n;
};

// a table sorts by its headings, and the address says by which
// the headings of its columns: one over several columns heads none, and those below it say where they stand
const columnOf = (th) => Number(th.dataset.column ?? th.cellIndex);
const headsOf = (table) => $$('th', table.tHead).filter((th) => th.colSpan === 1).map((th) => [th, columnOf(th)]).sort(([, a], [, b]) => a - b);
$$('table.sortable').forEach((table, number) => {
  const body = table.tBodies[0], heads = headsOf(table);
  const name = number ? `sort${number}` : 'sort';
  const sort = (th, column, way) => {
    heads.forEach(([h]) => h.removeAttribute('aria-sort'));
    th.setAttribute('aria-sort', way > 0 ? 'ascending' : 'descending');
    const key = (row) => { const c = row.cells[column]; return c.dataset.sort ?? c.textContent.trim(); };
    const rows = [...body.rows].map((row) => [key(row), row]);
    const numbers = rows.every(([k]) => k === '' || !Number.isNaN(Number(k)));
    rows.sort(([a], [b]) => (a === '') - (b === '') || way * (numbers ? a - b : a.localeCompare(b)));
    body.append(...rows.map(([, row]) => row));
    keep(name, `${column}${way > 0 ? 'up' : 'down'}`);
  };
  heads.forEach(([th, column]) => {
    const button = $('button', th);
    on(button, 'click', () => {
      const first = th.classList.contains('n') ? -1 : 1, same = th.getAttribute('aria-sort') === (first > 0 ? 'ascending' : 'descending');
      sort(th, column, same ? -first : first);
    });
  });
  const asked = /^(\d+)(up|down)$/.exec(state.get(name) || ''), head = asked && heads.find(([, column]) => column === Number(asked[1]));
  if (head) sort(head[0], head[1], asked[2] === 'up' ? 1 : -1);
});

// clipboard
const copy = async (text, button) => {
  const said = button.textContent;
  try { await navigator.clipboard.writeText(text); button.textContent = 'Copied'; } catch { button.textContent = 'Not allowed here'; }
  setTimeout(() => { button.textContent = said; }, 2000);
};

// a table goes to the clipboard as lines of clean cells, which spreadsheets take for nothing but text and numbers
const cell = (from) => {
  if (from.dataset.copy !== undefined) return from.dataset.copy;
  const to = from.cloneNode(true);
  $$('[aria-hidden], .act', to).forEach((e) => e.remove());
  $$('svg', to).forEach((svg) => svg.replaceWith($('title', svg)?.textContent ?? ''));
  $$('small, .badge, br, .chip', to).forEach((e) => e.before(' '));
  const said = to.textContent.replace(/\s+/g, ' ').trim();
  return /^[=+\-@\t]/.test(said) ? `'${said}` : said;
};
const tsv = (table) => {
  const rows = [...table.tBodies[0].rows].filter((row) => !row.hidden);
  return [headsOf(table).map(([th]) => th), ...rows.map((row) => [...row.cells])].map((cells) => cells.map(cell).join('\t')).join('\n');
};
for (const button of $$('button.copy')) on(button, 'click', () => copy(tsv(button.closest('table')), button));

// files and pictures are made here and saved by the browser
const save = (name, type, text) => {
  const link = made('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

// contents, keys, help
const toc = $('.toc'), tocButton = $('#contents');
on(tocButton, 'click', () => tocButton.setAttribute('aria-expanded', toc.classList.toggle('shown')));
const acts = {
  o: foldAll, d: flip, '?': () => $('#help')?.showModal(), '/': () => { query?.focus(); query?.select(); },
  ']': () => $('[rel=next]')?.click(), '[': () => $('[rel=prev]')?.click(),
};
on($('#ask'), 'click', acts['?']);
$$('dialog .close').forEach((button) => on(button, 'click', () => button.closest('dialog').close()));
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $('dialog[open]')) return;
  if (event.target.matches('input:not([type=checkbox]), select, textarea')) { if (event.key === 'Escape') event.target.blur(); return; }
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});
// the question goes along to the search over all texts
const everywhere = $$('a.everywhere');
const askEverywhere = () => everywhere.forEach((a) => { a.href = 'search.html' + some(encodeURIComponent(query?.value.trim() || ''), '?q='); });
