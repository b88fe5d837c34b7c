"""What a person, or a search engine, reads of a page."""

import json
import re
from html import unescape
from typing import Any


def text(response: Any) -> str:
    """The words of the page's main part: no tags, one plain space between words."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).replace("\u202f", " ").split())


def offer_titles(response: Any) -> list[str]:
    """The titles of its offer cards, with their marks."""
    return re.findall(r'<h[23]><a href="[^"]+">(.*?)</a></h[23]>', response.content.decode())


def structured_data(response: Any) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    return json.loads(found)
