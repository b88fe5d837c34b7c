from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OutgoingMail
from companies import services
from companies.enums import Mark
from companies.errors import CompanyError
from companies.models import Company
from companies.services.review import announce_dated_marks
from demo.factories import CommissionFactory, CompanyFactory, MarkFactory, MembershipFactory, StaffFactory, UserFactory
from medinjob.lib.errors import MoveError

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory()


def test_verify_tells_the_administrators_in_their_language(staff, announced):
    company = CompanyFactory(new=True, admin=UserFactory(language="en"), recruiter=UserFactory())
    services.verify(company=company, by=staff)
    assert company.state == "trusted"
    [mail] = OutgoingMail.objects.all()
    assert mail.to == company.memberships.get(role="admin").user.email
    assert f"/en/recruteur/entreprise/{company.pk}/" in mail.body
    assert announced == [company.pk]
    event = company.events.get()
    assert (event.action, event.before, event.after, event.by) == ("verified", "new", "trusted", staff)


def test_refuse_keeps_and_sends_the_reason(staff, announced):
    company = CompanyFactory(admin=UserFactory())
    services.refuse(company=company, by=staff, reason=" L'établissement est fermé & radié. ")
    company.refresh_from_db()
    assert (company.state, company.refusal_reason) == ("refused", "L'établissement est fermé & radié.")
    assert "L'établissement est fermé & radié." in OutgoingMail.objects.get().body
    assert announced == [company.pk]


def test_refuse_without_a_reason_does_nothing(staff):
    company = CompanyFactory(new=True)
    with pytest.raises(CompanyError):
        services.refuse(company=company, by=staff, reason="  ")
    assert Company.objects.get().state == "new"


def test_database_wants_a_reason_too():
    company = CompanyFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=company.pk).update(state="refused")


def test_refused_company_may_be_verified_later_and_loses_the_reason(staff):
    company = CompanyFactory(refused=True)
    services.verify(company=company, by=staff)
    assert (company.state, company.refusal_reason) == ("trusted", "")


def test_second_of_two_decisions_is_told(staff):
    company = CompanyFactory(new=True, admin=UserFactory())
    seen_by_the_other = Company.objects.get(pk=company.pk)
    services.verify(company=company, by=staff)
    with pytest.raises(MoveError, match="déjà décidé"):
        services.refuse(company=seen_by_the_other, by=StaffFactory(), reason="Doute.")
    assert Company.objects.get().state == "trusted"
    assert OutgoingMail.objects.count() == 1


def test_mark_is_given_for_a_time_then_ended(staff, announced):
    company = CompanyFactory()
    mark = services.set_mark(company=company, by=staff, mark=Mark.MEMBER, since=date(2020, 1, 1))
    services.end_mark(mark=mark, by=staff, on=date(2021, 6, 30))
    assert mark.until == date(2021, 6, 30)
    assert [company.marks.on(day).count() for day in (date(2019, 12, 31), date(2021, 6, 30), date(2021, 7, 1))] == [
        0,
        1,
        0,
    ]
    assert announced == [company.pk, company.pk]
    assert list(company.events.order_by("id").values_list("action", "reason")) == [
        ("mark_set", "2020-01-01 –"),
        ("mark_ended", "2020-01-01 – 2021-06-30"),
    ]


@pytest.mark.parametrize(
    ("since", "until", "free"),
    [
        ((2019, 1, 1), (2019, 12, 31), True),
        ((2019, 1, 1), (2020, 1, 1), False),
        ((2020, 3, 1), (2020, 4, 1), False),
        ((2020, 12, 31), None, False),
        ((2021, 1, 1), None, True),
        ((2019, 1, 1), None, False),
    ],
)
def test_same_mark_twice_on_one_day_is_refused(staff, since, until, free):
    company = CompanyFactory()
    MarkFactory(company=company, since=date(2020, 1, 1), until=date(2020, 12, 31))
    MarkFactory(since=date(2000, 1, 1))
    services.set_mark(company=company, by=staff, mark=Mark.PARTNER, since=date(2020, 1, 1))
    asked = {"since": date(*since), "until": until and date(*until)}
    if free:
        services.set_mark(company=company, by=staff, mark=Mark.MEMBER, **asked)
    else:
        with pytest.raises(CompanyError, match="déjà cette qualité"):
            services.set_mark(company=company, by=staff, mark=Mark.MEMBER, **asked)


def test_mark_that_ends_before_it_begins_is_refused(staff):
    with pytest.raises(CompanyError):
        services.set_mark(
            company=CompanyFactory(), by=staff, mark=Mark.MEMBER, since=date(2020, 2, 1), until=date(2020, 1, 1)
        )


def test_mark_not_begun_yet_ends_on_its_first_day(staff):
    mark = MarkFactory(since=date(2030, 1, 1))
    services.end_mark(mark=mark, by=staff, on=date(2026, 1, 1))
    assert mark.until == date(2030, 1, 1)


def test_marks_that_begin_or_end_by_date_are_announced(announced):
    today = date(2026, 11, 22)
    ended = MarkFactory(until=date(2026, 11, 21)).company
    begun = MarkFactory(since=today).company
    MarkFactory(since=date(2026, 11, 1))
    MarkFactory(until=date(2026, 11, 1))
    MarkFactory(since=date(2026, 11, 30))
    assert announce_dated_marks(today=today) == [ended.pk, begun.pk]
    assert announced == [ended.pk, begun.pk]


def test_commissions_are_replaced(staff):
    company, old, new = CompanyFactory(), CommissionFactory(), CommissionFactory()
    company.commissions.add(old)
    services.set_commissions(company=company, by=staff, commissions=[new])
    assert list(company.commissions.all()) == [new]


def test_decision_costs_the_same_for_one_and_for_three_administrators(staff, django_assert_num_queries):
    companies = [CompanyFactory(new=True, admin=UserFactory()) for _ in range(2)]
    for _ in range(2):
        MembershipFactory(company=companies[1], admin=True)
    with django_assert_num_queries(10):
        services.verify(company=companies[0], by=staff)
    with django_assert_num_queries(10 + 2):  # one more mail row for each
        services.verify(company=companies[1], by=staff)
