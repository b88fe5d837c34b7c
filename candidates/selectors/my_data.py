"""What is held of a person: for their page "Mes données"."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import MAIL_ROW_KEPT, SESSION_LONGEST, UNSENT_KEPT
from accounts.models import FactorReset, OpenSession, OutgoingMail, UnsentForm
from candidates.enums import ANONYMISED_AFTER, COMPANY_INTEREST_KEPT, Access
from candidates.models import CV, CandidateProfile, DataAccess, SavedSearch
from candidates.selectors.invitations import received_invitations
from candidates.selectors.own import own_applications, own_drafts
from candidates.signals import held_asked
from companies.models import Membership


class Held(NamedTuple):
    """One line: `until` is None while it stays as long as the account."""

    what: str
    holder: str
    since: datetime
    until: datetime | None = None
    url: str = ""


class Opened(NamedTuple):
    """Somebody opened something of this person's. `by` is a company or the team, not who of them."""

    at: datetime
    what: str | Promise
    by: str
    offer: str
    reason: str


def held_data(user: Any) -> list[Held]:
    """Every kind of row that names `user`, a fixed number of queries."""
    profile = CandidateProfile.objects.filter(user=user).first()
    until = profile.last_contact_at + ANONYMISED_AFTER if profile else None
    team = _("Medinjob")
    lines = [Held(_("Compte : %(email)s") % {"email": user.email}, team, user.date_joined, None, reverse("account"))]
    if profile:
        holder = _("Medinjob ; visible des entreprises vérifiées") if profile.visible else team
        lines.append(Held(_("Profil"), holder, profile.created_at, until, reverse("my-profile")))
    lines += _files(user, until)
    lines += [*_applications(user, until), *_invitations(user)]
    lines += [
        Held(_("Brouillon : %(offer)s") % {"offer": draft.offer.title}, team, draft.created_at, draft.expires_at)
        for draft in own_drafts(user)
    ]
    lines += [*_searches(user), *_mails(user), *_memberships(user), *_signing_in(user), *_unsent(user)]
    answers: Any = held_asked.send(sender=Held, user=user)
    return [*lines, *(line for _receiver, more in answers for line in more)]


def accesses_to(user: Any) -> list[Opened]:
    """Newest first."""
    rows = accesses(user).select_related("application__company", "application__offer", "company")
    return [_opened(row) for row in rows]


def accesses(user: Any) -> QuerySet[DataAccess]:
    return DataAccess.objects.filter(Q(application__candidate=user) | Q(profile__user=user))


def _files(user: Any, until: datetime | None) -> Iterator[Held]:
    for cv in CV.objects.filter(owner=user).prefetch_related("applications__company"):
        sent = cv.applications.all()
        names = dict.fromkeys(application.company.name for application in sent if application.company)
        holder = ", ".join(["Medinjob", *names])
        yield Held(_("CV : %(filename)s") % {"filename": cv.filename}, holder, cv.uploaded_at, until)


def _applications(user: Any, until: datetime | None) -> Iterator[Held]:
    for row in own_applications(user):
        what = _("Demande d’information : %(offer)s") if row.is_request else _("Candidature : %(offer)s")
        company = row.company.name if row.company else row.offer.employer
        yield Held(
            what % {"offer": row.offer.title}, f"Medinjob, {company}", row.sent_at, until, row.get_absolute_url()
        )


def _invitations(user: Any) -> Iterator[Held]:
    for row in received_invitations(user):
        said = _("Invitation à postuler : %(offer)s") % {"offer": row.offer.title}
        holder = f"Medinjob, {row.offer.employer}"
        yield Held(said, holder, row.sent_at, row.sent_at + COMPANY_INTEREST_KEPT, reverse("my-applications"))


def _searches(user: Any) -> Iterator[Held]:
    for row in SavedSearch.objects.filter(user=user):
        label = _("Alerte : %(label)s") % {"label": row.label}
        yield Held(label, _("Medinjob"), row.created_at, None, reverse("saved-searches"))


def _mails(user: Any) -> Iterator[Held]:
    created = list(OutgoingMail.objects.filter(to=user.email).order_by("pk").values_list("created_at", flat=True))
    if created:
        count = len(created)
        said = ngettext(
            "%(count)s courriel que nous vous avons écrit", "%(count)s courriels que nous vous avons écrits", count
        )
        yield Held(said % {"count": count}, _("Medinjob"), created[0], created[-1] + MAIL_ROW_KEPT)


def _memberships(user: Any) -> Iterator[Held]:
    for row in Membership.objects.filter(user=user).select_related("company"):
        said = _("Membre de %(company)s") % {"company": row.company.name}
        yield Held(said, f"Medinjob, {row.company.name}", row.since, None)


def _unsent(user: Any) -> Iterator[Held]:
    for row in UnsentForm.objects.of(user):
        said = _("Formulaire non envoyé : la session avait expiré")
        yield Held(said, _("Medinjob"), row.created_at, row.created_at + UNSENT_KEPT)


def _signing_in(user: Any) -> Iterator[Held]:
    """Sessions as one line: the page about them lists them."""
    open_since = list(OpenSession.objects.filter(user=user).order_by("created_at").values_list("created_at", flat=True))
    if open_since:
        count = len(open_since)
        said = ngettext("%(count)s appareil connecté", "%(count)s appareils connectés", count) % {"count": count}
        yield Held(said, _("Medinjob"), open_since[0], open_since[-1] + SESSION_LONGEST, reverse("sessions"))
    for asked_at in FactorReset.objects.filter(user=user).values_list("asked_at", flat=True):
        yield Held(_("Double authentification levée ou à lever"), _("Medinjob"), asked_at)


def _opened(row: DataAccess) -> Opened:
    application = row.application
    company = application.company if application else row.company
    by = _("Équipe de Medinsoft") if row.what == Access.MESSAGES or company is None else company.name
    return Opened(row.at, Access(row.what).label, by, application.offer.title if application else "", row.reason)
