"""Five hundred late writes to a closed edition, read again by the auditor after each."""

import pytest

from tests.audit.test_late_writes import late_writes

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]


@pytest.mark.no_lock_order
@pytest.mark.parametrize("seed", [1, 2])
def test_the_auditor_agrees_after_each_of_five_hundred_late_writes(seed):
    late_writes(500, seed=seed, every=1)
