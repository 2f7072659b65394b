"""The small charts of a year's page, as SVGs that need no library and say themselves in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from diffing.reporting.marked_words import clean

# Letters of a count are about this wide beside a bar of at most `_LONGEST` (pixels of the drawing).
_LETTER, _LONGEST = 7, 36


def bar(progress: int, backsliding: int, longest: int) -> Markup:
    """Backsliding to the left, progress to the right of a line, each with its count of findings at its end."""
    if not longest or not (progress or backsliding):
        return Markup("")
    left, right = _LONGEST * backsliding / longest, _LONGEST * progress / longest
    half = _LONGEST + 3 * _LETTER
    parts = [f"<title>{progress} progress, {backsliding} backsliding</title>"]
    if backsliding:
        parts.append(f'<path class="b" d="M-1 2h-{left:.1f}v8h{left:.1f}z"/>')
        parts.append(f'<text x="-{left + 4:.1f}" y="10" text-anchor="end">{backsliding}</text>')
    if progress:
        parts.append(f'<path class="p" d="M1 2h{right:.1f}v8h-{right:.1f}z"/>')
        parts.append(f'<text x="{right + 4:.1f}" y="10">{progress}</text>')
    return Markup(
        f'<svg class="bar" role="img" width="{2 * half}" height="12" viewBox="-{half} 0 {2 * half} 12">'
        f'{"".join(parts)}<path class="zero" d="M0 0v12"/></svg>'
    )


# Beyond this net count countries share the outermost column (range 5 to 40): fewer hides differences, more makes the
# columns too thin to point at on a small screen.
_OUTERMOST = 15
# The chart's height where it is low, the least and most that dots stand apart, and the most rows of dots: a few
# countries get dots that are easy to point at, two hundred that mostly stand at nought still fit beside the counts,
# several abreast in a column (rows 20 to 50; more pushes the table off the first screen).
_HEIGHT, _NEAREST, _FARTHEST, _ROWS = 170, 7, 18, 26


def dot_chart(rows: Sequence[Mapping[str, Any]]) -> Markup:
    """A dot for each country, in columns by findings of progress less findings of backsliding."""
    columns: dict[int, list[tuple[str, str, str]]] = {}
    for row in rows:
        net = (row["progress"] or 0) - (row["backsliding"] or 0)
        at = max(-_OUTERMOST, min(_OUTERMOST, net))
        said = f"{row['country']}: {row['progress'] or 0} progress, {row['backsliding'] or 0} backsliding"
        sign = "p" if net > 0 else "b" if net < 0 else "n"
        columns.setdefault(at, []).append((clean(said), sign, quote(f"{row['slug']}.html") if row.get("slug") else ""))
    if not columns:
        return Markup("")
    tallest = max(len(column) for column in columns.values())
    abreast = -(-tallest // _ROWS)
    tallest = -(-tallest // abreast)
    step = max(_NEAREST, min(_FARTHEST, _HEIGHT // tallest)) if abreast == 1 else _NEAREST
    pitch = step * abreast + (3 if abreast > 1 else 0)
    height = step * tallest
    reach = max(130, pitch * (max(abs(at) for at in columns) + 1))
    dots = [
        (f'<a href="{href}">' if href else "")
        + f'<circle class="{css}" cx="{at * pitch + step * (n % abreast - (abreast - 1) / 2):g}" '
        f'cy="{height - n // abreast * step - step // 2}" r="{step * 0.38:.1f}">'
        f"<title>{escape(said)}</title></circle>{'</a>' if href else ''}"
        for at, column in sorted(columns.items())
        for n, (said, css, href) in enumerate(column)
    ]
    ends = sum(len(column) for at, column in columns.items() if at < 0), len(columns.get(0, ()))
    better = sum(len(column) for at, column in columns.items() if at > 0)
    title = f"{ends[0]} countries with more backsliding than progress, {ends[1]} even, {better} with more progress"
    box = f'viewBox="{-reach} -4 {2 * reach} {height + 24}" width="{2 * reach}"'
    return Markup(
        f'<svg class="dots" role="group" aria-label="{title}" {box}>'
        f"{''.join(dots)}"
        f'<path class="zero" d="M{-reach} {height + 2}H{reach}M0 {height + 2}v4"/>'
        f'<text x="{-reach}" y="{height + 17}">▼ backsliding</text>'
        f'<text x="{reach}" y="{height + 17}" text-anchor="end">progress ▲</text></svg>'
    )
