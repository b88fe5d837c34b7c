import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from demo.factories import CompanyFactory, OfferFactory, UserFactory
from demo.loading import is_empty, load_demo
from forums.models import Attendee
from jobs.models import JobDetails, Offer
from ledger.models import LedgerEntry
from medinjob.settings import base

pytestmark = pytest.mark.django_db


def test_demo_is_no_part_of_production():
    assert "demo" not in base.INSTALLED_APPS


def test_command_refuses_a_public_site(settings):
    settings.SECURE_SSL_REDIRECT = True
    with pytest.raises(CommandError, match="public site"):
        call_command("load_demo", "--if-empty")
    assert not Offer.objects.exists()


def test_command_asks_for_the_referentials():
    with pytest.raises(CommandError, match="load_referentials"):
        call_command("load_demo")


@pytest.mark.parametrize("factory", [UserFactory, CompanyFactory, OfferFactory])
def test_database_with_anything_is_not_empty(factory):
    assert is_empty()
    factory()
    assert not is_empty()


def test_accounts_command_says_nothing_without_them(capsys):
    call_command("demo_accounts")
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("referentials")
def test_demo_is_the_same_each_time():
    def content():
        with transaction.atomic():
            load_demo()
            offers = Offer.objects.order_by("pk", "places__commune")
            offers = offers.values_list("title", "text", "state", "source_id", "places__commune")
            details = JobDetails.objects.order_by("pk").values_list("contract", "pay_min", "experience")
            people = Attendee.objects.order_by("pk", "entries__source", "meetings__state")
            people = people.values_list("name", "state", "entries__source", "meetings__state")
            ledger = LedgerEntry.objects.order_by("pk").values_list("job_title", "type", "level", "attribution__kind")
            found = [list(rows) for rows in (offers, details, people, ledger)]
            transaction.set_rollback(True)
        return found

    assert content() == content()
