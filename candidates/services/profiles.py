"""What a candidate says of their work: theirs to write, hidden from companies until they show it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import CandidateProfile
from companies.models import Company
from medinjob.lib.optimistic_lock import write_over


def profile_of(*, user: Any) -> CandidateProfile:
    """The profile of an account, made on first use."""
    return CandidateProfile.objects.get_or_create(user=user)[0]


@transaction.atomic
def save_profile(
    *,
    profile: CandidateProfile,
    version: int,
    facts: Mapping[str, Any],
    occupations: Iterable[Any],
    skills: Iterable[Any],
) -> CandidateProfile:
    """Write `facts` (plain fields) and lists if the profile is still at `version`, the one the editor saw; else
    `EditConflictError`."""
    rows = CandidateProfile.objects.filter(pk=profile.pk)
    changes = {**facts, "last_contact_at": timezone.now(), "noticed_at": None}
    write_over(rows, version, changes, conflict=_("Votre profil a été modifié ailleurs entre-temps."))
    profile.occupations.set(occupations)
    profile.skills.set(skills)
    profile.refresh_from_db()
    return profile


def set_visibility(*, profile: CandidateProfile, visible: bool) -> None:
    """Shown to companies or hidden again, at once."""
    CandidateProfile.objects.filter(pk=profile.pk).update(visible=visible, last_contact_at=timezone.now())
    profile.visible = visible


@transaction.atomic
def hide_from(*, profile: CandidateProfile, companies: Iterable[Company]) -> None:
    """Their members no longer find the profile, nor invite, however visible it is to others."""
    profile.hidden_from.add(*companies)
    touch(user=profile.user)


@transaction.atomic
def show_again_to(*, profile: CandidateProfile, company: Company) -> None:
    profile.hidden_from.remove(company)
    touch(user=profile.user)


@transaction.atomic
def take_suggestion(*, profile: CandidateProfile, kind: str, value: str) -> None:
    """Add one suggested skill (its slug) or occupation (its code). A form open elsewhere is out of date."""
    many: Any = profile.skills if kind == "skill" else profile.occupations
    many.add(value)
    CandidateProfile.objects.filter(pk=profile.pk).update(version=F("version") + 1, last_contact_at=timezone.now())


@transaction.atomic
def dismiss_suggestion(*, profile: CandidateProfile, kind: str, value: str) -> None:
    """Not suggested again."""
    kept = CandidateProfile.objects.select_for_update(no_key=True).get(pk=profile.pk)
    kept.dismissed = sorted({*kept.dismissed, f"{kind}:{value}"})
    kept.save(update_fields=["dismissed"])
    profile.dismissed = kept.dismissed


def touch(*, user: Any) -> None:
    """Contact with the candidate: the retention clock starts again."""
    CandidateProfile.objects.filter(user=user).update(last_contact_at=timezone.now(), noticed_at=None)
