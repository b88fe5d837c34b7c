from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from companies import services
from companies.enums import MemberRole
from companies.errors import CompanyError
from companies.models import Invitation, Membership
from companies.services.invitations import forget_old_invitations
from demo.factories import CompanyFactory, InvitationFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(name="Mireille")


@pytest.fixture
def company(admin):
    return CompanyFactory(admin=admin)


def invite(company, admin, email="nora@medinjob.example", role=MemberRole.RECRUITER):
    return services.invite(company=company, by=admin, email=email, role=role)


def test_invite_writes_to_the_address_with_the_link(company, admin):
    invitation = invite(company, admin, email=" Nora@Medinjob.example ")
    mail = OutgoingMail.objects.get()
    assert mail.to == invitation.email == "nora@medinjob.example"
    assert f"/invitation/{invitation.token}/" in mail.body
    assert "Mireille" in mail.body
    assert invitation.expires_at - timezone.now() > timedelta(days=13)


def test_invite_speaks_the_language_of_somebody_known(company, admin):
    nora = UserFactory(language="en")
    invitation = invite(company, admin, email=nora.email)
    assert f"/en/invitation/{invitation.token}/" in OutgoingMail.objects.get().body


def test_invite_twice_is_refused_while_the_first_is_open(company, admin):
    invite(company, admin)
    with pytest.raises(CompanyError, match="déjà invitée"):
        invite(company, admin, email="NORA@medinjob.example")
    assert OutgoingMail.objects.count() == 1


def test_invite_again_after_the_first_ran_out(company, admin):
    old = InvitationFactory(company=company, email="nora@medinjob.example", expired=True)
    new = invite(company, admin)
    assert list(company.invitations.all()) == [new]
    assert new.token != old.token


def test_invite_a_member_is_refused(company, admin):
    member = MembershipFactory(company=company)
    with pytest.raises(CompanyError, match="déjà membre"):
        invite(company, admin, email=member.user.email.upper())


def test_refused_company_invites_nobody():
    company = CompanyFactory(refused=True, admin=(admin := UserFactory()))
    with pytest.raises(CompanyError):
        invite(company, admin)


def test_accept_gives_the_role_once(company, admin):
    nora = UserFactory(email="nora@medinjob.example")
    invitation = invite(company, admin, role=MemberRole.ADMIN)
    member = services.accept_invitation(invitation=invitation, user=nora)
    assert (member.company, member.user, member.role) == (company, nora, "admin")
    with pytest.raises(CompanyError, match="plus valable"):
        services.accept_invitation(invitation=invitation, user=nora)
    assert company.events.first().action == "joined"


def test_accept_ignores_the_case_of_the_address(company, admin):
    nora = UserFactory(email="Nora@Medinjob.example")
    services.accept_invitation(invitation=invite(company, admin), user=nora)
    assert Membership.objects.filter(company=company, user=nora).exists()


def test_accept_by_another_address_is_refused(company, admin):
    with pytest.raises(CompanyError, match="autre adresse"):
        services.accept_invitation(invitation=invite(company, admin), user=UserFactory())
    assert company.memberships.count() == 1


def test_accept_too_late_is_refused(company):
    invitation = InvitationFactory(company=company, expired=True)
    with pytest.raises(CompanyError, match="plus valable"):
        services.accept_invitation(invitation=invitation, user=UserFactory(email=invitation.email))


def test_accept_by_somebody_who_became_a_member_otherwise_keeps_their_role(company):
    nora = UserFactory()
    MembershipFactory(company=company, user=nora, admin=True)
    member = services.accept_invitation(invitation=InvitationFactory(company=company, email=nora.email), user=nora)
    assert member.role == "admin"


def test_resend_makes_the_former_link_void(company, admin):
    invitation = invite(company, admin)
    former = invitation.token
    services.resend_invitation(invitation=invitation, by=admin)
    assert not Invitation.objects.filter(token=former).exists()
    assert OutgoingMail.objects.count() == 2


def test_resend_after_acceptance_is_refused(company, admin):
    invitation = invite(company, admin)
    services.accept_invitation(invitation=invitation, user=UserFactory(email=invitation.email))
    with pytest.raises(CompanyError, match="déjà été acceptée"):
        services.resend_invitation(invitation=invitation, by=admin)


def test_cancel_makes_the_link_void_but_undoes_no_acceptance(company, admin):
    cancelled, accepted = invite(company, admin), invite(company, admin, email="omar@medinjob.example")
    services.accept_invitation(invitation=accepted, user=UserFactory(email=accepted.email))
    services.cancel_invitation(invitation=cancelled, by=admin)
    services.cancel_invitation(invitation=accepted, by=admin)
    assert list(company.invitations.all()) == [accepted]
    assert company.events.first().action == "invitation_off"


def test_asking_to_join_tells_the_administrators_once_a_day(company, admin, time_machine):
    MembershipFactory(company=company)
    nora = UserFactory(name="Nora")
    for _ in range(2):
        services.ask_to_join(company=company, user=nora)
    mail = OutgoingMail.objects.get()
    assert mail.to == admin.email
    assert nora.email in mail.body
    assert company.events.get().action == "join_asked"
    time_machine.move_to(timezone.now() + timedelta(days=1))
    services.ask_to_join(company=company, user=nora)
    assert OutgoingMail.objects.count() == 2


def test_old_invitations_are_forgotten_by_the_clock():
    now = timezone.now()
    open_one = InvitationFactory()
    just_over = InvitationFactory(expires_at=now - timedelta(days=29))
    InvitationFactory(expires_at=now - timedelta(days=31))
    InvitationFactory(accepted_at=now - timedelta(days=31))
    just_accepted = InvitationFactory(accepted_at=now - timedelta(days=29), expires_at=now - timedelta(days=40))
    assert forget_old_invitations() == 2
    assert set(Invitation.objects.values_list("pk", flat=True)) == {open_one.pk, just_over.pk, just_accepted.pk}
