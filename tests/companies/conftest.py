import pytest

from companies.signals import companies_changed


@pytest.fixture
def announced():
    """The ids of the companies announced as changed, in order."""
    ids = []

    def listen(sender, ids: list[int], **_):
        heard.extend(ids)

    heard = ids
    companies_changed.connect(listen)
    yield ids
    companies_changed.disconnect(listen)


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
