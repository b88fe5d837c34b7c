"""Actions, editions, halls, programmes: what staff would have written."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from forums.enums import BudgetSide, EditionAction, EditionState
from forums.models import (
    Action,
    BudgetLine,
    DeclaredFigure,
    Edition,
    EditionDay,
    EditionEvent,
    Event,
    Grant,
    ProgrammeItem,
    Venue,
)
from jobs.models import OfferCollection
from ledger.enums import FOLLOW_UP_AFTER_DAYS
from ledger.models import FollowUpDate

# As quoted by the deliberation that the figures of 2018 come from; nothing else of it is repeated here.
SOURCE = "Délibération ECO 014-6555/19/BM"
DECLARED = (
    ("positions", "Postes publiés", 500),
    ("participants", "Participants", 600),
    ("contracts", "Contrats de travail signés", 45),
)
_SEASONS = ("d'hiver", "de printemps", "d'été", "d'automne")
_LINES = (
    (BudgetSide.EXPENSE, "60", "Achats", 12_000, 11_350),
    (BudgetSide.EXPENSE, "61", "Location de la salle", 38_000, 36_900),
    (BudgetSide.EXPENSE, "62", "Communication et prestataires", 31_000, 30_200),
    (BudgetSide.EXPENSE, "64", "Personnel", 29_000, 26_050),
    (BudgetSide.INCOME, "70", "Stands", 52_000, 49_500),
    (BudgetSide.INCOME, "74", "Subventions", 40_000, 40_000),
    (BudgetSide.INCOME, "75", "Cotisations", 18_000, 15_000),
)
_TEXT = (
    "Une journée pour rencontrer les entreprises et les organismes de formation du numérique de la région.\n\n"
    "Édition fictive, écrite pour la démonstration."
)
_PROGRAMME = (
    (9, 30, "Ouverture"),
    (10, 60, "Table ronde : recruter sans diplôme"),
    (11, 45, "Atelier : relire son CV à deux"),
    (14, 60, "Les métiers de la cybersécurité, par celles et ceux qui les font"),
    (16, 45, "Se former et changer de voie : questions et réponses"),
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def name_of(day: date) -> str:
    """Two editions a hundred days apart are of two seasons."""
    return f"Forum Medinjob {_SEASONS[day.month % 12 // 3]} {day.year}"


def create_declared() -> None:
    """The edition of 2018, of which only a document is left."""
    event = Event.objects.create(
        name="Forum Medinjob 2018",
        slug="forum-medinjob-2018",
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 12, 31),
        year_only=True,
    )
    Edition.objects.create(event=event, declared=True, state=EditionState.CLOSED, closed_at=timezone.now())
    DeclaredFigure.objects.bulk_create(
        DeclaredFigure(event=event, indicator=indicator, label=label, value=value, source=SOURCE)
        for indicator, label, value in DECLARED
    )


def create_action(year: int) -> Action:
    """A budget, two grants, and two siblings of the edition with declared figures."""
    action = Action.objects.create(
        name="Emploi et numérique", slug=f"emploi-et-numerique-{year}", year=year,
        budget_forecast=Decimal(110_000), budget_actual=Decimal(104_500),
    )  # fmt: skip
    BudgetLine.objects.bulk_create(
        BudgetLine(action=action, side=side, account=account, label=label, forecast=forecast, actual=actual)
        for side, account, label, forecast, actual in _LINES
    )
    for funder, asked in (("Métropole fictive", 15_000), ("Région fictive", 25_000)):
        Grant.objects.create(
            action=action, funder=funder, file_number=f"FICT-{year}-{asked}", asked=asked, granted=asked, paid=asked,
            audit_until=date(year + 10, 12, 31),
        )  # fmt: skip
    for name, month, participants in (("Rencontres de l'alternance", 3, 140), ("Journée des métiers", 6, 210)):
        day = date(year, month, 12)
        title = f"{name} {year}"
        event = Event.objects.create(action=action, name=title, slug=slugify(title), starts_on=day, ends_on=day)
        DeclaredFigure.objects.create(
            event=event, indicator="participants", label="Participants", value=participants,
            source="Feuille d'émargement fictive",
        )  # fmt: skip
    return action


def create_edition(day: date, by: Any, action: Action | None = None, **fields: Any) -> Edition:
    """Announced two months before, with its hall, its programme and its follow-up dates."""
    name, slug = name_of(day), slugify(name_of(day))
    event = Event.objects.create(action=action, name=name, slug=slug, starts_on=day, ends_on=day)
    announced = at(day - timedelta(days=60), 9)
    edition = Edition.objects.create(
        event=event, state=EditionState.ANNOUNCED, announced_at=announced, text=_TEXT, tables=40,
        collection=OfferCollection.objects.create(slug=slug, name=name), **fields,
    )  # fmt: skip
    EditionDay.objects.create(edition=edition, date=day, opens_at=time(9), closes_at=time(18))
    venue = Venue.objects.create(edition=edition, name="Palais des congrès fictif", address="1 quai de la Démo")
    FollowUpDate.objects.bulk_create(
        FollowUpDate(edition=edition, due_on=day + timedelta(days=days)) for days in FOLLOW_UP_AFTER_DAYS
    )
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            edition=edition, venue=venue, starts_at=at(day, hour), title=title,
            ends_at=at(day, hour) + timedelta(minutes=minutes),
        )
        for hour, minutes, title in _PROGRAMME
    )  # fmt: skip
    EditionEvent.objects.create(
        edition=edition, action=EditionAction.CREATE, after=EditionState.DRAFT, by=by, at=announced - timedelta(days=5)
    )
    EditionEvent.objects.create(
        edition=edition, action=EditionAction.ANNOUNCE, before=EditionState.DRAFT, after=edition.state, by=by,
        at=announced,
    )  # fmt: skip
    return edition
