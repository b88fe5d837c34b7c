import csv
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from companies.enums import CompanyState, MemberRole
from companies.models import Company, MedinsoftMark, Membership, ProposedIdentity
from companies.resemblance import FREE_MAIL, domain_of, domains_resemble, host_of, is_like_a_public_body, names_resemble


def companies_for_staff() -> QuerySet[Company]:
    """The team's list: those to verify first; each with `member_count` and `current_marks` (a list)."""
    today = MedinsoftMark.objects.on(timezone.localdate())
    return Company.objects.for_staff().prefetch_related(Prefetch("marks", today, to_attr="current_marks"))


def proposed_identity(company: Company) -> ProposedIdentity | None:
    """The name and site that wait for staff, if any."""
    return ProposedIdentity.objects.filter(company=company).select_related("by").first()


class Resemblance(NamedTuple):
    """Why a moderator should look twice, in words, and the companies that are meant (none for a body known to all)."""

    why: str
    companies: tuple[Company, ...] = ()


def resemblances(company: Company) -> list[Resemblance]:
    """What a moderator should know before trusting a company: the same SIREN, other companies of the same person, a
    name or a mail domain like a known one. Four queries, and a look at each name: for staff's page of one company."""
    others = list(Company.objects.exclude(pk=company.pk).order_by("name"))
    administrators = list(company.memberships.filter(role=MemberRole.ADMIN).select_related("user"))
    proposal = proposed_identity(company)
    names = [company.name, *([proposal.name] if proposal else [])]
    return [
        *_same_siren(company, others),
        *_same_people(company, others, [member.user_id for member in administrators]),
        *_like_names(names, others),
        *_like_domains([member.user.email for member in administrators], others),
    ]


def _same_siren(company: Company, others: Iterable[Company]) -> Iterator[Resemblance]:
    siren = (company.siret or "")[:9]
    if same := tuple(other for other in others if siren and (other.siret or "").startswith(siren)):
        yield Resemblance(_("Même SIREN"), same)


def _same_people(company: Company, others: Iterable[Company], users: list[int]) -> Iterator[Resemblance]:
    led = Membership.objects.filter(user__in=users, role=MemberRole.ADMIN).exclude(company=company)
    ids = set(led.values_list("company", flat=True))
    if ids:
        yield Resemblance(_("Administrées par la même personne"), tuple(each for each in others if each.pk in ids))


def _like_names(names: Iterable[str], others: Iterable[Company]) -> Iterator[Resemblance]:
    known = tuple(other for other in others if any(names_resemble(name, other.name) for name in names))
    if known:
        yield Resemblance(_("Nom qui ressemble à celui d’une autre entreprise"), known)
    for known_name, _known_domain in known_names():
        if any(names_resemble(name, known_name) for name in names):
            yield Resemblance(_("Nom qui ressemble à « %(name)s »") % {"name": known_name})
            return
    if any(is_like_a_public_body(name) for name in names):
        yield Resemblance(_("Nom d’organisme public : son adresse e-mail est-elle celle de l’organisme ?"))


def _like_domains(emails: Iterable[str], others: Iterable[Company]) -> Iterator[Resemblance]:
    hosts = {host for email in emails if (host := host_of(email)) not in FREE_MAIL}
    own = {domain_of(f"@{host}") for host in hosts}
    sites = [(other, domain_of(other.website)) for other in others if other.website]
    trusted = (other for other, _site in sites if other.state == CompanyState.TRUSTED)
    if same := tuple(other for other in trusted if host_of(other.website) in hosts):
        yield Resemblance(_("Adresse e-mail au domaine d’une autre entreprise"), same)
    if like := tuple(other for other, site in sites if any(domains_resemble(domain, site) for domain in own)):
        yield Resemblance(_("Adresse e-mail dont le domaine imite celui d’une autre entreprise"), like)
    for known_name, known_domain in known_names():
        if any(domains_resemble(domain, known_domain) for domain in own):
            said = _("Adresse e-mail dont le domaine imite « %(domain)s » (%(name)s)")
            yield Resemblance(said % {"domain": known_domain, "name": known_name})
            return


@cache
def known_names() -> tuple[tuple[str, str], ...]:
    """Names that everybody knows, with their domain: `companies/data/known_names.csv`."""
    with (Path(__file__).parent / "data" / "known_names.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["name"], row["domain"]) for row in csv.DictReader(file, delimiter=";"))
