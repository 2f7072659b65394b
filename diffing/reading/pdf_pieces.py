"""The pieces of text on a PDF's page: runs of characters that stand side by side, whoever wrote the file.

Some programs place whole lines, some (every browser) each letter by itself: pieces are put together from the
characters and the boxes of their font, which are alike along a line whatever its letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from msgspec.structs import replace

from diffing.reading.pdf_lines import Line

SAME_LINE = 0.2
"""How far two characters of one piece may stand above each other, and their heights differ, as a share of a line's
height. Range 0.05 to 0.4; default 0.2: a raised mark stands 0.3 higher. Higher takes marks for digits of a number."""

WIDEST_SPACE = 1.2
"""The widest space inside a piece, in line heights. Range 0.6 to 3; default 1.2: a justified line has up to 1; columns
of a table stand 2 apart. Higher glues cells, lower cuts justified lines (which are put together again)."""

LARGE_CAPITAL = 1.6
"""How many times as high as a line the large first letter of a chapter is. Range 1.3 to 3; default 1.6."""

# How the PDF library gives a hyphen at a line's end.
_HYPHENS = (0x02, 0xAD, 0xFFFE)


class TooMuchError(Exception):
    """A page with more characters or pieces than one page may have; the message says which."""


def pieces_of(page: Any, most_characters: int, most_pieces: int) -> tuple[list[Line], list[str]]:
    """The pieces of a page's text, and the texts that are set at a slant (watermarks).

    `page` is the library's text page. Raises `TooMuchError` over the limits.
    """
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(page)
    if count > most_characters:
        raise TooMuchError(f"over {most_characters:,} characters")
    pieces: list[Line] = []
    slanted: list[str] = []
    for first, line in _runs(page, count, pdfium):
        if len(pieces) >= most_pieces:
            raise TooMuchError(f"over {most_pieces:,} pieces of text")
        if abs(pdfium.FPDFText_GetCharAngle(page, first)) > 0.01:
            slanted.append(line.text)
        elif line.text.strip():
            pieces.append(line)
    return pieces, ["".join(slanted)] if slanted else []


def _runs(page: Any, count: int, pdfium: Any) -> Iterator[tuple[int, Line]]:
    """Each run of characters side by side, with the number of its first one."""
    code_of, box_of, box = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF()
    text: list[str] = []
    first = 0
    left = bottom = right = top = last = 0.0
    for number in range(count):
        code = code_of(page, number)
        if code in (0, 10, 13):
            if text:
                yield first, Line("".join(text), left, bottom, right, top)
                text = []
            continue
        if code == 32:
            if text and text[-1] != " ":
                text.append(" ")
            continue
        if not box_of(page, number, box):
            continue
        height = max(top - bottom, 0.1)
        level = abs(box.bottom - bottom) < SAME_LINE * height and abs(box.top - top) < SAME_LINE * height
        near = box.left - right < WIDEST_SPACE * height and box.left > last - height
        if text and not (level and near):
            yield first, Line("".join(text), left, bottom, right, top)
            text = []
        if not text:
            first, left, bottom, right, top = number, box.left, box.bottom, box.right, box.top
        text.append("-" if code in _HYPHENS else chr(code))
        right, last = max(right, box.right), box.left
    if text:
        yield first, Line("".join(text), left, bottom, right, top)


def lines_of(pieces: Sequence[Line], gutters: Sequence[float] = ()) -> list[Line]:
    """The printed lines of a page: its pieces, those side by side within a column put together; from the top down."""
    usual = median(piece.height for piece in pieces) if pieces else 0.0
    capitals = [piece for piece in pieces if _is_large_capital(piece, usual)]
    ordered = sorted(pieces, key=lambda piece: (-(piece.bottom + piece.top) / 2, piece.left))
    lines: list[Line] = []
    for piece in ordered:
        if piece in capitals:
            continue
        for place in range(len(lines) - 1, max(len(lines) - 9, -1), -1):
            row = lines[place]
            level = min(piece.top, row.top) - max(piece.bottom, row.bottom) > 0.5 * min(piece.height, row.height)
            gap = piece.left - row.right
            parted = any(row.right <= gutter <= piece.left for gutter in gutters)
            if level and not parted and -0.5 * row.height < gap < WIDEST_SPACE * row.height:
                lines[place] = _together(row, piece, gap)
                break
        else:
            lines.append(piece)
    for capital in capitals:
        _put_before_its_word(capital, lines)
    return lines


def _is_large_capital(piece: Line, usual: float) -> bool:
    letter = piece.text.strip()
    return len(letter) == 1 and letter.isupper() and piece.height > LARGE_CAPITAL * usual


def _together(row: Line, piece: Line, gap: float) -> Line:
    apart = gap > 0.12 * row.height or row.text.endswith(" ") or piece.text.startswith(" ")
    text = row.text.rstrip() + (" " if apart else "") + piece.text.lstrip()
    wide = piece if piece.right - piece.left > row.right - row.left else row  # the line is as high as most of it
    return replace(row, text=text, bottom=wide.bottom, right=piece.right, top=wide.top)


def _put_before_its_word(capital: Line, lines: list[Line]) -> None:
    """Puts a chapter's large first letter before the word that it begins, the highest line at its right."""
    beside = [
        line
        for line in lines
        if -0.3 * line.height < line.left - capital.right < 1.5 * line.height
        and capital.bottom < (line.bottom + line.top) / 2 < capital.top
    ]
    if not beside:
        lines.append(capital)
        return
    first = max(beside, key=lambda line: line.top)
    text = capital.text.strip() + first.text.lstrip()
    lines[lines.index(first)] = replace(first, text=text, left=capital.left)
