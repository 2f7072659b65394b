// which editions stand side by side, and which rows: by words, and by whether anything changed between these
const editions = $$('.edition'), changed = $('#changed'), table = $('#table');
const rows = [...table.tBodies[0].rows].map((row) => [row, row.classList.contains('section') ? null : fold(row.textContent)]);
const filter = () => {
  const out = editions.filter((box) => !box.checked).map((box) => Number(box.value));
  const shown = editions.map((box) => Number(box.value)).filter((n) => !out.includes(n));
  const words = fold(query.value).split(' ').filter(Boolean);
  keep('without', out.join(','));
  keep('changed', changed.checked ? '1' : '');
  keep('q', query.value.trim());
  [...table.tHead.rows[0].cells].forEach((th, n) => { th.hidden = out.includes(n); });
  let count = 0, all = 0, title = null, any = false;
  const close = () => { if (title) title.hidden = !any; };
  for (const [row, text] of rows) {
    if (text === null) { close(); title = row; any = false; continue; }
    const cells = [...row.cells];
    cells.forEach((cell, n) => { cell.hidden = out.includes(n); });
    const told = shown.map((n) => cells[n].className);
    const moved = shown.some((n, at) => at > 0 && cells.slice(shown[at - 1] + 1, n + 1).some((cell) => cell.className !== 'same') && !(told[at] === 'lack' && told[at - 1] === 'lack'));
    row.hidden = told.every((css) => css === 'lack') || (changed.checked && !moved) || !words.every((word) => text.includes(word));
    all += 1; count += !row.hidden; any ||= !row.hidden;
  }
  close();
  say(count < all ? `${count} of ${all} sentences` : '');
};
unfilter = () => { query.value = ''; changed.checked = false; filter(); };
editions.forEach((box) => on(box, 'change', filter));
on(changed, 'change', filter);
on(query, 'input', filter);
query.value = state.get('q') || '';
changed.checked = state.get('changed') === '1';
const without = (state.get('without') || '').split(',');
editions.forEach((box) => { box.checked = !without.includes(box.value); });
if (location.search) filter();
