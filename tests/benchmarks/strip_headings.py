"""How many paragraphs keep their section when every heading of a narrative is taken out."""

from __future__ import annotations

from diffing import Narrative
from diffing.reading import parse_narrative


def right_without_headings(narrative: Narrative) -> tuple[int, int]:
    """(paragraphs that are still in the right section, all paragraphs); subsections count as their section."""
    paragraphs: list[tuple[str, int, int]] = []
    for section in narrative:
        key = section.key.partition(".")[0]
        last = None
        for sentence in section.sentences:
            if last is None or "\n\n" in narrative.text[last : sentence.start]:
                paragraphs.append((key, sentence.start, sentence.end))
            else:
                paragraphs[-1] = (key, paragraphs[-1][1], sentence.end)
            last = sentence.end
    text, truth = "", {}
    for key, start, end in paragraphs:
        truth[len(text)] = key
        text += narrative.text[start:end] + "\n\n"
    bare = parse_narrative(text, country=narrative.country, year=narrative.year, profile=narrative.profile)
    found = {
        span.start: section.key.partition(".")[0]
        for section in bare
        for span in (*section.sentences, *section.headings)
    }
    return sum(found.get(start) == key for start, key in truth.items()), len(truth)
