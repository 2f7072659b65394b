"""Files that are made to stop, to fill or to end whoever reads them, by kind and name; each small, each in our words.

`tests/reading` and `tests/corpus` read them one by one, `tests/running` thirty of them among thirty good ones.
"""

import zlib
from collections.abc import Callable

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<<%s>>/Contents %s>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F1 10 Tf 60 700 Td (Police identified eight victims.) Tj ET\n"
BOMB = b"(8) Tj " * 8_000_000


def pdf_of(page: bytes, *others: bytes) -> bytes:
    """A PDF of one page: its object (number 4), the font (3), and what it refers to (5 and on)."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>", FONT, page, *others]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + end


def stream(data: bytes, about: bytes = b"", begin: bytes = b"stream\n") -> bytes:
    return b"<<%s/Length %d>>%s%s\nendstream" % (about, len(data), begin, data)


def form_that_calls_itself() -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</X 6 0 R>>/Font<</F1 3 0 R>>>>"
    page = PAGE % (b"/Font<</F1 3 0 R>>/XObject<</X 6 0 R>>", b"5 0 R")
    return pdf_of(page, stream(b"/X Do"), stream(b"/X Do /X Do " + TEXT, form))


def one_content_many_times() -> bytes:
    packed = zlib.compress(b"BT /F1 1 Tf 60 700 Td " + b"(8) Tj " * 2_200_000 + b" ET")
    page = PAGE % (b"/Font<</F1 3 0 R>>", b"[" + b"5 0 R " * 20 + b"]")
    return pdf_of(page, stream(packed, b"/Filter/FlateDecode"))


def unpacked(layers: int = 1, begin: bytes = b"stream\n", spelt: bytes = b"/FlateDecode") -> bytes:
    packed, filters = b"BT /F1 1 Tf " + BOMB + b" ET", b""
    for _ in range(layers):
        packed, filters = zlib.compress(packed), spelt + filters
    return pdf_of(PAGE % (b"/Font<</F1 3 0 R>>", b"5 0 R"), stream(packed, b"/Filter[%s]" % filters, begin))


def unpacked_from_hex() -> bytes:
    packed = zlib.compress(b"BT /F1 1 Tf " + BOMB + b" ET").hex().encode() + b">"
    page = PAGE % (b"/Font<</F1 3 0 R>>", b"5 0 R")
    return pdf_of(page, stream(packed, b"/Filter[/ASCIIHexDecode/FlateDecode]"))


def pages_in_a_circle() -> bytes:
    return pdf_of(b"<</Type/Pages/Kids[2 0 R 4 0 R]/Count 9999>>")


HOSTILE_PDFS: dict[str, Callable[[], bytes]] = {
    "a form that calls itself": form_that_calls_itself,
    "one content twenty times": one_content_many_times,
    "unpacks without end": unpacked,
    "unpacks twice": lambda: unpacked(2),
    "a stream behind a carriage return": lambda: unpacked(begin=b"stream\r"),
    "a filter under its short name": lambda: unpacked(spelt=b"/Fl"),
    "unpacks from hexadecimal": unpacked_from_hex,
    "pages in a circle": pages_in_a_circle,
}


def good_pdf() -> bytes:
    """A PDF that is as it should be."""
    return pdf_of(PAGE % (b"/Font<</F1 3 0 R>>", b"5 0 R"), stream(TEXT))
