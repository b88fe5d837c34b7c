"""docs/indicators.md, from the declarations."""

from collections.abc import Iterator

from django.utils import translation

from reports.indicators.catalogue import HEADLINES, INDICATORS
from reports.indicators.enums import Section
from reports.indicators.readings import Count, Indicator, Median, Ratio, Reading, Sum

HEAD = """# Indicateurs du bilan

Écrit par `manage.py document_indicators` d'après `reports/indicators/catalogue/` : ne pas modifier à la main.

Chaque chiffre se calcule des lignes qu'il ouvre. Ce qui est « à part » n'est jamais ajouté au reste. Les dates sont \
celles de la région. Après la clôture, les stands, offres, postes, inscriptions, entrées et rencontres sont figés : ce \
qu'on apprend ensuite s'ajoute comme fait tardif, avec sa source. Les candidatures, les contrats et le coût restent \
ouverts ; leur valeur « au jour de la clôture » est écrite à côté. La règle d'attribution des contrats est dans \
[attribution.md](attribution.md).
"""


def indicators_markdown() -> str:
    with translation.override("fr"):
        return "\n".join([HEAD, *_lines()]).rstrip() + "\n"


def _lines() -> Iterator[str]:
    for section in Section:
        yield f"## {section.label}\n"
        for indicator in INDICATORS.values():
            if indicator.section == section:
                yield f"### {indicator.label}\n"
                yield f"{indicator.definition}\n"
                yield f"{_facts(indicator)}\n"


def _facts(indicator: Indicator) -> str:
    facts = [f"`{indicator.slug}`", _way(indicator)]
    if indicator.slug in HEADLINES:
        facts.append("en tête du bilan")
    if indicator.beside:
        facts.append("à part")
    if isinstance(indicator, Reading) and indicator.by:
        labels = (str(indicator.basis.dimension(slug).label) for slug in indicator.by)
        facts.append(f"par : {', '.join(label[0].lower() + label[1:] for label in labels)}")
    return " · ".join(facts)


def _way(indicator: Indicator) -> str:
    match indicator:
        case Sum():
            return f"somme sur les lignes « {indicator.basis.label} »"
        case Count():
            return f"nombre de lignes « {indicator.basis.label} »"
        case Median():
            return f"médiane sur les lignes « {indicator.basis.label} »"
        case Ratio():
            return f"`{indicator.over}` sur `{indicator.under}`, {indicator.rounding.label.lower()}"
    return "donné par le budget de l'action"
