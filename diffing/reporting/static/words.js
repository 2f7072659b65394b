// a question: a word finds its forms (shelter, shelters, sheltered) and, from four letters on, what begins with it;
// words in quotes stand together as they are. What is asked and what is read are split into words the same way on
// every page, so that all of them find, and count, the same sentences
const WORD = /[\p{L}\p{N}]+/gu;
const stem = (w) => {
  if (w.length < 4 || /\d/.test(w)) return w;
  let s = w.replace(/(?:ies|ied)$/, 'y').replace(/(ss|x|z|ch|sh)es$/, '$1').replace(/([^sui])s$/, '$1');
  const bare = s.replace(/(?:ing|ed)$/, '');
  if (bare !== s && bare.length > 2 && /[aeiouy]/.test(bare)) s = bare.replace(/([bdgmnprt])\1$/, '$1');
  return s.replace(/e$/, '');
};
const asksFor = (said) => [...fold(said).matchAll(/"([^"]*)"?|([^\s"]+)/g)].map(([, quoted, bare]) => ({ exact: quoted !== undefined, words: (quoted ?? bare).match(WORD) || [] })).filter((term) => term.words.length).slice(0, 30);
const fitting = (term, n) => { // whether a word, whose stem may be known, is the n-th of a term
  const word = term.words[n], bent = stem(word);
  if (term.exact || n < term.words.length - 1) return (w) => w === word;
  return word.length > 3 ? (w, s) => w.startsWith(word) || (w[0] === word[0] && (s ?? stem(w)) === bent) : (w) => w === word || w === `${word}s`;
};
const finder = (said) => {
  const terms = asksFor(said).map((term) => Object.assign(term.words.map((_, n) => fitting(term, n)), { exact: term.exact }));
  const known = new Map(); // a word of a text -> the terms that begin with it
  const begins = (w) => { let list = known.get(w); if (!list) known.set(w, list = terms.filter((term) => term[0](w))); return list; };
  return {
    terms,
    // where a text, as words, holds all terms: [first word, last word] of each place; null where it lacks one
    places: (words) => {
      const found = [], held = new Set();
      for (let n = 0; n < words.length; n++) for (const term of begins(words[n])) {
        if (term.every((fits, k) => k === 0 || (n + k < words.length && fits(words[n + k])))) { held.add(term); found.push([n, n + term.length - 1]); }
      }
      return terms.length && held.size === terms.length ? found : null;
    },
  };
};
const hash = (text) => { let h = 0x811c9dc5; for (let n = 0; n < text.length; n++) h = Math.imul(h ^ text.charCodeAt(n), 0x01000193); return (h >>> 0).toString(36) + text.length.toString(36); };
// the address of any sentence on its country's page, made of its words
const placeOf = (text) => `t-${hash((fold(text).match(WORD) || []).join(' '))}`;
// what a sentence without a finding says to who cites it
const TOLD = ['In both years in these words.', `In ${about.old?.year} only: no sentence of the ${about.new?.year} report was matched with it.`, `New in ${about.new?.year}: it answers nothing in the ${about.old?.year} report.`, `Edited between ${about.old?.year} and ${about.new?.year}.`];
