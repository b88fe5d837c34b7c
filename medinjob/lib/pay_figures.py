"""The amounts in a line about pay: a number with its thousand, its currency and its cents."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from medinjob.lib.pay_words import Token, value, with_decimals


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount from token `start` to `end`; `marked` by a currency or a thousand; `decimals` is its other reading."""

    value: Decimal
    start: int
    end: int
    kilo: bool = False
    euro: bool = False
    wrong: bool = False
    decimals: Decimal | None = None

    @property
    def marked(self) -> bool:
        return self.kilo or self.euro


def figures_of(found: Sequence[Token]) -> list[Figure]:
    figures: list[Figure] = []
    place = 0
    while place < len(found):
        if found[place].kind == "number":
            figures.append(_figure(found, place, figures[-1].end if figures else 0))
            place = figures[-1].end
        else:
            place += 1
    return figures


def _figure(found: Sequence[Token], place: int, free: int) -> Figure:
    """The number at `place` with its currency, before (from the token `free` on) or after it, and its cents."""
    start, end = place, place + 1
    signed = start > free and found[start - 1].kind == "euro"
    kilo = kind_at(found, end) == "kilo"
    end += kilo
    euro = kind_at(found, end) == "euro"
    end += euro
    amount, cents_end, wrong = _cents(found, place, end, kilo=kilo, euro=euro)
    foreign = "foreign" in {kind_at(found, start - 1), kind_at(found, cents_end)}
    millions = kind_at(found, end) == "unit" and kind_at(found, end + 1) == "euro"
    return Figure(
        amount,
        start - signed,
        cents_end,
        kilo=kilo,
        euro=euro or signed,
        wrong=wrong or foreign or millions,
        decimals=with_decimals(found[place].text),
    )


def _cents(found: Sequence[Token], place: int, end: int, *, kilo: bool, euro: bool) -> tuple[Decimal, int, bool]:
    """(amount, end, wrong) of "12€50": two digits after the sign; anything else glued to it is no amount."""
    amount = value(found[place].text)
    if kind_at(found, end) not in {"number", "word"} or not (euro or kilo):
        return amount, end, False
    after = found[end]
    digits = after.text.isdecimal()
    whole = not kilo and amount == amount.to_integral_value() and "," not in found[place].text
    if digits and len(after.text) == 2 and whole and kind_at(found, end + 1) not in {"euro", "kilo", "number", "unit"}:
        return amount + Decimal(after.text) / 100, end + 1, False
    if digits and len(after.text) == 2 and whole and after.glued and kind_at(found, end + 1) == "unit":
        # "12€50/h" has a slash; "12€50 h" is a pay by the hour too.
        return amount + Decimal(after.text) / 100, end + 1, False
    return amount, end, after.glued


def kind_at(found: Sequence[Token], place: int) -> str:
    return found[place].kind if 0 <= place < len(found) else ""
