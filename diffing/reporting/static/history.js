// what is shown: sentences by age and words, countries by words; the choice stands in the address
const age = $('#age'), lines = $$('.line'), ledgers = $$('.ledger');
const items = (lines.length ? lines : $$('#table tbody tr')).map((e) => [e, fold(e.textContent)]);
const filter = () => {
  const wanted = age?.value || '', words = fold(query?.value || '').split(' ').filter(Boolean);
  keep('age', wanted);
  keep('q', query?.value.trim());
  let shown = 0;
  for (const [one, text] of items) {
    const aged = !wanted || (/^\d+$/.test(wanted) ? one.dataset.since === wanted : one.classList.contains(wanted));
    one.hidden = !(aged && words.every((word) => text.includes(word)));
    shown += !one.hidden;
  }
  ledgers.forEach((ledger) => { ledger.hidden = !$('.line:not([hidden])', ledger); });
  const noun = lines.length ? 'sentences' : 'countries';
  say(wanted || words.length ? `${shown} of ${items.length} ${noun}` : '');
};
unfilter = () => { if (age) age.value = ''; if (query) query.value = ''; filter(); };
on(age, 'change', filter);
on(query, 'input', filter);
if (query) query.value = state.get('q') || '';
if (age && [...age.options].some((o) => o.value === state.get('age'))) age.value = state.get('age');
if (query?.value || age?.value) filter();

// from sentence to sentence, or from country to country
const stops = () => lines.length ? $$('.line:not([hidden]) .age a') : $$('#table tbody tr:not([hidden]) th a');
const step = (by) => {
  const all = stops();
  if (all.length) all[nextOf(all, all.includes(doc.activeElement) ? doc.activeElement : null, by)].focus();
};
Object.assign(acts, { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1) });
reach();
