"""What a number takes from another: the whole that it is a part of, the first half of a comparison, the year before.

Police identified 40 victims, compared with 31 in 2019; nine were girls.
-> 31 answers the 40; nine is a part of the 40: each takes what its own words leave out
"""
