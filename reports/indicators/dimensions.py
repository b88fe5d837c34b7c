"""What rows can be told apart by: a column of their own, or a fact of the exhibitor or offer they belong to.

A dimension is read in two ways that a test holds together: `keys` of a value that SQL grouped by, and `narrow`, the
rows that have one of some keys. A key is a text; "" is "not known". Rows may have several (the sectors of a company):
then the groups add up to more than the whole.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q, QuerySet, TextChoices
from django.db.models.enums import Choices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.enums import CompanySize, Mark
from forums.selectors.sheets import FactSheet
from reports.indicators.facts import Facts

Sheets = dict[int, FactSheet]
YES, NO = "yes", "no"
Link = tuple[str, str]
"""A table of `Facts`, and the column of the rows that points into it."""


class LinkedRows(Protocol):
    """What a dimension asks of the rows that it tells apart: how they lead to an exhibitor, and to an offer."""

    @property
    def slug(self) -> str: ...

    @property
    def exhibitor(self) -> Link | None: ...

    @property
    def offer(self) -> Link | None: ...


@dataclass(frozen=True)
class Dimension:
    """`choices` words the keys that are values of an enumeration."""

    slug: str
    label: str | Promise
    choices: type[Choices] | None = None

    def column(self, basis: LinkedRows) -> str:
        """What SQL groups by."""
        raise NotImplementedError

    def keys(self, raw: Any, basis: LinkedRows, facts: Facts) -> Collection[str]:
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], keys: Collection[str], basis: LinkedRows, facts: Facts) -> QuerySet[Any]:
        raise NotImplementedError

    def labels(self, basis: LinkedRows, facts: Facts) -> dict[str, str]:
        """The words for keys; one that has none is its own word."""
        words = {str(value): str(label) for value, label in self.choices.choices} if self.choices else {}
        return {"": _("Non renseigné"), **words}


@dataclass(frozen=True)
class Column(Dimension):
    """A column or annotation of the rows; `read` makes its value of a key again."""

    name: str = ""
    read: Callable[[str], Any] = str

    def column(self, basis: LinkedRows) -> str:
        return self.name or self.slug

    def keys(self, raw: Any, basis: LinkedRows, facts: Facts) -> Collection[str]:
        if isinstance(raw, bool):
            return (YES if raw else NO,)
        return ("" if raw is None else str(raw),)

    def narrow(self, rows: QuerySet[Any], keys: Collection[str], basis: LinkedRows, facts: Facts) -> QuerySet[Any]:
        name = self.column(basis)
        found = Q(**{f"{name}__in": [self.read(key) for key in keys if key]})
        if "" in keys:
            found |= Q(**{f"{name}__isnull": True})
        return rows.filter(found | Q(**{name: ""}) if "" in keys and self.read is str else found)


@dataclass(frozen=True)
class Flag(Column):
    """True or false."""

    def narrow(self, rows: QuerySet[Any], keys: Collection[str], basis: LinkedRows, facts: Facts) -> QuerySet[Any]:
        return rows.filter(**{f"{self.column(basis)}__in": [key == YES for key in keys if key in (YES, NO)]})

    def labels(self, basis: LinkedRows, facts: Facts) -> dict[str, str]:
        return {YES: _("Oui"), NO: _("Non")}


@dataclass(frozen=True)
class Day(Column):
    read: Callable[[str], Any] = date.fromisoformat

    def labels(self, basis: LinkedRows, facts: Facts) -> dict[str, str]:
        return _Dates({"": _("Non renseigné")})


class _Dates(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return date_format(date.fromisoformat(key), "DATE_FORMAT")


@dataclass(frozen=True)
class Fact(Dimension):
    """A fact of the exhibitor (or of the offer shown) that the row belongs to; the basis says by which column."""

    fact: str = ""
    of_offer: bool = False

    def column(self, basis: LinkedRows) -> str:
        return self._link(basis)[1]

    def keys(self, raw: Any, basis: LinkedRows, facts: Facts) -> Collection[str]:
        return _keys(self._sheets(basis, facts).get(raw, {}).get(self.fact))

    def narrow(self, rows: QuerySet[Any], keys: Collection[str], basis: LinkedRows, facts: Facts) -> QuerySet[Any]:
        name = self.column(basis)
        known = {raw: set(_keys(sheet.get(self.fact))) for raw, sheet in self._sheets(basis, facts).items()}
        found = Q(**{f"{name}__in": [raw for raw, has in known.items() if has.intersection(keys)]})
        if "" in keys:
            found |= Q(**{f"{name}__isnull": True}) | ~Q(**{f"{name}__in": list(known)})
        return rows.filter(found)

    def labels(self, basis: LinkedRows, facts: Facts) -> dict[str, str]:
        pairs = (pair for sheet in self._sheets(basis, facts).values() for pair in sheet.get(self.fact) or ())
        found = {key: label for key, label in pairs if key and label}
        return {**found, **super().labels(basis, facts)}

    def _link(self, basis: LinkedRows) -> tuple[str, str]:
        link = basis.offer if self.of_offer else basis.exhibitor
        assert link, f"{basis.slug} cannot be told apart by {self.slug}"
        return link

    def _sheets(self, basis: LinkedRows, facts: Facts) -> Sheets:
        sheets: Sheets = getattr(facts, self._link(basis)[0])
        return sheets


def _keys(pairs: Any) -> list[str]:
    return [key for key, _label in pairs or ()] or [""]


class MarkKey(TextChoices):
    """A membership on the first day."""

    MEMBER = Mark.MEMBER.value, Mark.MEMBER.label
    PARTNER = Mark.PARTNER.value, Mark.PARTNER.label
    NONE = "none", gettext_lazy("Ni membre ni partenaire")


COMPANY = Fact("company", gettext_lazy("Entreprise"), fact="company")
MEMBERSHIP = Fact("membership", gettext_lazy("Qualité dans Medinsoft"), MarkKey, fact="mark")
SECTOR = Fact("sector", gettext_lazy("Secteur de l’entreprise"), fact="sectors")
SIZE = Fact("size", gettext_lazy("Effectif de l’entreprise"), CompanySize, fact="size")
COMMUNE = Fact("commune", gettext_lazy("Commune de l’entreprise"), fact="commune")
DEPARTMENT = Fact("department", gettext_lazy("Département de l’entreprise"), fact="department")
REGION = Fact("region", gettext_lazy("Région de l’entreprise"), fact="region")
OCCUPATION = Fact("occupation", gettext_lazy("Métier"), fact="occupations", of_offer=True)
JOB_DEPARTMENT = Fact("job-department", gettext_lazy("Département du poste"), fact="job_department", of_offer=True)

OF_COMPANY = (COMPANY, MEMBERSHIP, SECTOR, SIZE, COMMUNE, DEPARTMENT, REGION)
