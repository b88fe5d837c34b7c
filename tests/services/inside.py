"""What the tests ask of the database of a site of processes: `python -m tests.services.inside QUESTION [ARGUMENT…]`
runs with that site's settings and prints its answer as JSON."""

import hashlib
import json
import os
import sys
import time
from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

import django
from PIL import Image

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.storage import storages  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Heartbeat, OutgoingMail, User  # noqa: E402
from accounts.services import queue_mail  # noqa: E402
from candidates.models import CV, Application, ApplicationEvent, Contract  # noqa: E402
from candidates.services.cvs import add_cv, sweep_cv_files  # noqa: E402
from companies.models import Company  # noqa: E402
from demo.cv_files import pdf_file  # noqa: E402
from demo.factories import (  # noqa: E402
    ApplicationFactory,
    CommuneFactory,
    CompanyFactory,
    ImportSourceFactory,
    OccupationFactory,
    OfferFactory,
    SkillFactory,
    StaffFactory,
    UserFactory,
)
from jobs.models import ImportRun, Offer  # noqa: E402
from jobs.services import import_runs  # noqa: E402
from jobs.signals import offers_changed  # noqa: E402
from medinjob.lib.documents import read  # noqa: E402
from search.indexing.rebuild import compare  # noqa: E402
from search.models import PendingIndexing  # noqa: E402


def session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def announce(offers: list[Offer]) -> None:
    """As a service does: the worker then finds that there is no index, and builds it."""
    offers_changed.send(sender=Offer, ids=[offer.pk for offer in offers])


def world(recruiters: str, candidates: str, offers: str, received: str) -> dict[str, Any]:
    """People with a session each, published offers, and applications waiting for an answer."""
    CommuneFactory(aix=True), OccupationFactory(web=True), SkillFactory(label="Python")
    people = [UserFactory(name=f"Recruteuse {n}") for n in range(int(recruiters))]
    companies = [CompanyFactory(recruiter=person) for person in people]
    open_offers = [OfferFactory(published=True, company=companies[0]) for _ in range(int(offers))]
    announce(open_offers)
    waiting = [ApplicationFactory(offer=open_offers[n % len(open_offers)]) for n in range(int(received))]
    return {
        "recruiters": [session(person) for person in people],
        "candidates": [session(UserFactory(name=f"Candidat {n}")) for n in range(int(candidates))],
        "staff": session(StaffFactory()),
        "offers": [offer.pk for offer in open_offers],
        "received": [application.pk for application in waiting],
    }


def main_line() -> str:
    """The offer and the recruiter of `tests/browser/test_main_job.py`; the recruiter's session."""
    recruiter = UserFactory(name="Dominique Recruteur")
    company = CompanyFactory(name="Atelier Calanque", recruiter=recruiter)
    aix = CommuneFactory(aix=True)
    announce([OfferFactory(title="Développeuse Python (F/H)", published=True, company=company, place=aix)])
    return session(recruiter)


def session_of(email: str) -> str:
    return session(User.objects.get(email=email))


def counts() -> list[int]:
    """Applications, people hired, contracts in force, accounts of the candidate."""
    hired = Application.objects.filter(state="hired")
    return [Application.objects.count(), hired.count(), Contract.objects.in_force().count(), _camilles()]


def _camilles() -> int:
    return User.objects.filter(email="camille@medinjob.example").count()


def pending() -> dict[str, int]:
    """What the worker has still to do."""
    return {"index": PendingIndexing.objects.count(), "mails": OutgoingMail.objects.due().count()}


def age_claims() -> int:
    """As if the mails in mid-send had been claimed an hour ago."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    return OutgoingMail.objects.filter(state="sending").update(claimed_at=an_hour_ago)


def mails() -> dict[str, int]:
    return Counter(OutgoingMail.objects.values_list("state", flat=True))


def queue(count: str, prefix: str = "essai") -> int:
    for n in range(int(count)):
        queue_mail(to=f"n{n}@medinjob.example", subject=f"{prefix} {n}", body="Bonjour")
    return int(count)


def failed_mail() -> int:
    return OutgoingMail.objects.create(to="n@medinjob.example", subject="Refusé", body="Bonjour", state="failed").pk


def mails_of_the_past(minutes: str) -> int:
    """As if what waits had been tried for so long, and would be tried again in an hour."""
    now = timezone.now()
    since = now - timedelta(minutes=int(minutes))
    waiting = OutgoingMail.objects.filter(state="waiting")
    return waiting.update(created_at=since, waiting_since=since, attempts=5, due_at=now + timedelta(hours=1))


def no_mails() -> int:
    return OutgoingMail.objects.all().delete()[0]


def age_heartbeats(minutes: str) -> int:
    """As if whoever gave a sign of life had given it so long ago."""
    return Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=int(minutes)))


def heartbeats() -> list[str]:
    return list(Heartbeat.objects.values_list("name", flat=True))


def no_heartbeats() -> int:
    return Heartbeat.objects.all().delete()[0]


def files_of_people() -> int:
    """A company's logo and a candidate's CV, through their services. Each question is a process of its own, in which
    the factories count from the start: what must be unique is named."""
    picture = BytesIO()
    Image.new("RGB", (64, 64), "navy").save(picture, "PNG")
    company = CompanyFactory(name="Atelier Logo", siret=None)
    company.logo.save("logo.png", ContentFile(picture.getvalue()))
    data = pdf_file(["Camille Développeuse", "Cinq ans de services en Python"])
    add_cv(owner=UserFactory(email="camille.cv@medinjob.example"), filename="cv.pdf", data=data, document=read(data))
    return company.pk


def fill_cache() -> None:
    for n in range(2):
        cache.set(f"essai {n}", "x" * 200, 3600)
    cache.add("limite", 1, 3600)


def after_damage() -> dict[str, Any]:
    """All that is due is done, and each kind of page is asked for."""
    try:
        call_command("tick")
        tick = ""
    except CommandError as error:
        tick = str(error)
    cache.get("essai 0"), cache.get("essai 1"), cache.incr("limite")
    answers = {place: Client(SERVER_NAME="localhost").get(place).status_code for place in ("/", "/offres/?q=python")}
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    for cv in CV.objects.all():
        client.force_login(cv.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
        answers |= {place: client.get(place).status_code for place in ("/mes-donnees/", "/mon-profil/")}
    for company in Company.objects.all():
        answers[company.get_absolute_url()] = client.get(company.get_absolute_url()).status_code
    errors = [(place, status) for place, status in answers.items() if status >= 500]
    return {"server_errors": errors, "tick": tick, "drift": drift(), "mails": OutgoingMail.objects.due().count()}


def drift() -> list[int]:
    """Offers whose entry of the index differs from the database, in whatever way."""
    return sorted(compare().all)


def import_source(address: str) -> int:
    """A source that is due at once, and the commune of its offers."""
    CommuneFactory(aix=True)
    return ImportSourceFactory(address=address, every_hours=1).pk


def commune() -> str:
    return str(CommuneFactory(aix=True).pk)


def imports() -> dict[str, Any]:
    """The states of all runs, oldest first, and how many offers there are, by identifier."""
    runs = ImportRun.objects.order_by("pk").values_list("state", "problem")
    offers = list(Offer.objects.values_list("source_id", flat=True))
    return {"runs": list(runs), "offers": len(offers), "distinct": len(set(offers))}


def import_holders() -> list[int]:
    """The processes at work on imports."""
    return [int(mark.split(":")[2]) for mark in ImportRun.objects.running().values_list("holder", flat=True)]


def mails_sent_meanwhile() -> dict[str, Any]:
    """Of the mails written during an import: how many left before it ended, or within half a minute."""
    run = ImportRun.objects.latest("pk")
    end = run.finished_at or timezone.now()
    times = OutgoingMail.objects.filter(created_at__gt=run.started_at, sent_at__isnull=False)
    soon = timedelta(seconds=30)
    return {"sent": sum(left < end or left - at < soon for at, left in times.values_list("created_at", "sent_at"))}


def stop_imports() -> int:
    return sum(import_runs.stop(run=run) for run in ImportRun.objects.running())


def age_imports() -> int:
    """As if what runs had been silent for an hour."""
    return ImportRun.objects.running().update(seen_at=timezone.now() - timedelta(hours=1))


def facts() -> dict[str, Any]:
    """All that was made, as lists where something doubled would show twice."""
    sent = Application.objects.filter(candidate__name__startswith="Candidat ")
    return {
        "titles": list(Offer.objects.filter(title__startswith="Essai").values_list("title", "state")),
        "applications": list(sent.values_list("candidate__name", "offer")),
        "events": list(ApplicationEvent.objects.values_list("application", "action").annotate(n=Count("pk"))),
        "without_event": sent.filter(events=None).count(),
        "mails": OutgoingMail.objects.count(),
        "states": mails(),
    }


def pages() -> dict[str, int]:
    """The status of a page of each kind, on whatever the database holds."""
    offer, application = Offer.objects.visible().latest("pk"), Application.objects.exclude(candidate=None).latest("pk")
    client = Client(SERVER_NAME="localhost")
    client.force_login(application.candidate, backend="allauth.account.auth_backends.AuthenticationBackend")
    places = ["/", "/offres/?q=python", offer.get_absolute_url(), application.get_absolute_url(), "/mes-donnees/"]
    return {place: client.get(place).status_code for place in places}


def files() -> dict[str, int]:
    """CV rows whose file is absent or altered, and files that the sweep deletes once they are a day old."""
    storage = storages["private"]
    altered = 0
    for cv in CV.objects.all():
        with cv.file.open("rb") as file:
            altered += hashlib.sha256(file.read()).hexdigest() != cv.sha256
    names = [storage.path(f"cv/{name}") for name in storage.listdir("cv")[1]] if storage.exists("cv") else []
    before_yesterday = time.time() - 2 * 24 * 3600
    for name in names:
        os.utime(name, (before_yesterday, before_yesterday))
    rows = CV.objects.count()
    return {"altered": altered, "rows": rows, "files": len(names), "swept": sweep_cv_files()}


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
