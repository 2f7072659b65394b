// the table of countries: by name, by verdict, by a rating that moved; names are known under their other names too
const show = $('#show'), differ = $('#differ');
const said = (...texts) => fold(texts.join(' ')).match(WORD) || [];
const rows = $$('#table tbody tr').map((e) => [e, e.cells[0].textContent.trim(), said(e.cells[0].textContent, e.dataset.also || '')]);
const names = new Map(rows.map(([, name, words]) => [name, words]));
const numbers = $$('#numbers details').map((e) => [e, said($('h3', e).textContent), $$('li', e).map((li) => [li, said(li.textContent), names.get($('b, a', li)?.textContent) || []])]);
let find = finder(''), typed = [];
const says = (...parts) => !find.terms.length || find.places(parts.flat()) !== null;
const named = (words) => typed.length > 0 && typed.every((t) => words.some((w) => w.startsWith(t))); // also half a name
only = (item) => { const name = names.get(item.group?.dataset.name) || []; return named(name) || says(name, item.words ??= said(item.li.textContent)); };
const filter = () => {
  find = finder(query.value);
  const asking = find.terms.length > 0;
  typed = find.terms.some((term) => term.exact) ? [] : said(query.value);
  keep('q', query.value.trim());
  keep('show', show.value);
  keep('rating', differ?.checked ? 'moved' : '');
  sift();
  const found = new Set(asking ? items.filter(only).map((item) => item.group?.dataset.name) : []);
  let shown = 0;
  for (const [row, name, words] of rows) {
    const fits = (!asking || named(words) || found.has(name)) && (!show.value || row.classList.contains(show.value)) && (!differ?.checked || row.classList.contains('rated'));
    row.hidden = !fits; shown += fits ? 1 : 0;
  }
  for (const [group, title, all] of numbers) {
    let here = 0;
    for (const [li, words, name] of all) { const fits = named(name) || says(title, words, name); li.hidden = !fits; here += fits ? 1 : 0; }
    group.hidden = !here;
    if (!opened) { watching = false; group.open = asking && here > 0 && here < 200; }
  }
  say(asking || show.value || differ?.checked ? plural(shown, 'country', 'countries') : '');
  $('#also').hidden = !asking;
  $('#also a').textContent = plural(shownItems.length, 'finding', 'findings');
  askEverywhere();
};
unfilter = () => { query.value = ''; show.value = ''; if (differ) differ.checked = false; clearFacets(); filter(); };
on(query, 'input', filter);
on(query, 'keydown', (event) => { if (event.key === 'Enter') { filter(); if (everywhere[0] && query.value.trim()) location.href = everywhere[0].href; } });
on(show, 'change', filter);
on(differ, 'change', filter);

const step = (by) => {
  const all = $$('#table tbody tr:not([hidden]) th a');
  if (!all.length) return;
  all[nextOf(all, all.includes(doc.activeElement) ? doc.activeElement : null, by)].focus();
};
Object.assign(acts, { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1) });

// the dots of the chart are links: one stop for the keyboard, arrows go on
const dots = $$('.dots a');
dots.forEach((a, n) => {
  a.setAttribute('tabindex', n ? '-1' : '0');
  on(a, 'keydown', (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const to = dots[(n + by + dots.length) % dots.length];
    a.setAttribute('tabindex', '-1'); to.setAttribute('tabindex', '0'); to.focus();
  });
  const tell = () => { $('#dot').textContent = $('title', a).textContent; };
  on(a, 'focus', tell); on(a, 'mouseenter', tell);
});

query.value = state.get('q') || '';
if ([...show.options].some((o) => o.value === state.get('show'))) show.value = state.get('show');
if (differ) differ.checked = state.get('rating') === 'moved';
if (query.value || show.value || differ?.checked || picked.some((set) => set.size)) filter(); else sift();
if (location.hash) reach();
