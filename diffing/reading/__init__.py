"""Read: from files to narratives with sections and sentences that lose no character."""

from diffing.reading.narratives import parse_narrative, read_narrative

__all__ = ["parse_narrative", "read_narrative"]
