"""Objects that a list shares: of several verbs, or of one verb on both sides of a clause that describes a noun.

"Investigated, prosecuted, and convicted three traffickers", "helped 22 men exploited in mines and nine women",
"arrested four brokers, whom courts convicted, and nine recruiters".
"""

from __future__ import annotations

from diffing.language.constituents import Clause, Phrase
from diffing.language.lexicon import Lexicon
from diffing.language.shared_denials import has_auxiliary


def share_objects(parts: list[Phrase], at: dict[int, Clause], known: Lexicon) -> None:
    """ "Investigated, prosecuted, and convicted three traffickers": the last one's object is that of all."""
    places = sorted(at)
    for here, there in zip(places[-2::-1], places[:0:-1], strict=True):
        first, second = at[here], at[there]
        alone = ("alone", first.verb.lemma) in known.acts and ("verb", first.verb.lemma) not in known.acts
        if first.objects or first.verb.form != second.verb.form or alone:
            continue  # "ceased to meet and issued no report"
        between = parts[here + 1 : there]
        if not between or any(part.kind not in (",", "C", "L") for part in between):
            continue
        if second.objects and not second.passive and not (first.verb.passive and has_auxiliary(first.verb, known)):
            first.objects = list(second.objects)
            first.preps = list(second.preps)
            first.passive = False
            if first.kind == "reduced":
                first.kind = second.kind


def go_on_with_list(clause: Clause, parts: list[Phrase], verb: int, above: dict[int, Phrase], known: Lexicon) -> None:
    """Gives the verb before what its list goes on with behind a clause that describes one of its objects.

    "Helped 22 men exploited in mines and nine women"; behind "who" or "whom" only where commas set the clause off and
    its own list has no third member: "freed two girls, who named two brokers, and nine women".
    """
    leader, whose = clause.leader, clause.whose
    while whose is not None and leader is not None and whose not in leader.objects:
        whose = above.get(id(whose))
    if leader is None or whose is None or clause.kind not in ("reduced", "relative"):
        return
    behind = _counted_behind_and(parts, verb, clause.kind == "relative", known)
    if not behind or parts[behind].first < clause.verb.last:
        return
    if clause.kind == "relative":
        opener = next(k for k in range(verb, -1, -1) if parts[k].kind in ("R", "B") or not k)
        commas = [k for k in range(verb, behind) if parts[k].kind == ","]
        if commas != [behind - 2] or parts[opener - 1].kind != ",":
            return
    elif _counted(parts[behind - 2], known):
        return  # "men exploited by two brokers and three recruiters"
    first = parts[behind].first
    gone = [*clause.objects, *(noun for _, noun in clause.preps)]
    leader.objects += [noun for noun in gone if noun.first == first]
    leader.preps += [pair for pair in clause.preps if pair[1].first > first]
    clause.objects = [noun for noun in clause.objects if noun.first < first]
    clause.preps = [pair for pair in clause.preps if pair[1].first < first]
    if clause.kind == "relative" and not clause.objects and not clause.passive and clause.subjects != [clause.whose]:
        clause.objects = [whose]


def _counted_behind_and(parts: list[Phrase], verb: int, set_off: bool, known: Lexicon) -> int:
    """The place of the first noun with a number behind "and" (or ", and") and a verb, before any other; else 0."""
    for k in range(verb + 2, len(parts)):
        if parts[k].kind in ("verb", ".", ";", ":"):
            break
        behind_and = parts[k - 1].kind == "C" and (not set_off or parts[k - 2].kind == ",")
        if behind_and and _counted(parts[k], known):
            return k
    return 0


def _counted(part: Phrase, known: Lexicon) -> bool:
    return part.kind == "noun" and (part.words[0][0].isdigit() or known.use(part.words[0]).letter == "#")
