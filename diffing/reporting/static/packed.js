// what a page holds packed: base 85 around zlib, as Python wrote it
const B85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~';
const values = new Uint8Array(128);
[...B85].forEach((c, n) => { values[c.charCodeAt(0)] = n; });
const bytesOf = (text) => {
  const out = new Uint8Array(text.length / 5 * 4);
  for (let i = 0, o = 0; i < text.length; i += 5, o += 4) {
    let n = 0;
    for (let k = 0; k < 5; k++) n = n * 85 + values[text.charCodeAt(i + k)];
    out[o] = n >>> 24; out[o + 1] = n >>> 16; out[o + 2] = n >>> 8; out[o + 3] = n;
  }
  return out;
};
// zlib's bytes without the zeros that fill the last group: the stream knows its end, the decompressor minds what follows
const inflated = async (text) => {
  const bytes = bytesOf(text);
  for (let cut = 0; cut < 4; cut++) {
    try { return new Uint8Array(await new Response(new Blob([bytes.subarray(0, bytes.length - cut)]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer()); } catch { /* one zero more */ }
  }
  throw new Error('the index is damaged');
};
