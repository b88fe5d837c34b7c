"""Every transaction of a service takes its locks in the order of `ledger.services.chain`: editions, the chain, then the
rows of history, companies and applications. Two that take them in another order may wait for each other for ever.

What a test writes by itself is no transaction of a service: it stands in no savepoint of its own.
"""

import re
from typing import Any

from django.apps import apps

CHAIN, EDITION = "ledger_chainhead", "forums_edition"
WRITTEN = re.compile(r'^(?:UPDATE|DELETE FROM) "(\w+)"')
LOCKED = re.compile(r'^SELECT .*? FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)
NAMED = re.compile(r"SAVEPOINT \"?(\w+)\"?")


def history() -> set[str]:
    """Tables of rows that have links."""
    return {model._meta.db_table for model in apps.get_models() if hasattr(model, "chained")}


class LockOrder:
    """An execute wrapper of the connection. `wrong` says what was taken out of order."""

    def __init__(self) -> None:
        self.history = history()
        self.after_chain = {*self.history, "companies_company", "candidates_application"}
        self.wrong: list[str] = []
        self.savepoints: list[str] = []
        self.taken: set[str] = set()

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if isinstance(sql, str):
            self._note(sql)
        return result

    def _note(self, sql: str) -> None:
        if savepoint := NAMED.search(sql):
            self._at_savepoint(sql, savepoint[1])
        elif self.savepoints:
            self._at_statement(sql)

    def _at_savepoint(self, sql: str, name: str) -> None:
        if sql.startswith("SAVEPOINT"):
            self.taken = self.taken if self.savepoints else set()
            self.savepoints.append(name)
        elif name in self.savepoints:
            del self.savepoints[self.savepoints.index(name) :]

    def _at_statement(self, sql: str) -> None:
        locked, written = LOCKED.match(sql), WRITTEN.match(sql)
        if CHAIN in sql:
            if CHAIN not in self.taken and (early := self.taken & self.after_chain):
                self.wrong.append(f"{sorted(early)} before the chain")
            self.taken.add(CHAIN)
        elif locked:
            if locked[1] == EDITION and CHAIN in self.taken and EDITION not in self.taken:
                self.wrong.append("an edition after the chain")
            self.taken.add(locked[1])
        elif written and written[1] in self.history:
            self.taken.add(written[1])
