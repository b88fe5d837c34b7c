"""The auditor's plain SQL and the report agree, on an edition with every trap."""

import pytest

from forums.services.freezing import freeze_facts
from ledger.services.attribution import refresh_attributions
from tests.audit.comparing import differences, test_enough_is_read
from tests.audit.reader import read
from tests.audit.traps import trap_edition

__all__ = ["test_enough_is_read"]
pytestmark = pytest.mark.django_db


def test_the_auditor_agrees_on_an_edition_with_every_trap():
    made = trap_edition()
    refresh_attributions()
    assert differences(made.edition) == {}
    assert differences(made.later) == {}
    found = read(made.edition.pk)
    # By hand: 3 of the first offer and 9 of the one that was public for a day, and the one of `_under_way`.
    assert found["positions", "", ""] == 13
    freeze_facts(edition=made.edition)
    assert differences(made.edition) == {}
