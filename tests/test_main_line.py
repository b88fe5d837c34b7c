"""The thinnest line through the house: a real offer goes from its file to a search result."""

import gzip

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_real_offer_goes_from_file_to_search_result(shared_data, tmp_path, client, index):
    with gzip.open(shared_data / "offers_ft_data_it_2024_2025_public.jsonl.gz", "rt") as source:
        first = next(source)
    (tmp_path / "one.jsonl").write_text(first)

    call_command("import_offers", str(tmp_path / "one.jsonl"), format="france-travail", verbosity=0)
    index()

    results = client.get("/api/v1/offers/").json()
    assert results["count"] == 1
