import pytest
from django.core.management import CommandError, call_command

from demo.factories import CompanyFactory, OfferFactory, UserFactory
from demo.loading import is_empty
from jobs.models import Offer
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
