"""Alerts: how long it takes to ask every saved search about the offers that are new, and to note what they find.

1 000 searches of 1 000 people, drawn as the questions of `bench.search` are, against 100 offers just indexed among
20 000.

usage: python -m bench.alerts [--searches N] [--new N] [--offers N]
"""

import argparse
import time

from bench.place import empty_place
from bench.results import machine, table, write


def prepare(offers: int, searches: int) -> None:
    """The index, and saved searches of people of their own, a day old."""
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import User
    from bench.corpus import questions, rows, vocabulary
    from bench.loading import criteria, load
    from candidates.enums import Frequency
    from candidates.models import SavedSearch

    words = vocabulary()
    load(rows(offers, words))
    call_command("search_index", "rebuild", verbosity=0)
    people = User.objects.bulk_create(User(email=f"p{n}@bench.example", name=f"P{n}") for n in range(searches))
    before = timezone.now() - timedelta(days=1)
    SavedSearch.objects.bulk_create(
        SavedSearch(user=user, label="…", query=criteria(asked).to_query_string(), frequency=Frequency.DAILY)
        for user, asked in zip(people, questions(searches, words), strict=True)
    )
    SavedSearch.objects.update(created_at=before)


def measured(new: int) -> list[object]:
    """One pass over `new` offers, as the worker makes it."""
    from candidates.models import AlertedOffer, NewOffer, SavedSearch
    from candidates.services.alerts import match_new_offers
    from jobs.models import Offer

    NewOffer.objects.all().delete()
    NewOffer.objects.bulk_create(NewOffer(offer=offer) for offer in Offer.objects.order_by("-pk")[:new])
    wall, cpu = time.perf_counter(), time.process_time()
    match_new_offers()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    searches, found = SavedSearch.objects.count(), AlertedOffer.objects.count()
    return [searches, new, found, f"{wall:.1f} s", f"{cpu:.1f} s", f"{cpu * 1e3 / searches:.1f} ms"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=20_000)
    parser.add_argument("--searches", type=int, default=1_000)
    parser.add_argument("--new", type=int, default=100)
    options = parser.parse_args()
    with empty_place():
        prepare(options.offers, options.searches)
        head = ["saved searches", "new offers", "found for somebody", "wall", "CPU", "CPU of a search"]
        text = f"{options.offers:,} offers in the index. {machine()}. `python -m bench.alerts`"
        write("Alerts", f"{text}\n\n{table(head, [measured(options.new)])}")


if __name__ == "__main__":
    main()
