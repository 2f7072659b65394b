"""From bytes to clean text: which encoding a file is in, and what a scrape or a word processor did to its characters.

>>> clean("the government\\u2019s\\u00a0of\\ufb01cial")
'the government’s official'
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from contextlib import suppress

from diffing.model import DiffingError

# More control characters than this share of a file's first bytes: it is no text. Range 0 to 1. Text has next to
# none (form feeds of a converted PDF at most), formats made for machines a tenth and more; higher lets archives
# and pictures through as gibberish, lower refuses text with stray control characters.
CONTROL_SHARE = 0.02
# Bytes looked at for that.
CONTROL_SAMPLE = 65_536
# The longest run of bytes over 0x7F that English in Windows-1252 has ("é”—" is three): a longer one is another
# encoding or no text. Lower refuses good files, higher reads Cyrillic or Chinese as Western letters.
LONGEST_HIGH_RUN = 4

# Characters that a text in UTF-16 without its mark has at least, and the share of its high bytes that are zero. Ranges
# 2 to 100, 0.5 to 1. A shorter or mixed one may be anything.
SHORTEST_UTF16, ZERO_SHARE = 8, 0.7

# Text that was saved wrongly twice is mojibake of mojibake; more than this many rounds nobody has met.
CLEANINGS = 4

# A page says its encoding in its first bytes; browsers look at as many.
DECLARED_WITHIN = 2048
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=|<\?xml[^>]{0,100}?encoding\s*=)\s*["']?([\w.:-]{2,40})""", re.I
)

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# An apostrophe between a word and its "s" as the old Macintosh wrote it; in Windows-1252 a capital O with a tilde.
_MAC = re.compile(rb"[a-z]\xd5(?:s|t|re|ve|ll)\b")
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27}) + b"\x7f"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{%d,}" % (LONGEST_HIGH_RUN + 1))

_CP1252 = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_BYTE_OF = {char: code for code, char in _CP1252.items()} | {chr(code): code for code in range(0x80, 0x100)}
_TAIL = "".join(re.escape(char) for char, code in _BYTE_OF.items() if 0x80 <= code < 0xC0)
# UTF-8 that somebody read as Windows-1252: a lead byte's letter and as many tails as it asks for. Only the lead
# letters that European text gives; after Ä and Å a quotation mark or dash is more likely meant than a tail.
_MOJIBAKE = re.compile(rf"Â(?=\s)|[ÂÃ][{_TAIL}]|[ÄÅ](?![‘’“”•–—])[{_TAIL}]|[âï][{_TAIL}]{{2}}|ð[{_TAIL}]{{3}}")
_MANGLED = re.compile("[ÂÃÄÅâïð]")  # one of which begins each of them; found at once

_SPACES = set("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# No width or no look of their own: they only keep equal words from being equal.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
_INVISIBLE += "\u2066\u2067\u2068\u2069\ufff9\ufffa\ufffb\ufffe\uffff"
_INVISIBLE += "".join(map(chr, (*range(9), *range(14, 28), 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)))
_UNSEEN: dict[int, str | None] = {ord(c): "\n" for c in _BREAKS} | {ord(c): None for c in _INVISIBLE}
_HYPHENS = "\u2010\u2011"  # a hyphen is one character, at which a line may end or not
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_MAP: dict[int, str | None] = {}
_MAP |= {ord(c): " " for c in _SPACES | {"\t", "\x1f"}}
_MAP |= _UNSEEN
_MAP |= {ord(c): "-" for c in _HYPHENS}
_MAP |= {ord(c): full for c, full in _LIGATURES.items()} | _CP1252
_MAP |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # half a character: no file could hold it
_ODD = re.compile("[\ud800-\udfff" + "".join(re.escape(chr(c)) for c in _MAP if not 0xD800 <= c < 0xE000) + "]")
_ANY_UNSEEN = re.compile(f"[{re.escape(_BREAKS + _INVISIBLE)}]")
_TRAILING = re.compile(r"(?<! ) ++(?=\n)")


def seen(text: str) -> str:
    """A text without what has no look of its own, each break of a line as one character."""
    return text.translate(_UNSEEN) if _ANY_UNSEEN.search(text) else text


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in, by its head or as XML; None where it says none that is known."""
    match = _DECLARED.search(data[:DECLARED_WITHIN])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else None
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name  # as browsers take it


def decode(data: bytes, source: str, declared: str | None = None) -> tuple[str, str | None]:
    """The text in `data`, and what a reader should know of how it was decoded (None where it is plain UTF-8).

    UTF-8, UTF-16 and UTF-32 with or without a byte order mark, else what the document has `declared`, else
    Windows-1252. Raises `DiffingError` naming `source` where the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding), None
            except UnicodeDecodeError:
                break
    sample = data[:CONTROL_SAMPLE]
    if wide := _wide_of(sample):
        try:
            text = data.decode(wide)
            if _CONTROLS.search(text):
                raise DiffingError(f"{source}: binary, no text: give a .txt, .md, .html, .pdf or table file")
            return text, f"read as {wide.upper()}, which it does not say: save it as UTF-8"
        except UnicodeDecodeError:
            pass
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in sample or control > CONTROL_SHARE * len(sample):
        raise DiffingError(f"{source}: binary, no text: give a .txt, .md, .html, .pdf or table file")
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        broken = error
    with suppress(UnicodeError, LookupError):  # Python's "undefined" and "idna" raise the first, and no error of bytes
        if declared and not declared.startswith("utf"):
            return data.decode(declared), None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    valid = data.decode("utf-8", "ignore")
    if text and _MAC.search(data) and b"\x92" not in data:
        return data.decode("mac_roman"), f"not valid UTF-8 (byte {broken.start}): read as the old Macintosh wrote"
    if text and "\xff" not in text and (not _HIGH_RUN.search(data) or len(valid.encode()) > 0.999 * len(data)):
        return text, f"not valid UTF-8 (byte {broken.start}): read as Windows-1252"
    raise DiffingError(
        f"{source}: can't be decoded: neither UTF-8 (byte {broken.start}) nor Windows-1252: save it as UTF-8"
    )


def _wide_of(sample: bytes) -> str | None:
    """Which UTF-16 or UTF-32 a text without a mark is in, or None: every second byte of Western text is zero."""
    half = len(sample) // 2
    if half < SHORTEST_UTF16 or b"\0" not in sample:
        return None
    quarter = half // 2
    zeros = [sample[place : 4 * quarter : 4].count(0) / quarter for place in range(4)]
    if min(zeros[1:]) > ZERO_SHARE and not zeros[0]:
        return "utf-32-le"
    if min(zeros[:3]) > ZERO_SHARE and not zeros[3]:
        return "utf-32-be"
    even, odd = sample[: 2 * half : 2].count(0) / half, sample[1 : 2 * half : 2].count(0) / half
    if odd > ZERO_SHARE and even < 1 - ZERO_SHARE and even < odd / 10:
        return "utf-16-le"
    return "utf-16-be" if even > ZERO_SHARE and odd < even / 10 else None


def clean(text: str) -> str:
    """`text` with one kind of space and line break, no invisible characters, no ligatures and no mojibake.

    Curly quotes and accents stay as printed, each accent in one character with its letter (NFC). Cleaning twice
    changes nothing more.
    """
    text = text.replace("\r\n", "\n")
    for _ in range(CLEANINGS):
        before = text
        if _MANGLED.search(text):
            text = _MOJIBAKE.sub(_unmangled, text)
        if _ODD.search(text):
            text = text.translate(_MAP)
        if not unicodedata.is_normalized("NFC", text):  # the same letter in one character or in two
            text = unicodedata.normalize("NFC", text)
        if text == before:
            break
    return _TRAILING.sub("", text) if " \n" in text else text


def _unmangled(match: re.Match[str]) -> str:
    if match[0] == "Â":  # what is left of a non-breaking space
        return ""
    try:
        return bytes(_BYTE_OF[char] for char in match[0]).decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
