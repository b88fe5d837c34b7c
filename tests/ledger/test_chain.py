"""Nothing that a figure rests on is added, changed, removed or reordered behind the services without being found."""

import re

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.services import close_account
from demo.factories import (
    AttendeeFactory,
    CompanyFactory,
    EditionFactory,
    ExhibitorFactory,
    MeetingFactory,
    StaffFactory,
)
from ledger.declarations import Facts
from ledger.enums import Break, ChainAction, Evidence
from ledger.models import Attribution, ChainHead, ChainLink, LedgerEntry, LedgerEvent
from ledger.selectors.chain import breaks, chained_models
from ledger.services.attribution import refresh_attributions
from ledger.services.chain import hold_chain, seal_erased
from ledger.services.chain_watch import tell_of_breaks
from ledger.services.entries import Declaration, declare, withdraw
from ledger.services.evidence import correct, see_document
from ledger.services.retention import forget
from tests.ledger.altering import change, columns, found_after, plain

pytestmark = pytest.mark.django_db


def facts(**said):
    return Facts("cdi", said.pop("job_title", "Développement"), timezone.localdate(), None)


@pytest.fixture
def history():
    """Two contracts, one of them corrected, a third taken back."""
    staff, company = StaffFactory(), CompanyFactory()
    attendees = AttendeeFactory.create_batch(3, edition=EditionFactory(over=True))
    made = [
        declare(declaration=Declaration(company, facts(), Evidence.COMPANY, name=one.name, attendee=one), by=staff)
        for one in attendees
    ]
    see_document(entry=made[0], by=staff, nature="Contrat", on=timezone.localdate(), facts=facts())
    correct(entry=made[1], by=staff, reason="Au téléphone", facts=facts(job_title="Exploitation"))
    withdraw(evidence=made[2].evidence.get(), by=staff)
    return made


def test_honest_history_holds(history):
    assert breaks() == []
    call_command("verify_ledger")


def test_forgetting_leaves_a_chain_that_holds_and_no_salt_of_what_was_said(history):
    forget(attendee=history[0].attendee)
    assert breaks() == []
    entry = LedgerEntry.objects.get(pk=history[0].pk)
    links = ChainLink.objects.filter(kind="entry", row=entry.pk)
    assert links.last().action == ChainAction.ERASE
    assert set(links.exclude(pk=links.last().pk).values_list("salt", flat=True)) == {""}


def test_account_that_goes_leaves_a_chain_that_holds(history):
    close_account(user=User.objects.get(pk=LedgerEvent.objects.filter(by__isnull=False).first().by_id))
    assert not LedgerEvent.objects.filter(by__isnull=False).exists()
    assert breaks() == []


def test_what_was_there_before_the_chain_is_taken_up_once(history):
    ChainLink.objects.all().delete()
    ChainHead.objects.all().delete()
    hold_chain()
    assert set(ChainLink.objects.values_list("action", flat=True)) == {ChainAction.ADOPT}
    assert breaks() == []


def test_row_written_past_the_door_is_found(history):
    event = LedgerEvent.objects.create(entry=history[0], action="correct")
    assert [(one.what, one.kind, one.row) for one in breaks()] == [(Break.ADDED, "event", event.pk)]
    with pytest.raises(CommandError):
        call_command("verify_ledger")


def test_row_taken_away_is_found(history):
    pk = LedgerEvent.objects.first().pk
    plain(LedgerEvent).filter(pk=pk)._raw_delete("default")
    assert [(one.what, one.row) for one in breaks()] == [(Break.REMOVED, pk)]


def test_end_cut_off_is_found(history):
    last = ChainLink.objects.last()
    plain(ChainLink).filter(pk=last.pk)._raw_delete("default")
    assert Break.END in {one.what for one in breaks()}


def test_two_links_that_change_places_are_found(history):
    pair = ChainLink.objects.all()[1:3]
    first, second = pair
    plain(ChainLink).filter(pk=first.pk).update(position=9_999)
    plain(ChainLink).filter(pk=second.pk).update(position=first.position)
    plain(ChainLink).filter(pk=9_999).update(position=second.position)
    assert Break.LINK in {one.what for one in breaks()}


@pytest.mark.parametrize("then", ["document", "attribution", "forgetting", "author"])
def test_what_a_service_does_next_hides_nothing(history, then):
    """The next honest change of a row would seal what somebody did to it."""
    entry = history[0]
    plain(LedgerEntry).filter(pk=entry.pk).update(recorded_at=timezone.now())
    if then == "document":
        see_document(entry=entry, by=None, nature="Contrat", on=timezone.localdate(), facts=facts())
    elif then == "attribution":
        attribution(entry)
    elif then == "forgetting":
        forget(attendee=entry.attendee)
    else:
        seal_erased(LedgerEntry, [entry.pk])
    assert Break.CHANGED in {one.what for one in breaks() if one.row == entry.pk}


def attribution(entry):
    """They met, as is found out now."""
    stand = ExhibitorFactory(edition=entry.attendee.edition, company=entry.company, accepted=True)
    MeetingFactory(exhibitor=stand, attendee=entry.attendee, held=True)
    assert refresh_attributions() == 1


@pytest.mark.no_lock_order
def test_every_column_that_stands_in_it_is_watched(history):
    """Whatever the database lets somebody write."""
    found = {}
    for model in (*chained_models(), Attribution, ChainLink, ChainHead):
        for field in columns(model):
            if row := plain(model).order_by("pk").last():
                found[f"{model.__name__}.{field.name}"] = found_after(change, row, field)
    assert [name for name, count in found.items() if count == 0] == []
    assert sum(count is not None for count in found.values()) > 30


def test_team_hears_of_a_break_once(history):
    LedgerEvent.objects.create(entry=history[0], action="correct")
    tell_of_breaks()
    tell_of_breaks()
    mail = OutgoingMail.objects.get(key__startswith="chain-")
    assert "1 écart" in mail.body


DOOR = re.compile(r"\b(\w+)\.objects\.(?:\w+\([^)]*\)\.)*(create|bulk_create|get_or_create|update_or_create)\(")


def test_production_inserts_rows_of_history_through_the_door_alone():
    names = {model.__name__ for model in chained_models()}
    apps = ("forums", "ledger", "reports", "candidates", "medinjob")
    files = [path for app in apps for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    found = [(path.name, name) for path in files for name, _ in DOOR.findall(path.read_text()) if name in names]
    assert found == [("late.py", "LateFact")], "write() of ledger.services.chain"
