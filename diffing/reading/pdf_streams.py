"""A PDF's packed streams, looked at before anything unpacks them: thirty kilobytes can hold a page of a gigabyte."""

from __future__ import annotations

import re
import zlib

from diffing.model import DiffingError

# Bytes that one stream of drawing may have, unpacked; a page in two columns has 20,000. 16 MB of drawing take the PDF
# library 600 MB of memory.
MAX_DRAWING = 16_000_000
# And one that says that it is a picture: a page at 300 dots an inch has 26 MB.
MAX_PICTURE = 80_000_000
# A stream may be packed again and again.
MAX_LAYERS = 4

_STREAM = re.compile(rb"stream\r?\n")
_LONGEST_DICTIONARY = 2_000
_PICTURE = re.compile(rb"/Subtype\s*/Image")


def check_inflated(data: bytes, source: str) -> None:
    """Raises `DiffingError` naming `source` where a stream of the PDF unpacks to more than a page can need.

    Reads no more of a stream than the limit; what is no packed stream is let through.
    """
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _LONGEST_DICTIONARY) : match.start()]
        if before.endswith(b"end"):
            continue
        dictionary = before[before.rfind(b" obj") :]
        limit = MAX_PICTURE if _PICTURE.search(dictionary) else MAX_DRAWING
        part = data[match.end() : match.end() + 2]
        layer = 0
        packed = memoryview(data)[match.end() :]
        while part and part[0] & 15 == 8 and layer < MAX_LAYERS:  # how zlib's streams begin
            try:
                plain = zlib.decompressobj().decompress(packed, limit + 1)
            except zlib.error:
                break
            if len(plain) > limit:
                raise DiffingError(
                    f"{source}: a part of the PDF unpacks to over {limit / 1e6:.0f} MB: save it anew, without it"
                )
            packed, part, layer = memoryview(plain), plain[:2], layer + 1
