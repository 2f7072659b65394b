"""How a site is asked: pauses, tries, deadlines, and under which name."""

from __future__ import annotations

from dataclasses import dataclass

from diffing.model import DiffingError

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) diffing/0.1"


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site is asked. All times in seconds.

    `pause` lies between two requests to the network (robots.txt can ask for a longer one); a failure that passes is
    tried `attempts` times in all, first after `backoff` and each time after twice as long, or after what the site
    says in Retry-After. For one page that, and what robots.txt asks for beyond `pause`, is `patience` in all at most;
    what asks for more is given up. `site` takes the place of every address's scheme and
    host: a mirror. The user agent begins like a browser's because state.gov answers 403 to any other.
    """

    pause: float = 2.0
    attempts: int = 5
    backoff: float = 2.0
    patience: float = 300.0
    timeout: float = 30.0
    site: str | None = None
    user_agent: str = _BROWSER

    def __post_init__(self) -> None:
        for name in ("pause", "backoff", "patience", "timeout"):
            if not 0 <= getattr(self, name) <= 86_400:  # which no "nan" is
                raise DiffingError(f"{name} is {getattr(self, name)}: it is between 0 and 86,400 seconds")
