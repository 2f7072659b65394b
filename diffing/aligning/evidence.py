"""What speaks for two sentences being one: log-odds, so that pieces of evidence add up and 0 is as likely as not.

Every number here was fitted on three sets aligned by people (consecutive yearly reports, drafts of essays, retold
fables): a logistic regression gave the start, a random search over all three the end; tests/benchmarks/aligning.md
has the held-out figures. They are coefficients of one model: moving one by a fifth changes the F1 of a set by about
0.2 points, and shifting an intercept by 1 trades about 2 points of precision for 2 of recall.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """The weights of the evidence; ranges in brackets."""

    # two sentences are one
    rare_words: float = 4.2  # [2, 8] times the cosine of their weighed words
    word_order: float = 5.5  # [3, 8] times the share of words kept in order
    letters: float = 2.0  # [0, 4] times the share of characters kept in order
    rival: float = 4.0  # [2, 6] minus, times the similarity of the best other partner of either
    chance: float = 0.23  # [0.1, 0.25] a rival's similarity at least: two lone sentences aren't one for want of others
    link: float = -2.4  # [-4, -1] the intercept: a higher one links more, and links wrongly sooner
    equal: float = 8.0  # [5, 12] an equal sentence: what it takes to tear it from its place
    apart: float = 0.5  # [0, 2] minus, where the two stand in different sections: a prior, never a wall
    neighbour: float = 0.25  # [0, 2] minus, where the sentences before them are not one too
    # a linked sentence was split, and this is another part of it
    part_covered: float = 6.0  # [3, 8] times the share of the part that the rest of the whole holds
    part_mass: float = 1.8  # [1, 3] times the logarithm of the weight of that
    part_alike: float = 1.5  # [0, 4] times the similarity of the part to the whole
    part_far: float = 0.6  # [0, 2] minus, for each sentence between the parts
    # [4, 9] plus, where the whole holds it word for word behind "and", without the pronoun that it began with: what
    # is so short ("They closed two.") weighs too little by its words
    part_joined: float = 6.0
    part: float = -7.7  # [-9, -5] the intercept
    copy: float = 0.87  # [0.8, 1] a leftover as alike as this to a linked sentence is one more part of it
    # two sentences left over are one that moved
    move_mass: float = 1.25  # [0, 2] times the logarithm of the weight they share, over 2
    move_far: float = 0.7  # [0, 4] minus, times the share of the text that they passed
    move_beside: float = 2.9  # [0, 5] plus, for each of the sentences before and after that are one too
    move_least: float = -1.5  # [-3, 0] the log-odds that the two must have by themselves
    # [0.6, 0.8] the least similarity of a lone one, neither of whose neighbours moved along, unless both are known
    # to stand in one section or share a rare word: lower, two sentences of one build are a move; without the
    # exceptions edited moves are lost (by reading all but one of 13 and of 20 in real reports are true)
    move_alone: float = 0.75
    # [2.5, 4] what the rarest word that both hold must weigh for that: in one of 33 sentences. Lower, "suspected of
    # complicity" makes two sentences of one build a move; texts of fewer than 66 sentences in all have no such word
    move_rare: float = 3.5
    move: float = -4.0  # [-6, -2] added to the intercept: a false move is worse than a missed one
    # two left over between the same linked neighbours: what they are alike elsewhere in the text counts no more
    gap_covered: float = 5.2  # [3, 8] times the share of the lighter one's words that the other holds
    gap_opening: float = 0.17  # [0, 0.3] times the weight of the words with which both begin: the same subject
    gap_crowd: float = 0.5  # [0, 1.5] minus, times the logarithm of the pairs that could be made in the gap
    gap: float = -2.6  # [-4, -2] the intercept
    size: float = 0.85  # [0, 1] minus, times the logarithm of the shorter text's sentences over 25: more to mistake
    # two short tellings of one story, with hardly a sentence in common: the order is evidence enough
    retold_link: float = 2.0  # [0, 3] plus
    retold_part: float = 3.8  # [0, 5] plus
    retold_below: float = 0.47  # [0.3, 0.6] the mean similarity of best partners below which it begins
    retold_span: float = 0.3  # [0.1, 0.3] how far below it is complete
    retold_above: float = 0.1  # [0.08, 0.14] and above which it begins: texts less alike have nothing to do with it
    retold_rise: float = 0.06  # [0.03, 0.1] how far above it is complete


FITTED = Evidence()

# What two tellings of one story are long, the shorter one: at least so many sentences, [2, 4], default 3, because two
# have no order to speak of, and at most so many words, [250, 400], default 320. The longest fable seen has 241, the
# shortest essay written anew 404, and there the order misleads: eight of its eight "parts" were none.
SHORTEST_RETOLD = 3
LONGEST_RETOLD = 320

# What counts as the size of a text lies between these, [10, 25] and [60, 200] sentences, defaults 20 and 100: lower,
# two lone sentences are one for want of others; higher, long texts lose edits, although the place among the
# neighbours leaves no more to mistake a sentence for.
SMALLEST_SIZE = 20
LARGEST_SIZE = 100

# The share of the cosine in the similarity by which partners are ranked and rivals measured, [0.3, 0.7]: from the
# same regression, where the two coefficients stood at 3.7 to 4.4.
COSINE_SHARE = 0.46

# Most sentences that one sentence is split into or merged from, [2, 4]: five-part splits were never seen.
MOST_PARTS = 4

# How far a part may stand from its nearest fellow, [1, 6] sentences: the farthest true one seen was three away, and
# the penalty for the distance has mostly spoken before.
FARTHEST_PART = 4

# How alike a part must be to its whole to be weighed at all in the programme, [0.05, 0.15], default 0.1: of the true
# parts seen one in fifty is less alike; raised, splits in two very unequal parts are lost, lowered, time.
LEAST_PART = 0.1

# Pairs of sentences left over in one gap between linked neighbours that are all looked at, [9, 100], default 36: in
# a larger gap the place says nothing.
MOST_IN_GAP = 36
