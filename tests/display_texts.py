"""The two texts of the pair in `display_pair`, sentence by sentence, and how they are linked."""

from __future__ import annotations

from diffing.model import Link

LONG_WORD = "x" * 10_000


OLD = [
    ("overview", None, ["The Government of Norvania does not fully meet the minimum standards."]),
    ("recommendations", "Recommendations", ["Train police to recognise victims.", "Open a shelter in the north."]),
    (
        "protection",
        "Protection",
        [
            "The government identified eight victims in 2018.",
            "It ran two shelters, and it paid for a hotline that answered 300 calls.",
            "A shelter closed in March.",
            "Officials met twice a month.",
            "The meetings were short.",
            "Police followed the written procedure.",
            "The procedure was written in 2012.",
            "It named four steps.",
            "Each step had an officer.",
        ],
    ),
    (
        "prevention",
        "Prevention",
        ["The ministry printed 100 posters.", "The government reported 12 prosecutions in 2017."],
    ),
]


NEW = [
    ("overview", None, ["The Government of Norvania does not fully meet the minimum standards."]),
    (
        "prevention",
        "Prevention",
        ["The ministry printed 100 posters.", "A <script>alert('x')</script> was found & kept."],
    ),
    (
        "protection",
        "PROTECTION",
        [
            "The government identified no victims in 2019, compared with eight in 2018.",
            "It ran two shelters.",
            "It also paid for a hotline that answered 300 calls.",
            "Officials met twice a month, and the meetings were short.",
            "Police followed the written procedure.",
            "The procedure was written in 2012.",
            "It named four steps.",
            "Each step had an officer.",
            "قالت الحكومة إنها ستفتح مأوى.",
            "The campaign used the emoji 🧑‍🤝‍🧑 and ✋🏽.",
            f"The file held {LONG_WORD} and no more.",
        ],
    ),
    ("recommendations", "Recommendations", ["Train police and judges to recognise victims."]),
    (
        "profile",
        "Trafficking profile",
        ["A shelter closed in March.", "The government restated 11 prosecutions for 2017."],
    ),
]


LINKS = (
    Link((0,), (0,), 1.0),
    Link((12,), (1,), 1.0, True),
    Link((3,), (3,), 0.62),
    Link((4,), (4, 5), 0.9),
    Link((6, 7), (6,), 0.93),
    Link((8,), (7,), 1.0),
    Link((9,), (8,), 1.0),
    Link((10,), (9,), 1.0),
    Link((11,), (10,), 1.0),
    Link((1,), (14,), 0.8, True),
    Link((5,), (15,), 1.0, True),
    Link((13,), (16,), 0.5),
)
