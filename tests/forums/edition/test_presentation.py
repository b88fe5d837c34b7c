import pytest

from demo.factories import EditionFactory

pytestmark = pytest.mark.django_db


def test_presentation_is_shown_as_its_author_laid_it_out(client):
    edition = EditionFactory(announced=True, text="Une **journée**.\n\n- Des stands")
    page = client.get(edition.get_absolute_url()).content.decode()
    assert "<strong>journée</strong>" in page
    assert "<li>Des stands</li>" in page
