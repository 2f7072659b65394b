// a reader's marks: a draft in the browser where it allows, a file for good
const keeps = (() => { try { localStorage.setItem('diffing-try', '1'); return localStorage.getItem('diffing-try') === '1'; } catch { return false; } })();
const key = (r) => `${r.task} ${r.reader}`;
const reviews = new Map();
const takeIn = (list) => { for (const r of list) { const known = reviews.get(key(r)); if (!known || (r.at || '') >= (known.at || '')) reviews.set(key(r), r); } };
try { takeIn(JSON.parse(kept(about.draft) || '[]')); } catch { /* no draft of ours */ }
let unsaved = false;
const reader = $('#reader'), list = $('#list'), more = $('#more'), STEP = 60;
reader.value = kept('diffing-reader') || '';
const mine = (item) => reviews.get(`${item.task} ${reader.value.trim()}`);
const reviewFacet = FACETS.findIndex((f) => f.key === 'review');
const facetOf = (mark) => FACETS[reviewFacet]?.values.findIndex(([slug]) => slug === (mark || 'not_reviewed')) ?? -1;
const WORDS = { accepted: 'accepted', rejected: 'rejected', unsure: 'unsure' };
let shownList = [], upTo = STEP, current = -1;

// the same draw for the same seed, whatever the order: by a hash of seed and finding
const rank = (text) => { let h = 0x811c9dc5; for (let n = 0; n < text.length; n++) h = Math.imul(h ^ text.charCodeAt(n), 0x01000193); h ^= h >>> 15; h = Math.imul(h, 0x2c1b3c6d); return (h ^ (h >>> 13)) >>> 0; };
const draw = $('#draw'), seed = $('#seed');
const chosen = () => {
  const many = Number(draw.value) || 0;
  $('#drawn').hidden = !many;
  if (!many) return shownItems;
  const by = shownItems.map((item) => [rank(`${seed.value}:${item.task}`), item]).sort((a, b) => a[0] - b[0] || (a[1].task < b[1].task ? -1 : 1));
  $('#drawn').textContent = `${Math.min(many, by.length)} of ${shownItems.length} findings, drawn at random with seed ${seed.value || 0}.`;
  return by.slice(0, many).map(([, item]) => item);
};

const progress = () => {
  const done = shownList.filter((item) => mine(item)?.mark).length;
  say(`${done} of ${shownList.length} read${keeps ? '' : '; this browser keeps no draft: save the file'}`);
};
const store = () => { unsaved = true; if (keeps) kept(about.draft, JSON.stringify([...reviews.values()])); progress(); };
const marked = (item) => {
  const li = item.card, own = mine(item), said = own ? own.mark : item.mark;
  if (!li) return;
  li.classList.remove('accepted', 'rejected', 'unsure');
  if (said) li.classList.add(said);
  $$('[data-mark]', li).forEach((b) => b.setAttribute('aria-pressed', b.dataset.mark === own?.mark));
  $('.note', li).value = own?.note || '';
  const others = [...reviews.values()].filter((r) => r.task === item.task && r.reader !== reader.value.trim() && r.mark);
  $('.others', li).textContent = [item.mark ? 'in the report: ' + item.mark + some(item.note, ' (', ')') : item.note, ...others.map((r) => `${r.reader || 'no name'}: ${r.mark}${some(r.note, ' (', ')')}`)].filter(Boolean).join(' · ');
};
const say1 = (item, change) => {
  const own = mine(item) || { evidence: item.evidence, task: item.task, country: item.country, old_year: about.old.year, new_year: about.new.year, mark: '', note: '', reader: reader.value.trim(), at: '', version: about.version, rule: item.rule, anchor: item.anchor };
  const now = { ...own, ...change, at: new Date().toISOString() };
  if (!now.mark && now.note) now.mark = 'unsure';
  reviews.set(key(now), now);
  if (reviewFacet >= 0) item.f[reviewFacet] = facetOf(now.mark || item.mark);
  store(); marked(item);
};
const setMark = (item, mark) => say1(item, { mark: mine(item)?.mark === mark ? '' : mark });
const cardOf = (item, n) => {
  const li = made('li', '', item.verdict), head = made('p', '', 'about'), link = made('a', item.country);
  link.href = `${item.slug}.html#${item.anchor}`;
  head.append(link, ` · ${some(item.section, '', ' · ')}${item.words}${some(item.about, ' · ')} · weight ${item.strength}`);
  li.append(head, made('p', item.summary, 'summary'));
  for (const [year, text] of [[about.old.year, item.old], [about.new.year, item.now]]) {
    const quote = made('blockquote'), bold = made('b', `${year} `);
    quote.append(bold, text || '(nothing)');
    li.append(quote);
  }
  if (item.reason) li.append(made('p', item.reason, 'quiet'));
  const row = made('div', '', 'marks');
  for (const [mark, word] of [['accepted', 'Accept'], ['rejected', 'Reject'], ['unsure', 'Unsure']]) {
    const b = made('button', word);
    b.dataset.mark = mark;
    b.addEventListener('click', () => { go(n, false); setMark(item, mark); });
    row.append(b);
  }
  const note = made('input', '', 'note'), others = made('span', '', 'others quiet'), quoteButton = made('button', 'Copy citation', 'act');
  note.type = 'text'; note.placeholder = 'note'; note.setAttribute('aria-label', `Note on: ${item.summary}`);
  note.addEventListener('focus', () => go(n, false));
  note.addEventListener('change', () => say1(item, { note: note.value }));
  quoteButton.addEventListener('click', () => citing({ country: item.country, summary: item.summary, section: item.section, verdict: item.verdict, old: [item.old].filter(Boolean), new: [item.now].filter(Boolean), sources: item.sources && { old: item.sources[0], new: item.sources[1] } }, quoteButton));
  row.append(note, quoteButton, others);
  li.append(row);
  item.card = li;
  marked(item);
  return li;
};
const fill = (from) => {
  if (!from) list.replaceChildren();
  list.append(...shownList.slice(from, upTo).map((item, n) => cardOf(item, from + n)));
  more.hidden = upTo >= shownList.length;
  progress();
};
const go = (n, scroll = true) => {
  if (n < 0 || n >= shownList.length) return;
  if (n >= upTo) { const from = upTo; upTo = n + STEP; fill(from); }
  shownList[current]?.card?.classList.remove('current');
  current = n;
  const card = shownList[n].card;
  card.classList.add('current');
  if (scroll) { doc.activeElement?.blur?.(); card.scrollIntoView({ block: 'nearest' }); }
};
told = () => {
  keep('draw', draw.value && String(Number(draw.value)));
  keep('seed', draw.value && seed.value !== '1' ? seed.value : '');
  shownList = chosen();
  upTo = STEP; current = -1;
  fill(0);
};
more.addEventListener('click', () => { const from = upTo; upTo += STEP; fill(from); });
draw.addEventListener('change', sift);
seed.addEventListener('change', sift);
$('#random').addEventListener('click', () => { draw.value = draw.value || 50; sift(); });
reader.addEventListener('change', () => { kept('diffing-reader', reader.value.trim()); items.forEach(freshFacet); sift(); });
const freshFacet = (item) => { if (reviewFacet >= 0) item.f[reviewFacet] = facetOf(mine(item)?.mark || item.mark); };
const lines = () => [...reviews.values()].filter((r) => r.mark).map(({ anchor, ...r }) => JSON.stringify(r)).join('\n') + '\n';
$('#save').addEventListener('click', () => { save('review.jsonl', 'application/x-ndjson', lines()); unsaved = false; });
$('#load').addEventListener('change', async (event) => {
  let read = 0, bad = 0;
  for (const file of event.target.files) for (const line of (await file.text()).split('\n')) {
    if (!line.trim()) continue;
    try { const r = JSON.parse(line); if (!r.task || !WORDS[r.mark]) throw 0; takeIn([{ reader: '', note: '', at: '', ...r, anchor: items.find((i) => i.task === r.task)?.anchor }]); read++; } catch { bad++; }
  }
  items.forEach(freshFacet);
  if (keeps) kept(about.draft, JSON.stringify([...reviews.values()]));
  sift();
  say(`${read} reviews read${some(bad, ', ', ' lines are none')}`);
});
addEventListener('beforeunload', (event) => { if (unsaved && !keeps) event.preventDefault(); });
const act = (mark) => () => { if (current < 0) { go(0); return; } const item = shownList[current]; setMark(item, mark); if (mine(item)?.mark) go(current + 1); };
Object.assign(acts, {
  a: act('accepted'), r: act('rejected'), u: act('unsure'),
  n: () => { if (current < 0) go(0); const input = shownList[current] && $('.note', shownList[current].card); input?.focus(); },
  j: () => go(current + 1), k: () => go(current - 1),
});
delete acts['/'];
draw.value = state.get('draw') || '';
if (state.get('seed')) seed.value = state.get('seed');
inflated(JSON.parse($('#index').textContent).findings).then((bytes) => {
  items = JSON.parse(new TextDecoder().decode(bytes)).map(([country, slug, anchor, task, evidence, verdict, words, section, rule, aboutIt, strength, summary, old, now, code, mark, note, reason, sources]) => ({ country, slug, anchor, task, evidence, verdict, words, section, rule, about: aboutIt, strength, summary, old, now, f: codes(code), mark, note, reason, sources, text: '' }));
  items.forEach(freshFacet);
  sift();
}).catch(() => say('This browser can’t unpack the findings.'));
