"""The grant kit on paper: what goes into a funder's file."""

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medinjob.lib.pdf import render_pdf
from reports.indicators.enums import Unit
from reports.indicators.wording import worded
from reports.selectors.grants import GrantKit, Line, Side

TEMPLATE = Path(__file__).resolve().parents[1] / "print" / "grants.typ"


def grant_pdf(kit: GrantKit) -> bytes:
    """Tagged (PDF/UA-1), in French."""
    with translation.override("fr"):
        return render_pdf(TEMPLATE, _data(kit))


def _data(kit: GrantKit) -> dict[str, Any]:
    day = date_format(timezone.localdate(), "j F Y")
    return {
        "lang": "fr",
        "title": _("Compte rendu financier : %(action)s") % {"action": kit.action},
        "lead": _("Au %(day)s. Dans les colonnes du cerfa 15059 ; les montants sont en euros.") % {"day": day},
        "footer": _("Medinjob · %(action)s · au %(day)s") % {"action": kit.action, "day": day},
        "tables": [
            *(_side(side) for side in kit.sides),
            {
                "title": _("Subventions"),
                "head": [_("Financeur"), _("Demandé"), _("Accordé"), _("Versé"), _("Base"), _("Part")],
                "rows": [
                    [str(found.grant), *map(_euros, (found.grant.asked, found.grant.granted, found.grant.paid)),
                     _euros(found.base), worded(found.share, Unit.PERCENT)]
                    for found in kit.grants
                ],
            },
            {
                "title": _("Coût de chaque événement"),
                "head": [_("Événement"), _("Coût"), _("Contrats de travail directs"), _("Coût par contrat")],
                "rows": [
                    [cost.allocation.event.name, _euros(cost.allocation.cost), worded(cost.contracts),
                     _euros(cost.cost_per_contract)]
                    for cost in kit.costs
                ],
            },
        ],
    }  # fmt: skip


def _side(side: Side) -> dict[str, Any]:
    rows = [
        row
        for chapter in side.chapters
        for row in (_line(chapter.heading, strong=True), *(_line(line) for line in chapter.lines))
    ]
    head = [_("Compte et intitulé"), _("Prévision"), _("Réalisation"), "%"]
    return {"title": side.title, "head": head, "rows": [*rows, _line(side.total, strong=True)]}


def _line(line: Line, *, strong: bool = False) -> list[str]:
    words = f"{line.account} {line.label}".strip()
    label = words.upper() if strong else f"\u2003{words}"
    return [label, _euros(line.forecast), _euros(line.actual), worded(line.rate, Unit.PERCENT)]


def _euros(value: Any) -> str:
    return worded(value, Unit.EUROS)
