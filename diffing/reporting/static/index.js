// the table of countries: by name, by verdict, by a rating that moved; names are known under their other names too
const show = $('#show'), differ = $('#differ');
const rows = $$('#table tbody tr').map((e) => [e, fold(`${e.cells[0].textContent} ${e.dataset.also || ''}`)]);
const numbers = $$('#numbers details').map((e) => [e, fold($('h3', e).textContent), $$('li', e).map((li) => [li, fold(li.textContent)])]);
const also = new Map(rows.map(([e, said]) => [e.cells[0].textContent.trim(), said]));
let words = [];
const says = (text) => words.every((w) => text.includes(w));
only = (item) => !words.length || says(`${textOfItem(item)} ${also.get(item.group?.dataset.name) || ''}`);
const filter = () => {
  words = fold(query.value).split(' ').filter(Boolean);
  keep('q', query.value.trim());
  keep('show', show.value);
  keep('rating', differ?.checked ? 'moved' : '');
  sift();
  const found = new Set(words.length ? shownItems.map((item) => item.group?.dataset.name) : []);
  let shown = 0;
  for (const [row, name] of rows) {
    const fits = (says(name) || found.has(row.cells[0].textContent.trim())) && (!show.value || row.classList.contains(show.value)) && (!differ?.checked || row.classList.contains('rated'));
    row.hidden = !fits; shown += fits;
  }
  for (const [group, title, all] of numbers) {
    let here = 0;
    for (const [li, text] of all) { const fits = says(`${title} ${text} ${also.get($('b', li)?.textContent) || ''}`); li.hidden = !fits; here += fits; }
    group.hidden = !here;
    if (!opened) { watching = false; group.open = words.length > 0 && here > 0 && here < 200; }
  }
  say(words.length || show.value || differ?.checked ? plural(shown, 'country', 'countries') + (words.length ? ', ' + plural(shownItems.length, 'finding', 'findings') : '') : '');
  askEverywhere();
};
unfilter = () => { query.value = ''; show.value = ''; if (differ) differ.checked = false; clearFacets(); filter(); };
query.addEventListener('input', filter);
query.addEventListener('keydown', (event) => { if (event.key === 'Enter') { filter(); if (everywhere[0] && query.value.trim()) location.href = everywhere[0].href; } });
show.addEventListener('change', filter);
differ?.addEventListener('change', filter);

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
  a.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const to = dots[(n + by + dots.length) % dots.length];
    a.setAttribute('tabindex', '-1'); to.setAttribute('tabindex', '0'); to.focus();
  });
  const tell = () => { $('#dot').textContent = $('title', a).textContent; };
  a.addEventListener('focus', tell); a.addEventListener('mouseenter', tell);
});

query.value = state.get('q') || '';
if ([...show.options].some((o) => o.value === state.get('show'))) show.value = state.get('show');
if (differ) differ.checked = state.get('rating') === 'moved';
if (query.value || show.value || differ?.checked || picked.some((set) => set.size)) filter(); else sift();
if (location.hash) reach();
