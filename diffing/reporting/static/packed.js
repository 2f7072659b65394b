// what a page holds packed: base 85 around zlib, as Python wrote it, behind the number of zeros that fill its last group
const B85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~';
const values = new Uint8Array(128);
[...B85].forEach((c, n) => { values[c.charCodeAt(0)] = n; });
const inflated = async (text) => {
  const out = new Uint8Array((text.length - 1) / 5 * 4);
  for (let i = 1, o = 0; i < text.length; i += 5, o += 4) {
    let n = 0;
    for (let k = 0; k < 5; k++) n = n * 85 + values[text.charCodeAt(i + k)];
    out[o] = n >>> 24; out[o + 1] = n >>> 16; out[o + 2] = n >>> 8; out[o + 3] = n;
  }
  const stream = new Blob([out.subarray(0, out.length - Number(text[0]))]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
const textOfBytes = (bytes) => new TextDecoder().decode(bytes);
