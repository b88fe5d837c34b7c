"""After random late writes the auditor still agrees, at once; and what differs between two snapshots is explained."""

import json
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forums.services import editions
from reports.indicators.catalogue import INDICATORS
from reports.indicators.readings import Reading
from reports.selectors.detail import row_changes
from reports.selectors.differences import differences as report_differences
from reports.services.snapshots import freeze_report
from tests.audit.comparing import differences
from tests.audit.late import LateWriter
from tests.audit.traps import trap_edition

pytestmark = pytest.mark.django_db
FROZEN = ("companies", "tables", "stand-requests", "offers", "trainings", "portal-positions")


def closed_traps(seed):
    made = trap_edition()
    editions.close(edition=made.edition, by=None)
    return made, LateWriter(made.edition, seed)


def snapshot(edition):
    return freeze_report(edition=edition, by=None, addresses=())


def check_pair(before, after):
    """Every figure that differs names the rows that made the difference; a ratio is made of two that differ."""
    bodies = [json.loads(row.body) for row in (before, after)]
    details = [json.loads(row.detail) for row in (before, after)]
    for found in report_differences(*bodies):
        indicator = INDICATORS[found.slug]
        if isinstance(indicator, Reading):
            assert row_changes(indicator, *details), found


def late_writes(count, seed, every):
    made, writer = closed_traps(seed)
    taken, done = [snapshot(made.edition)], []
    for number in range(count):
        done.append(writer.one())
        if number % every == every - 1:
            assert differences(made.edition) == {}, done
            taken.append(snapshot(made.edition))
    for before, after in pairwise(taken):
        check_pair(before, after)
    first, last = (json.loads(row.body)["figures"] for row in (taken[0], taken[-1]))
    assert {slug: last[slug]["value"] for slug in FROZEN} == {slug: first[slug]["value"] for slug in FROZEN}


@pytest.mark.no_lock_order
@example(seed=14)
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=3, deadline=None)
def test_the_auditor_agrees_after_random_late_writes(seed):
    with transaction.atomic():
        late_writes(20, seed=seed, every=10)
        transaction.set_rollback(True)
