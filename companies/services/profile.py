"""A company's own facts: written by its administrators, never over somebody else's edit."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from companies.enums import CompanyAction, CompanyState, MemberRole
from companies.errors import CompanyError
from companies.models import Company, Membership
from companies.services.events import announce, record
from companies.services.identity import hold_back_identity
from companies.services.logos import replace_logo
from companies.services.review import review_again
from medinjob.lib.optimistic_lock import write_over

UNVERIFIED_MOST = 3


def create_company(*, by: Any, facts: Mapping[str, Any], sectors: Iterable[Any] = (), logo: Any = None) -> Company:
    """A company to verify, with `by` as its first administrator. `facts` are plain fields of `Company`. Nobody has many
    that wait to be verified."""
    if Company.objects.for_user(by).filter(state=CompanyState.NEW).count() >= UNVERIFIED_MOST:
        raise CompanyError(
            _("Vous avez déjà plusieurs entreprises à vérifier : attendez que l’équipe de Medinsoft les ait regardées.")
        )
    with _unique_or_said(), transaction.atomic():
        company = Company.objects.create(**facts, slug=_free_slug(facts["name"]))
        company.sectors.set(sectors)
        Membership.objects.create(company=company, user=by, role=MemberRole.ADMIN)
        record(company, CompanyAction.CREATED, by=by, after=company.state)
        replace_logo(company, logo)
    return company


def update_company(
    *, company: Company, by: Any, version: int, facts: Mapping[str, Any], sectors: Iterable[Any] = (), logo: Any = None
) -> Company:
    """Write `facts` if the company is still at `version`, the one the editor saw; else `EditConflictError`.

    `logo`: an image cleaned by `medinjob.lib.images`, False to remove it, None to keep it. A verified company whose
    SIRET changes is verified again; another name or site waits for staff, who see it beside the present one.
    """
    before = Company.objects.get(pk=company.pk)
    with _unique_or_said(), transaction.atomic():
        written = hold_back_identity(company=before, facts=facts, by=by)
        conflict = _("Quelqu’un a enregistré cette fiche entre-temps.")
        write_over(Company.objects.filter(pk=company.pk), version, written, conflict=conflict)
        company.refresh_from_db()
        company.sectors.set(sectors)
        replace_logo(company, logo)
        _record_edit(before, company, by=by)
        announce(company)
    return company


def _record_edit(before: Company, company: Company, *, by: Any) -> None:
    record(company, CompanyAction.EDITED, by=by)
    if company.name != before.name:
        record(company, CompanyAction.RENAMED, by=by, before=before.name, after=company.name)
    if company.siret != before.siret and company.state == CompanyState.TRUSTED:
        review_again(company=company, by=by, reason=f"SIRET : {before.siret or '–'} → {company.siret or '–'}")


@contextmanager
def _unique_or_said() -> Iterator[None]:
    """Two forms may pass the same check at the same moment; the database keeps one."""
    try:
        yield
    except IntegrityError as error:
        raise CompanyError(
            _("Une entreprise vient d’être inscrite avec ce SIRET : vérifiez, puis réessayez.")
        ) from error


def _free_slug(name: str) -> str:
    """The name as an address, with a number if another company has it."""
    base = slugify(name)[:170] or "entreprise"
    taken = set(Company.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if _numbered(base, n) not in taken)
    return _numbered(base, number)


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"
