from django.db import transaction
from django.db.models import Max

from forums.guard import Part, must_be_open
from forums.models import Badge, Edition


@transaction.atomic
def make_blank_badges(*, edition: Edition, count: int) -> list[Badge]:
    """Badges to bind at the door, numbered after those there are."""
    must_be_open(edition, Part.TOOLS)
    Edition.objects.select_for_update(of=("self",), no_key=True).get(pk=edition.pk)
    last = edition.badges.aggregate(last=Max("number"))["last"] or 0
    return Badge.objects.bulk_create(
        Badge(edition=edition, blank=True, number=number) for number in range(last + 1, last + count + 1)
    )
