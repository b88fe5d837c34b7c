"""An audit of one frozen report: the draw anybody can redo, the verdicts, what follows from them."""

import hashlib
import json
import re
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import comb

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import OutgoingMail
from demo.factories import AttendeeFactory, AuditLinkFactory, MembershipFactory, OfferFactory
from forums.errors import ForumError
from ledger.models import LedgerEntry
from ledger.selectors.chain import breaks
from medinjob.lib.signatures import is_signed, public_key
from reports.links import audit_answer_url, audit_url
from reports.models import AuditAnswer, AuditDraw, AuditVerdict, Snapshot
from reports.selectors.audits import Conclusion, population_of, sizes_for
from reports.services.audits import create_audit_link, draw_contracts, give_verdict
from reports.services.signing import proof
from reports.services.snapshots import freeze_report
from reports.verifier import verifier
from tests.reports.conftest import contract, exhibitor
from tests.reports.test_signatures import KEYS


@pytest.fixture
def company(edition):
    return exhibitor(edition, OfferFactory(published=True)).company


@pytest.fixture
def entries(edition, company):
    return [contract(edition, company, name=f"Personne Tirable {n}") for n in range(9)]


@pytest.fixture
def link(edition, entries):
    snapshot = freeze_report(edition=edition, by=None, addresses=())
    return create_audit_link(edition=edition, name="Région", email="", days=3, by=None, snapshot=snapshot)


@pytest.fixture
def address(link):
    return audit_url(link.pk)


def sha(text):
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def judged(link, draw, false=0):
    for turn, number in enumerate(draw.sample):
        verdict = "false" if turn < false else "real"
        give_verdict(link=link, draw=draw, entry_number=number, verdict=verdict, reason="Contrat vu")


# The rule


@cache
def chance(population, false, sample):
    """How likely each number of false ones is among those drawn, by listing every sample."""
    counts = [0] * (sample + 1)
    for chosen in combinations(range(population), sample):
        counts[sum(one < false for one in chosen)] += 1
    return [Fraction(count, comb(population, sample)) for count in counts]


def test_bound_is_that_of_every_sample_listed():
    for population in range(1, 9):
        for sample in range(1, population + 1):
            for found in range(sample + 1):
                possible = [
                    false
                    for false in range(population + 1)
                    if found <= false <= population - sample + found
                    and sum(chance(population, false, sample)[: found + 1]) > Fraction(1, 20)
                ]
                assert verifier.most_false(population, sample, found) == max(possible)


@given(st.data())
def test_bound_covers_the_truth_nineteen_times_in_twenty_at_least(data):
    population = data.draw(st.integers(1, 60))
    sample = data.draw(st.integers(1, population))
    bounds = [verifier.most_false(population, sample, found) for found in range(sample + 1)]
    for false in range(population + 1):
        ways = [comb(false, found) * comb(population - false, sample - found) for found in range(sample + 1)]
        covered = sum(way for way, bound in zip(ways, bounds, strict=True) if false <= bound)
        assert covered * 20 >= comb(population, sample) * 19


def test_conclusion_is_the_sentence_of_the_issue():
    found = Conclusion(population=45, drawn=20, false=0, unchecked=0, missing=0)
    assert found.words == "20 tirés sur 45, aucun faux : au moins 41 contrats réels, au seuil de 95 %."
    assert Conclusion(45, 20, 1, 0, 0).real < 41
    assert Conclusion(45, 20, 0, 1, 0).real == Conclusion(45, 20, 1, 0, 0).real
    assert Conclusion(45, 20, 0, 0, 1).real is None


@given(st.integers(1, 300))
def test_sizes_are_the_smallest_that_give_their_bound(population):
    sizes = sizes_for(population)
    assert sizes[-1].size == sizes[-1].real == population
    for one in sizes:
        assert population - verifier.most_false(population, one.size, 0) == one.real
    assert [one.size for one in sizes] == sorted({one.size for one in sizes})


# The draw


@pytest.mark.django_db
def test_draw_can_be_redone_by_hand(link, entries):
    draw = draw_contracts(link=link, number=2026, size=4)
    assert draw.seed == sha(link.snapshot.sha256 + "2026")
    ids = [entry.pk for entry in entries]
    assert (draw.population, population_of(link.snapshot)) == (9, ids)
    assert draw.sample == sorted(ids, key=lambda pk: sha(f"{draw.seed}{pk}"))[:4]


@pytest.mark.django_db
def test_draw_of_a_report_and_number_is_one_whatever_the_link(client, link, edition):
    first = draw_contracts(link=link, number=3, size=2)
    other = AuditLinkFactory(edition=edition, snapshot=link.snapshot, name="Deuxième")
    with pytest.raises(ForumError):
        draw_contracts(link=other, number=3, size=9)
    draw_contracts(link=other, number=4, size=9)
    page = client.get(f"{audit_url(other.pk)}echantillon/")
    assert list(AuditDraw.objects.values_list("number", flat=True)) == [3, 4]
    for draw in AuditDraw.objects.all():
        assertContains(page, reverse("audit-draw", args=[audit_url(other.pk).split("/")[-2], draw.number]))
    assert AuditDraw.objects.get(number=3).sample == first.sample


@pytest.mark.django_db
def test_figures_and_population_are_those_frozen(client, link, address, edition, company):
    """The page read what the figures were that day, and drew among contracts of after the freeze."""
    late = contract(edition, company, name="Arrivée Après")
    assertContains(client.get(address), "Contrats de travail signés : 9")
    assertContains(client.get(f"{address}contracts/"), "9 lignes")
    assert late.pk not in draw_contracts(link=link, number=1, size=9).sample


@pytest.mark.django_db
def test_contract_taken_out_after_the_freeze_is_drawn_all_the_same(client, link, address, entries):
    LedgerEntry.objects.filter(pk=entries[0].pk).update(cancelled_at=link.snapshot.created_at)
    draw = draw_contracts(link=link, number=1, size=9)
    assert entries[0].pk in draw.sample
    assertContains(client.get(f"{address}tirage/1/"), "annulé au registre")


@pytest.mark.django_db
def test_person_has_one_pseudonym_in_every_list(client, edition, company):
    person = AttendeeFactory(edition=edition, present=True)
    contract(edition, company, attendee=person, user=person.user)
    link = AuditLinkFactory(edition=edition, snapshot=freeze_report(edition=edition, by=None, addresses=()))
    address = audit_url(link.pk)
    pages = [f"{address}{slug}/" for slug in ("participants", "entries", "contracts")]
    found = [set(re.findall(r"<td>([0-9a-f]{10})</td>", client.get(page).content.decode())) for page in pages]
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]
    draw_contracts(link=link, number=1, size=1)
    assertContains(client.get(f"{address}tirage/1/"), found[0].pop())


@pytest.mark.django_db
def test_names_show_in_the_draw_alone(client, address, link):
    assertNotContains(client.get(f"{address}contracts/"), "Tirable")
    assertRedirects(client.post(f"{address}echantillon/", {"number": 12, "size": 9}), f"{address}tirage/12/")
    assertContains(client.get(f"{address}tirage/12/"), "Personne Tirable", count=9)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [{}, {"number": "-1", "size": "9"}, {"number": "x", "size": "9"}, {"number": "1", "size": "3"}]
)
def test_wrong_number_or_size_draws_nothing(client, address, data):
    assert client.post(f"{address}echantillon/", data).status_code == 422
    assert not AuditDraw.objects.exists()


@pytest.mark.django_db
def test_report_without_contracts_says_that_nothing_can_be_drawn(client, edition):
    link = AuditLinkFactory(edition=edition, snapshot=freeze_report(edition=edition, by=None, addresses=()))
    assertContains(client.get(f"{audit_url(link.pk)}echantillon/"), "Aucun contrat à tirer")
    with pytest.raises(ForumError):
        draw_contracts(link=link, number=1, size=1)


# The verdicts


@pytest.mark.django_db
def test_verdicts_conclude_and_the_latest_counts(client, address, link):
    draw = draw_contracts(link=link, number=5, size=9)
    page = f"{address}tirage/5/"
    assertContains(client.get(page), "il manque 9 verdicts")
    judged(link, draw, false=1)
    data = {"entry": draw.sample[0], "verdict": "real", "reason": "Le contrat a été retrouvé"}
    assert client.post(page, data).status_code == 302
    assertContains(client.get(page), "9 tirés sur 9, aucun faux : au moins 9 contrats réels, au seuil de 95 %.")
    assert AuditVerdict.objects.filter(entry_number=draw.sample[0]).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "status"), [({"verdict": ""}, 422), ({"reason": ""}, 422), ({"entry": 0}, 404), ({"entry": "x"}, 404)]
)
def test_wrong_verdict_is_refused(client, address, link, change, status):
    draw = draw_contracts(link=link, number=5, size=4)
    data = {"entry": draw.sample[0], "verdict": "real", "reason": "Vu", **change}
    assert client.post(f"{address}tirage/5/", data).status_code == status
    assert not AuditVerdict.objects.exists()


@pytest.mark.django_db
def test_conclusion_is_a_signed_paper(client, address, link, settings):
    settings.SIGNING_KEY = KEYS[0]
    draw = draw_contracts(link=link, number=5, size=9)
    assert client.get(f"{address}tirage/5/conclusion.pdf").status_code == 404
    judged(link, draw)
    files = {kind: client.get(f"{address}tirage/5/conclusion.{kind}").content for kind in ("pdf", "json", "sig")}
    assert files["pdf"].startswith(b"%PDF")
    assert json.loads(files["json"])["words"].startswith("9 tirés sur 9, aucun faux")
    assert is_signed(public_key(KEYS[0]), files["json"].decode(), files["sig"].decode())


@pytest.mark.django_db
def test_all_acts_stand_in_the_chain(link, client, company):
    draw = draw_contracts(link=link, number=5, size=2)
    judged(link, draw)
    assert breaks() == []
    AuditVerdict.objects.filter(entry_number=draw.sample[0]).update(verdict="false")
    AuditDraw.objects.update(number=6)
    assert {one.kind for one in breaks()} == {"draw", "verdict"}


# The proof


def altered(link, **changes):
    files = verifier.unpacked(proof(snapshot=link.snapshot))
    draws = json.loads(files[verifier.DRAWS])
    draws[0].update(changes)
    return {**files, verifier.DRAWS: json.dumps(draws).encode()}


@pytest.mark.django_db
def test_verifier_redoes_every_draw_and_its_conclusion(link):
    draw = draw_contracts(link=link, number=5, size=9)
    draw_contracts(link=link, number=6, size=2)
    judged(link, draw)
    lines = verifier.verify(proof(snapshot=link.snapshot))
    assert any("2 tirage(s) refait(s) : 9 tirés sur 9, aucun faux" in line for line in lines)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes", [{"number": 6}, {"seed": "0" * 64}, {"population": 8}, {"sample": [1, 2]}, {"real": 9}, {"verdicts": {}}]
)
def test_verifier_refuses_a_draw_that_does_not_follow(link, changes):
    judged(link, draw_contracts(link=link, number=5, size=4), false=1)
    assert verifier.check_draws(altered(link))
    with pytest.raises(verifier.WrongError):
        verifier.check_draws(altered(link, **changes))


# The company


@pytest.mark.django_db
def test_company_is_told_once_and_answers_what_the_auditor_reads(client, link, address, company):
    member = MembershipFactory(company=company).user
    draw = draw_contracts(link=link, number=5, size=2)
    draw_contracts(link=link, number=6, size=2)
    told = OutgoingMail.objects.filter(body__contains="reponse-au-controle")
    assert told.count() == 1
    url = audit_answer_url(link.snapshot_id, company.pk, member.pk)
    assert client.post(url, {"entry": draw.sample[0], "text": "Il travaille chez nous."}).status_code == 302
    assertContains(client.get(f"{address}tirage/5/"), "Il travaille chez nous.")
    assert breaks() == []


@pytest.mark.django_db
def test_company_answers_for_its_own_drawn_contracts_alone(client, link, edition, company):
    member = MembershipFactory(company=company).user
    draw = draw_contracts(link=link, number=5, size=2)
    url = audit_answer_url(link.snapshot_id, company.pk, member.pk)
    undrawn = next(pk for pk in population_of(link.snapshot) if pk not in draw.sample)
    assert client.post(url, {"entry": undrawn, "text": "Oui"}).status_code == 404
    assert client.post(url, {"entry": draw.sample[0], "text": ""}).status_code == 422
    company.memberships.all().delete()
    assert client.get(url).status_code == 404
    assert not AuditAnswer.objects.exists()


@pytest.mark.django_db
def test_report_from_before_rows_were_kept_has_nothing_to_draw(link):
    Snapshot.objects.update(detail="")
    assert population_of(Snapshot.objects.get()) == []
