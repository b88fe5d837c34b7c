"""An inbox of 5 000 applications beside one of 50, page by page, on SQLite: the second column must stay near the first.
`tests/candidates/test_inbox_size.py` counts what the database does for them; here it is timed."""

from datetime import timedelta
from time import perf_counter
from typing import Any

from bench.place import empty_place
from bench.results import machine, milliseconds, table, write

SMALL, LARGE, VISITS = 50, 5_000, 40
TEXT = "Développement, exploitation et documentation de services en Python. " * 60
PAGES = {"the list": "", "what is to do": "?stage=todo", "by date": "?sort=sent_at"}


def fill(recruiter: Any, n: int) -> int:
    """Applications of as many people to ten offers, with files and profiles of the usual size, in every state but
    refused; all of them new in a small inbox, whose pages must be as full. Returns one in the middle."""
    from django.utils import timezone

    from accounts.models import User
    from candidates.enums import ApplicationState
    from candidates.models import CV, Application
    from demo.factories import CompanyFactory, CVFactory, OfferFactory

    every = [state for state in ApplicationState if state != ApplicationState.REFUSED]
    states = every if n > SMALL else [ApplicationState.SENT]
    offers = OfferFactory.create_batch(10, published=True, company=CompanyFactory(recruiter=recruiter))
    now, file = timezone.now(), CVFactory().file.name
    users = User.objects.bulk_create(User(email=f"{recruiter.pk}-{i}@medinjob.example") for i in range(n))
    cvs = CV.objects.bulk_create(
        CV(owner=user, file=file, filename="cv.pdf", content_type="application/pdf", size=1, sha256="", text=TEXT)
        for user in users
    )
    Application.objects.bulk_create(
        Application(
            offer=offers[i % 10], company=offers[0].company, candidate=user, name=f"Personne {i}", email=user.email,
            state=states[i % len(states)], message=TEXT[:800], profile={"career": TEXT[:1500]}, cv=cvs[i],
            sent_at=now - timedelta(hours=i), moved_at=now,
        )
        for i, user in enumerate(users)
    )  # fmt: skip
    middle: int = Application.objects.filter(company=offers[0].company).order_by("-sent_at")[n // 2].pk
    return middle


def measured() -> list[list[object]]:
    """Turn by turn, so that a busy machine slows both alike."""
    from django.test import Client
    from django.urls import reverse

    from demo.factories import UserFactory

    inboxes: dict[int, tuple[Client, int]] = {}
    for n in (SMALL, LARGE):
        recruiter = UserFactory()
        inboxes[n] = client, _ = Client(SERVER_NAME="localhost"), fill(recruiter, n)
        client.force_login(recruiter, backend="django.contrib.auth.backends.ModelBackend")
    rows: list[list[object]] = []
    for name, query in {**PAGES, "one application": None}.items():
        times: dict[int, list[float]] = {SMALL: [], LARGE: []}
        for _ in range(VISITS):
            for n, (client, middle) in inboxes.items():
                page = reverse("inbox") + query if query is not None else reverse("inbox-application", args=[middle])
                start = perf_counter()
                assert client.get(page).status_code == 200
                times[n].append(perf_counter() - start)
        small, large = min(times[SMALL]), min(times[LARGE])
        rows.append([name, milliseconds(times[SMALL])[0], milliseconds(times[LARGE])[0], f"{large / small:.2f}"])
    return rows


def main() -> None:
    with empty_place():
        head = ["page", f"p50 of {SMALL} (ms)", f"p50 of {LARGE:,} (ms)", "quickest against quickest"]
        write("Inbox", f"{machine()}. `python -m bench.inbox`\n\n{table(head, measured())}")


if __name__ == "__main__":
    main()
