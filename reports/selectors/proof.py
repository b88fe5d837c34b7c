"""A frozen report with all that proves it, for who does not trust us: checked by `reports/verifier/verifier.py`."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings

from ledger.models import ChainLink
from ledger.selectors.chain import rows_in
from medinjob.lib.canonical import canonical_json
from medinjob.lib.chains import canonical_text
from reports.indicators.catalogue import HEADLINES, INDICATORS
from reports.indicators.readings import Count, Indicator, Ratio, Sum
from reports.models import Snapshot, TimeStamp
from reports.selectors.conclusion import draws_body
from reports.verifier import verifier

README = """Ce dossier prouve un bilan de %(site)s sans avoir à lui faire confiance :

    python3 verifier.py preuve.zip

(sur l'archive telle qu'elle a été reçue, avant de la décompresser). Il ne faut que Python 3, et rien de Medinjob.
Le bilan : bilan.json. Ses lignes, sans noms : lignes.json. La page du bilan : %(url)s
"""
BEFORE = 200
"""How many links of the chain before that of the report go with it."""


def proof_files(snapshot: Snapshot) -> dict[str, bytes]:
    """By name, without the list and its signature."""
    links = _links_until(snapshot)
    ((_pk, (plain, _personal)),) = rows_in(Snapshot, [snapshot.pk])
    texts = {
        verifier.REPORT: snapshot.body,
        verifier.SIGNATURE: snapshot.signature,
        verifier.ROWS: snapshot.detail,
        verifier.RECIPES: canonical_json(recipes()),
        verifier.DRAWS: canonical_json(draws_body(snapshot)),
        verifier.CHAIN: canonical_text([{**link.link.as_json(), "digest": link.digest} for link in links]),
        verifier.CONTENT: canonical_text(plain),
        verifier.LINK: links[-1].link.text,
        "verifier.py": Path(verifier.__file__).read_text(encoding="utf-8"),
        "LISEZMOI.txt": README % {"site": settings.SITE_URL, "url": settings.SITE_URL + snapshot.get_absolute_url()},
    }
    return {name: text.encode() for name, text in texts.items()} | _stamp_files(snapshot)


def index_of(files: dict[str, bytes], key: str) -> str:
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return canonical_json({"format": verifier.FORMAT, "site": settings.SITE_URL, "key": key, "files": digests})


def recipes() -> dict[str, Any]:
    """How each figure is counted from the rows, for those that a stranger can count again: by slug."""
    found = {slug: _recipe(indicator) for slug, indicator in INDICATORS.items()}
    kept = {slug: recipe for slug, recipe in found.items() if recipe}
    return {
        slug: {**recipe, "headline": slug in HEADLINES}
        for slug, recipe in kept.items()
        if recipe["read"] != "ratio" or {recipe["over"], recipe["under"]} <= kept.keys()
    }


def _recipe(indicator: Indicator) -> dict[str, Any]:
    if isinstance(indicator, Ratio):
        how = {"scale": indicator.scale, "places": indicator.places, "rounding": str(indicator.rounding)}
        return {"read": "ratio", "over": indicator.over, "under": indicator.under, **how}
    if not isinstance(indicator, Count | Sum):
        return {}
    where = {slug: sorted(map(str, keys)) for slug, keys in indicator.where.items()}
    return {"read": "sum" if isinstance(indicator, Sum) else "count", "rows": indicator.basis.slug, "where": where}


def _links_until(snapshot: Snapshot) -> list[ChainLink]:
    """Its first one comes last."""
    last = ChainLink.objects.filter(kind=Snapshot.chained.kind, row=snapshot.pk).order_by("position")[0]
    known = ChainLink.objects.filter(position__lte=last.position, position__gt=last.position - BEFORE - 1)
    return list(known.order_by("position"))


def _stamp_files(snapshot: Snapshot) -> dict[str, bytes]:
    stamp = TimeStamp.objects.filter(snapshot=snapshot, stamped_at__isnull=False).first()
    if stamp is None:
        return {}
    return {verifier.STAMP: bytes(stamp.response), verifier.AUTHORITY: stamp.authority.encode()}
