"""The figures of an edition as somebody would write them by hand in SQL, for SQLite and PostgreSQL: the rows of each
kind once into a temporary table, then one query a dimension with all figures side by side."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

Answer = dict[tuple[str, str, str], Any]
"""By figure, dimension ("" for the figure itself) and key."""

COMPANY = "join companies_company c on c.id = r.company"
PLACE = f"{COMPANY} left join referentials_commune p on p.code = c.commune_id"
OFFER = "left join jobs_offer o on o.id = r.offer"
HELD = (
    "exists (select 1 from companies_medinsoftmark m where m.company_id = r.company and m.mark = '{}'"
    " and m.since <= r.day and (m.until is null or m.until >= r.day))"
)
MEMBERSHIP = (
    f"case when {HELD.format('member')} then 'member' when {HELD.format('partner')} then 'partner' else 'none' end"
)
COMPANY_KEYS = {
    "company": ("cast(r.company as text)", ""),
    "membership": (MEMBERSHIP, ""),
    "sector": ("coalesce(s.sector_id, '')", "left join companies_company_sectors s on s.company_id = r.company"),
    "size": ("c.size", COMPANY),
    "commune": ("coalesce(p.code, '')", PLACE),
    "department": ("coalesce(p.department, '')", PLACE),
    "region": ("coalesce(p.region, '')", PLACE),
}
OFFER_KEYS = {
    "contract": ("coalesce(j.contract, '')", "left join jobs_jobdetails j on j.offer_id = r.offer"),
    "occupation": ("coalesce(k.occupation_id, '')", "left join jobs_offer_occupations k on k.offer_id = r.offer"),
    "job-department": (
        "coalesce(q.department, '')",
        (
            "left join (select distinct l.offer_id, n.department from jobs_offerplace l join referentials_commune n"
            " on n.code = l.commune_id) q on q.offer_id = r.offer"
        ),
    ),
}
BY_COMPANY = tuple(COMPANY_KEYS)
FEW = ("company", "membership", "sector")
JOB = "r.kind = 'job'"
EMPLOYMENT = (
    "r.type in ('cdi', 'cdd', 'apprentissage', 'professionnalisation', 'interim', 'cdi-interimaire', 'saisonnier')"
)
DIRECT = "r.attribution = 'direct'"
BY_APPLICATION = (*BY_COMPANY, *OFFER_KEYS, "channel")
BY_CONTRACT = ("type", "evidence", *BY_COMPANY, "occupation", "job-department", "channel")

# Table: the rows of an edition (%(edition)s), then figure: what is added up, of which rows, by what.
SHOWN = """select h.id, x.company_id as company, h.offer_id as offer, o.kind, e.starts_on as day,
 coalesce(h.positions, j.open_positions, 0) as positions, j.contract as proposed,
 row_number() over (partition by coalesce(o.duplicate_of_id, o.id) order by h.id) as nth
 from forums_shownoffer h join forums_exhibitor x on x.id = h.exhibitor_id and x.state = 'accepted'
 join forums_event e on e.id = x.edition_id join jobs_offer o on o.id = h.offer_id
 left join jobs_jobdetails j on j.offer_id = o.id
 where x.edition_id = %(edition)s and o.published_at is not null"""
STANDS = """select x.id, x.company_id as company, x.state, x.tables, e.starts_on as day
 from forums_exhibitor x join forums_event e on e.id = x.edition_id where x.edition_id = %(edition)s"""
PEOPLE = """select a.kind, a.state,
 exists (select 1 from forums_entry n where n.attendee_id = a.id and n.undone_at is null) as present,
 exists (select 1 from forums_attendeeevent v where v.attendee_id = a.id and v.action = 'walk_in') as walk_in
 from forums_attendee a where a.edition_id = %(edition)s"""
ENTRIES = """select cast(n.day as text) as day, v.name as venue, n.source from forums_entry n
 join forums_venue v on v.id = n.venue_id
 where n.edition_id = %(edition)s and n.undone_at is null and n.attendee_id is not null"""
MEETINGS = """select x.company_id as company, m.state, m.source, e.starts_on as day from forums_meeting m
 join forums_exhibitor x on x.id = m.exhibitor_id and x.state = 'accepted' join forums_event e on e.id = x.edition_id
 where x.edition_id = %(edition)s"""
APPLICATIONS = """select x.company_id as company, a.offer_id as offer, o.kind, e.starts_on as day, a.channel,
 a.incomplete, case when a.sent_at < %(starts_at)s then 'before' when a.sent_at < %(ends_at)s then 'day'
 else 'after' end as phase,
 exists (select 1 from candidates_applicationevent v where v.application_id = a.id and v.action = 'invite') as met,
 exists (select 1 from ledger_ledgerentry l where l.application_id = a.id and l.cancelled_at is null
 and l.merged_into_id is null and l.renewal_of_id is null and l.renewal is not true) as signed
 from forums_shownoffer h join forums_exhibitor x on x.id = h.exhibitor_id and x.state = 'accepted'
 join forums_event e on e.id = x.edition_id join jobs_offer o on o.id = h.offer_id
 join candidates_application a on a.offer_id = h.offer_id
 where x.edition_id = %(edition)s and a.sent_at >= h.shown_at and a.sent_at < %(window_ends_at)s"""
CONTRACTS = """select l.company_id as company, l.offer_id as offer, l.type, l.level, t.kind as attribution,
 coalesce(a.channel, '') as channel, e.starts_on as day from ledger_ledgerentry l
 join ledger_attribution t on t.entry_id = l.id join forums_event e on e.id = t.edition_id
 left join candidates_application a on a.id = l.application_id
 where t.edition_id = %(edition)s and l.cancelled_at is null and l.merged_into_id is null
 and l.renewal_of_id is null and l.renewal is not true"""

ACCEPTED = "r.state = 'accepted'"
REGISTERED = "r.state = 'registered' and not r.walk_in"
ONCE = f"{JOB} and r.nth = 1"
TABLES: tuple[tuple[str, dict[str, tuple[str, str, tuple[str, ...]]]], ...] = (
    (
        SHOWN,
        {
            "positions": ("sum(r.positions)", ONCE, (*BY_COMPANY, *OFFER_KEYS)),
            "positions-employment": (
                "sum(r.positions)",
                f"{ONCE} and {EMPLOYMENT.replace('r.type', 'r.proposed')}",
                (*BY_COMPANY, *OFFER_KEYS),
            ),
            "offers": ("count(*)", ONCE, (*BY_COMPANY, *OFFER_KEYS)),
            "trainings": ("count(*)", "r.kind = 'training' and r.nth = 1", BY_COMPANY),
        },
    ),
    (
        STANDS,
        {
            "companies": ("count(*)", ACCEPTED, BY_COMPANY[1:]),
            "stand-requests": ("count(*)", "true", ("state",)),
            "tables": ("sum(r.tables)", ACCEPTED, FEW),
        },
    ),
    (
        PEOPLE,
        {
            "participants": ("count(*)", "r.present", ("kind", "walk-in")),
            "registered": ("count(*)", REGISTERED, ("kind",)),
            "registered-present": ("count(*)", f"{REGISTERED} and r.present", ("kind",)),
            "walk-ins": ("count(*)", "r.walk_in and r.present", ("kind",)),
        },
    ),
    (ENTRIES, {"entries": ("count(*)", "true", ("day", "venue", "source"))}),
    (
        MEETINGS,
        {
            "meetings": ("count(*)", "r.state in ('started', 'done')", (*BY_COMPANY, "source")),
            "badges-read": ("count(*)", "r.state = 'opened'", FEW),
            "no-shows": ("count(*)", "r.state = 'no_show'", FEW),
        },
    ),
    (
        APPLICATIONS,
        {
            "applications": ("count(*)", JOB, BY_APPLICATION),
            "applications-before": ("count(*)", f"{JOB} and r.phase = 'before'", BY_APPLICATION),
            "applications-day": ("count(*)", f"{JOB} and r.phase = 'day'", BY_APPLICATION),
            "applications-after": ("count(*)", f"{JOB} and r.phase = 'after'", BY_APPLICATION),
            "applications-incomplete": ("count(*)", f"{JOB} and r.incomplete", BY_APPLICATION),
            "interviews": ("count(*)", f"{JOB} and r.met", BY_APPLICATION),
            "interviews-signed": ("count(*)", f"{JOB} and r.met and r.signed", BY_APPLICATION),
            "applications-signed": ("count(*)", f"{JOB} and r.signed", BY_APPLICATION),
            "training-requests": ("count(*)", "r.kind = 'training'", (*BY_COMPANY, "phase", "channel")),
        },
    ),
    (
        CONTRACTS,
        {
            "contracts": ("count(*)", f"{DIRECT} and {EMPLOYMENT}", BY_CONTRACT),
            "contracts-assisted": ("count(*)", f"r.attribution = 'assisted' and {EMPLOYMENT}", BY_CONTRACT),
            "internships": ("count(*)", f"{DIRECT} and r.type = 'stage'", BY_CONTRACT),
            "freelance": ("count(*)", f"{DIRECT} and r.type = 'freelance'", BY_CONTRACT),
            "contracts-other": ("count(*)", f"{DIRECT} and r.type = 'autre'", BY_CONTRACT),
        },
    ),
)
OWN = {"evidence": "r.level", "walk-in": "case when r.walk_in then 'yes' else 'no' end"}


def whole_report(values: dict[str, Any]) -> Answer:
    """`values`: edition, starts_at, ends_at, window_ends_at. Groups without any row are left out."""
    answer: Answer = {}
    with connection.cursor() as cursor:
        for rows, figures in TABLES:
            cursor.execute("drop table if exists found")
            cursor.execute(f"create temporary table found as {rows}", values)
            for dimension, sql in _queries(figures):
                cursor.execute(sql)
                slugs = [slug for slug, (_what, _which, by) in figures.items() if not dimension or dimension in by]
                for key, *counted in cursor.fetchall():
                    answer |= {(slug, dimension, key or ""): n for slug, n in zip(slugs, counted, strict=True)}
    return answer


def _queries(figures: dict[str, tuple[str, str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    yield "", f"select '', {_counted(figures.values())} from found r"
    for dimension in dict.fromkeys(name for _what, _which, by in figures.values() for name in by):
        key, join = {**COMPANY_KEYS, **OFFER_KEYS}.get(dimension, (OWN.get(dimension, f"r.{dimension}"), ""))
        counted = _counted(figure for figure in figures.values() if dimension in figure[2])
        yield dimension, f"select {key}, {counted} from found r {join} group by 1"


def _counted(figures: Any) -> str:
    return ", ".join(f"coalesce({what} filter (where {which}), 0)" for what, which, _by in figures)
