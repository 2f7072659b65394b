// the tag of a change is its permalink
for (const e of $$('.row, .added, .removed')) {
  const a = $(':scope > a:not([href]), :scope > .tag > a:not([href])', e);
  if (a) a.href = `#${e.id}`;
}
// the sides of a row
for (const row of $$('.row')) { const [a, b] = $$(':scope > p:not(.tag, .both)', row); if (b) { a.className = 'old'; b.className = 'new'; } }

// what only a script can do stands behind each finding and number: its permalink, its sentences, its citation
for (const small of $$('#findings li > small')) {
  const link = made('a', '#', 'perma');
  link.href = `#${small.parentElement.id}`; link.setAttribute('aria-label', 'Permalink');
  small.append(' ', link, ...$('a', small) ? [' ', made('button', 'Read here', 'act')] : [], ' ', made('button', 'Copy citation', 'act'));
}
for (const cell of $$('#numbers td:last-child')) cell.append(' ', made('button', 'Cite', 'act'));

// filters of the text: what is left empty goes too
const show = $('#show'), moved = $('#nomoved'), one = $('#one');
const changes = $$('.row, .added, .removed, .stub'), gaps = $$('.gap'), same = $$('#text :is(.same, .printed, h4)'), blocks = $$('.block');
const inContents = (block) => $(`.toc a[href="#${CSS.escape(block.id)}"]`)?.closest('li');
const isKind = (e, kind) => kind === 'words' ? !e.matches('.marks') : e.matches(kind === 'edited' ? '.edited, .split, .merged' : '.' + kind);
const steps = () => $$('[id^="c-"]').filter((e) => !e.closest('[hidden]'));
const filter = () => {
  const kind = show.value, hide = moved.checked, all = kind === 'all';
  for (const e of changes) e.hidden = (!all && !isKind(e, kind)) || (hide && e.matches('.moved.equal, .moved.stub'));
  for (const e of gaps) e.hidden = !$$('.added, .removed, .stub', e).some((c) => !c.hidden);
  for (const e of same) e.hidden = !all && !(kind === 'found' && $('.back', e));
  for (const e of blocks) {
    e.hidden = !all && !$$('.row, .gap, .same', e).some((c) => !c.hidden);
    const li = inContents(e);
    if (li) li.hidden = e.hidden;
  }
  say(all ? '' : plural(steps().length, 'change', 'changes'));
  keep('show', all ? '' : kind);
  keep('moved', hide ? 'hidden' : '');
};
unfilter = () => { show.value = 'all'; moved.checked = false; filter(); };

// one column: both sides as one text. Without what is put in it is the old one to the letter, without what is taken
// out the new one: each side is walked in order, and only what both have next is printed once
const sideOf = (p, tag) => [...p.childNodes].map((n) => ({ marked: n.nodeType === 1 && n.localName === tag, node: n, text: n.textContent }));
const mergeInto = (to, old, now) => {
  let i = 0, j = 0;
  while (i < old.length || j < now.length) {
    const a = old[i], b = now[j];
    if (a && (a.marked || !b)) { to.append(made('del', a.text)); i++; continue; }
    if (b && (b.marked || !a)) { to.append(made('ins', b.text)); j++; continue; }
    let n = 0;
    while (n < a.text.length && a.text[n] === b.text[n]) n++;
    if (n) {
      to.append(a.text.slice(0, n));
      a.text = a.text.slice(n); b.text = b.text.slice(n);
    } else if (a.text && (/^\s/.test(a.text) || !b.text || !/^\s/.test(b.text))) { to.append(made('del', a.text[0])); a.text = a.text.slice(1); }
    else if (b.text) { to.append(made('ins', b.text[0])); b.text = b.text.slice(1); }
    if (!a.text) i++;
    if (!b.text) j++;
  }
};
const merge = (row) => {
  const a = $('.old', row), b = $('.new', row);
  if (!a || !b || $('.merged', row)) return;
  const p = made('p', '', 'merged both');
  mergeInto(p, sideOf(a, 'del'), sideOf(b, 'ins'));
  a.before(p);
};
const column = () => {
  if (one.checked) $$('#text .row').forEach(merge); else $$('.merged').forEach((p) => p.remove());
  $('#text').classList.toggle('onecol', one.checked);
  keep('column', one.checked ? 'one' : '');
  read = null; unpick(); mark();
};

// the next change and the one before
const step = (by) => {
  const all = steps();
  if (!all.length) return;
  const n = nextOf(all, target(), by), to = all[n];
  location.replace('#' + to.id); reach();
  $(':scope > a, .tag a', to)?.focus({ preventScroll: true });
  say(`change ${n + 1} of ${all.length}`);
};
Object.assign(acts, { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1) });

// the sentences of a finding, shown below it without leaving it
const leads = (box) => $$('a[href^="#c-"], a[href^="#s-"]', box);
const quoted = (li, button) => {
  const shown = $('.quote', li);
  if (shown) { shown.remove(); button.setAttribute('aria-expanded', 'false'); return; }
  const quote = made('div', '', 'quote');
  for (const place of new Set(leads(li).map((a) => a.hash.slice(1)))) {
    const row = made('div'), from = doc.getElementById(place);
    row.className = from.className;
    for (const node of from.localName === 'span' ? [from] : from.children) {
      if (node.matches('.merged, .tag, a')) continue;
      if (node.matches('ins, del')) { row.append(node.cloneNode(true)); continue; }
      const p = made('p', '', node.className);
      p.append(...[...node.childNodes].map((n) => n.cloneNode(true)));
      row.append(p);
    }
    quote.append(row);
  }
  li.append(quote); button.setAttribute('aria-expanded', 'true');
};

// what a finding or a number rests on, for its citation: of a finding only the year that its link names
const evidence = (box) => {
  const sides = { old: [], new: [] };
  let section = '';
  for (const a of leads(box)) {
    const place = doc.getElementById(a.hash.slice(1)), unit = units().find((u) => u.row && (u.row === place || place?.contains((u.sides[0] || u.sides[1]).pieces[0][0])));
    section ||= unit ? sectionOf(unit) : '';
    if (unit) for (const side of ['old', 'new']) {
      const said = textAt(unit)[side === 'old' && unit.kind ? 1 : 0];
      if (said && !sides[side].includes(said) && (box.localName === 'tr' || a.textContent.includes(about[side].year))) sides[side].push(said);
    }
  }
  return { ...sides, section };
};
on(doc, 'click', (event) => {
  const button = event.target.closest('button.act'), box = button?.closest('li, tr');
  if (!box) return;
  if (button.textContent === 'Read here') quoted(box, button); else {
    const said = box.localName === 'tr' ? `${cell(box.cells[0])}: ${cell(box.cells[1])} → ${cell(box.cells[2])}` : $('.said', box).textContent;
    citing({ country: about.country, summary: said, verdict: (box.parentElement.className + ' ' + box.className).match(/progress|backsliding/)?.[0], ...evidence(box) }, button);
  }
});

// the sign behind a sentence says which finding it leads to
on(doc, 'pointerover', (event) => {
  const a = event.target.closest?.('.back');
  if (a && !a.title) a.title = $('.said', doc.getElementById(a.hash.slice(1)))?.textContent || '';
});

// boxes for what was seen, kept where the browser lets us: by what the section says, so that they last
const viewed = new Set(JSON.parse(kept('diffing-viewed') || '[]'));
for (const block of blocks) {
  const name = hash(block.textContent.replace(/\s+/g, ' ')), label = made('label', ' viewed', 'viewed'), box = made('input');
  box.type = 'checkbox'; box.autocomplete = 'off'; box.setAttribute('aria-label', `Viewed: ${$('h3', block).firstChild.data.trim()}`);
  label.prepend(box); $('h3', block).append(' ', label);
  const paintSeen = () => {
    block.classList.toggle('seen', box.checked);
    inContents(block)?.classList.toggle('seen', box.checked);
  };
  box.checked = viewed.has(name);
  paintSeen();
  on(box, 'change', () => {
    viewed[box.checked ? 'add' : 'delete'](name);
    kept('diffing-viewed', JSON.stringify([...viewed].slice(-5000)));
    paintSeen();
  });
}

// where in each section the changes are, as a strip below its title in the contents
const STROKES = [['added', 'i'], ['removed', 'd'], ['equal', 'm'], ['row', 'e']];
for (const block of blocks) {
  const paths = {};
  let at = 0;
  for (const e of $$(ROWS, block)) {
    const kind = e.localName === 'p' ? null : STROKES.find(([css]) => e.classList.contains(css))[1];
    if (kind) paths[kind] = (paths[kind] || '') + `M${at} 1h1`;
    at += kind ? 1 : linesOf(e).length;
  }
  const strokes = Object.entries(paths).map(([kind, d]) => `<path class="${kind}" d="${d}"/>`).join('');
  if (strokes) inContents(block)?.insertAdjacentHTML('beforeend', `<svg class="map" viewBox="0 0 ${at} 2" preserveAspectRatio="none" aria-hidden="true">${strokes}</svg>`);
}

// the contents mark where one is
if (toc && globalThis.IntersectionObserver) {
  const links = new Map($$('a[href^="#"]', toc).map((a) => [a.hash.slice(1), a]));
  const inside = new Set();
  const order = [...links.keys()];
  const watch = new IntersectionObserver((entries) => {
    for (const e of entries) inside[e.isIntersecting ? 'add' : 'delete'](e.target.id);
    const here = order.findLast((id) => inside.has(id));
    for (const [id, a] of links) if (id === here) a.setAttribute('aria-current', 'true'); else a.removeAttribute('aria-current');
  }, { rootMargin: '-25% 0px -70% 0px' });
  order.forEach((id) => { const e = doc.getElementById(id); if (e) watch.observe(e); });
}

// marks of a reader who works in this browser
const draft = JSON.parse(kept(about.draft) || '[]');
for (const review of draft) {
  const li = review.anchor && doc.getElementById(review.anchor), words = { accepted: '✓ accepted', rejected: '✗ rejected', unsure: '? unsure' };
  if (!li || !words[review.mark] || $('.reviewed', li)) continue;
  li.classList.add(review.mark);
  const badge = made('span', words[review.mark] + some(review.note, ': '), 'badge reviewed');
  $('small', li)?.prepend(badge, ' ');
}

on(show, 'change', filter);
on(moved, 'change', filter);
on(one, 'change', column);
query.value = state.get('q') || '';
if ([...show.options].some((o) => o.value === state.get('show'))) show.value = state.get('show');
moved.checked = state.get('moved') === 'hidden';
one.checked = state.get('column') === 'one';
if (one.checked) column();
if (show.value !== 'all' || moved.checked) filter();
if (query.value) { mark(); if (!location.hash && found.length) goTo(Math.max(0, found.findIndex((f) => f.unit.row))); }
if (location.hash) reach();
