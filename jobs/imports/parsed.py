"""What a format's parser gives, whatever the format."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobs.enums import ContractType
from medinjob.lib.money import Pay


class RefusalReason(TextChoices):
    UNREADABLE = "unreadable", _("Illisible")
    NOT_OFFER = "not-offer", _("Pas une offre")
    NO_ID = "no-id", _("Sans identifiant")
    NO_TITLE = "no-title", _("Sans intitulé")
    PLACE_UNKNOWN = "place-unknown", _("Lieu inconnu")
    OUT_OF_TERRITORY = "out-of-territory", _("Hors du territoire demandé")


class RefusalError(Exception):
    """A row that cannot become an offer; the others go on."""

    def __init__(self, reason: RefusalReason, detail: str = "", source_id: str = "") -> None:
        super().__init__(f"{reason.value} {detail}".strip())
        self.reason = reason
        self.detail = detail
        self.source_id = source_id


@dataclass(frozen=True, slots=True)
class ParsedPlace:
    """A place as the source writes it; coordinates are numbers, not yet checked."""

    label: str = ""
    commune_code: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ParsedOffer:
    """One offer of a source, clean: `text` is Markdown without contacts; enums are values of `jobs.enums`, "" or None
    where the source says nothing. Its `repr` is its content: two equal ones need no update."""

    source_id: str
    title: str
    text: str
    url: str
    apply_url: str
    contract: str = ContractType.OTHER
    contract_months: int | None = None
    working_time: str = ""
    employer_name: str = ""
    employer_siret: str = ""
    employer_naf: str = ""
    occupation_code: str = ""
    remote: str = ""
    open_positions: int = 1
    pay: Pay | None = None
    pay_text: str = ""
    experience: str = ""
    experience_text: str = ""
    level: int | None = None
    skills: tuple[str, ...] = ()
    place: ParsedPlace = ParsedPlace()
    published_at: datetime | None = None
    updated_at: datetime | None = None
    starts_on: date | None = None
