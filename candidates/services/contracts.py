"""Signed contracts, declared by either side after a hiring. No row is ever edited: a correction is a new row, an end
before the start a cancellation, and the other side hears of each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import CONTRACT_START_AFTER, CONTRACT_START_BEFORE, ApplicationState, Side
from candidates.errors import ContractError
from candidates.models import Application, Contract, ContractCancellation
from candidates.services.mails import tell_candidate, tell_company
from candidates.signals import contracts_changed, contracts_changing


@transaction.atomic
def declare(*, application: Application, side: Side, by: Any, facts: Mapping[str, Any]) -> Contract:
    """`facts`: type, job_title, signed_on, starts_on. One contract at a time for an application, by whoever declares it
    first; another once it is cancelled."""
    contracts_changing.send(sender=Contract)
    current = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if current.state != ApplicationState.HIRED or application.is_request:
        raise ContractError(_("Un contrat se déclare après l'embauche."))
    check_dates(application, facts["signed_on"], facts["starts_on"])
    said = _("Un contrat est déjà déclaré pour cette candidature : vérifiez-le, et corrigez-le au besoin.")
    if application.contracts.in_force().exists():
        raise ContractError(said)
    rank = 1 + application.contracts.filter(corrects=None).count()
    contract = _create(said, application=application, rank=rank, declared_side=side, declared_by=by, **facts)
    _announce(contract, side, "declared")
    return contract


@transaction.atomic
def correct(*, contract: Contract, side: Side, by: Any, reason: str, facts: Mapping[str, Any]) -> Contract:
    """A new row that counts in place of `contract`, which stays readable."""
    contracts_changing.send(sender=Contract)
    _refuse_settled(contract)
    check_dates(contract.application, facts["signed_on"], facts["starts_on"])
    said = _("Ce contrat vient d'être corrigé par quelqu'un d'autre : rechargez la page.")
    fields = {
        "application": contract.application,
        "rank": contract.rank,
        "declared_side": side,
        "declared_by": by,
        "reason": reason,
        **facts,
    }
    corrected = _create(said, corrects=contract, **fields)
    _announce(corrected, side, "corrected")
    return corrected


@transaction.atomic
def cancel(*, contract: Contract, side: Side, by: Any, reason: str) -> ContractCancellation:
    """It will not begin. After its start it has been, and counts."""
    contracts_changing.send(sender=Contract)
    _refuse_settled(contract)
    if contract.starts_on and contract.starts_on <= timezone.localdate():
        raise ContractError(_("Ce contrat a commencé : il ne peut plus être annulé, seulement corrigé."))
    try:
        with transaction.atomic():
            cancellation = ContractCancellation.objects.create(contract=contract, reason=reason, by=by)
    except IntegrityError as error:
        raise ContractError(_("Ce contrat vient d'être annulé par quelqu'un d'autre.")) from error
    _announce(contract, side, "cancelled")
    return cancellation


def check_dates(application: Application, signed_on: date, starts_on: date | None) -> None:
    """Signed between the application and today; begun from a month before the signature to a year after it."""
    if signed_on > timezone.localdate():
        raise ContractError(_("La date de signature ne peut pas être dans le futur."), "signed_on")
    if signed_on < timezone.localdate(application.sent_at):
        raise ContractError(_("La signature ne peut pas précéder la candidature."), "signed_on")
    if starts_on and not signed_on - CONTRACT_START_BEFORE <= starts_on <= signed_on + CONTRACT_START_AFTER:
        raise ContractError(
            _("Le début doit se situer entre un mois avant la signature et un an après : vérifiez l'année."),
            "starts_on",
        )


def _refuse_settled(contract: Contract) -> None:
    """Serialises with others on the application's row, then looks again."""
    Application.objects.select_for_update(no_key=True).get(pk=contract.application_id)
    if not Contract.objects.in_force().filter(pk=contract.pk).exists():
        raise ContractError(_("Ce contrat a déjà été corrigé ou annulé : rechargez la page."))


def _create(said: str, **fields: Any) -> Contract:
    try:
        with transaction.atomic():
            return Contract.objects.create(**fields)
    except IntegrityError as error:
        raise ContractError(said) from error


def _announce(contract: Contract, side: Side, step: str) -> None:
    """To the upper apps, and to the other side."""
    contracts_changed.send(sender=Contract, ids=[contract.pk])
    tell = tell_company if side == Side.CANDIDATE else tell_candidate
    tell(contract.application, "contract", contract=contract, step=step)
