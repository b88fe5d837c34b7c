import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from stdnum.fr import siret

from accounts.models import User
from companies.enums import CompanyState
from companies.models import Company, MedinsoftMark
from demo.factories import PASSWORD, CompanyFactory
from demo.loading.people import CANDIDATE, RECRUITER, STAFF
from jobs.enums import ApplyBy, ContractType, Flag, OfferKind, OfferSource, OfferState, Remote, ReportState
from jobs.imports.schedule import run_due_imports
from jobs.models import ImportRun, JobDetails, Offer, OfferAudience, OfferEvent, OfferReport, TrainingSession
from jobs.transitions import TRANSITIONS
from search.models import PendingIndexing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_demo")]


def test_there_is_enough_of_everything(loaded_demo):
    visible = Offer.objects.visible()
    assert visible.filter(kind=OfferKind.JOB).count() >= 300
    assert visible.filter(kind=OfferKind.TRAINING).count() >= 40
    assert Company.objects.visible().count() >= 25
    assert (loaded_demo.companies, loaded_demo.jobs) == (Company.objects.count(), JobDetails.objects.count())


def test_every_state_and_contract_is_there():
    assert set(Offer.objects.values_list("state", flat=True)) == set(OfferState.values)
    contracts = set(JobDetails.objects.values_list("contract", flat=True))
    assert contracts >= set(ContractType.values) - {ContractType.SEASONAL, ContractType.OTHER}
    assert set(JobDetails.objects.values_list("remote", flat=True)) == set(Remote.values)


def test_offers_are_spread_over_the_region():
    departments = Counter(Offer.objects.visible().values_list("places__department", flat=True))
    assert set(departments) == {"04", "05", "06", "13", "83", "84"}
    assert Offer.objects.visible().values("places__commune").distinct().count() > 60
    assert any(offer.places.count() > 1 for offer in Offer.objects.visible().prefetch_related("places"))


def test_offers_are_of_digital_occupations_but_for_those_flagged():
    others = Offer.objects.filter(occupations__digital=False)
    assert others
    assert all(offer.flags == [Flag.NOT_DIGITAL] and offer.state == OfferState.IN_REVIEW for offer in others)
    assert Offer.objects.visible().values("occupations").distinct().count() > 60


def test_texts_are_not_repeated():
    texts = Counter(Offer.objects.values_list("text", flat=True))
    assert [count for count in texts.values() if count > 1] == [2]
    assert Offer.objects.filter(duplicate_of__isnull=False).count() == 1
    titles = set(Offer.objects.visible().values_list("title", flat=True))
    assert len(titles) > 250


def test_every_text_and_company_says_that_it_is_made_up():
    for text in Offer.objects.values_list("text", flat=True):
        assert "fictive, écrite pour la démonstration" in text or "Fictitious offer" in text
    assert not Company.objects.exclude(description__contains="Entreprise fictive").exists()
    assert not User.objects.exclude(email__endswith="@medinjob.example").exists()


def test_sirets_are_valid_and_distinct():
    numbers = list(Company.objects.values_list("siret", flat=True))
    assert all(siret.is_valid(number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_companies_have_members_marks_and_every_state():
    assert set(Company.objects.values_list("state", flat=True)) == set(CompanyState.values)
    assert not Company.objects.exclude(memberships__role="admin").exists()
    assert MedinsoftMark.objects.values("mark").distinct().count() == 2
    assert Company.objects.exclude(logo="").count() > 10


def test_new_companies_wait_with_their_first_offers():
    offers = Offer.objects.filter(company__state=CompanyState.NEW)
    assert {offer.state for offer in offers} == {OfferState.IN_REVIEW}
    assert all(Flag.NEW_COMPANY in offer.flags for offer in offers)


@pytest.mark.parametrize("email", [CANDIDATE, RECRUITER, STAFF])
def test_named_accounts_can_sign_in(email, client):
    user = User.objects.get(email=email)
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified
    assert client.login(username=email, password=PASSWORD) or client.login(email=email, password=PASSWORD)


def test_recruiter_posts_jobs_and_trainings():
    recruiter = User.objects.get(email=RECRUITER)
    kinds = Offer.objects.filter(company__members=recruiter).values_list("kind", flat=True)
    assert set(kinds) == set(OfferKind.values)
    assert User.objects.filter(is_staff=True).count() == 1


def test_recruiters_other_than_the_named_one_have_a_verified_address():
    assert not User.objects.filter(emailaddress__isnull=True).exists()


def test_events_are_moves_that_the_lifecycle_allows():
    last = {}
    for event in OfferEvent.objects.order_by("offer_id", "id"):
        allowed, after = TRANSITIONS[event.action]
        assert event.before == last.get(event.offer_id, OfferState.DRAFT)
        assert event.before in allowed
        assert event.after == after
        last[event.offer_id] = after
    drafts = {
        (pk, OfferState.DRAFT) for pk in Offer.objects.filter(state=OfferState.DRAFT).values_list("pk", flat=True)
    }
    assert set(last.items()) | drafts == set(Offer.objects.values_list("pk", "state"))


def test_events_are_in_order_and_none_is_to_come():
    moments = {}
    for event in OfferEvent.objects.order_by("offer_id", "id"):
        assert moments.get(event.offer_id, event.at) <= event.at
        moments[event.offer_id] = event.at
    assert max(moments.values()) <= timezone.now()


def test_published_offers_are_current_and_expired_ones_are_past():
    now = timezone.now()
    assert not Offer.objects.filter(state=OfferState.PUBLISHED, expires_at__lte=now).exists()
    assert not Offer.objects.filter(state=OfferState.EXPIRED, expires_at__gt=now).exists()
    assert Offer.objects.filter(state=OfferState.PUBLISHED, expires_at__lt=now + timedelta(days=7)).exists()
    assert not Offer.objects.filter(published_at__gt=now).exists()


def test_trainings_end_with_their_last_session():
    today = timezone.localdate()
    # One that a stand shows stays until the forum has ended.
    trainings = Offer.objects.visible().filter(kind=OfferKind.TRAINING, shown_at__isnull=True)
    for training in trainings.prefetch_related("sessions"):
        last = max(session.ends_on for session in training.sessions.all())
        assert timezone.localdate(training.expires_at) == last + timedelta(days=1)
        assert last > today
    assert TrainingSession.objects.filter(ends_on__lt=today).exists()
    assert not TrainingSession.objects.exclude(modality="remote").filter(commune=None).exists()


def test_cpf_pays_only_for_certified_trainings():
    for training in Offer.objects.filter(kind=OfferKind.TRAINING).select_related("training"):
        assert training.training.certification_code or "cpf" not in training.training.funding


def test_imported_offers_have_an_address_at_the_source_and_no_company():
    imported = Offer.objects.filter(source=OfferSource.FRANCE_TRAVAIL)
    assert imported.count() > 10
    assert {offer.company_id for offer in imported} == {None}
    assert all(offer.apply_by == ApplyBy.EXTERNAL and offer.source_url for offer in imported)
    assert {bool(offer.employer_name) for offer in imported} == {True, False}


def test_no_offer_contradicts_itself():
    """What its text says of dates, length, remote work and diplomas is what its facts say."""
    remote_words = {"none": "(?i)sur site|sur place nécessaire", "full": "(?i)télétravail complet"}
    for offer in Offer.objects.select_related("job", "training"):
        if offer.source_published_at and offer.published_at:
            assert offer.source_published_at <= offer.published_at
        text = offer.text.replace("\u00a0", " ")
        if offer.kind == OfferKind.TRAINING:
            assert not (offer.training.level_in and "Aucun diplôme n'est demandé" in text)
            continue
        months = {
            int(n) for n in re.findall(r"(?:CDD|Mission[^.]*?|Stage[^.]*?|Contrat[^.]*?|parental) de (\d+) mois", text)
        }
        assert months <= {offer.job.contract_months}, offer.title
        for remote in {"none", "full"} - {offer.job.remote}:
            said = text.partition("###")[2]
            assert not re.search(remote_words[remote].replace("sur site|", "poste sur site|"), said), offer.title
        assert ("days of remote work" in text) <= (offer.job.remote == Remote.PARTIAL)


def test_reports_wait_and_were_decided():
    states = Counter(OfferReport.objects.values_list("state", flat=True))
    assert states == {ReportState.RECEIVED: 4, ReportState.UPHELD: 1, ReportState.DISMISSED: 1}


def test_audience_is_counted_while_public_only():
    assert OfferAudience.objects.count() > 1000
    assert not OfferAudience.objects.filter(offer__published_at=None).exists()
    assert not OfferAudience.objects.filter(day__gt=timezone.localdate()).exists()


def test_pay_by_year_agrees_with_pay():
    paid = JobDetails.objects.filter(pay_unit="month").first()
    assert paid.pay_yearly_min == int(paid.pay_min * 12)


def test_index_is_told_of_every_offer():
    told = set(PendingIndexing.objects.values_list("offer_id", flat=True))
    assert told == set(Offer.objects.values_list("pk", flat=True))


def test_command_leaves_a_database_with_data_alone(capsys):
    count = Offer.objects.count()
    call_command("load_demo", "--if-empty")
    assert "nothing is loaded" in capsys.readouterr().out
    with pytest.raises(CommandError, match="only into an empty one"):
        call_command("load_demo")
    assert Offer.objects.count() == count


def test_accounts_command_prints_the_three_and_their_password(capsys):
    call_command("demo_accounts")
    out = capsys.readouterr().out
    assert out.count(PASSWORD) == 3
    assert all(email in out for email in (CANDIDATE, RECRUITER, STAFF))


def test_company_factory_still_works_beside_the_demo():
    assert CompanyFactory().pk


def test_source_of_the_demo_is_imported_with_its_two_refused_rows():
    assert run_due_imports() == 1
    run = ImportRun.objects.get()
    assert (run.state, run.counts["created"], run.counts["refused"]) == (
        "done", 4, {"no-title": 1, "out-of-territory": 1},
    )  # fmt: skip
    assert run.counts["flagged"] == 0
