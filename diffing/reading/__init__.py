"""Read: from files to narratives with sections and sentences that lose no character."""

from diffing.reading.narratives import parse_narrative, read_narrative
from diffing.reading.own_splitter import Splitter

__all__ = ["Splitter", "parse_narrative", "read_narrative"]
