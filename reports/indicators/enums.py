from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """When, seen from the days of the edition."""

    BEFORE = "before", _("Avant le forum")
    ON_THE_DAY = "day", _("Le jour du forum")
    AFTER = "after", _("Après le forum")


class Section(TextChoices):
    """The parts of a report."""

    OFFERS = "offers", _("Offres et exposants")
    PEOPLE = "people", _("Participants")
    MEETINGS = "meetings", _("Rencontres")
    APPLICATIONS = "applications", _("Candidatures")
    CONTRACTS = "contracts", _("Contrats")
    MONEY = "money", _("Coût")


class Unit(TextChoices):
    """What a value is in."""

    COUNT = "count", ""
    PERCENT = "percent", "%"
    DAYS = "days", _("jours")
    EUROS = "euros", "€"
