// a reader's marks: a draft in the browser where it allows, a file for good
const keeps = (() => { try { localStorage.setItem('diffing-try', '1'); return localStorage.getItem('diffing-try') === '1'; } catch { return false; } })();
const key = (r) => `${r.task} ${r.reader}`;
const reviews = new Map();
const takeIn = (list) => { for (const r of list) { const known = reviews.get(key(r)); if (!known || (r.at || '') >= (known.at || '')) reviews.set(key(r), r); } };
try { takeIn(JSON.parse(kept(about.draft) || '[]')); } catch { /* no draft of ours */ }
let unsaved = false;
const reader = $('#reader'), list = $('#list'), more = $('#more'), STEP = 60;
reader.value = kept('diffing-reader') || '';
// a mark made here before a name was given is the present reader's: it takes the name that stands there at Save
const reading = () => reader.value.trim();
const mine = (item) => {
  const own = reviews.get(`${item.task} ${reading()}`), loose = reviews.get(`${item.task} `);
  return loose?.here && !(own?.at > loose.at) ? loose : own;
};
const reviewFacet = FACETS.findIndex((f) => f.key === 'review');
const facetOf = (mark) => FACETS[reviewFacet]?.values.findIndex(([slug]) => slug === (mark || 'not_reviewed')) ?? -1;
const WORDS = { accepted: 'accepted', rejected: 'rejected', unsure: 'unsure' };
let shownList = [], upTo = STEP, current = -1;

// the same draw for the same seed, whatever the order: by a hash of seed and finding
const rank = (text) => { let h = 0x811c9dc5; for (let n = 0; n < text.length; n++) h = Math.imul(h ^ text.charCodeAt(n), 0x01000193); h ^= h >>> 15; h = Math.imul(h, 0x2c1b3c6d); return (h ^ (h >>> 13)) >>> 0; };
const draw = $('#draw'), seed = $('#seed'), DRAW = 50;
const wanted = () => Math.max(0, Math.trunc(Number(draw.value)) || 0);
const nameDraw = () => { $('#random').textContent = `Draw ${wanted() || DRAW} at random`; };
const chosen = () => {
  const many = wanted();
  if (!many) return shownItems;
  const by = shownItems.map((item) => [rank(`${seed.value}:${item.task}`), item]).sort((a, b) => a[0] - b[0] || (a[1].task < b[1].task ? -1 : 1));
  $('#found').textContent = `${Math.min(many, by.length)} drawn of ${by.length.toLocaleString('en')} findings, seed ${seed.value || 0}`;
  return by.slice(0, many).map(([, item]) => item);
};

const unread = () => shownList.filter((item) => !mine(item)?.mark).length;
const progress = () => {
  calm();
  say(`${shownList.length - unread()} of ${shownList.length} read${keeps ? '' : '; this browser keeps no draft: save the file'}`);
};
const keepDraft = () => { if (keeps) kept(about.draft, JSON.stringify([...reviews.values()])); };
const store = () => { unsaved = true; keepDraft(); progress(); };
const marked = (item) => {
  const li = item.card, own = mine(item), said = own ? own.mark : item.mark;
  if (!li) return;
  li.classList.remove('accepted', 'rejected', 'unsure');
  if (said) li.classList.add(said);
  $$('[data-mark]', li).forEach((b) => b.setAttribute('aria-pressed', b.dataset.mark === own?.mark));
  $('.note', li).value = own?.note || '';
  const others = [...reviews.values()].filter((r) => r.task === item.task && r !== own && r.mark);
  $('.others', li).textContent = [item.mark ? 'in the report: ' + item.mark + some(item.note, ' (', ')') : item.note, ...others.map((r) => `${r.reader || 'no name'}: ${r.mark}${some(r.note, ' (', ')')}`)].filter(Boolean).join(' · ');
};
const say1 = (item, change) => {
  const own = mine(item) || { evidence: item.evidence, task: item.task, country: item.country, old_year: about.old.year, new_year: about.new.year, mark: '', note: '', at: '', version: about.version, rule: item.rule, anchor: item.anchor };
  const filters = FACETS.flatMap((f, k) => picked[k].size ? [f.key + '=' + [...picked[k]].map((n) => f.values[n][0]).join(',')] : []).join('&');
  const draw = wanted() ? { draw: { seed: seed.value || '0', drawn: shownList.length, of: shownItems.length, filters } } : {};
  const now = { ...own, ...draw, ...change, reader: reading(), here: true, at: new Date().toISOString() };
  if (!now.mark && now.note) now.mark = 'unsure';
  if (own.here) reviews.delete(key(own));
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
    b.title = `key ${word[0].toLowerCase()}`;
    b.dataset.mark = mark;
    on(b, 'click', () => { go(n, false); setMark(item, mark); if (mine(item)?.mark) go(n + 1, false); }); // a key next marks the next
    row.append(b);
  }
  const note = made('input', '', 'note'), others = made('span', '', 'others quiet'), quoteButton = made('button', 'Copy citation', 'act');
  note.type = 'text'; note.placeholder = 'note'; note.setAttribute('aria-label', `Note on: ${item.summary}`);
  on(note, 'focus', () => go(n, false));
  on(note, 'change', () => say1(item, { note: note.value }));
  on(quoteButton, 'click', () => citing({ country: item.country, summary: item.summary, section: item.section, verdict: item.verdict, old: [item.old].filter(Boolean), new: [item.now].filter(Boolean), sources: item.sources && { old: item.sources[0], new: item.sources[1] } }, quoteButton));
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
  nameDraw();
  keep('draw', wanted() && String(wanted()));
  keep('seed', wanted() && seed.value !== '1' ? seed.value : '');
  const was = shownList[current];
  shownList = chosen();
  upTo = STEP; current = -1;
  fill(0);
  // where the reader was, else the first card without a mark: the first key marks a card that is seen to be meant
  const at = shownList.indexOf(was);
  go(at >= 0 ? at : Math.max(0, shownList.findIndex((item) => !mine(item)?.mark)), false);
};
on(more, 'click', () => { const from = upTo; upTo += STEP; fill(from); });
const drawAnew = () => { current = -1; sift(); };
on(draw, 'input', nameDraw);
on(draw, 'change', drawAnew);
on(seed, 'change', drawAnew);
on($('#random'), 'click', () => { draw.value = wanted() || DRAW; drawAnew(); go(current); });
for (const input of [reader, draw, seed]) on(input, 'keydown', (event) => { if (event.key === 'Enter') input.blur(); }); // the keys mark again
on(reader, 'focus', () => $('#readers').replaceChildren(...known().map((name) => { const option = made('option'); option.value = name; return option; })));
on(reader, 'change', () => { kept('diffing-reader', reading()); items.forEach(freshFacet); sift(); });
const freshFacet = (item) => { if (reviewFacet >= 0) item.f[reviewFacet] = facetOf(mine(item)?.mark || item.mark); };
const lines = () => [...reviews.values()].filter((r) => r.mark).map(({ anchor, here, ...r }) => JSON.stringify(r)).join('\n') + '\n';
// saving: what a later reader of the file would miss is said first, and saved when asked once more
const saveButton = $('#save'), warning = $('#warning'), SAVE = saveButton.textContent;
let warned = false;
const warn = (text) => { warning.textContent = text; warning.hidden = !text; };
const calm = () => { warned = false; saveButton.textContent = SAVE; warn(''); };
// names that differ by a letter, by case or by spaces are likely one reader's
const near = (a, b) => {
  const [x, y] = [a, b].map((name) => fold(name).trim());
  if (x === y) return a !== b;
  if (Math.abs(x.length - y.length) > 1 || Math.max(x.length, y.length) < 3) return false;
  let from = 0, to = 0;
  while (from < x.length && x[from] === y[from]) from++;
  while (to < Math.min(x.length, y.length) - from && x.at(-1 - to) === y.at(-1 - to)) to++;
  return Math.max(x.length, y.length) - from - to <= 1;
};
const known = () => [...new Set([...reviews.values()].map((r) => r.reader).filter(Boolean))];
const missing = () => [
  reading() ? '' : 'No reader’s name: the file will not say who read.',
  ...known().filter((name) => near(name, reading())).map((name) => `Is “${reading()}” the reader “${name}”? Then write the name alike.`),
  wanted() && unread() ? `${unread()} of ${shownList.length} drawn findings have no mark.` : '',
].filter(Boolean).join(' ');
const stamp = () => {
  if (!reading()) return;
  for (const r of [...reviews.values()]) if (r.here && !r.reader) { reviews.delete(key(r)); takeIn([{ ...r, reader: reading() }]); }
  keepDraft();
};
on(saveButton, 'click', () => {
  const many = [...reviews.values()].filter((r) => r.mark).length, lacks = missing();
  if (!many) { warn('Nothing is marked yet: no file was written.'); return; }
  if (lacks && !warned) { warned = true; saveButton.textContent = 'Save anyway'; warn(lacks); return; }
  stamp();
  save('review.jsonl', 'application/x-ndjson', lines());
  unsaved = false;
  progress();
});
on($('#load'), 'change', async (event) => {
  let read = 0, bad = 0;
  for (const file of event.target.files) for (const line of (await file.text()).split('\n')) {
    if (!line.trim()) continue;
    try { const r = JSON.parse(line); if (!r.task || !WORDS[r.mark]) throw 0; takeIn([{ reader: '', note: '', at: '', ...r, anchor: items.find((i) => i.task === r.task)?.anchor }]); read++; } catch { bad++; }
  }
  items.forEach(freshFacet);
  keepDraft();
  sift();
  say(`${read} reviews read${some(bad, ', ', ' lines are none')}`);
});
addEventListener('beforeunload', (event) => { if (unsaved && !keeps) event.preventDefault(); });
const act = (mark) => () => { const item = shownList[current]; if (!item) return; setMark(item, mark); if (mine(item)?.mark) go(current + 1); };
Object.assign(acts, {
  a: act('accepted'), r: act('rejected'), u: act('unsure'),
  n: () => { if (shownList[current]) $('.note', shownList[current].card).focus(); },
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
