"""Profiles as companies may read them: no name, no address, no file, and in a list no career either."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from candidates.models import ApplyInvitation, CandidateProfile
from jobs.models import Offer
from medinjob.lib.geo import distance_km
from referentials.selectors import Place


def shown_profiles(user: Any) -> QuerySet[Any]:
    """One line each, the newest contact first; `invited`: by one of `user`'s companies."""
    invited = ApplyInvitation.objects.filter(candidate=OuterRef("user"), offer__in=Offer.objects.for_user(user))
    rows = CandidateProfile.objects.shown_to(user).annotate(invited=Exists(invited)).defer("career", "dismissed")
    return rows.select_related("commune").prefetch_related("occupations", "skills").order_by("-last_contact_at", "-pk")


def near(profiles: QuerySet[Any], commune: Place, km: int) -> QuerySet[Any]:
    """Those whose commune is within `km` of another: as the crow flies, from centre to centre."""
    held = profiles.order_by().values_list("commune", "commune__latitude", "commune__longitude").distinct()
    here = commune.latitude, commune.longitude
    codes = [code for code, *there in held if code and distance_km(*here, *there) <= km]
    return profiles.filter(commune__in=codes)
