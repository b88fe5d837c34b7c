import pytest
from django.utils import translation

from demo.factories import EditionFactory, OfferFactory
from reports.indicators.report import compute
from reports.indicators.scope import scope_of
from reports.selectors import outline
from reports.selectors.body import report_body
from reports.selectors.charts import charts
from tests.reports.conftest import contract, exhibitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("declared", [False, True])
def test_a_body_and_the_figures_it_was_made_from_have_one_outline(edition, declared):
    """So the PDF and the page say the same."""
    if declared:
        edition = EditionFactory(declared=True)
    else:
        stand = exhibitor(edition, OfferFactory(), OfferFactory())
        contract(edition, stand.company)
    with translation.override("fr"):
        report = compute(scope_of(edition))
        live, read = report.figures, outline.figures_of(report_body(report))
        assert {slug: (f.value, f.breakdowns, f.declared) for slug, f in read.items()} == {
            slug: (f.value, f.breakdowns, f.declared) for slug, f in live.items()
        }
        for part in (outline.headlines, outline.beside):
            assert [f.indicator.slug for f in part(read)] == [f.indicator.slug for f in part(live)]
        assert [(s, [f.value for f in fs]) for s, fs in outline.parts(read)] == [
            (s, [f.value for f in fs]) for s, fs in outline.parts(live)
        ]
        assert charts(outline.chart_rows(read)) == charts(outline.chart_rows(live))
        assert declared or charts(outline.chart_rows(read))
