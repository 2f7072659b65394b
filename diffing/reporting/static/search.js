// all texts of the year as numbers of words: unpacked once, when first asked
const raw = JSON.parse($('#index').textContent);
const SAME = 0, OLD = 1, NEW = 2, EDITED = 3, END = '\x02', SPLIT = '\x01';
let words = null, bare, stems, stream, starts, kindOf, countryOf, sectionOf, ends, splits, findings = [];
const unpack = async () => {
  findings = textOfBytes(await inflated(raw.findings)).split('\n').filter(Boolean).map((row) => {
    const [country, css, verdict, anchor, sides, summary] = row.split('\t');
    return { country: Number(country), css, verdict, anchor, sides: Number(sides), summary, words: fold(`${verdict} ${summary}`).match(WORD) || [] };
  });
  kindOf = await inflated(raw.units);
  countryOf = new Uint16Array(kindOf.length); sectionOf = new Uint16Array(kindOf.length); starts = new Uint32Array(kindOf.length + 1);
  const places = await inflated(raw.places);
  let at = 0, unit = 0;
  const number = () => { let n = 0, shift = 0, b; do { b = places[at++]; n += (b & 127) * 2 ** shift; shift += 7; } while (b > 127); return n; };
  while (at < places.length) { const section = number(), country = number(), many = number(); sectionOf.fill(section, unit, unit + many); countryOf.fill(country, unit, unit + many); unit += many; }
  const bytes = await inflated(raw.text), [one, two] = raw.bytes;
  let before = '';
  const vocabulary = textOfBytes(await inflated(raw.words)).split('\n').map((l) => { before = before.slice(0, l.charCodeAt(0) - 0x30) + l.slice(1); return before; });
  ends = vocabulary.indexOf(END); splits = vocabulary.indexOf(SPLIT);
  stream = new Uint32Array(bytes.length);
  let n = 0;
  unit = 0;
  for (let i = 0; i < bytes.length;) {
    const b = bytes[i++];
    const word = b < one ? b : b < one + two ? one + (b - one) * 256 + bytes[i++] : one + two * 256 + (b - one - two) * 65536 + bytes[i++] * 256 + bytes[i++];
    stream[n++] = word;
    if (word === ends) starts[++unit] = n;
  }
  bare = vocabulary.map((w) => { const [said, more] = fold(w).match(WORD) || []; return more ? '' : said || ''; });
  stems = bare.map(stem);
  words = vocabulary;
};
const sidesOf = (unit) => { // [new or only text, old text]
  const sides = [''];
  for (let p = starts[unit]; stream[p] !== ends; p++) if (stream[p] === splits) sides.push(''); else sides[sides.length - 1] += words[stream[p]];
  return sides;
};

// the units that hold all that is asked, each with what its sides hold: 1 the new or only one, 2 the old one, 3 both.
// What the country's name says need not stand in the sentence, as long as something does
const lookFor = (asks, named) => {
  const terms = asks.map((term) => term.map((fits) => Uint8Array.from(bare, (w, n) => w && fits(w, stems[n]) ? 1 : 0)));
  const all = 2 ** terms.length - 1, begins = new Uint32Array(words.length);
  terms.forEach(([first], n) => first.forEach((fits, w) => { if (fits) begins[w] |= 1 << n; }));
  const stands = (term, p) => {
    for (let k = 1; k < term.length; k++) {
      do p++; while (stream[p] !== ends && stream[p] !== splits && !bare[stream[p]]);
      if (!term[k][stream[p]]) return false;
    }
    return true;
  };
  const found = [];
  let unit = 0, here = 0, sides = 0, side = 1;
  const close = () => { if (here && (here | named[countryOf[unit]]) === all) sides |= side; here = 0; };
  for (let p = 0; unit < kindOf.length; p++) {
    const w = stream[p];
    if (begins[w]) for (let n = 0; n < terms.length; n++) if (begins[w] >> n & 1 && !(here >> n & 1) && stands(terms[n], p)) here |= 1 << n;
    if (w === splits) { close(); side = 2; }
    if (w === ends) { close(); if (sides) found.push([unit, sides]); unit++; sides = 0; side = 1; }
  }
  return found;
};
const names = raw.countries.map(([, name, others]) => fold(`${name}; ${others}`).match(WORD) || []);
const naming = (said, terms) => terms.reduce((bits, term, n) => said.some((_, k) => term.every((fits, i) => said[k + i] && fits(said[k + i]))) ? bits | 1 << n : bits, 0);

// asking, and what stands where
const kinds = $('#kinds'), box = $('#results'), foundList = $('#found-findings ul'), moreCountries = $('#more');
const moreFindings = $('#more-findings'), FEW = 6, FIRST = 3, COUNTRIES = 20;
const inOld = ([unit, sides]) => kindOf[unit] === SAME || kindOf[unit] === OLD || (kindOf[unit] === EDITED && sides > 1);
const inNew = ([unit, sides]) => kindOf[unit] !== OLD && sides % 2 === 1;
const WANTED = {
  '': () => true, changed: ([unit]) => kindOf[unit] !== SAME, edited: ([unit]) => kindOf[unit] === EDITED,
  gone: (hit) => inOld(hit) && !inNew(hit), new: (hit) => inNew(hit) && !inOld(hit),
};
const sidesWanted = { edited: [3], gone: [1], new: [2] };
const marked = (text, find) => { // a sentence with what is asked marked
  const p = made('span', '', 'said'), at = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)], said = at.map((m) => fold(m[0]));
  let from = 0;
  for (const [a, b] of find.places(said) || find.terms.flatMap((t) => said.flatMap((w, n) => t.every((fits, k) => said[n + k] && fits(said[n + k])) ? [[n, n + t.length - 1]] : [])).sort((x, y) => x[0] - y[0])) {
    const start = at[a].index, end = at[b].index + at[b][0].length;
    if (start < from) continue;
    p.append(text.slice(from, start), made('mark', text.slice(start, end)));
    from = end;
  }
  p.append(text.slice(from));
  return p;
};
// a sentence of one year alone may have been written anew: the one of the other year that shares most of its words
const ALIKE = 0.4; // of the words longer than three letters in both, the share that both have [0.3, 0.6]
const contentOf = (text) => new Set((fold(text).match(WORD) || []).filter((w) => w.length > 3).map(stem));
const contents = new Map(), contentAt = (unit) => { if (!contents.has(unit)) contents.set(unit, contentOf(sidesOf(unit)[0])); return contents.get(unit); };
const nearest = (unit) => {
  const own = contentAt(unit);
  let best = ALIKE, found = '';
  for (let u = 0; u < kindOf.length; u++) if (countryOf[u] === countryOf[unit] && kindOf[u] === (kindOf[unit] === OLD ? NEW : OLD)) {
    const other = contentAt(u), shared = [...other].filter((w) => own.has(w)).length;
    if (2 * shared / (own.size + other.size) > best) { best = 2 * shared / (own.size + other.size); found = sidesOf(u)[0]; }
  }
  return found;
};
const hitOf = ([unit], find, asked) => {
  const li = made('li'), kind = kindOf[unit], [slug, country, , oldSource, newSource] = raw.countries[countryOf[unit]], sides = sidesOf(unit), section = raw.sections[sectionOf[unit]];
  const year = { [SAME]: `${about.old.year} and ${about.new.year}`, [OLD]: `${about.old.year} only`, [NEW]: `${about.new.year} only` }[kind];
  const texts = kind === EDITED ? [[about.old.year, sides[1]], [about.new.year, sides[0]]] : [[year, sides[0]]];
  for (const [when, text] of texts) { const p = made('p'); p.append(made('span', String(when), 'badge'), ' ', marked(text, find)); li.append(p); }
  const like = kind === OLD || kind === NEW ? nearest(unit) : '';
  if (like) { const p = made('p', '', 'about'); p.append(`${kind === OLD ? about.new.year : about.old.year}, most alike: `, marked(like, find)); li.append(p); }
  const foot = made('p', '', 'about'), link = made('a', 'Read in place'), cite = made('button', 'Copy citation', 'act');
  link.href = `${slug}.html?q=${encodeURIComponent(asked)}#${placeOf(sides[0])}`;
  const [now, was] = kind === OLD ? ['', sides[0]] : kind === SAME ? [sides[0], sides[0]] : [sides[0], sides[1]];
  on(cite, 'click', () => citing({ country, summary: TOLD[kind], section, old: was ? [was] : [], new: now ? [now] : [], sources: { old: oldSource, new: newSource } }, cite));
  foot.append(some(section, '', ' · '), link, ' ', cite);
  li.append(foot);
  return li;
};
const countryItem = (c, hits, every, find, asked, bits) => {
  const [slug, name] = raw.countries[c], li = made('li'), head = made('h3'), link = made('a', name), list = made('ol', '', 'hits');
  const left = (fold(asked).match(/"[^"]*"?|[^\s"]+/g) || []).filter((t) => t.match(WORD)).filter((_, n) => !(bits >> n & 1)).join(' ');
  link.href = `${slug}.html?q=${encodeURIComponent(left || asked)}`;
  head.append(link);
  const old = every.filter(inOld).length, now = every.filter(inNew).length;
  li.append(head, made('span', ` ${plural(hits.length, 'sentence', 'sentences')} · ${about.old.year}: ${old} · ${about.new.year}: ${now}`, 'about'), list);
  const show = (from, to) => list.append(...hits.slice(from, to).map((hit) => hitOf(hit, find, left || asked)));
  show(0, FIRST);
  if (hits.length > FIRST) {
    const more = made('button', `${hits.length - FIRST} more`);
    on(more, 'click', () => { show(FIRST); more.remove(); });
    li.append(more);
  }
  return li;
};
// the countries of a list as links, in a line that can be long
const listed = (some) => some.flatMap((c, n) => { const a = made('a', raw.countries[c][1]); a.href = `${raw.countries[c][0]}.html`; return n ? [', ', a] : [a]; });
const tellIn = (line, some) => { line.hidden = !some.length; $('span', line).replaceChildren(...listed(some)); };
const byCountry = (found) => {
  const by = new Map();
  for (const hit of found) { const c = countryOf[hit[0]]; if (by.has(c)) by.get(c).push(hit); else by.set(c, [hit]); }
  return by;
};
let turns = 0; // of two answers that wait for the texts, the later alone goes on
const answer = async () => {
  const turn = ++turns, asked = query.value.trim(), find = finder(asked), named = names.map((said) => naming(said, find.terms));
  keep('q', asked);
  keep('in', kinds.value);
  box.replaceChildren(); foundList.replaceChildren();
  for (const part of [$('#found-findings'), $('#gone'), $('#come'), $('#forms'), moreCountries]) part.hidden = true;
  const direct = find.terms.length ? [...named.keys()].filter((c) => named[c] === 2 ** find.terms.length - 1) : [];
  tellIn($('#by-name'), direct.slice(0, 12));
  if (!find.terms.length) { say(''); return; }
  if (!words) { say('reading the texts …'); try { await unpack(); } catch { say('This browser can’t unpack the texts.'); return; } if (turn !== turns) return; }
  // findings: by what they say, or whose country does
  const wanted = kinds.value, told = findings.filter((f) => (!sidesWanted[wanted] || sidesWanted[wanted].includes(f.sides)) && find.places([...names[f.country], ...f.words]));
  $('#found-findings').hidden = !told.length;
  $('#count-findings').textContent = told.length.toLocaleString('en');
  const tellFindings = (from, to) => foundList.append(...told.slice(from, to).map((f) => {
    const li = made('li', '', f.css), a = made('a', raw.countries[f.country][1]);
    a.href = `${raw.countries[f.country][0]}.html#${f.anchor}`;
    li.append(made('span', f.verdict[0], 'sign'), ' ', a, `: ${f.summary}`);
    return li;
  }));
  tellFindings(0, FEW);
  moreFindings.hidden = told.length <= FEW;
  moreFindings.textContent = `${told.length - FEW} more`;
  moreFindings.onclick = () => { tellFindings(FEW); moreFindings.hidden = true; };
  // sentences, country by country
  const every = lookFor(find.terms, named), here = every.filter(WANTED[wanted] || WANTED['']), by = byCountry(here), whole = byCountry(every);
  const old = new Set(every.filter(inOld).map(([u]) => countryOf[u])), now = new Set(every.filter(inNew).map(([u]) => countryOf[u]));
  tellIn($('#gone'), [...old].filter((c) => !now.has(c)).sort((a, b) => a - b));
  tellIn($('#come'), [...now].filter((c) => !old.has(c)).sort((a, b) => a - b));
  // most hits first; of what is gone or new, first where most of it went or came
  const way = { gone: 1, new: -1 }[wanted] || 0, lost = new Map([...whole].map(([c, hits]) => [c, hits.reduce((sum, hit) => sum + way * (inOld(hit) - inNew(hit)), 0)]));
  const order = [...by].sort(([a, some], [b, others]) => lost.get(b) - lost.get(a) || others.length - some.length || a - b);
  let shown = 0;
  const more = () => {
    box.append(...order.slice(shown, shown + COUNTRIES).map(([c, hits]) => countryItem(c, hits, whole.get(c), find, asked, named[c])));
    shown += COUNTRIES;
    moreCountries.hidden = shown >= order.length;
    moreCountries.textContent = `${Math.min(COUNTRIES, order.length - shown)} more countries`;
  };
  moreCountries.onclick = more;
  more();
  say(`${plural(here.length, 'sentence', 'sentences')} in ${plural(by.size, 'country', 'countries')}`);
  const own = fold(asked).match(WORD), forms = bare.filter((w, n) => w && !own.includes(w) && find.terms.some((term) => term.at(-1)(w, stems[n])));
  $('#forms').hidden = !forms.length;
  $('#forms').textContent = `Also found: ${[...new Set(forms)].slice(0, 16).join(', ')}${forms.length > 16 ? ' …' : ''}. In quotes, only the word itself.`;
};
on(query, 'input', later(answer, 120));
on(kinds, 'change', answer);
query.value = state.get('q') || '';
if ([...kinds.options].some((o) => o.value === state.get('in'))) kinds.value = state.get('in');
answer();
if (!query.value) query.focus();
