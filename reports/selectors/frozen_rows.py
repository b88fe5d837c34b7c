"""The rows behind a figure of a frozen report, as they were: without names, and with the same pseudonym for one person
in every list."""

import json
from collections.abc import Sequence
from typing import Any, overload

from django.utils.translation import gettext as _

from reports.indicators.readings import Reading
from reports.indicators.report import Value
from reports.indicators.wording import number_of
from reports.models import Snapshot
from reports.selectors.audits import audit_pseudonym, frozen_rows
from reports.selectors.body import Body
from reports.selectors.persons import person_keys


class FrozenTable(Sequence[list[str]]):
    """`columns` names the cells of each line; persons are looked up for the lines that are read."""

    def __init__(self, snapshot: Snapshot, reading: Reading, figure: Any) -> None:
        self.snapshot, self.reading = snapshot, reading
        self.value: Value = number_of(figure["value"])
        self.rows = list(frozen_rows(snapshot, reading).items())
        self.dimensions = [part["by"] for part in figure["breakdowns"]]
        self.words = {part["by"]: {one["key"]: one["label"] for one in part["groups"]} for part in figure["breakdowns"]}
        labels = [part["label"] for part in figure["breakdowns"]]
        summed = [_("Nombre")] if reading.basis.value else []
        self.columns = [_("Numéro"), _("Personne"), *labels, *summed]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> list[str]: ...

    @overload
    def __getitem__(self, index: slice) -> list[list[str]]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return self._lines([self.rows[index]])[0]
        return self._lines(self.rows[index])

    def _lines(self, rows: Sequence[tuple[str, Body]]) -> list[list[str]]:
        ids = {number: int(number.partition("-")[0]) for number, _row in rows}
        keys = person_keys(self.reading.basis.slug, list(ids.values()))
        return [
            [number, audit_pseudonym(self.snapshot, keys.get(ids[number])), *self._cells(row)] for number, row in rows
        ]

    def _cells(self, row: Body) -> list[str]:
        cells = [
            ", ".join(self.words[slug].get(key, key) for key in row.get(slug, ()) if key) for slug in self.dimensions
        ]
        return [*cells, row[""][0]] if self.reading.basis.value else cells


def frozen_table(snapshot: Snapshot, reading: Reading) -> FrozenTable | None:
    """None for a figure that the report did not have when it was frozen."""
    figure = json.loads(snapshot.body)["figures"].get(reading.slug)
    return FrozenTable(snapshot, reading, figure) if figure else None
