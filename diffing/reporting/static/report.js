(() => {
'use strict';
const doc = document, root = doc.documentElement, $ = (s, e = doc) => e.querySelector(s), $$ = (s, e = doc) => [...e.querySelectorAll(s)];
const index = doc.body.classList.contains('index');
root.classList.add('on');

// light and dark: what the system says, until the reader says otherwise; kept where the browser lets us
const kept = (value) => {
  try { return value === undefined ? localStorage.getItem('diffing-theme') : localStorage.setItem('diffing-theme', value); } catch { return null; }
};
const theme = doc.createElement('button');
theme.type = 'button'; theme.className = 'theme'; theme.id = 'theme';
const dark = () => root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
const paint = () => { theme.textContent = dark() ? '☀ Light' : '☾ Dark'; };
const flip = () => { root.dataset.theme = dark() ? 'light' : 'dark'; kept(root.dataset.theme); paint(); };
if (['light', 'dark'].includes(kept())) root.dataset.theme = kept();
theme.addEventListener('click', flip); paint(); $('.top').append(theme);
const toc = $('.toc details');
if (toc && innerWidth < 1120) toc.open = false;

// folds
const open = (element) => { for (let e = element; e; e = e.parentElement) if (e.localName === 'details') e.open = true; };
const folds = $('#folds');
const foldAll = () => {
  const all = $$('main details'), to = all.some((d) => !d.open);
  all.forEach((d) => { d.open = to; });
  if (folds) folds.textContent = to ? 'Close all folds' : 'Open all folds';
};
if (folds) folds.addEventListener('click', foldAll);
let closed = [];
addEventListener('beforeprint', () => { closed = $$('details:not([open],.index #findings *)'); closed.forEach((d) => { d.open = true; }); });
addEventListener('afterprint', () => { closed.forEach((d) => { d.open = false; }); });

// parts of a long text are laid out when they come into sight: what is scrolled to is followed until it stands still
const scrollTo = (element, block = 'center') => {
  const place = () => element.getBoundingClientRect().top;
  let last = NaN, still = 0, frames = 0;
  const go = () => {
    still = Math.abs(place() - last) < 1 ? still + 1 : 0;
    if (still > 2 || ++frames > 40) return;
    element.scrollIntoView({ block });
    last = place();
    requestAnimationFrame(go);
  };
  go();
};
// about as high as they will be, so that the scrollbar does not jump
const blocks = $$('.block'), across = blocks.length && blocks[0].clientWidth;
blocks.map((e) => [e, 80 + e.childElementCount * 22 + e.textContent.length * 260 / across]).forEach(([e, high]) => { e.style.containIntrinsicSize = `auto ${Math.round(high)}px`; });

// a permalink opens what it points at, and no filter hides it
const show = $('#show'), moved = $('#nomoved'), query = $('#q'), hits = $('#hits');
const reach = () => {
  let element = null;
  try { element = doc.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no id of ours */ }
  if (!element) return;
  if (element.closest('[hidden]')) { show.value = index ? '' : 'all'; if (moved) moved.checked = false; filter(); }
  open(element);
  scrollTo(element, element.localName === 'section' ? 'start' : 'center');
};
addEventListener('hashchange', reach);
doc.addEventListener('click', (event) => { // the same link once more changes no hash
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) reach();
});

// next and previous
let at = -1;
const steps = () => $$(index ? '#table tbody tr:not([hidden]) a' : '[id^="c-"]').filter((e) => index || !e.closest('[hidden]'));
const step = (by) => {
  const all = steps();
  if (!all.length) return;
  if (index) { at = all.indexOf(doc.activeElement); at = (at + by + all.length) % all.length; all[at].focus(); return; }
  const here = all.indexOf(doc.getElementById(location.hash.slice(1)));
  const to = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : (here + by + all.length) % all.length];
  history.replaceState(null, '', '#' + to.id); location.replace('#' + to.id); reach();
  const link = $('.tag a', to); if (link) link.focus({ preventScroll: true });
  hits.textContent = `change ${all.indexOf(to) + 1} of ${all.length}`;
};

// filters and search
let filter = () => {};
if (index) {
  let rows, groups;
  const read = () => { // when first searched: a page of thousands of findings opens without it
    rows = $$('#table tbody tr').map((e) => [e, e.cells[0].textContent.toLowerCase()]);
    groups = $$('#numbers details, #findings details').map((e) => [e, $('h3', e).textContent.toLowerCase(), $$('li', e).map((li) => [li, li.textContent.toLowerCase()])]);
  };
  const differ = $('#differ');
  filter = () => {
    if (!rows) read();
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean), kind = show.value;
    const says = (text) => words.every((w) => text.includes(w));
    const found = new Set();
    let count = 0;
    for (const [group, name, items] of groups) {
      let here = 0;
      for (const [li, text] of items) {
        const fits = says(name + ' ' + text) && (!kind || li.classList.contains(kind));
        li.hidden = !fits; here += fits;
      }
      group.hidden = !here;
      group.open = Boolean(words.length) && here > 0 && here < 200;
      if (!here || group.closest('#numbers')) continue; // the same findings, by what they count
      count += here;
      found.add(name.replace(/ \(\d+\)$/, ''));
    }
    let shown = 0;
    for (const [row, name] of rows) {
      const fits = (says(name) || (words.length && found.has(name))) && (!kind || row.classList.contains(kind)) && (!differ?.checked || row.classList.contains('rated'));
      row.hidden = !fits; shown += fits;
    }
    hits.textContent = words.length || kind || differ?.checked ? `${shown} countries, ${count} findings` : '';
  };
  query.addEventListener('input', filter); show.addEventListener('change', filter); differ?.addEventListener('change', filter);
} else if (show) {
  const changes = $$('.row, .one, .stub'), gaps = $$('.gap'), same = $$('#text .same, #text .printed');
  filter = () => {
    const kind = show.value, hide = moved.checked;
    for (const e of changes) e.hidden = (kind !== 'all' && !e.classList.contains(kind)) || (hide && e.classList.contains('moved') && (e.classList.contains('equal') || e.classList.contains('stub')));
    for (const e of gaps) e.hidden = !$$('.one, .stub', e).some((c) => !c.hidden);
    for (const e of same) e.hidden = kind !== 'all' && !$('[id]', e);
    hits.textContent = kind === 'all' ? '' : `${steps().length} changes`;
  };
  show.addEventListener('change', filter); moved.addEventListener('change', filter);

  // one column: both sides as one sentence, made when first asked for
  const merge = (row) => {
    const [a, b] = [$('.old', row), $('.new', row)];
    if (!a || !b || $('.merged', row)) return;
    const p = doc.createElement('p'), left = [...a.childNodes], right = [...b.childNodes];
    p.className = 'merged both';
    while (left.length || right.length) {
      while (left.length && left[0].nodeType === 1) p.append(left.shift().cloneNode(true));
      while (right.length && right[0].nodeType === 1) p.append(right.shift().cloneNode(true));
      const x = left.shift(), y = right.shift(), node = y && y.data.length > (x ? x.data.length : 0) ? y : x || y;
      if (node) p.append(node.cloneNode());
    }
    a.before(p);
  };
  $('#one').addEventListener('change', (event) => {
    const on = event.target.checked;
    if (on) $$('#text .row').forEach(merge); else $$('.merged').forEach((p) => p.remove());
    $('#text').classList.toggle('onecol', on);
  });

  // the sentences of a finding, shown below it without leaving it
  for (const li of $$('.findings li')) {
    const places = [...new Set($$('a[href^="#c-"], a[href^="#s-"]', li).map((a) => a.hash.slice(1)))];
    if (!places.length) continue;
    const button = doc.createElement('button');
    button.type = 'button'; button.className = 'quoter'; button.textContent = 'Read here';
    button.setAttribute('aria-expanded', 'false');
    button.addEventListener('click', () => {
      let quote = $('.quote', li);
      if (quote) { quote.remove(); button.setAttribute('aria-expanded', 'false'); return; }
      quote = doc.createElement('div'); quote.className = 'quote';
      for (const place of places) {
        const row = doc.createElement('div'), from = doc.getElementById(place);
        row.className = from.className;
        for (const node of from.localName === 'span' ? [from] : from.children) {
          const p = doc.createElement('p');
          p.className = node.className; p.append(...[...node.childNodes].map((n) => n.cloneNode(true)));
          if (!p.classList.contains('tag')) row.append(p);
        }
        quote.append(row);
      }
      li.append(quote); button.setAttribute('aria-expanded', 'true');
    });
    $('.about', li).append(' ', button);
  }

  // search in the text: hits are marked without touching the page
  let ranges = [], hit = -1;
  const mark = () => {
    ranges = []; hit = -1;
    const wanted = query.value.toLowerCase();
    if (wanted.length > 1) {
      const walk = doc.createTreeWalker($('main'), NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const node = walk.currentNode, text = node.data.toLowerCase();
        for (let i = text.indexOf(wanted); i >= 0 && text.length === node.data.length; i = text.indexOf(wanted, i + wanted.length)) {
          const range = new Range(); range.setStart(node, i); range.setEnd(node, i + wanted.length); ranges.push(range);
        }
      }
    }
    if (globalThis.Highlight) { CSS.highlights.set('found', new Highlight(...ranges)); CSS.highlights.delete('here'); }
    hits.textContent = wanted.length > 1 ? `${ranges.length} hits` : '';
  };
  query.addEventListener('input', mark);
  query.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !ranges.length) return;
    hit = (hit + (event.shiftKey ? -1 : 1) + ranges.length) % ranges.length;
    const element = ranges[hit].startContainer.parentElement;
    open(element); scrollTo(element);
    if (globalThis.Highlight) CSS.highlights.set('here', new Highlight(ranges[hit]));
    hits.textContent = `hit ${hit + 1} of ${ranges.length}`;
  });
}

// tables sort by their headings
for (const table of $$('table.sortable')) {
  const body = table.tBodies[0], heads = [], below = [];
  let at = 0;
  for (const th of table.tHead.rows[0].cells) { // a heading over several columns sorts none: those under it do
    if (th.colSpan > 1) for (let n = 0; n < th.colSpan; n++) below.push(at + n); else heads.push([th, at]);
    at += th.colSpan;
  }
  for (const th of table.tHead.rows[1]?.cells ?? []) heads.push([th, below.shift()]);
  heads.forEach(([th, column]) => {
    const button = doc.createElement('button');
    button.type = 'button'; button.append(...th.childNodes); th.append(button);
    button.addEventListener('click', () => {
      const up = th.getAttribute('aria-sort') === (th.classList.contains('n') ? 'descending' : 'ascending') ? -1 : 1, way = th.classList.contains('n') ? -up : up;
      heads.forEach(([h]) => h.removeAttribute('aria-sort'));
      th.setAttribute('aria-sort', way > 0 ? 'ascending' : 'descending');
      const key = (row) => { const c = row.cells[column]; return c.dataset.sort ?? c.textContent.trim(); };
      const rows = [...body.rows].map((row) => [key(row), row]);
      const numbers = rows.every(([k]) => k === '' || !Number.isNaN(Number(k)));
      rows.sort(([a], [b]) => (a === '') - (b === '') || way * (numbers ? a - b : a.localeCompare(b)));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

// a table goes to the clipboard as tab-separated lines, which spreadsheets take
for (const table of $$('.scroll > table')) {
  if (!navigator.clipboard || !table.caption) continue;
  const copy = doc.createElement('button');
  copy.type = 'button'; copy.className = 'copy'; copy.textContent = 'Copy table';
  copy.addEventListener('click', async () => {
    const said = (cell) => cell.textContent.replace(/\s+/g, ' ').trim();
    const heads = [...table.tHead.rows].flatMap((row) => [...row.cells]).filter((th) => th.colSpan === 1);
    const first = table.tHead.rows.length > 1 ? heads.filter((th) => th.rowSpan > 1) : heads;
    if (first !== heads) { // two rows of headings: the lower ones stand where the wide ones are
      const last = first.pop();
      first.push(...heads.filter((th) => th.rowSpan === 1), last);
    }
    const lines = [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => said(cell)).join('\t'));
    try { await navigator.clipboard.writeText([first.map(said).join('\t'), ...lines].join('\n')); copy.textContent = 'Copied'; } catch { copy.textContent = 'Not allowed here'; }
    setTimeout(() => { copy.textContent = 'Copy table'; }, 2000);
  });
  table.caption.append(' ', copy);
}

// keys
const help = $('#help'), ask = doc.createElement('button');
ask.type = 'button'; ask.textContent = '? Keys'; ask.id = 'ask';
ask.addEventListener('click', () => help.showModal());
$('.tools')?.append(ask);
$('#close').addEventListener('click', () => help.close());
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.matches('input, select, textarea')) { if (event.key === 'Escape') event.target.blur(); return; }
  const acts = { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), ']': () => $('[rel=next]')?.click(), '[': () => $('[rel=prev]')?.click(), o: foldAll, d: flip, '?': () => help.showModal(), '/': () => { query.focus(); query.select(); } };
  const act = acts[event.key];
  if (act) { event.preventDefault(); act(); }
});
if (location.hash) reach();
})();
