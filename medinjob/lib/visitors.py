"""Is it a person who asks for a page? For counting only: nothing may depend on it."""

import re
from collections.abc import Mapping

ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|monitor|scan|curl|wget|python|java/|libwww|headless|lighthouse|feed",
    re.IGNORECASE,
)


def is_person(headers: Mapping[str, str]) -> bool:
    """False for robots that say so, for clients without a name, and for what a browser fetches ahead of the reader."""
    purpose = f"{headers.get('Sec-Purpose', '')} {headers.get('Purpose', '')} {headers.get('X-Moz', '')}"
    agent = headers.get("User-Agent", "")
    return bool(agent) and not ROBOT.search(agent) and "prefetch" not in purpose.lower()
