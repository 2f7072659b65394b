"""What every narrative must be, whatever it was read from."""

from itertools import pairwise

from diffing import Narrative


def nothing_lost(narrative: Narrative) -> None:
    """Every character that is not white space lies in exactly one sentence, heading or dropped span."""
    spans = [*narrative.sentences, *narrative.dropped]
    spans += [heading for section in narrative for heading in section.headings]
    spans.sort(key=lambda span: (span.start, span.end))
    for span in spans:
        assert span.text
        assert narrative.text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(narrative.text)]
    for end, start in zip(ends, starts, strict=True):
        assert end <= start
        assert not narrative.text[end:start].strip()
    for one, other in pairwise(narrative.sentences):
        assert one.end <= other.start
    for one, other in pairwise(narrative.sections):
        assert one.key != other.key, "a run of one key is one section"
