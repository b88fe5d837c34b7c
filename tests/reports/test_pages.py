"""The report's page, its files, its other doors: API, command, editions side by side."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader
from pytest_django.asserts import assertContains, assertNotContains

from demo.factories import (
    AttendeeFactory,
    DeclaredFigureFactory,
    EditionFactory,
    MeetingFactory,
    OfferFactory,
)
from medinjob.lib.canonical import canonical_json
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors.body import report_body
from reports.selectors.documentation import indicators_markdown
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "indicators.md"


def url(name, edition, *more):
    return reverse(name, args=[edition.event.slug, *more])


def declared(**figures):
    edition = EditionFactory(declared=True)
    for slug, value in figures.items():
        DeclaredFigureFactory(event=edition.event, indicator=slug, value=value, source="Délibération fictive")
    return edition


def test_page_says_the_instant_and_links_each_headline_to_its_rows(as_staff, edition):
    exhibitor(edition, OfferFactory(published=True))
    answer = as_staff.get(url("report", edition))
    assertContains(answer, "Chiffres arrêtés au")
    for slug in ("contracts", "positions", "participants", "companies", "applications"):
        assertContains(answer, f'href="{url("report-rows", edition, slug)}"')


def test_page_of_an_empty_edition_has_no_chart_and_no_error(as_staff, edition):
    answer = as_staff.get(url("report", edition))
    assertContains(answer, "Rien à répartir")
    assertNotContains(answer, "<svg xmlns")


@pytest.mark.parametrize("by", ["company", "membership", "occupation", "contract", "evidence", "channel", "couleur"])
def test_table_is_by_what_is_asked(as_staff, edition, by):
    exhibitor(edition, OfferFactory(published=True))
    assert as_staff.get(url("report", edition), {"by": by}).status_code == 200


def test_a_number_of_the_table_opens_its_rows(as_staff, edition):
    stand = exhibitor(edition, OfferFactory(published=True))
    answer = as_staff.get(url("report", edition), {"by": "company"})
    assertContains(answer, f'{url("report-rows", edition, "positions")}?company={stand.company_id}"')


def test_page_of_a_declared_edition_says_it_cannot_be_verified(as_staff):
    answer = as_staff.get(url("report", declared(participants=600)))
    assertContains(answer, "non vérifiable")
    assertContains(answer, "600")
    assertNotContains(answer, "bilan/participants/")


def test_page_costs_the_same_queries(as_staff, edition, django_assert_num_queries):
    def fill():
        stand = exhibitor(edition, OfferFactory(published=True))
        MeetingFactory(exhibitor=stand, held=True)
        contract(edition, stand.company)

    fill()
    as_staff.get(url("report", edition))
    with django_assert_num_queries(25):
        as_staff.get(url("report", edition))
    fill()
    fill()
    with django_assert_num_queries(25):
        as_staff.get(url("report", edition))


def test_json_file_is_the_canonical_body(as_staff, edition):
    exhibitor(edition, OfferFactory(published=True))
    content = as_staff.get(url("report-file", edition, "json")).content.decode()
    assert canonical_json(json.loads(content)) == content
    assert json.loads(content)["figures"]["positions"]["value"] == 1


def test_csv_file_has_a_line_a_figure_and_a_group(as_staff, edition):
    stand = exhibitor(edition, OfferFactory(published=True))
    lines = as_staff.get(url("report-file", edition, "csv")).content.decode().splitlines()
    assert any(line.startswith("positions;Postes publiés;;;;1;count;") for line in lines)
    assert any(f";Entreprise;{stand.company_id};{stand.company.name};1;" in line for line in lines)


def test_pdf_file_is_tagged_and_has_the_figures(as_staff, edition):
    AttendeeFactory.create_batch(3, edition=edition, present=True)
    reader = PdfReader(BytesIO(as_staff.get(url("report-file", edition, "pdf")).content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Participants" in reader.pages[0].extract_text()


def test_an_unknown_kind_of_file_is_not_there(as_staff, edition):
    assert as_staff.get(url("report-file", edition, "exe")).status_code == 404


def test_api_gives_the_body_to_the_team(as_staff, edition):
    answer = as_staff.get(url("api-edition-report", edition))
    assert answer.json()["edition"]["slug"] == edition.event.slug
    assert as_staff.get(reverse("api-edition-report", args=["nulle-part"])).status_code == 404


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx", "pdf"])
def test_command_writes_a_file(tmp_path, edition, kind):
    target = tmp_path / f"bilan.{kind}"
    call_command("matching_report", edition.event.slug, format=kind, output=target)
    starts = {"json": b'{"as_of"', "csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF"}
    assert target.read_bytes().startswith(starts[kind])


def test_command_writes_to_standard_output(capfdbinary, edition):
    call_command("matching_report", edition.event.slug)
    assert json.loads(capfdbinary.readouterr().out)["edition"]["slug"] == edition.event.slug


def test_command_names_the_editions_there_are(edition):
    with pytest.raises(CommandError, match=edition.event.slug):
        call_command("matching_report", "forum-1999")


def test_command_says_why_a_file_cannot_be_written(tmp_path, edition):
    with pytest.raises(CommandError, match="Cannot write"):
        call_command("matching_report", edition.event.slug, output=tmp_path / "absent" / "bilan.json")


def test_the_documentation_is_that_of_the_declarations():
    assert DOCUMENT.read_text(encoding="utf-8") == indicators_markdown(), "run manage.py document_indicators"


def test_editions_are_side_by_side_with_declared_ones(as_staff, edition):
    AttendeeFactory(edition=edition, present=True)
    old = declared(participants=600, contracts=45)
    answer = as_staff.get(reverse("reports"))
    assertContains(answer, "600")
    assertContains(answer, "déclaré")
    assertContains(answer, url("report-rows", edition, "participants"))
    assertNotContains(answer, url("report-rows", old, "participants"))


def test_editions_compared_are_those_asked_for(as_staff, edition):
    other = EditionFactory(over=True, event__starts_on=edition.event.starts_on - timedelta(days=365))
    answer = as_staff.get(reverse("reports"), {"edition": other.event.slug})
    assertContains(answer, url("report", other))
    assertNotContains(answer, url("report", edition))


def test_drafts_are_not_compared(as_staff):
    draft = EditionFactory()
    assertNotContains(as_staff.get(reverse("reports")), draft.event.name)


def test_body_is_french_whatever_the_language(edition):
    from django.utils import translation

    with translation.override("en"):
        assert report_body(compute(scope_of(edition)))["figures"]["positions"]["label"] == "Postes publiés"
