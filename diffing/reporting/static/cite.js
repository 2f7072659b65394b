// a citation of one finding or number: both sentences in quotes, where they stand, and by what they were compared
const by = () => `Compared by ${about.tool}.`;
const inText = (q) => `“${q.text}” (${q.title}${some(q.section, ', ')}${some(q.url, ', ')})`;
const inMarkdown = (q) => `> ${md(q.text)}\n>\n> ${q.url ? '[' + md(q.title) + '](' + q.url + ')' : '*' + md(q.title) + '*'}${some(md(q.section), ', ')}`;
const noteOf = (c, q) => `“${q.text}” ${c.summary} ${by()}`;
const inBibTeX = (c) => (q) => `@techreport{${q.key},\n  title = {${tex(q.title)}},\n  author = {{${tex(about.profile)}}},\n  institution = {${tex(about.profile)}},\n  year = {${q.year}},\n${some(q.url, '  url = {', '},\n')}  note = {${tex(some(q.section, '', ': ') + noteOf(c, q))}}\n}`;
const inCsl = (c) => (q) => ({ id: q.key, type: 'report', title: q.title, author: [{ literal: about.profile }], issued: { 'date-parts': [[q.year]] }, ...(q.section && { section: q.section }), ...(q.url && { URL: q.url }), note: noteOf(c, q) });
const FORMATS = {
  text: (claims) => claims.map((c) => `${c.summary} ${c.quotes.map(inText).join('; ')}${c.quotes.length ? '. ' : ''}${by()}`).join('\n\n'),
  markdown: (claims) => claims.map((c) => `**${md(c.summary)}**\n\n${c.quotes.map(inMarkdown).join('\n\n')}\n\n${by()}`).join('\n\n'),
  BibTeX: (claims) => claims.flatMap((c) => c.quotes.map(inBibTeX(c))).join('\n\n'),
  'CSL-JSON': (claims) => JSON.stringify(claims.flatMap((c) => c.quotes.map(inCsl(c))), null, 1),
};
const md = (text) => text.replace(/([\\`*_[\]<>])/g, '\\$1').replace(/\n/g, ' ');
const TEX = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '“': '``', '”': "''" };
const tex = (text) => text.replace(/[\\{}$&#%_~^“”]/g, (c) => TEX[c] || `\\${c}`);
const citeBox = $('#cite');
let cited = null;
const quotesOf = (claim) => ['old', 'new'].flatMap((side) => {
  const text = (claim[side] || []).join(' ');
  const edition = about[side], own = claim.sources?.[side] || edition.url;
  return text ? [{ text, year: edition.year, title: `${about.profile} ${edition.year}: ${claim.country}`, section: claim.section, url: own || '', key: `${claim.country.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${edition.year}` }] : [];
});
// what was cited in this tab, on whichever page, is at hand as one list
const all = $('input', citeBox), TAB = 'sessionStorage', basket = JSON.parse(kept('diffing-cited', undefined, TAB) || '[]');
let form = 'text';
const shownAs = (format = form) => {
  form = format;
  $('textarea', citeBox).value = FORMATS[format](all.checked ? basket : [cited]);
  $$('[data-format]', citeBox).forEach((b) => b.setAttribute('aria-pressed', b.dataset.format === format));
};
on(all, 'change', () => shownAs());
const citing = (claim, button) => { // at once as text; the box has the other forms
  cited = { ...claim, quotes: quotesOf(claim) };
  const said = FORMATS.text([cited]);
  copy(said, button);
  if (!basket.some((c) => FORMATS.text([c]) === said)) basket.push(cited);
  kept('diffing-cited', JSON.stringify(basket.map(({ summary, quotes }) => ({ summary, quotes }))), TAB);
  all.checked = false;
  all.parentElement.hidden = basket.length < 2;
  all.nextSibling.data = ` all ${basket.length} cited so far`;
  shownAs('text');
  citeBox.showModal();
};
$$('[data-format]', citeBox).forEach((b) => on(b, 'click', () => shownAs(b.dataset.format)));
on($('.again', citeBox), 'click', (event) => copy($('textarea', citeBox).value, event.target));

const NS = new DOMParser().parseFromString('<svg></svg>', 'text/html').body.firstChild.namespaceURI;

// one finding as a picture for a slide
const xml = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const wrapped = (text, font, width, most) => {
  const pen = made('canvas').getContext('2d'), lines = [];
  pen.font = font;
  for (const word of text.split(/\s+/)) {
    if (lines.length && pen.measureText(`${lines.at(-1)} ${word}`).width <= width) lines.push(`${lines.pop()} ${word}`); else lines.push(word);
  }
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1].replace(/.{2}$/, '')} …`] : lines;
};
const picture = (claim) => {
  const parts = [], colour = { progress: '#0b4f94', backsliding: '#99400a' }[claim.verdict] || '#555b63';
  let y = 84;
  const write = (text, size, fill, most, more = '', gap = 16) => {
    const font = `${more.includes('bold') ? 'bold ' : ''}${size}px ${more.includes('serif') ? 'Georgia, serif' : 'Helvetica, Arial, sans-serif'}`;
    for (const said of wrapped(text, font, 1080, most)) { parts.push(`<text x="72" y="${y}" fill="${fill}" style="font:${font}">${xml(said)}</text>`); y += Math.round(size * 1.35); }
    y += gap;
  };
  write(`${claim.country}, ${about.old.year} → ${about.new.year}`, 24, colour, 1, 'bold', 10);
  write(claim.summary, 38, '#1c1f23', 3, 'bold', 22);
  for (const q of claim.quotes) { write(`“${q.text}”`, 25, '#1c1f23', 5, 'serif', 0); write(q.title + some(q.section, ', '), 18, '#555b63', 1, '', 22); }
  const high = Math.max(675, y + 40);
  return `<svg xmlns="${NS}" width="1200" height="${high}" viewBox="0 0 1200 ${high}"><rect width="1200" height="${high}" fill="#fdfcfa"/><rect width="14" height="${high}" fill="${colour}"/>${parts.join('')}<text x="72" y="${high - 28}" fill="#555b63" style="font:16px Helvetica, Arial, sans-serif">${xml(by())}</text></svg>`;
};
const nameOf = (claim) => claim.quotes.at(-1)?.key || 'finding';
on($('.image', citeBox), 'click', () => save(`${nameOf(cited)}.svg`, 'image/svg+xml', picture(cited)));
on($('.png', citeBox), 'click', async () => { // twice as large: a slide is shown large
  const image = new Image(), canvas = made('canvas');
  image.src = 'data:image/svg+xml,' + encodeURIComponent(picture(cited));
  await image.decode();
  canvas.width = 2 * image.width; canvas.height = 2 * image.height;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(`${nameOf(cited)}.png`, 'image/png', blob));
});
