"""What takes too long for each commit: `make soak` runs it, once for a release."""

import os

import pytest

from tests.conftest import absent


@pytest.fixture(scope="session", autouse=True)
def _only_when_asked() -> None:
    if not os.environ.get("MEDINJOB_TEST_SOAK"):
        absent("these take an hour: make soak runs them")
