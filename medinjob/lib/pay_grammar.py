"""A line about pay, read clause by clause: [words of pay] [from] amount [to amount] [gross] [per unit] [× months].

Each word has a place where it may stand. A clause with a word that has none there ("9 € de tickets", "700 € par
semaine", "net") gives nothing, and the next is tried: nothing read is better than another amount.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from medinjob.lib.pay_clauses import Clause, clauses_of
from medinjob.lib.pay_figures import Figure, figures_of, kind_at
from medinjob.lib.pay_words import Token, tokens, value

_FEWEST_MONTHS, _MOST_MONTHS = Decimal(12), Decimal(18)
_THIRTEENTH = frozenset({"e", "eme", "em", "me", "ieme", "th"})
_ORDINALS = {"treizieme": Decimal(13), "quatorzieme": Decimal(14), "quinzieme": Decimal(15)}
_ABBREVIATIONS = frozenset(
    ["min", "max", "mini", "maxi", "env", "approx", "mens", "ann", "eur", "remun", "hebdo", "sal", "h"]
)
_READ_IN_A_UNIT = frozenset({"hour", "day", "month", "year"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says. `coded`: its first word is a unit, as a list of choices writes it ("Mensuel de 2000 Euros")."""

    figures: tuple[Figure, ...]
    unit: str = ""
    months: Decimal | None = None
    coded: bool = False
    open_above: bool = False
    open_below: bool = False


def read_line(text: str, unit: str = "") -> Reading | None:
    """The first pay that the line gives; with `unit` a number alone is an amount."""
    clauses = list(clauses_of(tokens(text)))
    spare = next((found for clause in clauses if (found := _unit_alone(clause))), "")
    months = _thirteenth(clauses)
    doubtful = False
    for clause in clauses:
        reading = None if clause.besides or doubtful else _read(clause.tokens, unit, spare, months)
        if reading is not None:
            return reading
        # "Tickets restaurant, 9 €" and "Mutuelle (40 €)": what is named first is what the amount pays.
        besides_pay = "extra" in clause.kinds() and "number" not in clause.kinds()
        if clause.inner and not besides_pay and (reading := _read(clause.inner, unit, spare, months)):
            return reading
        doubtful = besides_pay and "number" not in {token.kind for token in clause.inner}
    return None


def read_amount(text: str) -> Decimal | None:
    """The one amount that was typed ("42 000", "12€50", "45 k€ brut"), None when there is anything else."""
    found = [token for token in tokens(text) if token.kind != "gross"]
    figures = figures_of(found)
    alone = len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(found))
    if not alone or figures[0].wrong or text.count("\n"):
        return None
    return figures[0].value * (1000 if figures[0].kilo else 1)


def paid_months(text: str) -> Decimal | None:
    """Those a year that a note gives: "sur 13 mois", "13e mois"."""
    clauses = list(clauses_of(tokens(text)))
    return next((found for clause in clauses if (found := _months(clause.tokens))), None) or _thirteenth(clauses)


def _read(found: list[Token], unit: str, spare: str, thirteenth: Decimal | None) -> Reading | None:
    found = _gross_part(found)
    figures = [figure for figure in figures_of(found) if figure.marked or _is_pay(found, figure, given=bool(unit))]
    pair = _ends(found, figures)
    if pair is None or any(figure.wrong for figure in pair):
        return None
    lead, trail = found[: pair[0].start], found[pair[-1].end :]
    if not _leads(lead) or not _trails(trail, pair[-1]):
        return None
    named = _unit(trail) or _unit(found[pair[0].end : pair[-1].start]) or _last_unit(lead) or spare or unit
    if named and named not in _READ_IN_A_UNIT:
        return None
    texts = [token.text for token in (*lead, *trail)]
    said = {token.kind for token in (*lead, *trail)}
    return Reading(
        tuple(pair),
        named,
        _months(found) or thirteenth,
        coded=[token.kind for token in lead[:1]] == ["rate"] and texts[1:2] == ["de"],
        open_above="from" in said or not {"plus", "+"}.isdisjoint(texts),
        open_below="up_to" in said or texts[len(lead) - 3 : len(lead) - 1] == ["au", "plus"],
    )


def _gross_part(found: list[Token]) -> list[Token]:
    """Of "2 300 € brut / 1 800 € net" what is before tax."""
    if not {"gross", "net"} <= {token.kind for token in found}:
        return found
    cuts = [place for place, token in enumerate(found) if token.text in {"/", "-", "–", "—"}]
    parts = [found[low:high] for low, high in pairwise([0, *cuts, len(found)])]
    kept = [part for part in parts if "gross" in {token.kind for token in part}]
    return kept[0][kept[0][0].text in {"/", "-", "–", "—"} :] if len(kept) == 1 else found


def _is_pay(found: Sequence[Token], figure: Figure, *, given: bool) -> bool:
    """Of a number without currency: is it followed by "brut" or "par mois", or first after "Mensuel de"?"""
    after = kind_at(found, figure.end)
    if after in {"gross", "rate"} or (after == "per" and kind_at(found, figure.end + 1) in {"unit", "gross"}):
        return True
    if after in {"unit", "foreign"} or found[figure.end - 1].text.startswith("0"):
        return False
    before = found[max(figure.start - 2, 0) : figure.start]
    a_year = len(found[figure.start].text) == 4 and 1950 <= figure.value <= 2100
    coded = bool(before) and before[0].kind == "rate" and before[-1].text in {"de", ":"} and not a_year
    return given or coded


def _ends(found: list[Token], figures: list[Figure]) -> list[Figure] | None:
    """The one amount, or the two ends of a range; None for none, or for several that nothing joins."""
    ends = _with_first_end(found, figures)
    if len(ends) > 2 or not ends or (len(ends) == 2 and not _joined(found, *ends)):
        return None
    return ends


def _with_first_end(found: list[Token], figures: list[Figure]) -> list[Figure]:
    """In "45 - 55 k€" and "de 30 à 35 000 €" the first number has no sign of its own."""
    if not figures or not figures[0].marked:
        return figures
    before = [each for each in figures_of(found) if each.end <= figures[0].start]
    joined = bool(before) and not before[-1].marked and _joined(found, before[-1], figures[0], strictly=True)
    return [before[-1], *figures] if joined else figures


def _joined(found: list[Token], low: Figure, high: Figure, *, strictly: bool = False) -> bool:
    """By a word of range, with at most a unit and "brut" besides."""
    between = found[low.end : high.start]
    joins = [token for token in between if token.kind in {"to", "up_to"} or token.text == "/"]
    allowed = {"to", "up_to"} if strictly else {"to", "up_to", "gross", "rate", "unit"}
    fillers = {"de", "d", "l", "'", "’", "et"}
    return bool(joins) and all(
        token.kind in allowed or token.kind == "per" or token.text in fillers for token in between
    )


def _leads(lead: Sequence[Token]) -> bool:
    """May these words stand before an amount of pay?"""
    after_selon = False
    if lead and lead[-1].kind == "number":
        return False
    for place, token in enumerate(lead):
        if token.kind in {"extra", "net", "foreign", "euro", "kilo"}:
            return False
        after_selon = after_selon or token.kind == "selon"
        unknown = token.kind == "word" and token.text not in {".", "*"} and not _ordinal(lead, place)
        if (unknown and not after_selon) or token.text == "%":
            return False
    return True


def _ordinal(found: Sequence[Token], place: int) -> bool:
    return kind_at(found, place - 1) == "number" and found[place].glued and found[place].text in _THIRTEENTH


def _trails(trail: Sequence[Token], figure: Figure) -> bool:
    """May these words stand after an amount of pay?"""
    if trail and trail[0].kind == "word" and not (figure.euro or trail[0].text == "."):
        return False
    for place, token in enumerate(trail):
        after = trail[place + 1] if place + 1 < len(trail) else None
        if token.kind in {"net", "foreign", "euro", "kilo"} or token.text in {"%", "tous", "toutes", "every"}:
            return False
        if (
            token.kind == "extra"
            and kind_at(trail, place + 1) != "included"
            and kind_at(trail, place - 1) != "included"
        ):
            return False
        if _paid_for_another_thing(token, after):
            return False
    return True


def _paid_for_another_thing(token: Token, after: Token | None) -> bool:
    """ "9 € par ticket", "500 € de remise", "0,52 €/km"."""
    if token.kind == "per":
        return after is None or after.kind not in {"unit", "rate", "gross", "number", "known", "from", "up_to"}
    return token.text in {"de", "d", "du"} and after is not None and after.kind == "word" and after.text != "."


def _unit(found: Sequence[Token]) -> str:
    """That of the first unit said: "mensuel", "par mois", "€ / mois"; the hours of "35 h par semaine" are none."""
    return next(_units(found), "")


def _last_unit(found: Sequence[Token]) -> str:
    return next(reversed(list(_units(found))), "")


def _units(found: Sequence[Token]) -> Iterator[str]:
    for place, token in enumerate(found):
        near = {kind_at(found, place - 1), kind_at(found, place + 1)}
        if token.kind not in {"unit", "rate"} or (token.kind == "unit" and "number" in near):
            continue
        said = token.kind == "rate" or place == 0 or "per" in near or _the(found, place)
        if said and not _counts(found, place):
            yield token.unit


def _the(found: Sequence[Token], place: int) -> bool:
    """ "de l'heure", "la journée"."""
    return place > 0 and found[place - 1].text in {"'", "’", "la", "the"}


def _counts(found: Sequence[Token], place: int) -> bool:
    """ "35 h / semaine", "39 heures hebdomadaires": a length of work."""
    nearest = [token for token in found[max(place - 3, 0) : place] if token.kind != "per"]
    return len(nearest) >= 2 and nearest[-1].kind == "unit" and nearest[-2].kind == "number"


def _unit_alone(clause: Clause) -> str:
    """Of a clause that says nothing but a unit: "(brut annuel)", "de l'heure"."""
    for part in (clause.tokens, clause.inner):
        plain = all(token.kind in {"rate", "unit", "gross", "per", "known"} for token in part)
        if part and plain and not clause.besides and (unit := _unit(part)) in _READ_IN_A_UNIT:
            return unit
    return ""


def _months(found: Sequence[Token]) -> Decimal | None:
    """Of "sur 13 mois", "x 13", "× 13,5 mois" after an amount, "13 x 2 300 €" before it."""
    for place, token in enumerate(found):
        if token.kind != "times":
            continue
        near = (place + 1,) if token.text == "sur" else (place + 1, place - 1)
        for other in near:
            if kind_at(found, other) == "number" and _is_month_count(found, other):
                return value(found[other].text)
    return None


def _is_month_count(found: Sequence[Token], place: int) -> bool:
    after = found[place + 1] if place + 1 < len(found) else None
    if after is not None and (
        after.kind in {"euro", "kilo", "number"} or (after.kind == "unit" and after.unit != "month")
    ):
        return False
    return _FEWEST_MONTHS <= value(found[place].text) <= _MOST_MONTHS


def _thirteenth(clauses: Sequence[Clause]) -> Decimal | None:
    """ "+ 13e mois", "treizième mois"; not "dont 13e mois", which the amount holds already."""
    for clause in clauses:
        held = clause.opener is not None and clause.opener.text == "dont"
        for part in () if held else (clause.tokens, clause.inner):
            for place, token in enumerate(part):
                if token.kind == "unit" and token.unit == "month" and (months := _nth(part, place)):
                    return months
    return None


def _nth(found: Sequence[Token], place: int) -> Decimal | None:
    before = found[max(place - 2, 0) : place]
    if before and before[-1].text in _ORDINALS:
        return _ORDINALS[before[-1].text]
    if len(before) == 2 and before[0].kind == "number" and before[1].text in _THIRTEENTH:
        months = value(before[0].text)
        return months if months in _ORDINALS.values() else None
    return None
