import gc
import json
import subprocess
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demo.factories import CompanyFactory, StaffFactory
from jobs.enums import JOB_LIFETIME, ApplyBy, ContractType, Experience, Flag, OfferState, PayUnit
from jobs.imports import run as run_module
from jobs.imports.parsed import RefusalReason
from jobs.imports.run import Import
from jobs.models import ImportRun, Offer, OfferEvent
from jobs.services import lifecycle
from jobs.services.duplicates import SOURCE_GONE
from medinjob.lib.processes import own_mark
from tests.jobs.imports.corpus import PARIS, TEXT, TOULON, history, import_rows, offer, row, write

pytestmark = pytest.mark.usefixtures("referentials")

OTHER = {"intitule": "Administrateur systèmes et réseaux (H/F)", "description": "Vous administrez le parc Linux. " * 9}


def test_import_writes_all_parts_of_an_offer(tmp_path):
    tally = import_rows(tmp_path, row(codeNAF="58.29C", competences=[{"libelle": "Django"}, {"libelle": "Écouter"}]))
    found = offer()
    place, job = found.places.get(), found.job
    assert tally.as_dict() == {
        "read": 1, "created": 1, "updated": 0, "unchanged": 0, "duplicates": 0, "flagged": 0, "withdrawn": 0,
        "returned": 0, "closed": 0, "refused": {}, "cut": "",
    }  # fmt: skip
    assert (found.title, found.state, found.company, found.employer_name) == (
        "Développeur Python (H/F)", OfferState.PUBLISHED, None, "Musées fictifs du Sud",
    )  # fmt: skip
    assert (found.apply_by, found.apply_url) == (ApplyBy.EXTERNAL, found.source_url)
    assert (place.commune_id, place.label, place.postcode, place.latitude) == (
        "13001",
        "Aix-en-Provence",
        "13100",
        43.53,
    )
    assert (job.contract, job.experience, job.pay_unit) == (ContractType.CDI, Experience.JUNIOR, PayUnit.YEAR)
    assert (job.pay_min, job.pay_max, job.pay_yearly_min, job.pay_yearly_max) == (38000, 45000, 38000, 45000)
    assert set(found.skills.values_list("slug", flat=True)) == {"python", "django"}
    assert found.other_skills == ["Écouter"]
    assert list(found.occupations.values_list("code", flat=True)) == ["M1855"]
    assert list(found.sectors.values_list("slug", flat=True)) == ["logiciels"]


def test_occupation_that_the_title_contradicts_is_not_kept(tmp_path):
    import_rows(tmp_path, row(intitule="Ingénieure machine learning (H/F)", romeCode="G1602"))
    found = offer()
    assert (found.state, found.occupations.count()) == (OfferState.PUBLISHED, 0)


def test_waiter_under_a_code_of_the_sector_is_held_without_it(tmp_path):
    import_rows(tmp_path, row(intitule="Serveur en salle (H/F)", description="Site web, internet, logiciel. " * 9))
    found = offer()
    assert (found.state, found.flags, found.occupations.count()) == (OfferState.IN_REVIEW, [Flag.NOT_DIGITAL], 0)


def test_company_known_here_by_its_siret_gives_its_name(tmp_path):
    CompanyFactory(name="Musée du Verre", siret="73282932000074")
    import_rows(tmp_path, row(entreprise={"siret": "732 829 320 00074"}))
    assert (offer().employer_name, offer().employer_siret) == ("Musée du Verre", "73282932000074")


def test_import_counts_the_lifetime_from_now_and_keeps_the_source_s_dates(tmp_path):
    import_rows(tmp_path, row())
    found = offer()
    assert abs(found.expires_at - timezone.now() - JOB_LIFETIME) < timedelta(minutes=1)
    assert found.source_published_at == datetime(2026, 11, 2, 9, 15, 4, 123000, UTC)
    assert found.source_updated_at.day == 20


def test_import_leaves_the_history_and_announcement_of_a_posting(tmp_path, announced):
    import_rows(
        tmp_path, row(), row(2, intitule="Plongeur en restaurant", romeCode="G1602", description="Service du soir.")
    )
    assert history(offer()) == [("publish", "draft", "published")]
    assert history(offer(2)) == [("submit", "draft", "in_review")]
    assert announced == [[offer().pk, offer(2).pk]]


def test_second_run_doubles_and_changes_nothing(tmp_path, announced):
    rows = [row(), row(2, **OTHER)]
    import_rows(tmp_path, *rows)
    before = list(Offer.objects.order_by("id").values("id", "version", "updated_at", "source_hash", "expires_at"))
    events = OfferEvent.objects.count()
    announced.clear()

    tally = import_rows(tmp_path, *rows)
    assert (tally.counts["created"], tally.counts["updated"], tally.counts["unchanged"]) == (0, 0, 2)
    assert list(Offer.objects.order_by("id").values(*before[0])) == before
    assert (OfferEvent.objects.count(), announced) == (events, [])


def test_changed_row_updates_its_offer_and_parts(tmp_path, announced):
    import_rows(tmp_path, row())
    known = offer()
    announced.clear()

    tally = import_rows(
        tmp_path, row(intitule="Développeuse Django", lieuTravail=TOULON, salaire=None, typeContrat="MIS")
    )
    found = offer()
    assert (tally.counts["created"], tally.counts["updated"], tally.counts["unchanged"]) == (0, 1, 0)
    assert (found.pk, found.title, found.version) == (known.pk, "Développeuse Django", known.version + 1)
    assert [place.label for place in found.places.all()] == ["Toulon"]
    assert (found.job.pay_min, found.job.contract) == (None, ContractType.TEMPORARY)
    assert set(found.skills.values_list("slug", flat=True)) == {"python", "django"}
    assert (found.created_at, found.published_at) == (known.created_at, known.published_at)
    assert history(found) == [("publish", "draft", "published"), ("edit", "published", "published")]
    assert announced == [[found.pk]]


def test_offer_still_in_the_file_lasts_from_each_import(tmp_path, announced):
    import_rows(tmp_path, row())
    announced.clear()
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        tally = import_rows(tmp_path, row())
        assert abs(offer().expires_at - timezone.now() - JOB_LIFETIME) < timedelta(minutes=1)
    assert tally.counts["unchanged"] == 1
    assert announced == [[offer().pk]]
    assert history(offer()) == [("publish", "draft", "published")]


def test_expired_offer_that_is_still_in_the_file_comes_back(tmp_path):
    import_rows(tmp_path, row())
    lifecycle.expire(offers=[offer()])
    tally = import_rows(tmp_path, row())
    assert (offer().state, tally.counts["returned"], tally.counts["updated"]) == (OfferState.PUBLISHED, 1, 1)
    assert ("renew", "expired", "published") in history(offer())


def test_complete_withdraws_what_the_file_no_longer_holds(tmp_path):
    import_rows(tmp_path, row(), row(2, **OTHER))
    tally = import_rows(tmp_path, row(), complete=True)
    assert (offer().state, offer(2).state, tally.counts["withdrawn"]) == (OfferState.PUBLISHED, OfferState.WITHDRAWN, 1)
    assert offer(2).reason == SOURCE_GONE
    assert history(offer(2))[-1] == ("withdraw", "published", "withdrawn")


def test_without_complete_nothing_is_withdrawn(tmp_path):
    import_rows(tmp_path, row(), row(2, **OTHER))
    import_rows(tmp_path, row())
    assert offer(2).state == OfferState.PUBLISHED


def test_what_an_import_withdrew_comes_back_with_its_row(tmp_path):
    cook = row(3, intitule="Plongeur", romeCode="G1602", description="Service du soir au restaurant.")
    import_rows(tmp_path, row(), row(2, **OTHER), cook)
    import_rows(tmp_path, row(), complete=True)
    tally = import_rows(tmp_path, row(), row(2, **OTHER), cook)
    assert (offer(2).state, offer(2).reason, tally.counts["returned"]) == (OfferState.PUBLISHED, "", 2)
    assert offer(3).state == OfferState.IN_REVIEW


@pytest.mark.parametrize("action", ["reject", "withdraw", "fill", "pause"])
def test_what_people_closed_never_comes_back_by_itself(tmp_path, action):
    import_rows(tmp_path, row())
    reason = {"reason": "Annonce trompeuse."} if action in {"reject", "withdraw"} else {}
    getattr(lifecycle, action)(offers=[offer()], by=StaffFactory(), **reason)
    closed = offer()

    tally = import_rows(tmp_path, row(intitule="Développeur Python confirmé"))
    found = offer()
    assert (found.state, found.title, found.reason) == (closed.state, "Développeur Python (H/F)", closed.reason)
    assert (tally.counts["unchanged"], tally.counts["closed"], tally.counts["updated"]) == (1, 1, 0)


def test_claimed_offer_belongs_to_its_company(tmp_path):
    import_rows(tmp_path, row())
    Offer.objects.update(company=CompanyFactory())
    import_rows(tmp_path, row(intitule="Tout autre chose"), complete=True)
    assert (offer().title, offer().state) == ("Développeur Python (H/F)", OfferState.PUBLISHED)


def test_complete_keeps_to_its_territory(tmp_path):
    import_rows(
        tmp_path, row(), row(2, lieuTravail=TOULON, **OTHER), row(3, intitule="Chef de projet web", lieuTravail=PARIS)
    )
    tally = import_rows(tmp_path, row(9, intitule="Data engineer"), complete=True, departments=["13", "06"])
    states = {n: offer(n).state for n in (1, 2, 3)}
    assert states == {1: OfferState.WITHDRAWN, 2: OfferState.PUBLISHED, 3: OfferState.PUBLISHED}
    assert tally.counts["withdrawn"] == 1


def test_complete_leaves_other_sources_alone(tmp_path):
    import_rows(tmp_path, row(), row(2, **OTHER))
    Offer.objects.filter(source_id="1900002").update(source="local")
    import_rows(tmp_path, row(), complete=True)
    assert Offer.objects.get(source_id="1900002").state == OfferState.PUBLISHED


@pytest.mark.parametrize("content", ["", "[]", '[{"id": "1900001", "intitule": "Cou', '{"message": "quota"}'])
def test_complete_withdraws_nothing_after_a_file_that_is_empty_or_cut(tmp_path, content):
    import_rows(tmp_path, row())
    path = tmp_path / "bad.json"
    path.write_text(content)
    tally = Import(format_name="france-travail").run(path, complete=True)
    assert (offer().state, tally.counts["withdrawn"]) == (OfferState.PUBLISHED, 0)


def test_known_offer_whose_row_lost_its_title_is_still_in_the_file(tmp_path):
    import_rows(tmp_path, row(), row(2, **OTHER))
    import_rows(tmp_path, row(2, **OTHER), row(intitule=""), complete=True)
    assert offer().state == OfferState.PUBLISHED


def test_territory_refuses_with_reasons(tmp_path):
    refused = []
    rows = [row(), row(2, lieuTravail=TOULON), row(3, lieuTravail={"libelle": "France"}), row(4, lieuTravail=None)]
    tally = import_rows(tmp_path, *rows, departments=["13"], on_refusal=refused.append)
    assert tally.refused == {RefusalReason.OUT_OF_TERRITORY: 1, RefusalReason.PLACE_UNKNOWN: 2}
    assert [(each.number, each.source_id, each.reason.value) for each in refused] == [
        (2, "1900002", "out-of-territory"), (3, "1900003", "place-unknown"), (4, "1900004", "place-unknown"),
    ]  # fmt: skip
    assert refused[0].data == rows[1]
    assert Offer.objects.count() == 1


def test_offer_out_of_the_sector_waits_for_a_moderator(tmp_path):
    tally = import_rows(
        tmp_path, row(intitule="Serveur H/F", romeCode="M1843", description="Service en salle le midi.")
    )
    assert (offer().state, offer().flags, offer().published_at) == (OfferState.IN_REVIEW, [Flag.NOT_DIGITAL], None)
    assert (tally.counts["created"], tally.counts["flagged"]) == (1, 1)


def test_what_a_moderator_approved_stays_approved(tmp_path):
    waiter = {"intitule": "Serveur H/F", "romeCode": "M1843", "description": "Service en salle le midi."}
    import_rows(tmp_path, row(**waiter))
    lifecycle.publish(offers=[offer()], by=StaffFactory())
    import_rows(tmp_path, row(**waiter | {"description": "Service en salle le soir."}))
    assert (offer().state, offer().text) == (OfferState.PUBLISHED, "Service en salle le soir.")


def test_imported_offer_with_grave_words_waits_for_staff(tmp_path):
    import_rows(tmp_path, row(description=f"{TEXT}\n\nÉtrangers s'abstenir."))
    assert (offer().state, offer().flags) == (OfferState.IN_REVIEW, [Flag.GRAVE])


def test_imported_offer_that_turns_grave_is_reviewed_again(tmp_path):
    import_rows(tmp_path, row())
    import_rows(tmp_path, row(description=f"{TEXT}\n\nÉtrangers s'abstenir."))
    assert (offer().state, offer().flags) == (OfferState.IN_REVIEW, [Flag.GRAVE])


def test_offer_that_became_another_job_is_reviewed_again(tmp_path):
    import_rows(tmp_path, row())
    import_rows(tmp_path, row(intitule="Serveur H/F", romeCode="G1803", description="Service en salle."))
    assert (offer().state, offer().flags) == (OfferState.IN_REVIEW, [Flag.NOT_DIGITAL])


def test_bad_rows_never_stop_the_rest(tmp_path):
    path = tmp_path / "mixed.jsonl"
    lines = ["null", '"texte"', "[]", "{broken", json.dumps({"intitule": "sans identifiant"}), json.dumps({"id": "7"})]
    path.write_text("\n".join([*lines, json.dumps(row()), json.dumps({"id": "8", "intitule": "Développeur nu"})]))
    tally = Import(format_name="france-travail").run(path)
    assert tally.counts["created"] == 2
    assert tally.refused == {RefusalReason.UNREADABLE: 3, RefusalReason.NO_ID: 1, RefusalReason.NO_TITLE: 1}


def test_row_that_breaks_the_parser_is_refused_and_logged(tmp_path, caplog):
    def parse(data):
        raise KeyError("unforeseen")

    path = write(tmp_path / "one.jsonl", [row()])
    doomed = Import(format_name="france-travail")
    doomed.format = run_module.Format(doomed.format.source, doomed.format.read, parse)
    assert doomed.run(path).refused == {RefusalReason.UNREADABLE: 1}
    assert "row 1 could not be parsed" in caplog.text


def test_row_that_the_database_refuses_does_not_take_its_batch_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr("jobs.imports.building._details", _with_an_impossible_contract)
    tally = import_rows(tmp_path, row(), row(2, employer="x", **OTHER), row(3, intitule="Data engineer maudit"), row(4))
    assert tally.refused == {RefusalReason.UNREADABLE: 1}
    assert set(Offer.objects.values_list("source_id", flat=True)) == {"1900001", "1900002", "1900004"}


def _with_an_impossible_contract(parsed):
    from jobs.models import JobDetails

    return JobDetails(contract="impossible" if "maudit" in parsed.title else parsed.contract)


def test_identifier_that_comes_again_is_an_update(tmp_path):
    tally = import_rows(
        tmp_path, row(), row(intitule="Développeur Python confirmé"), row(intitule="Développeur Python confirmé")
    )
    assert (tally.counts["created"], tally.counts["updated"], tally.counts["unchanged"]) == (1, 1, 1)
    assert offer().title == "Développeur Python confirmé"


def test_interrupted_import_is_simply_run_again(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "BATCH", 2)
    rows = [row(n, intitule=f"Développeur métier {n}", description=f"{TEXT} Équipe {n}.") for n in range(1, 6)]
    path = write(tmp_path / "rows.jsonl", rows)

    def stop(tally):
        if tally.counts["created"] == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Import(format_name="france-travail", on_batch=stop).run(path, complete=True)
    assert Offer.objects.count() == 4
    assert ImportRun.objects.get().finished_at is None

    _kill_holders()
    tally = Import(format_name="france-travail").run(path, complete=True)
    assert (tally.counts["created"], tally.counts["unchanged"], Offer.objects.count()) == (1, 4, 5)


def _kill_holders():
    """As if the processes of what runs had ended."""
    number = subprocess.Popen(["true"])
    number.wait()
    mark = own_mark().split(":")
    ImportRun.objects.running().update(holder=":".join([*mark[:2], str(number.pid), "1"]))


def test_run_is_recorded(tmp_path):
    tally = import_rows(tmp_path, row(), row(2, intitule=""), departments=["83", "13"], complete=True)
    record = ImportRun.objects.get()
    assert (record.source, record.filename, record.counts) == ("france-travail", "offers.jsonl", tally.as_dict())
    assert record.options == {"departments": ["13", "83"], "complete": True}
    assert record.finished_at >= record.started_at
    assert offer().import_run == record


def test_imports_create_no_company(tmp_path):
    import_rows(tmp_path, row(), row(2, entreprise=None, **OTHER))
    assert [(each.company, each.employer) for each in Offer.objects.order_by("id")] == [
        (None, "Musées fictifs du Sud"), (None, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, 30])
def test_import_costs_the_same_queries_for_any_number_of_rows(tmp_path, count):
    rows = [row(n, intitule=f"Développeur métier {n}", description=f"{TEXT} Équipe {n}.") for n in range(1, count + 1)]
    with CaptureQueriesContext(connection) as queries:
        import_rows(tmp_path, *rows)
    assert _on_offers(queries) == 14


@pytest.mark.parametrize("count", [1, 3, 30])
def test_second_import_costs_the_same_queries_for_any_number_of_rows(tmp_path, count):
    rows = [row(n, intitule=f"Développeur métier {n}", description=f"{TEXT} Équipe {n}.") for n in range(1, count + 1)]
    import_rows(tmp_path, *rows)
    with CaptureQueriesContext(connection) as queries:
        import_rows(tmp_path, *rows)
    assert _on_offers(queries) == 6


def _on_offers(queries):
    """Statements about offers and their parts: not the referentials, nor what other floors make of the change."""
    others = ("jobs_importrun", '"candidates_')
    told = [each["sql"] for each in queries if '"jobs_' in each["sql"]]
    return len([sql for sql in told if not any(other in sql for other in others)])


@pytest.mark.parametrize("stops", [False, True])
def test_import_leaves_the_garbage_collector_as_it_was(tmp_path, stops):
    before = (gc.isenabled(), gc.get_freeze_count(), gc.get_threshold())

    def look(tally):
        assert not gc.isenabled()
        if stops:
            raise KeyboardInterrupt

    importing = Import(format_name="france-travail", on_batch=look)
    with pytest.raises(KeyboardInterrupt) if stops else nullcontext():
        importing.run(write(tmp_path / "offers.json", [row()]))
    assert (gc.isenabled(), gc.get_freeze_count(), gc.get_threshold()) == before
