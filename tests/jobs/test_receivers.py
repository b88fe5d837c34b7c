"""A company's news reach the index through its offers."""

import pytest

from accounts.models import OutgoingMail
from companies import services
from companies.enums import Mark
from demo.factories import CompanyFactory, OfferFactory, StaffFactory, UserFactory
from jobs.signals import offers_changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    ids: list[int] = []

    def listen(sender, ids: list[int], **_):
        told.extend(ids)

    told = ids
    offers_changed.connect(listen)
    yield ids
    offers_changed.disconnect(listen)


@pytest.fixture
def offers():
    company = CompanyFactory(name="Avant")
    OfferFactory(published=True)  # another company's
    return [OfferFactory(published=True, company=company), OfferFactory(company=company)]


@pytest.mark.parametrize("change", ["rename", "refuse", "mark", "verify"])
def test_offers_of_a_changed_company_are_announced_and_no_others(offers, heard, change):
    company, staff = offers[0].company, StaffFactory()
    if change == "verify":
        company.state = "new"
        company.save()
    heard.clear()
    match change:
        case "rename":
            services.update_company(company=company, by=staff, version=0, facts={"name": "Après"})
        case "refuse":
            services.refuse(company=company, by=staff, reason="Fermée.")
        case "mark":
            services.set_mark(company=company, by=staff, mark=Mark.MEMBER, since=company.created_at.date())
        case "verify":
            services.verify(company=company, by=staff)
    assert sorted(heard) == [offer.pk for offer in offers]


def test_company_without_offers_announces_none(heard):
    services.verify(company=CompanyFactory(new=True, admin=UserFactory()), by=StaffFactory())
    assert heard == []
    assert OutgoingMail.objects.count() == 1
