import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils import timezone
from stdnum.fr import siret

from jobs.imports.employers import employer_name
from jobs.imports.france_travail import codes, texts
from jobs.imports.france_travail.texts import text
from jobs.imports.parsed import ParsedOffer, ParsedPlace, RefusalError, RefusalReason
from jobs.imports.remote import detect_remote
from jobs.imports.titles import clean_title
from medinjob.lib.money import MONTHS_A_YEAR, Pay, parse_pay
from medinjob.lib.pay_grammar import paid_months
from medinjob.lib.siret import is_siret
from medinjob.lib.text import single_line

PAGE = "https://candidat.francetravail.fr/offres/recherche/detail/{}"
LONGEST_ID = 80
LONGEST_URL = 500
MOST_POSITIONS = 999
_ID = re.compile(r'"id"\s{0,9}:\s{0,9}"([^"\\]{1,80})"')
# What has none of these is no offer at all: an answer about an error, another kind of list.
_MARKS = frozenset({"id", "intitule"})


def identify(start: str) -> str:
    """The identifier in the beginning of a row that cannot be read, "" if it is not there."""
    found = _ID.search(start)
    return found[1] if found else ""


def parse(row: Any) -> ParsedOffer:
    """One row of the API. Raises `RefusalError` when it has no identifier or no title; any other field may be absent,
    empty, or of another type than the API says."""
    if not isinstance(row, dict):
        raise RefusalError(RefusalReason.UNREADABLE, f"expected an object, found {type(row).__name__}")
    if not _MARKS & row.keys():
        raise RefusalError(RefusalReason.NOT_OFFER, ", ".join(map(str, row))[:100])
    source_id = _identifier(row)
    title = clean_title(text(row.get("intitule")))
    if not title:
        raise RefusalError(RefusalReason.NO_TITLE, source_id=source_id)
    contract = codes.contract(row, title)
    experience, experience_text = codes.experience(row)
    url = _page(row, source_id)
    pay, pay_text = _pay(row)
    employer, employer_siret = _employer(row)
    return ParsedOffer(
        source_id=source_id,
        title=title,
        text=texts.offer_text(row),
        url=url,
        apply_url=_web_address(_object(row, "contact").get("urlPostulation")) or url,
        contract=contract,
        contract_months=codes.contract_months(row, contract),
        working_time=texts.working_time(row),
        employer_name=employer,
        employer_siret=employer_siret,
        employer_naf=text(row.get("codeNAF")).strip(),
        occupation_code=text(row.get("romeCode")).strip().upper(),
        remote=detect_remote(title, text(row.get("description")), text(_object(row, "salaire").get("commentaire"))),
        open_positions=_positions(row),
        pay=pay,
        pay_text=pay_text,
        experience=experience,
        experience_text=single_line(experience_text, 200),
        level=codes.education_level(texts.items(row, "formations")),
        skills=texts.skill_labels(row),
        place=_place(row),
        published_at=_moment(row.get("dateCreation")),
        updated_at=_moment(row.get("dateActualisation")),
    )


def _identifier(row: dict[str, Any]) -> str:
    value = row.get("id")
    written = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not written or len(written) > LONGEST_ID or not written.isprintable():
        raise RefusalError(RefusalReason.NO_ID, written[:LONGEST_ID])
    return written


def _page(row: dict[str, Any], source_id: str) -> str:
    given = _web_address(_object(row, "origineOffre").get("urlOrigine"))
    return given or PAGE.format(quote(source_id, safe=""))


def _web_address(value: Any) -> str:
    address = text(value).strip()
    if not address or len(address) > LONGEST_URL or not address.isprintable() or " " in address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname and "." in parts.hostname else ""


def _employer(row: dict[str, Any]) -> tuple[str, str]:
    """(name, SIRET), each "" where the row does not say it, or says what is none."""
    employer = row.get("entreprise")
    if not isinstance(employer, dict):
        return employer_name(text(employer), ""), ""
    number = siret.compact(str(employer.get("siret") or ""))
    name = employer_name(text(employer.get("nom")), text(employer.get("description")))
    return name, number if is_siret(number) else ""


def _pay(row: dict[str, Any]) -> tuple[Pay | None, str]:
    """The figures of the label, else of the comment; a thirteenth month counts in what is paid by month."""
    pay = _object(row, "salaire")
    comment = text(pay.get("commentaire"))
    found = parse_pay(text(pay.get("libelle"))) or parse_pay(comment)
    if found and found.months == MONTHS_A_YEAR and (months := paid_months(comment)):
        found = replace(found, months=months)
    said = texts.pay_text(pay)
    if found and found.months != 12 and found.unit == "month":
        said = single_line(", ".join(part for part in (f"sur {found.months.normalize():f} mois", said) if part), 300)
    return found, said


def _positions(row: dict[str, Any]) -> int:
    value = row.get("nombrePostes")
    try:
        return min(max(int(float(value)), 1), MOST_POSITIONS) if isinstance(value, str | int | float) else 1
    except (ValueError, OverflowError):
        return 1


def _place(row: dict[str, Any]) -> ParsedPlace:
    place = row.get("lieuTravail")
    if isinstance(place, str):
        return ParsedPlace(label=single_line(place, 120))
    place = place if isinstance(place, dict) else {}
    return ParsedPlace(
        label=single_line(text(place.get("libelle")), 120),
        commune_code=str(place.get("commune") or "").strip().upper(),
        postcode=str(place.get("codePostal") or "").strip(),
        latitude=_number(place.get("latitude")),
        longitude=_number(place.get("longitude")),
    )


def _number(value: Any) -> float | None:
    try:
        number = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -1000 < number < 1000 else None


def _moment(value: Any) -> datetime | None:
    """ISO 8601 with or without time, "24/04/2026", or milliseconds since 1970; a date to come is a mistake."""
    try:
        moment = _written(value) if isinstance(value, str) else datetime.fromtimestamp(value / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment if datetime(2000, 1, 1, tzinfo=UTC) < moment < timezone.now() + timedelta(days=1) else None


def _written(value: str) -> datetime:
    value = value.strip()
    if value[2:3] == "/":
        day, month, year = value[:10].split("/")
        value = f"{year}-{month}-{day}"
    return datetime.fromisoformat(value)


def _object(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name)
    return value if isinstance(value, dict) else {}
