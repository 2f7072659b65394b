"""What is known of a family of reports, as data under `data/`: loaded, merged and checked."""

from diffing.profile.keys import (
    Cue,
    Edition,
    HtmlRules,
    Indicator,
    Judging,
    Level,
    Pattern,
    Polarity,
    Profile,
    Reading,
    RuleSwitch,
    SectionCue,
    SectionRule,
    StatedScale,
    Wording,
    compiled,
)
from diffing.profile.loading import PROFILES, ProfileError, load_profile, patterns

__all__ = [
    "PROFILES",
    "Cue",
    "Edition",
    "HtmlRules",
    "Indicator",
    "Judging",
    "Level",
    "Pattern",
    "Polarity",
    "Profile",
    "ProfileError",
    "Reading",
    "RuleSwitch",
    "SectionCue",
    "SectionRule",
    "StatedScale",
    "Wording",
    "compiled",
    "load_profile",
    "patterns",
]
