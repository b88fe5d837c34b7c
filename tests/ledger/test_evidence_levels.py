"""What costs nobody a paper: the DPAE, a document seen, two different people who vouch."""

from datetime import date

import pytest
from django.urls import reverse

from demo.factories import LedgerEntryFactory, StaffFactory
from jobs.enums import ContractType
from ledger.declarations import Facts, Statement, level_that_counts
from ledger.enums import Evidence, EvidenceLevel
from ledger.errors import LedgerError
from ledger.selectors.chain import breaks
from ledger.services.chain import hold_chain
from ledger.services.evidence import give_dpae, see_document

FACTS = Facts("cdi", "Dev", date(2026, 3, 2))


def said(*sides):
    return [Statement(number, kind, FACTS, by=by) for number, (kind, by) in enumerate(sides, 1)]


@pytest.mark.parametrize(
    ("company", "candidate", "level"),
    [
        (1, 2, EvidenceLevel.BOTH),
        (None, None, EvidenceLevel.BOTH),  # two links, to two addresses
        (1, None, EvidenceLevel.BOTH),
        (1, 1, EvidenceLevel.CANDIDATE),
    ],
)
def test_both_are_two_different_people(company, candidate, level):
    assert level_that_counts(said((Evidence.COMPANY, company), (Evidence.CANDIDATE, candidate))) == level


def test_levels_stand_in_their_order():
    sides = [(Evidence.COMPANY, 1), (Evidence.CANDIDATE, 2)]
    assert level_that_counts(said(*sides, (Evidence.DPAE, 3))) == EvidenceLevel.DPAE
    assert level_that_counts(said(*sides, (Evidence.DPAE, 3), (Evidence.DOCUMENT, 3))) == EvidenceLevel.DOCUMENT


@pytest.mark.django_db
def test_dpae_is_evidence_with_its_number_and_day():
    entry, staff = LedgerEntryFactory(), StaffFactory()
    hold_chain()
    give_dpae(entry=entry, by=staff, number="0131234567890", on=date(2026, 3, 1))
    entry.refresh_from_db()
    row = entry.evidence.get(kind=Evidence.DPAE)
    assert (entry.level, row.number, row.on, row.by) == (EvidenceLevel.DPAE, "0131234567890", date(2026, 3, 1), staff)
    assert breaks() == []
    entry.evidence.filter(pk=row.pk).update(number="9")
    assert [one.kind for one in breaks()] == ["evidence"]


@pytest.mark.django_db
@pytest.mark.parametrize("type_", [ContractType.INTERNSHIP, ContractType.FREELANCE])
def test_internship_has_no_dpae(type_):
    entry = LedgerEntryFactory(type=type_)
    with pytest.raises(LedgerError):
        give_dpae(entry=entry, by=None, number="1", on=date(2026, 3, 1))
    assert not entry.evidence.filter(kind=Evidence.DPAE).exists()


@pytest.mark.django_db
def test_document_that_is_a_file_keeps_its_digest():
    entry = LedgerEntryFactory()
    see_document(entry=entry, by=None, nature="Contrat", on=date(2026, 3, 1), facts=Facts.of(entry), digest="ab" * 32)
    assert entry.evidence.get(kind=Evidence.DOCUMENT).digest == "ab" * 32


@pytest.mark.django_db
@pytest.mark.parametrize(("digest", "status"), [("AB" * 32, 302), ("ab", 422), ("xy" * 32, 422)])
def test_team_notes_dpae_and_digest_on_the_page(client, digest, status):
    entry = LedgerEntryFactory()
    client.force_login(StaffFactory())
    url = reverse("ledger-act", args=[entry.pk, "dpae"])
    assert client.post(url, {"number": "", "on": "2026-03-01"}).status_code == 422
    assert client.post(url, {"number": "013", "on": "2026-03-01"}).status_code == 302
    facts = {"type": "cdi", "job_title": "Dev", "signed_on": "2026-03-01"}
    data = {"nature": "Contrat", "on": "2026-03-01", "digest": digest, **facts}
    assert client.post(reverse("ledger-act", args=[entry.pk, "document"]), data).status_code == status
    assert client.get(entry.get_absolute_url()).status_code == 200
