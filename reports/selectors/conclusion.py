"""What an audit concludes, as plain data and on paper."""

from datetime import UTC
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medinjob.lib.canonical import sha256
from medinjob.lib.pdf import render_pdf
from medinjob.lib.signatures import key_id
from reports.enums import Verdict
from reports.models import AuditDraw, Snapshot
from reports.selectors.audits import conclusion_of, verdicts_of

TEMPLATE = Path(__file__).resolve().parents[1] / "print" / "audit.typ"
FORMAT = "medinjob-audit/1"


def conclusion_body(draw: AuditDraw) -> dict[str, Any]:
    """In French, whoever asks: the draw, the latest verdict of each contract, what follows."""
    with translation.override("fr"):
        found, given = conclusion_of(draw), verdicts_of(draw)
        return {
            "format": FORMAT,
            "edition": draw.snapshot.edition.event.name,
            "report": draw.snapshot.sha256,
            "number": draw.number,
            "seed": draw.seed,
            "population": draw.population,
            "sample": draw.sample,
            "drawn_at": f"{draw.drawn_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "verdicts": {str(number): given[number] for number in draw.sample if number in given},
            "real": found.real,
            "words": found.words,
        }


def draws_body(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Every draw of a frozen report, the first one first."""
    draws = snapshot.draws.select_related("snapshot__edition__event").prefetch_related("verdicts")
    return [conclusion_body(draw) for draw in draws]


def conclusion_pdf(draw: AuditDraw, text: str, key: str) -> bytes:
    """Tagged (PDF/UA-1), in French; `text` is the JSON that was signed by `key`, empty when none was."""
    with translation.override("fr"):
        return render_pdf(TEMPLATE, _data(draw, text, key))


def _data(draw: AuditDraw, text: str, key: str) -> dict[str, Any]:
    body, name = conclusion_body(draw), draw.snapshot.edition.event.name
    verdicts, labels = body["verdicts"], dict(Verdict.choices)
    signature = _("Signé (Ed25519) par la clé %(key)s ; la signature est le fichier « .sig » à côté.")
    return {
        "lang": "fr",
        "title": _("Contrôle par tirage : %(name)s") % {"name": name},
        "words": body["words"],
        "facts": [
            [_("Bilan figé, SHA-256"), body["report"]],
            [_("Nombre du contrôleur"), str(body["number"])],
            [_("Graine"), body["seed"]],
            [_("Tiré le"), date_format(timezone.localtime(draw.drawn_at), "j F Y, H:i")],
        ],
        "head": [_("Contrat n°"), _("Verdict")],
        "rows": [[str(number), str(labels[verdicts[str(number)]])] for number in body["sample"]],
        "rule": _(
            "Borne exacte de la loi hypergéométrique ; un contrat invérifiable pèse comme un faux. Les numéros sont "
            "ceux des lignes de la preuve du bilan."
        ),
        "hash": f"SHA-256 {sha256(text)}",
        "signature": signature % {"key": key_id(key)} if key else _("Sans signature : ce site n’avait pas de clé."),
    }
