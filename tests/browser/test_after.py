"""What became of the meetings, answered on a phone or a desk, with and without script."""

import pytest
from django.utils import timezone

from demo.factories import EditionFactory, ExhibitorFactory, MeetingFactory
from ledger import links
from ledger.models import FollowUp, FollowUpAnswer, LedgerEntry
from ledger.services.follow_up import ask_due
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meetings():
    exhibitor = ExhibitorFactory(edition=EditionFactory(over=True, follow_ups=True), accepted=True)
    made = [MeetingFactory(exhibitor=exhibitor, held=True) for _ in range(2)]
    ask_due()
    return made


def address(**side):
    return links.follow_up_url(FollowUp.objects.get(**side).pk)


def hire(page, name):
    line = page.get_by_role("group", name=name, exact=False).first
    line.get_by_label("Embauche").check()
    line.get_by_label("Contrat", exact=True).select_option("cdi")
    line.get_by_label("Poste").fill("Développement Python")
    return line


@pytest.mark.parametrize("script", [True, False])
def test_a_company_says_a_hiring_and_no_news_for_the_others(page_at, meetings, script):
    page = page_at(address(exhibitor=meetings[0].exhibitor), 360, script=script)
    line = hire(page, meetings[0].attendee.name)
    line.get_by_label("Signé le").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="pas de nouvelles pour les autres").click()
    page.get_by_text("Vous avez tout dit à cette date").wait_for()
    assert [row.outcome for row in FollowUpAnswer.objects.all()] == ["hired", "no_news"]
    assert LedgerEntry.objects.get().job_title == "Développement Python"


def test_the_contract_is_asked_for_only_when_somebody_was_hired(page_at, meetings):
    page = page_at(address(exhibitor=meetings[0].exhibitor), 360)
    line = page.get_by_role("group", name=meetings[0].attendee.name).first
    assert not line.get_by_label("Poste").is_visible()
    line.get_by_label("Embauche").check()
    assert line.get_by_label("Poste").is_visible()
    assert_accessible(page)


def test_a_hiring_without_its_date_is_wrong_beside_it_and_keeps_the_rest(page_at, meetings):
    page = page_at(address(exhibitor=meetings[0].exhibitor), 360)
    hire(page, meetings[0].attendee.name)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator(".errorlist").first.wait_for()
    assert page.get_by_label("Poste").first.input_value() == "Développement Python"
    assert_accessible(page)


def test_a_person_s_page_is_accessible_and_names_other_companies(page_at, meetings):
    other = ExhibitorFactory(edition=meetings[0].exhibitor.edition, accepted=True)
    page = page_at(address(attendee=meetings[0].attendee), 360)
    assert other.company.name in page.get_by_label("Entreprise").inner_text()
    assert_accessible(page)
