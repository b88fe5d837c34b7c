"""The report on paper, from its body."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medinjob.lib.pdf import render_pdf
from medinjob.lib.qr import qr_svg
from medinjob.lib.signatures import key_id
from reports.indicators.report import Figure
from reports.indicators.wording import number_of, worded
from reports.selectors import outline
from reports.selectors.body import Body
from reports.selectors.charts import charts
from reports.selectors.outline import Figures

TEMPLATE = Path(__file__).resolve().parents[1] / "print" / "report.typ"
TABLES = (
    ("contracts", "type"), ("contracts", "evidence"), ("contracts", "company"), ("contracts", "membership"),
    ("applications", "company"), ("applications", "channel"), ("positions", "company"), ("positions", "sector"),
    ("positions", "occupation"), ("participants", "kind"), ("companies", "membership"), ("companies", "department"),
)  # fmt: skip
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Seal:
    """What lets a reader check that the paper is what was frozen: the digest, where to verify it, and which key signed
    it; empty when none did."""

    sha256: str
    url: str
    key: str = ""
    stamped_at: datetime | None = None


def report_pdf(body: Body, seal: Seal | None = None) -> bytes:
    """Tagged (PDF/UA-1), in French as the body is."""
    with translation.override("fr"):
        return render_pdf(TEMPLATE, _data(body, seal))


def instant_of(body: Body) -> datetime:
    return timezone.localtime(datetime.fromisoformat(body["as_of"]))


def _data(body: Body, seal: Seal | None) -> dict[str, Any]:
    edition, as_of, figures = body["edition"], instant_of(body), outline.figures_of(body)
    when = {"day": date_format(as_of, "j F Y"), "hour": f"{as_of:%H:%M}"}
    return {
        "lang": "fr",
        "title": _("Bilan : %(name)s") % {"name": edition["name"]},
        "lead": _("Chiffres arrêtés au %(day)s à %(hour)s.") % when,
        "footer": _("Medinjob · %(name)s · chiffres arrêtés au %(day)s") % {"name": edition["name"], **when},
        "facts": _facts(edition),
        "since": _since(body, figures),
        "declared": _("Chiffres déclarés, non vérifiables.") if edition["declared"] else "",
        "headlines": [_headline(figure) for figure in outline.headlines(figures)],
        "beside": _beside(figures),
        "charts": [
            {"title": found.title, "svg": found.svg, "alt": found.alt} for found in charts(outline.chart_rows(figures))
        ],
        "parts": _parts(figures),
        "tables": list(_tables(body, figures)),
        "annex": [[figure.indicator.label, figure.indicator.definition] for figure in figures.values()],
        "seal": _seal(seal) if seal else None,
        "words": {
            "charts": _("En images"),
            "all": _("Tous les chiffres"),
            "indicator": _("Indicateur"),
            "value": _("Valeur"),
            "breakdowns": _("Répartitions"),
            "annex": _("Annexe : définitions"),
            "seal": _("Vérifier ce bilan"),
            "since": _("Depuis la clôture"),
        },
    }


def _facts(edition: Body) -> list[list[str]]:
    """When, where, by which action, and until when a contract may be signed."""
    starts_on, ends_on = date.fromisoformat(edition["starts_on"]), date.fromisoformat(edition["ends_on"])
    first, last = date_format(starts_on, "j F Y"), date_format(ends_on, "j F Y")
    when = first if first == last else _("du %(first)s au %(last)s") % {"first": first, "last": last}
    if edition.get("year_only"):
        when = str(starts_on.year)
    until = date_format(ends_on + timedelta(days=edition["attribution_days"]), "j F Y")
    window = _("contrats signés du %(first)s au %(until)s compris (%(days)s jours après)") % {
        "first": first, "until": until, "days": edition["attribution_days"],
    }  # fmt: skip
    found = [[_("Dates"), when]]
    found += [[_("Lieu"), " ; ".join(edition["venues"])]] if edition.get("venues") else []
    found += [[_("Action financée"), edition["action"]]] if edition.get("action") else []
    return found if edition["declared"] else [*found, [_("Fenêtre d’attribution"), window]]


def _since(body: Body, figures: Figures) -> list[str]:
    """What the figures were when the edition closed, where they are others today, and what was added since."""
    closing, late = body["edition"].get("closing"), body["edition"].get("late", [])
    if not closing:
        return []
    lines = [
        _("%(label)s : %(then)s au jour de la clôture, %(now)s aujourd’hui.")
        % {
            "label": figure.indicator.label,
            "then": worded(number_of(then), figure.indicator.unit),
            "now": _said(figure),
        }
        for slug, then in closing["values"].items()
        if (figure := figures.get(slug)) and figure.value != number_of(then)
    ]
    added = [f"{fact['what']} · {fact['detail']} ({fact['source']}, {fact['said_on']})" for fact in late]
    return [*lines, *added] or [_("Rien n’a changé depuis la clôture.")]


def _headline(figure: Figure) -> dict[str, Any]:
    note = _("déclaré, non vérifiable") if figure.declared else ""
    return {"value": _said(figure), "label": figure.indicator.label, "note": note}


def _beside(figures: Figures) -> str:
    words = " · ".join(f"{figure.indicator.label}\u00a0: {_said(figure)}" for figure in outline.beside(figures))
    return _("À part, jamais ajoutés : %(figures)s.") % {"figures": words} if words else ""


def _parts(figures: Figures) -> list[dict[str, Any]]:
    return [
        {"title": str(section.label), "rows": [[figure.indicator.label, _said(figure)] for figure in those]}
        for section, those in outline.parts(figures)
    ]


def _tables(body: Body, figures: Figures) -> Iterator[dict[str, Any]]:
    for slug, dimension in TABLES:
        figure = figures.get(slug)
        groups = figure.breakdowns.get(dimension) if figure else None
        if figure and groups:
            by = next(found["label"] for found in body["figures"][slug]["breakdowns"] if found["by"] == dimension)
            label, unit = figure.indicator.label, figure.indicator.unit
            rows = [[group.label, worded(group.value, unit)] for group in groups[:LONGEST]]
            yield {"title": f"{label} · {by}", "head": [by, label], "rows": rows}


def _said(figure: Figure) -> str:
    return worded(figure.value, figure.indicator.unit)


def _seal(seal: Seal) -> dict[str, Any]:
    return {
        "hash": f"SHA-256 {seal.sha256}",
        "proof": [_signature(seal), _stamp(seal)],
        "url": seal.url,
        "qr": qr_svg(seal.url),
        "alt": _("Code de la page de vérification"),
        "text": _("Ce bilan est figé. La page ci-dessous dit son empreinte et donne les données dont elle est faite."),
    }


def _signature(seal: Seal) -> str:
    if not seal.key:
        return _("Sans signature : ce site n’avait pas de clé.")
    return _("Signé (Ed25519) par la clé %(key)s.") % {"key": key_id(seal.key)}


def _stamp(seal: Seal) -> str:
    if seal.stamped_at is None:
        return _("Sans horodatage par un tiers à ce jour.")
    at = timezone.localtime(seal.stamped_at)
    return _("Horodaté par un tiers (RFC 3161) le %(day)s à %(hour)s.") % {
        "day": date_format(at, "j F Y"), "hour": f"{at:%H:%M:%S}",
    }  # fmt: skip
