"""A company asks a person whose profile it read to apply. It learns no address: the mail is ours."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import queue_template_mail
from candidates.enums import COMPANY_INTEREST_KEPT, INVITATIONS_A_DAY
from candidates.errors import InvitationError
from candidates.models import Application, ApplyInvitation, CandidateProfile, DataAccess
from candidates.selectors.invitations import invitable_offers
from candidates.services.profiles import touch
from companies.models import Company
from jobs.models import Offer


@transaction.atomic
def invite(*, profile: CandidateProfile, offer: Offer, by: Any, message: str = "") -> ApplyInvitation:
    """Once for a person and an offer, even from two tabs at once; the person is told by mail. Raises `InvitationError`,
    whose text says why not."""
    # Its members invite one after the other.
    Company.objects.select_for_update(of=("self",), no_key=True).get(offers=offer)
    _refuse_unless_open(profile, offer, by)
    _refuse_second(profile, offer)
    _keep_pace(offer)
    candidate = User.objects.get(pk=profile.user_id)
    invitation = ApplyInvitation.objects.create(candidate=candidate, offer=offer, by=by, message=message)
    queue_template_mail(
        to=candidate.email,
        template="candidates/mail/invited.txt",
        context={"invitation": invitation, "offer": offer},
        language=candidate.language,
        key=f"apply-invitation-{invitation.pk}",
    )
    return invitation


def decline(*, invitation: ApplyInvitation) -> None:
    """The company reads that the person is not interested, not why."""
    waiting = ApplyInvitation.objects.filter(pk=invitation.pk, declined_at=None)
    waiting.update(declined_at=timezone.now())
    touch(user=invitation.candidate)


def drop_old_interest() -> int:
    """Invitations, and the openings of profiles, whose time is over; how many rows went."""
    before = timezone.now() - COMPANY_INTEREST_KEPT
    invitations, _counts = ApplyInvitation.objects.filter(sent_at__lt=before).delete()
    openings, _counts = DataAccess.objects.filter(profile__isnull=False, at__lt=before).delete()
    return invitations + openings


def _refuse_unless_open(profile: CandidateProfile, offer: Offer, by: Any) -> None:
    if not CandidateProfile.objects.shown_to(by).filter(pk=profile.pk).exists():
        raise InvitationError(_("Ce profil n'est plus montré à votre entreprise."))
    if not invitable_offers(by).filter(pk=offer.pk).exists():
        raise InvitationError(_("Cette offre ne reçoit plus de candidatures sur Medinjob : choisissez-en une autre."))


def _refuse_second(profile: CandidateProfile, offer: Offer) -> None:
    same: Any = {"candidate": profile.user_id, "offer": offer}
    if Application.objects.filter(**same).exists():
        raise InvitationError(
            _("Cette personne a déjà postulé à cette offre : sa candidature est parmi celles que vous avez reçues.")
        )
    if ApplyInvitation.objects.filter(**same).exists():
        raise InvitationError(_("Cette personne est déjà invitée à postuler à cette offre."))


def _keep_pace(offer: Offer) -> None:
    today = ApplyInvitation.objects.filter(offer__company=offer.company_id, sent_at__date=timezone.localdate())
    if today.count() >= INVITATIONS_A_DAY:
        most = {"most": INVITATIONS_A_DAY}
        raise InvitationError(_("Votre entreprise a invité %(most)s personnes aujourd'hui : continuez demain.") % most)
