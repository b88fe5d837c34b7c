"""What goes with a deleted account: invitations written to it, the company that it alone held, its logo."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services import close_account, queue_mail
from companies.enums import MemberRole
from companies.models import Company, Invitation
from companies.services.invitations import invite
from demo.factories import CompanyFactory, ExhibitorFactory, PassFactory, UserFactory
from forums.models import Representative

pytestmark = pytest.mark.django_db


def test_the_logo_of_a_deleted_company_is_a_file_no_more(client, django_capture_on_commit_callbacks):
    user = UserFactory()
    company = CompanyFactory(admin=user)
    company.logo.save("marqueur.webp", ContentFile(b"RIFF"))
    name = company.logo.name
    assert client.get(f"/media/{name}").getvalue() == b"RIFF"  # read to its end: closed
    with django_capture_on_commit_callbacks(execute=True):
        close_account(user=user)
    assert not Company.objects.filter(pk=company.pk).exists()
    assert not default_storage.exists(name)
    assert client.get(f"/media/{name}").status_code == 404


def test_invitations_written_to_the_person_go():
    user = UserFactory()
    company = CompanyFactory()
    invite(company=company, by=None, email=user.email, role=MemberRole.RECRUITER)
    close_account(user=user)
    assert not Invitation.objects.exists()


def test_passes_and_places_at_a_stand_lose_name_and_address():
    user = UserFactory()
    held = PassFactory(name="Marqueur", email=user.email)
    stand = ExhibitorFactory(accepted=True)
    there = Representative.objects.create(exhibitor=stand, name="Marqueur", email=user.email.upper())
    close_account(user=user)
    held.refresh_from_db()
    there.refresh_from_db()
    assert (held.name, held.email, held.revoked_at is not None) == ("", "", True)
    assert (there.name, there.email) == ("", "")


def test_a_mail_that_has_left_names_the_person_no_more():
    user = UserFactory(name="Zoé Marqueur")
    sent = queue_mail(to="alix@medinjob.example", subject="Zoé Marqueur a postulé", body=user.email)
    other = queue_mail(to="alix@medinjob.example", subject="Autre", body="Texte")
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    close_account(user=user)
    sent.refresh_from_db()
    other.refresh_from_db()
    assert (sent.subject, sent.body, other.body) == ("", "", "Texte\n")
