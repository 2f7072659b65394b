"""Files that are made to stop, to fill or to end whoever reads them, by kind and name; each small, each in our words.

`tests/reading` and `tests/corpus` read them one by one, `tests/running` thirty of them among thirty good ones.
"""

import io
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import polars as pl

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


def four_million_empty_rows() -> bytes:
    table = pl.select(country=pl.repeat(None, 4_000_000, dtype=pl.String), text=pl.repeat("", 4_000_000))
    content = io.BytesIO()
    table.write_parquet(content)
    return content.getvalue()


def one_text_many_times() -> bytes:
    """A megabyte of text in each of six hundred rows, in a dictionary of one entry."""
    table = pl.DataFrame({"country": ["Norvania"] * 600, "text": pl.Series(["x" * 1_000_000] * 600)})
    content = io.BytesIO()
    table.write_parquet(content)
    return content.getvalue()


def rows_of_json(*rows: str) -> bytes:
    return "\n".join(rows).encode()


# What a page can be made of so that its parser never ends or fills all memory: by name, of so many characters.
HOSTILE_PAGES: dict[str, Callable[[int], str]] = {
    "one tag of attributes": lambda size: "<p " + " ".join(f"a{n}=1" for n in range(size // 8)) + ">x",
    "bold that a frame keeps open": lambda size: "".join(
        f"<b a={n}><object></b></object><p>" for n in range(size // 36)
    ),
    "bold closed in a comment": lambda size: "".join(f"<b a={n}><!--</b>--><p>" for n in range(size // 24)),
    "nested behind a quoted bracket": lambda size: '<div a="<">' * (size // 11),
}

# By name: its ending, what makes it, and what the last problem says.
HOSTILE_TABLES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "four million empty rows": (".parquet", four_million_empty_rows, "over 1,000,000 rows"),
    "one text six hundred times": (".parquet", one_text_many_times, "when unpacked is more"),
    "half a Parquet file": (".parquet", lambda: four_million_empty_rows()[:-100], "no valid parquet table"),
    "nested beyond all measure": (
        ".jsonl",
        lambda: rows_of_json('{"country": "A", "text": "B", "more": ' + "[" * 100_000 + "]" * 100_000 + "}"),
        "no valid jsonl table",
    ),
    "nested where the text should be": (
        ".jsonl",
        lambda: rows_of_json('{"country": "A", "text": ' + "[" * 800 + "]" * 800 + "}"),
        "no text",
    ),
    "a new key in each line": (
        ".jsonl",
        lambda: rows_of_json(*(f'{{"country": "", "text": "x", "key{n}": {n}}}' for n in range(50_000))),
        "49,900 more rows",
    ),
    "a name of six megabytes": (".csv", lambda: b"country,text\n" + b"x" * 6_000_000 + b",Police left.\n", "no name"),
    "a year of six megabytes": (".csv", lambda: b"country,year,text\nA," + b"9" * 6_000_000 + b",B\n", "no year"),
    "bad rows without end": (".csv", lambda: b"country,text\n" + b",x\n" * 300_000, "299,900 more rows"),
    "a million columns": (
        ".csv",
        lambda: b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n1\n",
        "no column|MB of memory|took more",
    ),
}


@contextmanager
def little_memory() -> Iterator[None]:
    """Fails where what is done within takes over 100 MB."""
    tracemalloc.start()
    try:
        yield
        _now, most = tracemalloc.get_traced_memory()
        assert most < 100_000_000, f"{most / 1e6:.0f} MB"
    finally:
        tracemalloc.stop()
