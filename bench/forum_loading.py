"""Editions of the forum in bulk, for `bench.report`: rows by SQL, drawn by arithmetic so that each run has the same."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from companies.models import Company, MedinsoftMark
from forums.models import Attendee, Edition, Entry, Event, Exhibitor, Meeting, ShownOffer, Venue
from jobs.models import JobDetails, Offer, OfferEvent, OfferPlace
from ledger.models import Attribution, LedgerEntry
from referentials.models import Commune, Occupation, Sector

CONTRACTS = ("cdi", "cdd", "apprentissage", "stage", "freelance")
STATES = ("done", "started", "opened", "no_show")
SHOWN_BEFORE = timedelta(days=60)


def load(*, applications: int, editions: int, stands: int, offers: int, people: int) -> list[Edition]:
    """Each edition has its own companies' stands; a company comes to several editions."""
    with transaction.atomic():
        companies = _companies(stands * 2)
        found = [_edition(2016 + n, n, companies, stands, offers, people) for n in range(editions)]
    _applications(applications)
    with transaction.atomic():
        for edition in found:
            _contracts(edition)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return found


def _companies(count: int) -> list[Company]:
    communes = list(Commune.objects.filter(region="93").order_by("code")[:40])
    sectors = list(Sector.objects.order_by("slug"))
    companies = Company.objects.bulk_create(
        Company(name=f"C{n}", slug=f"c{n}", commune=communes[n % 40], size=("10-49", "250+")[n % 2], state="trusted")
        for n in range(count)
    )
    links = [(company, sectors[n % len(sectors)]) for n, company in enumerate(companies)]
    links += [(company, sectors[(n + 1) % len(sectors)]) for n, company in enumerate(companies) if n % 3 == 0]
    through = Company.sectors.through
    through.objects.bulk_create(through(company_id=company.pk, sector_id=sector.pk) for company, sector in links)
    MedinsoftMark.objects.bulk_create(
        MedinsoftMark(company=company, mark=("member", "partner")[n % 2], since=date(2010, 1, 1))
        for n, company in enumerate(companies[::3])
    )
    return companies


def _edition(year: int, n: int, companies: list[Company], stands: int, offers: int, people: int) -> Edition:
    day = date(year, 10, 6)
    event = Event.objects.create(name=f"Forum {year}", slug=f"forum-{year}", starts_on=day, ends_on=day)
    edition = Edition.objects.create(event=event, state="announced")
    venue = Venue.objects.create(edition=edition, name="Hall")
    exhibitors = Exhibitor.objects.bulk_create(
        Exhibitor(edition=edition, company=company, state="accepted", tables=1 + k % 3)
        for k, company in enumerate(companies[n % 2 :: 2][:stands])
    )
    _shown(exhibitors, offers, day)
    attendees = Attendee.objects.bulk_create(
        Attendee(edition=edition, state="registered", email=f"p{k}@bench.example") for k in range(people)
    )
    came = attendees[: people * 3 // 4]
    Entry.objects.bulk_create(
        Entry(edition=edition, venue=venue, day=day, attendee=person, source="scan") for person in came
    )
    Meeting.objects.bulk_create(
        Meeting(exhibitor=exhibitors[(k * 7 + m * 31) % stands], attendee=person, state=STATES[(k + m) % 4])
        for k, person in enumerate(came)
        for m in range(3)
    )
    return edition


def _shown(exhibitors: list[Exhibitor], offers: int, day: date) -> None:
    shown_at = datetime.combine(day, time(), UTC) - SHOWN_BEFORE
    communes = list(Commune.objects.filter(region="93").order_by("code")[:40])
    occupations = list(Occupation.objects.filter(digital=True).order_by("code")[:30])
    # Over before the edition's days, so that the portal's own positions stay out of what both ways are compared on.
    dates = {"published_at": shown_at, "expires_at": shown_at + timedelta(days=1)}
    rows = Offer.objects.bulk_create(
        Offer(kind=("job", "training")[k % 10 == 9], company=stand.company, title=f"O{k}", state="expired", **dates)
        for stand in exhibitors
        for k in range(offers)
    )
    OfferEvent.objects.bulk_create(
        OfferEvent(offer=row, action=action, before=before, after=after, at=at)
        for row in rows
        for action, before, after, at in (
            ("publish", "in_review", "published", shown_at),
            ("expire", "published", "expired", dates["expires_at"]),
        )
    )
    jobs = [row for row in rows if row.kind == "job"]
    JobDetails.objects.bulk_create(
        JobDetails(offer=row, contract=CONTRACTS[k % 5], open_positions=1 + k % 4) for k, row in enumerate(jobs)
    )
    OfferPlace.objects.bulk_create(OfferPlace(offer=row, commune=communes[k % 40]) for k, row in enumerate(rows))
    through = Offer.occupations.through
    through.objects.bulk_create(
        through(offer_id=row.pk, occupation_id=occupations[k % 30].pk) for k, row in enumerate(rows)
    )
    ShownOffer.objects.bulk_create(
        ShownOffer(exhibitor=exhibitors[k // offers], offer=row, shown_at=shown_at) for k, row in enumerate(rows)
    )


def _applications(count: int) -> None:
    """One SQL each for applications and for their events: a send each, an invitation for one in four."""
    if connection.vendor == "postgresql":
        series = "(select n from generate_series(0, %s) as n)"
        after = "h.shown_at + make_interval(hours => cast(n %% 5000 as int))"
    else:
        series = "(with recursive s(n) as (select 0 union all select n + 1 from s where n < %s) select n from s)"
        after = "datetime(h.shown_at, '+' || (n %% 5000) || ' hours')"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "create temporary table slot as select row_number() over (order by h.id) - 1 as at, h.offer_id, h.shown_at,"
            " x.company_id from forums_shownoffer h join forums_exhibitor x on x.id = h.exhibitor_id"
        )
        cursor.execute("create index slot_at on slot (at)")
        cursor.execute("select count(*) from slot")
        slots = cursor.fetchone()[0]
        cursor.execute(
            "insert into candidates_application (offer_id, company_id, channel, state, name, name_folded, email,"
            " profile, message, refusal, incomplete, sent_at, moved_at, reminders) select h.offer_id, h.company_id,"
            " case when n %% 7 = 0 then 'forum' else 'site' end, 'sent', '', '', '', '{}', '', '', n %% 50 = 0,"
            f" {after}, {after}, 0 from {series} as numbers join slot h on h.at = (cast(n as bigint) * 7919) %% %s",
            [count - 1, slots],
        )
        event = (
            "insert into candidates_applicationevent (application_id, action, before, after, side, at)"
            " select id, '{}', '', '{}', '{}', sent_at from candidates_application{}"
        )
        cursor.execute(event.format("send", "sent", "candidate", ""))
        cursor.execute(event.format("invite", "interview", "company", " where id % 4 = 0"))


def _contracts(edition: Edition) -> None:
    from candidates.models import Application

    exhibitors: Any = edition.exhibitors.values("company")
    rows = Application.objects.filter(offer__shown_at__exhibitor__edition=edition, company__in=exhibitors)
    some = list(rows.order_by("id").values_list("id", "company", "offer")[: 400 * 50 : 50])
    signed_on = edition.event.ends_on + timedelta(days=30)
    entries = LedgerEntry.objects.bulk_create(
        LedgerEntry(company_id=company, application_id=pk, offer_id=offer, type=CONTRACTS[k % 5], signed_on=signed_on)
        for k, (pk, company, offer) in enumerate(some)
    )
    Attribution.objects.bulk_create(
        Attribution(entry=entry, edition=edition, kind=("direct", "direct", "assisted")[k % 3])
        for k, entry in enumerate(entries)
    )
