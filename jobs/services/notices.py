"""Who is told of what happens to an offer."""

from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from accounts.services import queue_template_mail
from companies.enums import MemberRole
from jobs.models import Offer


def recipients(offer: Offer) -> Iterable[User]:
    """Who answers for an offer: its author, or the company's administrators once the author has left it."""
    members = [m for m in offer.company.memberships.all() if m.user.is_active] if offer.company else []
    authors = [member.user for member in members if member.user_id == offer.author_id]
    return authors or [member.user for member in members if member.role == MemberRole.ADMIN]


def tell(offers: Sequence[Offer], template: str, **context: Any) -> None:
    """A mail to each recipient of each offer; an imported offer has none."""
    for offer in offers:
        for user in recipients(offer):
            words = {"offer": offer, "user": user, **context}
            queue_template_mail(to=user.email, template=template, context=words, language=user.language)
