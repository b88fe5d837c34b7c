"""A search as an Atom feed: the same query string as its page, the newest offers first."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext as _

from medinjob.lib.text import xml_text
from search.criteria import SearchCriteria, Sort
from search.service.results import Hit, ResultPage
from search.service.search import search
from search.web.cursors import read_cursor, sign_cursor
from search.web.page import feed_url, search_url
from search.web.wording import heading, places

FEED_SIZE = 50


class PagedAtom(Atom1Feed):
    """An Atom feed in pages (RFC 5005). Characters that XML forbids are removed, since one of them would make the whole
    feed invalid."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**_clean(values))

    def add_item(self, **values: Any) -> None:  # type: ignore[override]
        super().add_item(**_clean(values))

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if following := self.feed["following"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": following})


def _clean(values: dict[str, Any]) -> dict[str, Any]:
    return {name: xml_text(value) if isinstance(value, str) else value for name, value in values.items()}


class SearchFeed(Feed):
    feed_type = PagedAtom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> ResultPage:
        """An invalid cursor gives the first page."""
        criteria = SearchCriteria.from_query(request.GET).with_(sort=Sort.DATE)
        after = read_cursor(request.GET.get("cursor", ""), criteria) or ""
        return search(criteria, size=FEED_SIZE, after=after)

    def get_feed(self, obj: ResultPage, request: HttpRequest) -> SyndicationFeed:
        feed = super().get_feed(obj, request)
        address = feed_url(obj.criteria)
        following = f"{address}{'&' if '?' in address else '?'}cursor={sign_cursor(obj.after, obj.criteria)}"
        feed.feed["following"] = request.build_absolute_uri(following) if obj.after else ""
        return feed

    def title(self, result: ResultPage) -> str:
        words_and_place = " · ".join(text for text in (result.criteria.q, places(result)) if text)
        return f"Medinjob : {words_and_place or _('offres du numérique')}"

    def subtitle(self, result: ResultPage) -> str:
        return heading(result)

    def link(self, result: ResultPage) -> str:
        return search_url(result.criteria.with_(sort=Sort.RELEVANCE))

    def feed_url(self, result: ResultPage) -> str:
        return feed_url(result.criteria)

    def items(self, result: ResultPage) -> tuple[Hit, ...]:
        return result.hits

    def item_title(self, item: Hit) -> str:
        return str(item.title)

    def item_description(self, item: Hit) -> str:
        """The facts that decide whether to open it; the text stays on its page."""
        facts = (item.employer_name, item.place_label, item.contract_label, item.remote_label)
        return " · ".join(fact for fact in facts if fact)

    def item_link(self, item: Hit) -> str:
        return reverse("offer", args=[item.id, item.slug])

    def item_pubdate(self, item: Hit) -> datetime:
        return item.published_at
