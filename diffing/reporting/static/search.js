// the index of words: unpacked once, when first asked
const raw = JSON.parse($('#index').textContent);
let vocabulary = null, postings, kindOf, sectionOf;
const unpack = async () => {
  findings = new TextDecoder().decode(await inflated(raw.findings)).split('\n').filter(Boolean).map((row) => {
    const [country, verdict, sign, anchor, summary] = row.split('\t');
    return { country: Number(country), verdict, sign, anchor, summary, text: fold(summary) };
  });
  const letters = new TextDecoder().decode(await inflated(raw.words)).split('\n');
  kindOf = await inflated(raw.units);
  let before = '';
  const words = letters.map((l) => { before = before.slice(0, l.charCodeAt(0) - 0x30) + l.slice(1); return before; });
  sectionOf = new Uint16Array(kindOf.length);
  const places = await inflated(raw.places);
  let at = 0, unit = 0;
  const number = () => { let n = 0, shift = 0, b; do { b = places[at++]; n += (b & 127) * 2 ** shift; shift += 7; } while (b > 127); return n; };
  while (at < places.length && unit < kindOf.length) { const section = number(), many = number(); sectionOf.fill(section, unit, unit + many); unit += many; }
  const bits = bytesOf(raw.held);
  let bit = 0;
  const next = () => (bits[bit >> 3] >> (7 - (bit++ & 7))) & 1;
  const low = (k) => { let n = 0; for (; k; k--) n = n * 2 + next(); return n; };
  postings = words.map(() => {
    let size = 1;
    while (!next()) size++;
    let many = 1;
    for (let k = 1; k < size; k++) many = many * 2 + next();
    const ratio = Math.floor(kindOf.length * 69 / (many * 100)), k = ratio ? 31 - Math.clz32(ratio) : 0;
    const units = new Uint32Array(many);
    for (let n = 0, u = -1; n < many; n++) {
      let high = 0;
      while (next()) high++;
      u += high * 2 ** k + low(k) + 1;
      units[n] = u;
    }
    return units;
  });
  vocabulary = words;
};

// asking: words in quotes whole, others also as beginnings; a unit must hold them all. Where in it, the index can't
// say: only a finding's summary is asked for a phrase here, and the country's page for the texts
const kinds = $('#kinds');
const WORD = /\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W_]+)*|[\p{L}\p{N}]+/gu;
const common = new Set(raw.common.split(' '));
const first = (word) => { let a = 0, b = vocabulary.length; while (a < b) { const m = (a + b) >> 1; if (vocabulary[m] < word) a = m + 1; else b = m; } return a; };
const unitsOf = (word, whole) => {
  const found = new Set();
  for (let n = first(word); n < vocabulary.length && (whole ? vocabulary[n] === word : vocabulary[n].startsWith(word)); n++) for (const u of postings[n]) found.add(u);
  return found;
};
const countryOf = (unit) => { let a = 0, b = raw.starts.length; while (a < b) { const m = (a + b) >> 1; if (raw.starts[m] <= unit) a = m + 1; else b = m; } return a - 1; };
const names = raw.countries.map(([, name, others]) => fold(`${name}; ${others}`));
const box = $('#results'), foundList = $('#found-findings ul');
let findings = [];
const MOST = 40;
const answer = async () => {
  const asked = query.value.trim();
  keep('q', asked);
  keep('in', kinds.value);
  box.replaceChildren();
  const said = fold(asked), whole = /^".+"$/.test(said), words = [...new Set(said.match(WORD) || [])];
  // countries by any of their names
  const direct = raw.countries.filter((_, n) => words.length && words.every((w) => names[n].includes(w)));
  $('#countries-found').replaceChildren(...direct.slice(0, 12).flatMap(([slug, name], n) => { const a = made('a', name); a.href = `${slug}.html`; return n ? [', ', a] : [a]; }));
  $('#by-name').hidden = !direct.length;
  // findings whose words say it, or whose country does
  foundList.replaceChildren();
  $('#found-findings').hidden = true;
  if (!words.length) { say(''); return; }
  if (!vocabulary) { say('reading the index …'); try { await unpack(); } catch { say('This browser can’t read the index of words.'); return; } if (query.value.trim() !== asked) return; }
  const asks = whole ? [said.slice(1, -1).trim()] : words, told = findings.filter((f) => asks.every((w) => f.text.includes(w) || names[f.country].includes(w)));
  $('#found-findings').hidden = !told.length;
  $('#count-findings').textContent = told.length > MOST ? `${MOST} of ${told.length.toLocaleString('en')}` : String(told.length);
  foundList.append(...told.slice(0, MOST).map((f) => {
    const li = made('li', '', f.verdict), a = made('a', raw.countries[f.country][1]), sign = made('span', f.sign, 'sign');
    a.href = `${raw.countries[f.country][0]}.html#${f.anchor}`;
    li.append(sign, ' ', a, `: ${f.summary}`);
    return li;
  }));
  // words that say which country; the rest is looked for in the texts
  const rare = words.filter((w) => !common.has(w)), ignored = words.filter((w) => common.has(w));
  const sets = rare.map((w) => unitsOf(w, whole)).sort((a, b) => a.size - b.size);
  let units = sets.length ? [...sets[0]].filter((u) => sets.every((set) => set.has(u))).sort((a, b) => a - b) : [];
  const wanted = kinds.value;
  if (wanted) units = units.filter((u) => wanted === 'changed' ? kindOf[u] !== 0 : kindOf[u] === Number(wanted));
  const by = new Map();
  for (const u of units) { const c = countryOf(u); if (!by.has(c)) by.set(c, []); by.get(c).push(u); }
  const list = made('ul', '', 'results');
  for (const [c, all] of [...by].sort((a, b) => b[1].length - a[1].length || a[0] - b[0])) {
    const [slug, name] = raw.countries[c], li = made('li'), bold = made('b'), link = made('a', name);
    const href = (section) => `${slug}.html?q=${encodeURIComponent(asked)}${some({ 1: 'removed', 2: 'added', 3: 'edited' }[wanted], '&show=')}${section === undefined ? '' : '#section-' + raw.sections[section][0].replace(/[^\w-]+/g, '-')}`;
    link.href = href();
    bold.append(link);
    li.append(bold, ` ${plural(all.length, 'sentence', 'sentences')}`);
    const sections = new Map();
    for (const u of all) sections.set(sectionOf[u], [...sections.get(sectionOf[u]) || [], u]);
    const parts = made('span', '', 'about');
    for (const [s, held] of sections) {
      const a = made('a', raw.sections[s][1]), old = held.filter((u) => kindOf[u] === 1).length, now = held.filter((u) => kindOf[u] === 2).length;
      a.href = href(s);
      parts.append(a, ` ${held.length}${some(!wanted && old, ', ', ' only in ' + about.old)}${some(!wanted && now, ', ', ' only in ' + about.new)} · `);
    }
    parts.lastChild.data = parts.lastChild.data.replace(/ · $/, '');
    li.append(parts);
    list.append(li);
  }
  box.append(list);
  const also = ignored.length ? ` “${ignored.join('”, “')}” ${ignored.length === 1 ? 'is' : 'are'} in every text and ${ignored.length === 1 ? 'narrows' : 'narrow'} nothing.` : '';
  const near = whole && words.length > 1 ? ' Whether the words stand together, the country’s page checks.' : '';
  say(rare.length ? `${plural(units.length, 'sentence', 'sentences')} in ${plural(by.size, 'country', 'countries')} hold${units.length === 1 ? 's' : ''} ${rare.length > 1 ? (near ? 'all the words' : 'all of it') : 'it'}.${near}${also}` : also.trim());
};
query.addEventListener('input', later(answer, 120));
kinds.addEventListener('change', answer);
query.value = state.get('q') || '';
if ([...kinds.options].some((o) => o.value === state.get('in'))) kinds.value = state.get('in');
answer();
if (!query.value) query.focus();
