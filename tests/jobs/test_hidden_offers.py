"""An offer that its page hides is hidden at every address: found by the name of what goes into the URL."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils.text import slugify

from demo.factories import CompanyFactory, OfferFactory, UserFactory
from jobs import deadline

TITLE = "Chiffreuse du projet Sardine (F/H)"
HIDDEN = {
    "draft": {},
    "in review": {"in_review": True},
    "sent back": {"rejected": True},
    "of a refused company": {"published": True, "refused": True},
    "external draft": {"external": True},
    "external, of a refused company": {"external": True, "published": True, "refused": True},
}


def _patterns(patterns: list, space: str = "") -> Iterator[tuple[str, set[str]]]:
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", set(each.pattern.converters)
        else:
            yield from _patterns(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)


OF_ONE_OFFER = [(name, taken) for name, taken in _patterns(get_resolver().url_patterns) if "offer_id" in taken]


@pytest.fixture(params=HIDDEN)
def hidden(request, db):
    traits = dict(HIDDEN[request.param])
    company = CompanyFactory(**({"refused": True} if traits.pop("refused", False) else {}))
    return OfferFactory(title=TITLE, company=company, **traits)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["anonymous", "candidate", "other recruiter"])
@pytest.mark.parametrize(("name", "taken"), OF_ONE_OFFER, ids=[name for name, _ in OF_ONE_OFFER])
def test_no_address_tells_of_a_hidden_offer(name, taken, who, method, hidden, client):
    words = {
        "offer_id": hidden.pk,
        "slug": "une-autre-adresse",
        "token": deadline.sign(deadline.Deadline(hidden.pk, 0, hidden.created_at)),
    }
    if who != "anonymous":
        user = UserFactory()
        client.force_login(user)
        if who == "other recruiter":
            CompanyFactory(admin=user)
    answer = getattr(client, method)(reverse(name, kwargs={word: words[word] for word in taken}))
    told = answer.content.decode() + answer.headers.get("Location", "")
    assert "Sardine" not in told
    assert slugify(TITLE) not in told
    if name in {"offer-apply-external", "apply", "offer-report", "offer", "api-offer"}:
        assert answer.status_code in {404, 405, 403}
