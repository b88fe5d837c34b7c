"""An auditor's own reading of an edition: plain SQL over the tables, by the words of `docs/indicators.md` and
`docs/attribution.md`. Nothing of the product is imported, so that a wrong rule there is not repeated here.

Instants are kept in UTC; days are those of the region, which `{day(x)}` gives in both databases.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db import connection

Answer = dict[tuple[str, str, str], Any]
"""By figure, breakdown ("" for the figure itself) and key; groups of nothing are left out."""

EMPLOYMENT = "('cdi', 'cdd', 'apprentissage', 'professionnalisation', 'interim', 'cdi-interimaire', 'saisonnier')"
_TABLE = re.compile(r"\{(\w+)\}")
_DAY = re.compile(r"\{day\(([\w.]+(?:\([\w., ]+\))?)\)\}")


@cache
def _tables() -> dict[str, str]:
    """The table of each model, whatever the app that holds it."""
    found = {}
    for name in connection.introspection.table_names():
        app, _, model = name.partition("_")
        if app in ("forums", "ledger", "reports"):
            found[model] = name
    return found


def sql(text: str) -> str:
    sqlite = connection.vendor == "sqlite"
    day = (
        "django_datetime_cast_date({}, 'Europe/Paris', 'UTC')" if sqlite else "(({}) at time zone 'Europe/Paris')::date"
    )
    text = _DAY.sub(lambda found: day.format(found[1]), text)
    return _TABLE.sub(lambda found: _tables()[found[1]], text)


def ask(text: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql(text), values)
        return list(cursor.fetchall())


# An offer shown by an accepted exhibitor before the end of the edition, that the public could see at some moment from
# its showing to that end: what froze says it, else the history of the offer.
SHOWN = """
with every as (
 select h.id, h.offer_id, h.shown_at, x.company_id, x.id as exhibitor_id, o.kind, o.duplicate_of_id,
 coalesce(h.positions, j.open_positions, 0) as positions, j.contract,
 ({day(h.shown_at)} <= e.ends_on
  and (o.expires_at is null or o.expires_at > h.shown_at)
  and case
   when not exists (select 1 from jobs_offerevent v where v.offer_id = o.id) then
    o.published_at is not null and o.state in ('published', 'paused', 'filled', 'expired', 'withdrawn')
   else exists (
    select 1 from jobs_offerevent p where p.offer_id = o.id and p.after = 'published' and {day(p.at)} <= e.ends_on
    and not exists (select 1 from jobs_offerevent q where q.offer_id = o.id and q.id > p.id and q.after <> 'published'
     and q.at <= h.shown_at))
   or exists (
    select 1 from jobs_offerevent p where p.offer_id = o.id and p.before = 'published' and p.at > h.shown_at
    and not exists (select 1 from jobs_offerevent q where q.offer_id = o.id and q.id < p.id))
   end) as seen
 from {shownoffer} h
 join {exhibitor} x on x.id = h.exhibitor_id and x.state = 'accepted'
 join {event} e on e.id = x.edition_id
 join jobs_offer o on o.id = h.offer_id
 left join jobs_jobdetails j on j.offer_id = o.id
 where x.edition_id = %(edition)s
),
shown as (
 select *, row_number() over (partition by coalesce(duplicate_of_id, offer_id) order by id) as nth
 from every where seen
)
"""
JOBS = "from shown s where s.kind = 'job' and s.nth = 1"
STAFF = """(select lower(r.email) from {representative} r
 join {exhibitor} x on x.id = r.exhibitor_id and x.state = 'accepted'
 where x.edition_id = %(edition)s and r.email <> '')"""
HOLDS = f"coalesce(a.holds_stand, lower(a.email) in {STAFF})"
CAME = "exists (select 1 from {entry} n where n.attendee_id = a.id and n.undone_at is null)"
WALKED = "exists (select 1 from {attendeeevent} v where v.attendee_id = a.id and v.action = 'walk_in')"
PEOPLE = f"from {{attendee}} a where a.edition_id = %(edition)s and not {HOLDS}"
EXHIBITORS = "from {exhibitor} x where x.edition_id = %(edition)s and x.state = 'accepted'"
MEETINGS = (
    "from {meeting} m join {exhibitor} x on x.id = m.exhibitor_id and x.state = 'accepted'"
    " where x.edition_id = %(edition)s"
)
HELD = "m.state in ('started', 'done')"
APPLICATIONS = """
from shown s join candidates_application a on a.offer_id = s.offer_id
join {edition} d on d.event_id = %(edition)s join {event} e on e.id = d.event_id
where a.sent_at >= s.shown_at and julian({day(a.sent_at)}) <= julian(e.ends_on) + d.attribution_days
"""
JOB = "and s.kind = 'job'"
COUNTS = "l.cancelled_at is null and l.merged_into_id is null and l.renewal_of_id is null and l.renewal is not true"
SIGNED = (
    "exists (select 1 from {ledgerentry} m left join {ledgerentry} i on i.id = m.merged_into_id"
    f" join {{ledgerentry}} l on l.id = coalesce(i.id, m.id) where m.application_id = a.id and {COUNTS})"
)
INVITED = "exists (select 1 from candidates_applicationevent v where v.application_id = a.id and v.action = 'invite')"
PHASE = (
    "case when {day(a.sent_at)} < e.starts_on then 'before' when {day(a.sent_at)} <= e.ends_on then 'day'"
    " else 'after' end"
)

# What each counted contract is attributed to, from the facts themselves.
ATTRIBUTION = f"""
with recursive counted as (
 select l.id, l.person, l.company_id, l.signed_on, l.type, l.level from {{ledgerentry}} l where {COUNTS}
),
known(entry, kind, value) as (
 select c.id, cast('person' as text), cast(c.person as text) from counted c
 union
 select k.entry, g.kind, g.value from known k join (
  select 'person' as of_kind, l.person as of_value, 'user' as kind, cast(l.user_id as text) as value
  from {{ledgerentry}} l where l.user_id is not null
  union all select 'person', l.person, 'attendee', cast(l.attendee_id as text) from {{ledgerentry}} l
  where l.attendee_id is not null
  union all select 'person', m.person, 'person', i.person from {{ledgerentry}} m
  join {{ledgerentry}} i on i.id = m.merged_into_id
  union all select 'person', i.person, 'person', m.person from {{ledgerentry}} m
  join {{ledgerentry}} i on i.id = m.merged_into_id
  union all select 'user', cast(u.id as text), 'email', lower(u.email) from accounts_user u
  union all select 'email', lower(u.email), 'user', cast(u.id as text) from accounts_user u
  union all select 'attendee', cast(a.id as text), 'user', cast(a.user_id as text) from {{attendee}} a
  where a.user_id is not null
  union all select 'attendee', cast(a.id as text), 'email', lower(a.email) from {{attendee}} a where a.email <> ''
  union all select 'attendee', cast(a.id as text), 'person', a.person from {{attendee}} a where a.person <> ''
  union all select 'user', cast(a.user_id as text), 'attendee', cast(a.id as text) from {{attendee}} a
  where a.user_id is not null
  union all select 'email', lower(a.email), 'attendee', cast(a.id as text) from {{attendee}} a where a.email <> ''
  union all select 'person', a.person, 'attendee', cast(a.id as text) from {{attendee}} a where a.person <> ''
 ) g on g.of_kind = k.kind and g.of_value = k.value
),
own as (
 select k.entry, m.application_id from known k
 join {{ledgerentry}} m on k.kind = 'person' and k.value = m.person where m.application_id is not null
),
applied as (
 select c.id as entry, a.id, a.offer_id, a.company_id, a.sent_at from counted c
 join candidates_application a on a.company_id = c.company_id join jobs_offer o on o.id = a.offer_id and o.kind = 'job'
 where exists (select 1 from known k where k.entry = c.id and k.kind = 'user'
  and k.value = cast(a.candidate_id as text))
 or a.id in (select w.application_id from own w where w.entry = c.id)
),
facts(entry, edition, fact, on_day) as (
 select c.id, x.edition_id, 'met', case when m.source = 'reported' then e.starts_on
  else {{day(coalesce(m.started_at, m.opened_at))}} end
 from counted c join known k on k.entry = c.id and k.kind = 'attendee'
 join {{meeting}} m on cast(m.attendee_id as text) = k.value and {HELD}
 join {{exhibitor}} x on x.id = m.exhibitor_id and x.company_id = c.company_id and x.state = 'accepted'
 join {{event}} e on e.id = x.edition_id
 union all
 select c.id, x.edition_id, 'applied', {{day(a.sent_at)}}
 from counted c join known k on k.entry = c.id and k.kind = 'attendee'
 join {{standapplication}} t on cast(t.attendee_id as text) = k.value
 join {{exhibitor}} x on x.id = t.exhibitor_id and x.company_id = c.company_id and x.state = 'accepted'
 join candidates_application a on a.id = t.application_id join jobs_offer o on o.id = a.offer_id and o.kind = 'job'
 union all
 select p.entry, x.edition_id, 'applied', {{day(p.sent_at)}}
 from applied p join {{shownoffer}} h on h.offer_id = p.offer_id and h.shown_at <= p.sent_at
 join {{exhibitor}} x on x.id = h.exhibitor_id and x.company_id = p.company_id and x.state = 'accepted'
 where exists (select 1 from {{editionday}} y where y.edition_id = x.edition_id and y.date = {{day(p.sent_at)}})
 union all
 select c.id, x.edition_id, 'present', min(n.day)
 from counted c join known k on k.entry = c.id and k.kind = 'attendee'
 join {{entry}} n on cast(n.attendee_id as text) = k.value and n.undone_at is null
 join {{exhibitor}} x on x.edition_id = n.edition_id and x.company_id = c.company_id and x.state = 'accepted'
 where exists (select 1 from {{entry}} r join {{representative}} q on q.id = r.representative_id
  where q.exhibitor_id = x.id and r.undone_at is null)
 or exists (select 1 from {{meeting}} m where m.exhibitor_id = x.id and {HELD} and m.source <> 'reported')
 or exists (select 1 from {{standapplication}} t where t.exhibitor_id = x.id)
 group by c.id, x.edition_id
 union all
 select p.entry, e.id, 'under_way', e.starts_on
 from applied p cross join {{event}} e join {{edition}} d on d.event_id = e.id
 where (select v.action from candidates_applicationevent v where v.application_id = p.id
  and v.action not in ('offer_closed', 'see', 'complete') and {{day(v.at)}} < e.starts_on
  order by v.at desc, v.id desc limit 1) in ('invite', 'make_offer', 'hire')
),
judged as (
 select c.id as entry, d.event_id as edition, e.starts_on,
 case when f.met + f.applied > 0 and f.under_way = 0 then 2
  when f.met + f.applied + f.present > 0 then 1 else 0 end as kind
 from counted c
 join {{edition}} d on d.declared is not true and d.state in ('announced', 'closed')
 join {{event}} e on e.id = d.event_id and c.signed_on >= e.starts_on
 and julian(c.signed_on) <= julian(e.ends_on) + d.attribution_days
 join (select entry, edition, sum(case fact when 'met' then 1 else 0 end) as met,
  sum(case fact when 'applied' then 1 else 0 end) as applied,
  sum(case fact when 'present' then 1 else 0 end) as present,
  sum(case fact when 'under_way' then 1 else 0 end) as under_way
  from facts join counted k on k.id = facts.entry where facts.fact = 'under_way' or facts.on_day <= k.signed_on
  group by entry, edition) f on f.entry = c.id and f.edition = d.event_id
),
attributed as (
 select entry, edition, kind from (
  select entry, edition, kind,
  row_number() over (partition by entry order by kind desc, starts_on desc, edition desc) as nth
  from judged where kind > 0) ranked where nth = 1
),
contracts as (
 select l.*, case t.kind when 2 then 'direct' else 'assisted' end as attribution,
 coalesce(l.offer_id, (select m.offer_id from {{ledgerentry}} m where m.merged_into_id = l.id and m.offer_id is not null
  order by m.id limit 1)) as counted_offer,
 coalesce(a.channel, (select b.channel from {{ledgerentry}} m join candidates_application b on b.id = m.application_id
  where m.merged_into_id = l.id order by m.id limit 1), '') as counted_channel
 from attributed t join {{ledgerentry}} l on l.id = t.entry
 left join candidates_application a on a.id = l.application_id
 where t.edition = %(edition)s
)
"""
DIRECT = f"from contracts l where l.attribution = 'direct' and l.type in {EMPLOYMENT}"
OF_TYPE = "from contracts l where l.attribution = 'direct' and l.type ="

FIGURES: dict[str, str] = {
    "positions": f"{SHOWN} select coalesce(sum(s.positions), 0) {JOBS}",
    "offers": f"{SHOWN} select count(*) {JOBS}",
    "trainings": f"{SHOWN} select count(*) from shown s where s.kind = 'training' and s.nth = 1",
    "companies": f"select count(*) {EXHIBITORS}",
    "tables": f"select coalesce(sum(x.tables), 0) {EXHIBITORS}",
    "stand-requests": "select count(*) from {exhibitor} x where x.edition_id = %(edition)s",
    "participants": f"select count(*) {PEOPLE} and {CAME}",
    "walk-ins": f"select count(*) {PEOPLE} and {CAME} and {WALKED}",
    "registered": f"select count(*) {PEOPLE} and a.state = 'registered' and not {WALKED}",
    "registered-present": f"select count(*) {PEOPLE} and a.state = 'registered' and not {WALKED} and {CAME}",
    "entries": (
        "select count(*) from {entry} n join {attendee} a on a.id = n.attendee_id"
        f" where n.edition_id = %(edition)s and n.undone_at is null and not {HOLDS}"
    ),
    "meetings": f"select count(*) {MEETINGS} and {HELD}",
    "badges-read": f"select count(*) {MEETINGS} and m.state = 'opened'",
    "no-shows": f"select count(*) {MEETINGS} and m.state = 'no_show'",
    "applications": f"{SHOWN} select count(*) {APPLICATIONS} {JOB}",
    "applications-before": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {PHASE} = 'before'",
    "applications-day": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {PHASE} = 'day'",
    "applications-after": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {PHASE} = 'after'",
    "applications-incomplete": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and a.incomplete",
    "applications-signed": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {SIGNED}",
    "interviews": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {INVITED}",
    "interviews-signed": f"{SHOWN} select count(*) {APPLICATIONS} {JOB} and {INVITED} and {SIGNED}",
    "training-requests": f"{SHOWN} select count(*) {APPLICATIONS} and s.kind = 'training'",
    "contracts": f"{ATTRIBUTION} select count(*) {DIRECT}",
    "contracts-assisted": (
        f"{ATTRIBUTION} select count(*) from contracts l where l.attribution = 'assisted' and l.type in {EMPLOYMENT}"
    ),
    "internships": f"{ATTRIBUTION} select count(*) {OF_TYPE} 'stage'",
    "freelance": f"{ATTRIBUTION} select count(*) {OF_TYPE} 'freelance'",
    "contracts-other": f"{ATTRIBUTION} select count(*) {OF_TYPE} 'autre'",
}
HEADLINES = ("contracts", "positions", "participants", "companies", "applications")
BREAKDOWNS: dict[tuple[str, str], str] = {
    ("positions", "company"): f"{SHOWN} select cast(s.company_id as text), sum(s.positions) {JOBS} group by 1",
    ("positions", "contract"): f"{SHOWN} select coalesce(s.contract, ''), sum(s.positions) {JOBS} group by 1",
    ("offers", "company"): f"{SHOWN} select cast(s.company_id as text), count(*) {JOBS} group by 1",
    ("stand-requests", "state"): (
        "select x.state, count(*) from {exhibitor} x where x.edition_id = %(edition)s group by 1"
    ),
    ("tables", "company"): f"select cast(x.company_id as text), sum(x.tables) {EXHIBITORS} group by 1",
    ("participants", "kind"): f"select a.kind, count(*) {PEOPLE} and {CAME} group by 1",
    ("participants", "walk-in"): (
        f"select case when {WALKED} then 'yes' else 'no' end, count(*) {PEOPLE} and {CAME} group by 1"
    ),
    ("registered", "kind"): f"select a.kind, count(*) {PEOPLE} and a.state = 'registered' and not {WALKED} group by 1",
    ("entries", "day"): (
        "select cast(n.day as text), count(*) from {entry} n join {attendee} a on a.id = n.attendee_id"
        f" where n.edition_id = %(edition)s and n.undone_at is null and not {HOLDS} group by 1"
    ),
    ("entries", "source"): (
        "select n.source, count(*) from {entry} n join {attendee} a on a.id = n.attendee_id"
        f" where n.edition_id = %(edition)s and n.undone_at is null and not {HOLDS} group by 1"
    ),
    ("meetings", "company"): f"select cast(x.company_id as text), count(*) {MEETINGS} and {HELD} group by 1",
    ("meetings", "source"): f"select m.source, count(*) {MEETINGS} and {HELD} group by 1",
    ("badges-read", "company"): (
        f"select cast(x.company_id as text), count(*) {MEETINGS} and m.state = 'opened' group by 1"
    ),
    ("applications", "company"): f"{SHOWN} select cast(s.company_id as text), count(*) {APPLICATIONS} {JOB} group by 1",
    ("applications", "channel"): f"{SHOWN} select a.channel, count(*) {APPLICATIONS} {JOB} group by 1",
    ("applications", "contract"): f"{SHOWN} select coalesce(s.contract, ''), count(*) {APPLICATIONS} {JOB} group by 1",
    ("interviews", "company"): (
        f"{SHOWN} select cast(s.company_id as text), count(*) {APPLICATIONS} {JOB} and {INVITED} group by 1"
    ),
    ("training-requests", "phase"): (
        f"{SHOWN} select {PHASE}, count(*) {APPLICATIONS} and s.kind = 'training' group by 1"
    ),
    ("contracts", "type"): f"{ATTRIBUTION} select l.type, count(*) {DIRECT} group by 1",
    ("contracts", "evidence"): f"{ATTRIBUTION} select l.level, count(*) {DIRECT} group by 1",
    ("contracts", "channel"): f"{ATTRIBUTION} select l.counted_channel, count(*) {DIRECT} group by 1",
    ("contracts", "occupation"): (
        f"{ATTRIBUTION} select coalesce(o.occupation_id, ''), count(*) from (select * {DIRECT}) l"
        " left join jobs_offer_occupations o on o.offer_id = l.counted_offer"
        " and exists (select 1 from {shownoffer} h join {exhibitor} x on x.id = h.exhibitor_id and x.state = 'accepted'"
        " where h.offer_id = l.counted_offer and x.edition_id = %(edition)s) group by 1"
    ),
}  # fmt: skip


def read(edition: int) -> Answer:
    """Every figure and breakdown of one edition."""
    return dict(_answers({"edition": edition}))


def _answers(values: dict[str, Any]) -> Iterator[tuple[tuple[str, str, str], Any]]:
    _teach_days()
    for slug, text in FIGURES.items():
        yield (slug, "", ""), ask(text, values)[0][0]
    for (slug, by), text in BREAKDOWNS.items():
        for key, value in ask(text, values):
            yield (slug, by, key or ""), value


def _teach_days() -> None:
    """`julian(day)`: the number of a day, for differences."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("julian", 1, _julian, deterministic=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "create or replace function julian(date) returns int language sql immutable"
                " as 'select ($1 - date ''2000-01-01'')'"
            )


def _julian(text: str | None) -> int | None:
    from datetime import date

    return date.fromisoformat(text[:10]).toordinal() if text else None
