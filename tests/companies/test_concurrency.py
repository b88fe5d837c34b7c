"""At the same moment, on a real database: no company without an administrator, no edit lost, no link used twice."""

import pytest

from companies import services
from companies.enums import MemberRole
from companies.models import Company, Invitation, Membership
from demo.factories import CompanyFactory, InvitationFactory, MembershipFactory, StaffFactory, UserFactory
from tests.race import kinds

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company():
    return CompanyFactory(admin=UserFactory())


def member_doing(pk, verb, **kwargs):
    def attempt(ready):
        member = Membership.objects.select_related("user").get(pk=pk)
        ready()
        verb(member=member, **kwargs)

    return attempt


def test_all_administrators_leave_at_once_and_one_stays(race, look, company):
    for _ in range(3):
        MembershipFactory(company=company, admin=True)
    members = list(company.memberships.values_list("pk", flat=True))
    outcomes = race(*[member_doing(pk, services.leave) for pk in members])
    assert kinds(outcomes) == ["CompanyError"] + ["NoneType"] * 3
    assert look(lambda: Membership.objects.filter(role="admin").count()) == 1


def test_two_administrators_demote_each_other_and_one_stays(race, look, company):
    one, other = company.memberships.get(), MembershipFactory(company=company, admin=True)
    outcomes = race(
        member_doing(one.pk, services.change_role, by=other.user, role=MemberRole.RECRUITER),
        member_doing(other.pk, services.change_role, by=one.user, role=MemberRole.RECRUITER),
    )
    assert kinds(outcomes) == ["CompanyError", "NoneType"]
    assert look(lambda: Membership.objects.filter(role="admin").count()) == 1


def test_four_editors_of_one_version_write_once(race, look, company):
    def editing(text):
        def attempt(ready):
            mine = Company.objects.get(pk=company.pk)
            ready()
            services.update_company(company=mine, by=None, version=mine.version, facts={"description": text})

        return attempt

    outcomes = race(*[editing(text) for text in "abcd"])
    assert kinds(outcomes) == ["EditConflictError"] * 3 + ["NoneType"]
    written = "abcd"[outcomes.index(None)]
    assert look(lambda: Company.objects.values_list("description", "version").get()) == (written, 1)


def test_one_invitation_accepted_in_two_tabs_makes_one_member(race, look, company):
    nora = UserFactory(email="nora@medinjob.example")
    pk = InvitationFactory(company=company, email=nora.email).pk

    def attempt(ready):
        invitation = Invitation.objects.select_related("company").get(pk=pk)
        ready()
        services.accept_invitation(invitation=invitation, user=nora)

    assert kinds(race(attempt, attempt)) == ["CompanyError", "NoneType"]
    assert look(lambda: Membership.objects.filter(user=nora).count()) == 1


def test_verified_by_one_and_refused_by_another_has_one_state_and_one_event(race, look):
    pk, staff = CompanyFactory(new=True).pk, StaffFactory()

    def deciding(verb, **kwargs):
        def attempt(ready):
            company = Company.objects.get(pk=pk)
            ready()
            verb(company=company, by=staff, **kwargs)

        return attempt

    outcomes = race(deciding(services.verify), deciding(services.refuse, reason="Doute."))
    assert kinds(outcomes) == ["MoveError", "NoneType"]
    assert look(lambda: Company.objects.get(pk=pk).events.count()) == 1
