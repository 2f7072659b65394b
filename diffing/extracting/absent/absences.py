"""The absences of a sentence while they are found: which quantity goes before which token."""

from __future__ import annotations

from msgspec import Struct, field

from diffing.extracting.absent.denied_nouns import can_be_zero
from diffing.language.entries import PLAIN
from diffing.language.numbers import Quantity
from diffing.language.words import Token
from diffing.model import Status

REACH = 14  # tokens from a denial to what it denies; a longer way leads into another clause. Range 10 to 20, default 14
_PERSONAL = frozenset(("persons", "cases"))
END = (Token(".", 0, 0, "", PLAIN),) * 8  # what stands behind a sentence: whoever looks ahead meets an end


class Absences(Struct):
    """`inserts` are quantities by the token that they go before; `skipped` the tokens that they stand for."""

    tokens: list[Token]
    inserts: dict[int, Token] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tokens = [*self.tokens, *END]

    def says(self, k: int, *words: str) -> bool:
        """Whether these words stand at `k`."""
        return tuple(t.word for t in self.tokens[k : k + len(words)]) == words

    def put(self, k: int, status: Status, first: int, last: int, verbs: list[Token], money: bool = False) -> None:
        """An absence before the token at `k`, which spans from `first` to `last`; a zero where it is reported."""
        begin, end = self.tokens[first], self.tokens[last]
        token = Token("q", begin.start, end.end, begin.word, begin.entry)
        zero = 0.0 if status is Status.REPORTED else None
        token.value = Quantity(zero, status=status, absent=True, verbs=verbs, money=money)
        self.inserts[k] = token

    def place(self, heads: list[int], status: Status, first: int, verbs: list[Token], loose: bool = False) -> bool:
        """One absence before each head that can be counted; the first spans from the word that denies."""
        placed = False
        for n, head in enumerate(heads):
            if not (loose or can_be_zero(self.tokens[head])) or self._other(head, first):
                continue
            start = head
            while start > first + 1 and self._described(start - 1):
                start -= 1
            self.put(start, status, first if n == 0 else head, head, verbs)
            placed = True
        return placed

    def _described(self, k: int) -> bool:
        """Whether the token at `k` describes the head behind it; a verb that is denied itself does not."""
        return self.tokens[k].tag in "xmvn" and not self.tokens[k].possessive

    def _other(self, head: int, first: int) -> bool:
        """Whether only another one of a kind is denied ("any additional funding"), which says nothing of the first."""
        near = self.tokens[max(first, head - 4) : head]
        return self.tokens[head].entry.unit not in _PERSONAL and any("another_kind" in t.entry.roles for t in near)

    def folded(self) -> list[Token]:
        """The tokens with the absences among them."""
        out: list[Token] = []
        for i, token in enumerate(self.tokens[: -len(END)]):
            if i in self.inserts:
                out.append(self.inserts[i])
            if i not in self.skipped:
                out.append(token)
        return out
