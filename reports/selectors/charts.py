"""The charts of a report, for its page and for its PDF."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from medinjob.lib.charts import bar_chart
from reports.indicators.enums import Phase

LONGEST = 12
Rows = list[tuple[str, float]]
Source = Callable[[str, str], Rows]
"""The groups of an indicator by a dimension, or its only value under an empty one."""


@dataclass(frozen=True, slots=True)
class Chart:
    id: str
    title: str
    head: str
    unit: str
    rows: Rows

    @property
    def svg(self) -> str:
        """The file that the page shows, alone."""
        return render_to_string(
            "components/bars.svg", {"chart": bar_chart(self.rows), "title": self.title, "id": self.id}
        )

    @property
    def alt(self) -> str:
        """The chart in words: title, then each bar."""
        return f"{self.title} : " + " ; ".join(f"{label} {value:g}" for label, value in self.rows)


def charts(source: Source) -> list[Chart]:
    """Those that have something to show."""
    made = [
        _by("contracts", "type", source, _("Contrats de travail signés par type"), _("Type"), _("Contrats")),
        _by("contracts", "evidence", source, _("Contrats de travail signés par preuve"), _("Preuve"), _("Contrats")),
        _by_phase(source),
        _by("applications", "sector", source, _("Candidatures par secteur"), _("Secteur"), _("Candidatures")),
        _by("positions", "contract", source, _("Postes publiés par contrat"), _("Contrat"), _("Postes")),
        _by("meetings", "sector", source, _("Rencontres tenues par secteur"), _("Secteur"), _("Rencontres")),
    ]
    return [chart for chart in made if any(value for _label, value in chart.rows)]


def _by(slug: str, dimension: str, source: Source, title: str, head: str, unit: str) -> Chart:
    return Chart(f"{slug}-{dimension}", title, head, unit, source(slug, dimension)[:LONGEST])


def _by_phase(source: Source) -> Chart:
    def rows() -> Iterator[tuple[str, float]]:
        for phase in Phase:
            for _label, value in source(f"applications-{phase}", ""):
                yield str(phase.label), value

    return Chart("applications-phase", _("Candidatures par moment"), _("Moment"), _("Candidatures"), list(rows()))
