"""A pass: one link a person, valid on the edition's days, revocable, that opens one door or one stand."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail
from companies.models import Company
from demo.factories import (
    EditionFactory,
    ExhibitorFactory,
    MeetingFactory,
    MembershipFactory,
    PassFactory,
    StaffFactory,
)
from forums.enums import PassKind, PassValidity
from forums.links import pass_url
from forums.models import Pass
from forums.selectors.passes import door_pass, find_pass, stand_pass, validity
from forums.services.passes import issue_pass, revoke_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(client):
    """A browser that took up a pass."""

    def take_up(held):
        client.post(pass_url(held.pk))
        return client

    return take_up


def test_pass_is_valid_on_the_days_only(edition):
    assert validity(PassFactory(edition=edition)) == PassValidity.VALID
    assert validity(PassFactory(edition=EditionFactory(announced=True))) == PassValidity.EARLY
    assert validity(PassFactory(edition=EditionFactory(over=True))) == PassValidity.OVER
    assert validity(PassFactory(edition=edition, revoked=True)) == PassValidity.REVOKED


def test_pass_of_a_closed_edition_is_over_even_on_its_day(edition):
    held = PassFactory(edition=edition)
    type(edition).objects.filter(pk=edition.pk).update(state="closed")
    assert validity(find_pass(held.pk)) == PassValidity.OVER


def test_door_pass_opens_its_edition_only(edition):
    held = PassFactory(edition=edition)
    assert door_pass(held.pk, edition) == held
    assert door_pass(held.pk, EditionFactory(running=True)) is None
    assert door_pass(None, edition) is None


def test_stand_pass_opens_its_stand_only(edition, exhibitor):
    held = PassFactory(stand=exhibitor)
    assert stand_pass(held.pk, exhibitor) == held
    assert stand_pass(held.pk, ExhibitorFactory(edition=edition, accepted=True)) is None
    assert door_pass(held.pk, edition) is None
    assert stand_pass(PassFactory(edition=edition).pk, exhibitor) is None


def test_issued_pass_leaves_by_mail_when_there_is_an_address(edition):
    held = issue_pass(edition=edition, name="Lou", email="lou@medinjob.example", by=StaffFactory())
    mail = OutgoingMail.objects.get()
    assert (mail.to, held.kind) == ("lou@medinjob.example", PassKind.DOOR)
    assert pass_url(held.pk).split("/")[-2].split(":")[0] in mail.body
    issue_pass(edition=edition, name="Sam", by=None)
    assert OutgoingMail.objects.count() == 1


def test_revoked_twice_keeps_the_first_moment(edition):
    held = PassFactory(edition=edition)
    revoke_pass(held=held)
    first = Pass.objects.get().revoked_at
    revoke_pass(held=held)
    assert Pass.objects.get().revoked_at == first


def test_link_shows_on_get_and_acts_on_post(client, edition):
    held = PassFactory(edition=edition)
    assert client.get(pass_url(held.pk)).status_code == 200
    assert "forum_pass" not in client.session
    answer = client.post(pass_url(held.pk))
    assert answer.url == reverse("door", args=[edition.event.slug])
    assert client.session["forum_pass"] == held.pk
    assert Pass.objects.get().used_at is not None


@pytest.mark.parametrize("token", ["abc", "MQ:1x:y", "%00"])
def test_link_that_is_not_ours_is_not_found(client, token):
    assert client.get(reverse("pass", args=[token])).status_code == 404


def test_revoked_link_takes_up_nothing(client, edition):
    held = PassFactory(edition=edition, revoked=True)
    answer = client.post(pass_url(held.pk))
    assert "a été retiré" in answer.content.decode()
    assert "forum_pass" not in client.session


def test_revoking_shuts_a_door_that_is_open(holding, edition):
    held = PassFactory(edition=edition)
    browser = holding(held)
    door = reverse("door", args=[edition.event.slug])
    assert browser.get(door).status_code == 200
    revoke_pass(held=held)
    assert browser.get(door).status_code == 403


def test_pass_of_yesterday_opens_nothing(holding, edition):
    browser = holding(PassFactory(edition=edition))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert browser.get(reverse("door", args=[edition.event.slug])).status_code == 403


DOOR = ["door", "door-walk-in", "door-stands", "door-paper"]


@pytest.mark.parametrize("name", DOOR)
def test_door_pass_opens_the_pages_of_the_door(holding, edition, name):
    browser = holding(PassFactory(edition=edition))
    assert browser.get(reverse(name, args=[edition.event.slug])).status_code == 200


@pytest.mark.parametrize("name", ["door-list", "passes", "dashboard"])
def test_door_pass_opens_nothing_of_the_team(holding, edition, name):
    answer = holding(PassFactory(edition=edition)).get(reverse(name, args=[edition.event.slug]))
    assert answer.url.startswith(reverse("account_login"))


def test_door_pass_opens_no_stand(holding, edition, exhibitor):
    browser = holding(PassFactory(edition=edition))
    meeting = MeetingFactory(exhibitor=exhibitor)
    assert browser.get(reverse("stand", args=[exhibitor.pk])).status_code == 404
    assert browser.get(reverse("stand-meeting", args=[meeting.pk])).status_code == 404


def test_stand_pass_opens_its_stand_and_neither_door_nor_passes(holding, edition, exhibitor):
    browser = holding(PassFactory(stand=exhibitor))
    assert browser.get(reverse("stand", args=[exhibitor.pk])).status_code == 200
    assert browser.get(reverse("door", args=[edition.event.slug])).status_code == 403
    assert browser.get(reverse("stand-passes", args=[exhibitor.pk])).status_code == 404
    other = MeetingFactory(exhibitor=ExhibitorFactory(edition=edition, accepted=True))
    assert browser.get(reverse("stand-meeting", args=[other.pk])).status_code == 404


def test_company_gives_its_colleagues_a_pass(client, exhibitor):
    client.force_login(exhibitor.company.memberships.get().user)
    page = reverse("stand-passes", args=[exhibitor.pk])
    assert client.post(page, {"name": "Collègue", "email": ""}).url == page
    held = Pass.objects.get()
    assert (held.exhibitor, held.kind) == (exhibitor, PassKind.STAND)
    client.post(reverse("stand-pass-revoke", args=[exhibitor.pk, held.pk]))
    assert Pass.objects.get().revoked_at is not None


def test_company_revokes_no_pass_of_another_stand(client, exhibitor):
    client.force_login(exhibitor.company.memberships.get().user)
    other = PassFactory(stand=ExhibitorFactory(edition=exhibitor.edition, accepted=True))
    assert client.post(reverse("stand-pass-revoke", args=[exhibitor.pk, other.pk])).status_code == 404
    assert Pass.objects.get().revoked_at is None


def test_staff_give_door_passes(client, edition):
    client.force_login(StaffFactory())
    page = reverse("passes", args=[edition.event.slug])
    assert "Ce champ est obligatoire" in client.post(page, {"name": ""}).content.decode()
    assert client.post(page, {"name": "Bénévole", "email": ""}).url == page
    assert Pass.objects.get().kind == PassKind.DOOR
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_passes_asks_the_same_number_of_queries(client, edition, rows, django_assert_num_queries):
    client.force_login(StaffFactory())
    PassFactory.create_batch(rows, edition=edition)
    page = reverse("passes", args=[edition.event.slug])
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)


def stand_post(client, exhibitor, number=0, **fields):
    data = {"name": "Alix", "email": f"n{number}@medinjob.example", **fields}
    return client.post(reverse("stand-passes", args=[exhibitor.pk]), data)


def test_stand_of_an_unverified_company_writes_to_nobody_and_gives_its_links_by_hand(client, exhibitor):
    Company.objects.filter(pk=exhibitor.company_id).update(state="new")
    client.force_login(MembershipFactory(company=exhibitor.company).user)
    assert "aucun courriel ne part en son nom" in stand_post(client, exhibitor).content.decode()
    assert not Pass.objects.exists()
    stand_post(client, exhibitor, email="")
    assert Pass.objects.count() == 1
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("still")
def test_passes_by_mail_are_few_an_hour_and_fewer_to_one_address(client, exhibitor):
    client.force_login(MembershipFactory(company=exhibitor.company).user)
    for _ in range(4):
        stand_post(client, exhibitor, name="URGENT: votre compte CAF")
    assert OutgoingMail.objects.count() == 3
    assert "URGENT" not in OutgoingMail.objects.first().body
    for number in range(1, 25):
        answer = stand_post(client, exhibitor, number)
    assert "donnez le lien vous-même" in answer.content.decode()
    assert OutgoingMail.objects.count() <= 20
