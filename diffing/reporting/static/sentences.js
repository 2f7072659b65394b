// the sentences of the page as its tables have them: each row of the text once, with its two sides; an unchanged one is
// a line of its paragraph. What stands above the text is read block by block. A side is pieces of text nodes
const BLOCK = 'p, li, td, th, h3, h4, summary, caption, dd, q';
const ROWS = '.row, .added, .removed, .same > p, p.same', textBox = $('#text');
const textNodes = (element, not = '') => {
  const walk = doc.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
  while (walk.nextNode()) if (!not || !walk.currentNode.parentElement.closest(not)) nodes.push(walk.currentNode);
  return nodes;
};
const whole = (nodes) => nodes.map((node) => [node, 0, node.data.length]);
const linesOf = (p) => { // the sentences of a paragraph, between its line breaks
  const lines = [[]];
  for (const node of textNodes(p, '.back, .since')) {
    let from = 0;
    for (const said of node.data.split('\n')) {
      if (from) lines.push([]);
      lines.at(-1).push([node, from, from + said.length]);
      from += said.length + 1;
    }
  }
  return lines.filter((pieces) => pieces.some(([node, a, b]) => node.data.slice(a, b).trim()));
};
const unitsOf = (row) => {
  const unit = (kind, old, now) => ({ row, kind, sides: [now, old].map((pieces) => pieces && { pieces }) });
  if (row.localName === 'p') return linesOf(row).map((pieces) => unit(0, null, pieces));
  if (!row.matches('.row')) return [row.matches('.removed') ? unit(1, whole(textNodes($(':scope > del', row))), null) : unit(2, null, whole(textNodes($(':scope > ins', row))))];
  const merged = $('.merged', row), both = $(':scope > .both:not(.merged)', row);
  if (both) return [unit(0, null, whole(textNodes(both)))];
  return [unit(3, whole(merged ? textNodes(merged, 'ins') : textNodes($('.old', row))), whole(merged ? textNodes(merged, 'del') : textNodes($('.new', row))))];
};
const others = () => {
  const groups = new Map();
  for (const node of textNodes($('main'), '#text, button, script, .tools, .quote')) {
    const block = node.data.trim() && node.parentElement.closest(BLOCK);
    if (block) groups.set(block, [...groups.get(block) || [], node]);
  }
  return [...groups.values()].map((nodes) => ({ sides: [{ pieces: whole(nodes) }] }));
};
let read = null, found = [], hit = -1, picked = null;
const units = () => read ??= [...others(), ...$$(ROWS, textBox).flatMap(unitsOf)];
const saidBy = (side) => side.text ??= side.pieces.map(([node, a, b]) => node.data.slice(a, b)).join('');
const wordsOf = (side) => {
  side.at ??= [...saidBy(side).matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((m) => [m.index, m.index + m[0].length]);
  return side.words ??= side.at.map(([a, b]) => fold(side.text.slice(a, b)));
};
const rangesOf = (side, from, to) => { // letters of a side as ranges of its nodes
  const ranges = [];
  let at = 0;
  for (const [node, a, b] of side.pieces) {
    const start = Math.max(from, at), end = Math.min(to, at + b - a);
    if (start < end) { const range = new Range(); range.setStart(node, a + start - at); range.setEnd(node, a + end - at); ranges.push(range); }
    at += b - a;
  }
  return ranges;
};
const paintAs = (name, ranges) => { // what was pressed lies below what was found
  if (globalThis.Highlight) CSS.highlights.set(name, Object.assign(new Highlight(...ranges), { priority: name === 'picked' ? 0 : 1 }));
};

// search: sentences that hold all that is asked, marked without touching the page
const isHidden = (unit) => unit.sides.find(Boolean).pieces[0][0].parentElement.closest('[hidden]');
const mark = () => {
  const find = finder(query.value);
  found = []; hit = -1;
  if (fold(query.value).length > 1) for (const unit of units()) {
    const ranges = unit.sides.flatMap((side) => (side && find.places(wordsOf(side)) || []).flatMap(([a, b]) => rangesOf(side, side.at[a][0], side.at[b][1])));
    if (ranges.length && !(show.value !== 'all' && isHidden(unit))) found.push({ unit, ranges });
  }
  paintAs('found', found.flatMap((f) => f.ranges)); paintAs('here', []);
  const inText = found.filter((f) => f.unit.row).length, above = found.length - inText;
  say(find.terms.length ? plural(inText, 'sentence', 'sentences') + (above ? ', ' + plural(above, 'place', 'places') + ' above' : '') : '');
  keep('q', query.value);
  askEverywhere();
};
const showRange = (unit, range) => {
  const element = range.startContainer.parentElement;
  if (element.closest('[hidden]')) unfilter();
  open(element);
  const { top, height } = range.getBoundingClientRect();
  if (top || height) scrollBy(0, top + height / 2 - innerHeight / 2); else element.scrollIntoView({ block: 'center' });
};
const goTo = (n) => {
  hit = (n + found.length) % found.length;
  showRange(found[hit].unit, found[hit].ranges[0]);
  paintAs('here', found[hit].ranges);
  say(`hit ${hit + 1} of ${found.length}`);
};
on(query, 'input', mark);
on(query, 'keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  if (hit < 0) mark();
  if (found.length) goTo(hit + (event.shiftKey ? -1 : 1));
});

// any sentence is cited: press it, or c for the one that was found or stepped to
const bar = made('div', '', 'cite-here');
const textAt = (unit) => unit.sides.map((side) => side ? saidBy(side).replace(/\s+/g, ' ').trim() : '');
const addressOf = (unit) => placeOf(textAt(unit).find(Boolean));
const unpick = () => { picked = null; bar.hidden = true; paintAs('picked', []); };
const pick = (chosen) => {
  picked = chosen;
  const ranges = chosen.flatMap((unit) => unit.sides.flatMap((side) => side ? rangesOf(side, 0, saidBy(side).length) : []));
  paintAs('picked', ranges);
  const rects = [...ranges.at(-1).getClientRects()], at = rects.at(-1);
  if (!at) return;
  bar.hidden = false;
  bar.style.top = `${at.bottom + scrollY + 2}px`;
  bar.style.left = `${Math.max(8, Math.min(at.right + scrollX - 60, root.clientWidth - bar.offsetWidth - 8))}px`;
};
const sectionOf = (unit) => $('h3', unit.row.closest('.block')).firstChild.data.trim();
const citeSentences = (chosen, button) => {
  const section = sectionOf(chosen[0]), kinds = new Set(chosen.map((u) => u.kind));
  const told = (side) => chosen.map((unit) => textAt(unit)[unit.kind ? side : 0]).filter(Boolean);
  citing({ country: about.country, summary: kinds.size === 1 ? TOLD[chosen[0].kind] : '', section, old: told(1), new: told(0) }, button);
};
const citeButton = made('button', 'Copy citation'), linkButton = made('button', 'Copy link');
on(citeButton, 'click', () => citeSentences(picked, citeButton));
on(linkButton, 'click', () => copy(`${location.href.split(/[?#]/)[0]}#${addressOf(picked[0])}`, linkButton));
bar.append(citeButton, ' ', linkButton);
bar.hidden = true;
doc.body.append(bar);
const under = (event) => { // the unit that was pressed
  const row = event.target.closest(ROWS), all = row ? units().filter((unit) => unit.row === row) : [];
  if (all.length < 2) return all;
  const spot = doc.caretPositionFromPoint?.(event.clientX, event.clientY);
  return all.filter((unit) => unit.sides[0].pieces.some(([node, a, b]) => node === spot?.offsetNode && spot.offset >= a && spot.offset <= b)).slice(0, 1);
};
on(textBox, 'click', (event) => {
  if (event.target.closest('a, button, summary, label, input')) return;
  const chosen = getSelection().isCollapsed ? under(event) : [];
  if (chosen.length) pick(chosen); else unpick();
});
acts.c = () => {
  const row = target()?.closest(ROWS), chosen = picked ?? (hit >= 0 && found[hit].unit.row ? [found[hit].unit] : row ? units().filter((unit) => unit.row === row).slice(0, 1) : null);
  if (chosen) citeSentences(chosen, citeButton);
};
addEventListener('keydown', (event) => { if (event.key === 'Escape') unpick(); });
// the address of a sentence that has no id of its own
seek = (place) => {
  if (!/^t-\w+$/.test(place)) return;
  const unit = units().find((u) => u.row && u.sides.some((side) => side && placeOf(saidBy(side)) === place));
  if (!unit) return;
  const at = found.findIndex((f) => f.unit === unit);
  if (at >= 0) goTo(at); else showRange(unit, rangesOf(unit.sides.find(Boolean), 0, 1)[0]);
  pick([unit]);
};
