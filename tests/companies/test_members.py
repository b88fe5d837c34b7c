import pytest

from accounts.models import OutgoingMail
from companies import services
from companies.enums import MemberRole
from companies.errors import CompanyError
from companies.models import Membership
from demo.factories import CompanyFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return CompanyFactory(admin=UserFactory())


@pytest.fixture
def admin(company):
    return company.memberships.get()


def roles(company):
    return sorted(company.memberships.values_list("role", flat=True))


def test_last_admin_cannot_leave(company, admin):
    MembershipFactory(company=company)
    with pytest.raises(CompanyError, match="au moins un administrateur"):
        services.leave(member=admin)
    assert roles(company) == ["admin", "recruiter"]


def test_last_admin_cannot_be_removed_nor_demoted(company, admin):
    MembershipFactory(admin=True)  # another company's
    with pytest.raises(CompanyError):
        services.remove_member(member=admin, by=admin.user)
    with pytest.raises(CompanyError):
        services.change_role(member=admin, by=admin.user, role=MemberRole.RECRUITER)
    assert roles(company) == ["admin"]


def test_two_admins_who_leave_at_once_leave_one_behind(company, admin):
    """Each was loaded while the other was still there, as in two requests; the second is looked at again."""
    other = MembershipFactory(company=company, admin=True)
    both_as_seen = list(Membership.objects.filter(company=company))
    services.leave(member=both_as_seen[0])
    with pytest.raises(CompanyError, match="au moins un administrateur"):
        services.leave(member=both_as_seen[1])
    assert list(company.memberships.all()) == [other]


def test_admin_demoted_by_another_request_leaves_as_a_recruiter(company, admin):
    other = MembershipFactory(company=company, admin=True)
    seen_as_admin = Membership.objects.get(pk=other.pk)
    services.change_role(member=other, by=admin.user, role=MemberRole.RECRUITER)
    services.leave(member=seen_as_admin)
    assert company.events.first().before == "recruiter"


def test_recruiter_leaves_and_the_event_remains(company):
    member = MembershipFactory(company=company)
    services.leave(member=member)
    assert roles(company) == ["admin"]
    event = company.events.get()
    assert (event.action, event.about, event.before) == ("member_left", member.user, "recruiter")


def test_removed_member_is_told_and_has_no_row(company, admin):
    member = MembershipFactory(company=company)
    services.remove_member(member=member, by=admin.user)
    assert not Membership.objects.filter(user=member.user).exists()
    assert OutgoingMail.objects.get().to == member.user.email
    assert company.events.get().by == admin.user


def test_removing_somebody_who_has_left_says_so(company, admin):
    member = MembershipFactory(company=company)
    seen = Membership.objects.get(pk=member.pk)
    services.leave(member=member)
    with pytest.raises(CompanyError, match="n’est plus membre"):
        services.remove_member(member=seen, by=admin.user)


def test_change_role_writes_who_did_what_to_whom(company, admin):
    member = MembershipFactory(company=company)
    services.change_role(member=member, by=admin.user, role=MemberRole.ADMIN)
    event = company.events.get()
    assert (event.action, event.before, event.after) == ("role_changed", "recruiter", "admin")
    assert (event.by, event.about) == (admin.user, member.user)
    assert roles(company) == ["admin", "admin"]


def test_change_to_the_same_role_writes_nothing(company, admin):
    services.change_role(member=admin, by=admin.user, role=MemberRole.ADMIN)
    assert company.events.count() == 0


def test_first_admin_may_leave_once_another_is_named(company, admin):
    member = MembershipFactory(company=company)
    services.change_role(member=member, by=admin.user, role=MemberRole.ADMIN)
    services.leave(member=admin)
    assert list(company.memberships.values_list("user", flat=True)) == [member.user_id]
