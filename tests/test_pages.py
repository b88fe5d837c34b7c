import pytest


@pytest.mark.django_db
def test_home_page_answers_in_both_languages(client):
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200
