"""What is known of a family of reports, as data under `data/`: loaded, merged and checked."""

from diffing.model.deeds import Frame, Nouns, Predicate
from diffing.model.profiles import (
    Cue,
    Edition,
    HtmlRules,
    Indicator,
    Judging,
    Level,
    Modifier,
    Pattern,
    Polarity,
    Profile,
    Reading,
    RuleSwitch,
    SectionCue,
    SectionRule,
    StatedScale,
    Telling,
    Wording,
    compiled,
)
from diffing.profile.loading import PROFILES, family_names, load_profile, patterns
from diffing.profile.shorthand import ProfileError

__all__ = [
    "PROFILES",
    "Cue",
    "Edition",
    "Frame",
    "HtmlRules",
    "Indicator",
    "Judging",
    "Level",
    "Modifier",
    "Nouns",
    "Pattern",
    "Polarity",
    "Predicate",
    "Profile",
    "ProfileError",
    "Reading",
    "RuleSwitch",
    "SectionCue",
    "SectionRule",
    "StatedScale",
    "Telling",
    "Wording",
    "compiled",
    "family_names",
    "load_profile",
    "patterns",
]
