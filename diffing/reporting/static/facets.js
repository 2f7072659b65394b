// facets: what findings have in common, with counts; any choice of them has an address. A finding's data-f has for
// each facet the number of its value; several values of one facet widen the choice, several facets narrow it
const FACETS = about.facets || [], findingsBox = $('#findings');
const codes = (text) => text.split('.').map((x) => x === '' ? -1 : Number(x));
let items = $$('li[data-f]', findingsBox).map((li) => ({ li, f: codes(li.dataset.f), group: li.closest('.group') }));
const picked = FACETS.map((facet) => new Set((state.get(facet.key) || '').split(',').filter(Boolean).map((name) => facet.values.findIndex(([slug]) => slug === name)).filter((n) => n >= 0)));
let counts = [], shownItems = items, only = () => true, told = () => {};
const sift = () => {
  counts = FACETS.map((facet) => new Array(facet.values.length).fill(0));
  shownItems = [];
  for (const item of items) {
    let failed = -1, fails = 0;
    for (let k = 0; k < FACETS.length; k++) if (picked[k].size && !picked[k].has(item.f[k])) { failed = k; fails++; }
    const fits = fails < 2 && only(item);
    if (fits) for (let k = 0; k < FACETS.length; k++) if ((!fails || k === failed) && item.f[k] >= 0) counts[k][item.f[k]]++;
    item.fits = fits && !fails;
    if (item.fits) shownItems.push(item);
  }
  const here = new Map();
  for (const item of items) {
    if (item.li && item.li.hidden === item.fits) item.li.hidden = !item.fits;
    here.set(item.group, (here.get(item.group) || 0) + item.fits);
  }
  const filtered = shownItems.length < items.length;
  for (const [group, n] of here) if (group) {
    group.hidden = !n;
    const count = $('.count', group), all = group.dataset.count;
    if (count) count.textContent = n < all ? `${n} of ${all}` : all;
    if (group.localName === 'details' && !opened) { watching = false; group.open = filtered && n > 0 && shownItems.length < 200; }
  }
  setTimeout(() => { watching = true; }, 100);
  $$('.facet').forEach((box, k) => {
    $('.picked', box).textContent = picked[k].size ? ` (${picked[k].size})` : '';
    box.classList.toggle('on', picked[k].size > 0);
    $$('label', box).forEach((label, n) => { label.lastChild.textContent = ` ${counts[k][n]}`; label.classList.toggle('none', !counts[k][n] && !picked[k].has(n)); });
    keep(FACETS[k].key, [...picked[k]].map((n) => FACETS[k].values[n][0]).join(','));
  });
  const clear = $('#clear');
  if (clear) clear.hidden = !picked.some((set) => set.size);
  $('#found').textContent = `${shownItems.length.toLocaleString('en')} of ${items.length.toLocaleString('en')} findings`;
  told();
};
$$('.facet').forEach((box, k) => {
  const panel = $('.options', box);
  FACETS[k].values.forEach(([, word], n) => {
    const label = made('label'), input = made('input'), number = made('span', '', 'number');
    input.type = 'checkbox'; input.checked = picked[k].has(n); input.autocomplete = 'off';
    on(input, 'change', () => { picked[k][input.checked ? 'add' : 'delete'](n); sift(); });
    label.append(input, ` ${word}`, number);
    panel.append(label);
  });
});
const clearFacets = () => { picked.forEach((set) => set.clear()); $$('.facet input').forEach((input) => { input.checked = false; }); };
on($('#clear'), 'click', () => { clearFacets(); sift(); });
on(doc, 'click', (event) => $$('.facet[open]').forEach((box) => { if (!box.contains(event.target)) box.open = false; }));
on(doc, 'keydown', (event) => { if (event.key === 'Escape') $$('.facet[open]').forEach((box) => { box.open = false; $('summary', box).focus(); }); });
