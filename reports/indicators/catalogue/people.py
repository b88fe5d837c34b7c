from django.utils.translation import gettext_lazy as _

from forums.enums import AttendeeState, MeetingState
from reports.indicators.bases import ATTENDEES, ENTRIES, MEETINGS, REPRESENTATIVES
from reports.indicators.catalogue.offers import OF_COMPANY
from reports.indicators.dimensions import NO, YES
from reports.indicators.enums import Section, Unit
from reports.indicators.readings import Count, Indicator, Ratio

REGISTERED = {"state": (AttendeeState.REGISTERED,), "walk-in": (NO,)}

INDICATORS: tuple[Indicator, ...] = (
    Count(
        slug="participants",
        label=_("Participants"),
        definition=_(
            "Personnes distinctes entrées au moins une fois, tous jours et lieux réunis : la même adresse e-mail est "
            "la même personne. Les personnes qui tiennent un stand n’en sont pas, même entrées avec le badge d’une "
            "inscription à la même adresse ; elles ne sont ni des inscrits ni des entrées."
        ),
        section=Section.PEOPLE,
        headline=True,
        basis=ATTENDEES,
        where={"present": (YES,)},
        by=("kind", "walk-in"),
    ),
    Count(
        slug="registered",
        label=_("Inscrits"),
        definition=_(
            "Personnes inscrites avant leur venue, inscription confirmée et non annulée. Celles inscrites à l’entrée "
            "et la liste d’attente n’en sont pas."
        ),
        section=Section.PEOPLE,
        basis=ATTENDEES,
        where=REGISTERED,
        by=("kind",),
    ),
    Count(
        slug="registered-present",
        label=_("Inscrits venus"),
        definition=_("Parmi les inscrits, ceux qui sont entrés au moins une fois."),
        section=Section.PEOPLE,
        basis=ATTENDEES,
        where={**REGISTERED, "present": (YES,)},
        by=("kind",),
    ),
    Ratio(
        slug="attendance-rate",
        label=_("Taux de présence"),
        definition=_("Inscrits venus, sur les inscrits. Arrondi au dixième."),
        section=Section.PEOPLE,
        over="registered-present",
        under="registered",
    ),
    Count(
        slug="walk-ins",
        label=_("Inscrits à l’entrée"),
        definition=_("Personnes inscrites à l’entrée et entrées."),
        section=Section.PEOPLE,
        basis=ATTENDEES,
        where={"walk-in": (YES,), "present": (YES,)},
        by=("kind",),
    ),
    Count(
        slug="entries",
        label=_("Entrées"),
        definition=_(
            "Entrées de participants : une par personne, jour et lieu. Une personne venue deux jours compte deux fois "
            "ici et une fois parmi les participants."
        ),
        section=Section.PEOPLE,
        beside=True,
        basis=ENTRIES,
        by=("day", "venue", "source"),
    ),
    Count(
        slug="exhibitor-staff",
        label=_("Personnes aux stands"),
        definition=_("Personnes annoncées par un exposant accepté et entrées au moins une fois."),
        section=Section.PEOPLE,
        beside=True,
        basis=REPRESENTATIVES,
        where={"present": (YES,)},
        by=("company", "membership", "sector"),
    ),
    Count(
        slug="meetings",
        label=_("Rencontres tenues"),
        definition=_(
            "Rencontres d’une personne et d’un exposant accepté commencées ou terminées au stand, ou déclarées après "
            "coup par l’entreprise et confirmées par la personne, ou ajoutées après la clôture comme fait tardif, avec "
            "leur source ; une par personne et exposant."
        ),
        section=Section.MEETINGS,
        basis=MEETINGS,
        where={"state": (MeetingState.STARTED, MeetingState.DONE)},
        by=(*OF_COMPANY, "source"),
    ),
    Count(
        slug="badges-read",
        label=_("Badges lus aux stands"),
        definition=_("Badges lus à un stand sans que la rencontre ait été commencée."),
        section=Section.MEETINGS,
        basis=MEETINGS,
        where={"state": (MeetingState.OPENED,)},
        by=("company", "membership", "sector"),
    ),
    Count(
        slug="no-shows",
        label=_("Rencontres manquées"),
        definition=_("Rencontres où la personne n’est pas venue."),
        section=Section.MEETINGS,
        basis=MEETINGS,
        where={"state": (MeetingState.NO_SHOW,)},
        by=("company", "membership", "sector"),
    ),
    Ratio(
        slug="meetings-per-participant",
        label=_("Rencontres par participant"),
        definition=_("Rencontres tenues, sur les participants. Arrondi au dixième."),
        section=Section.MEETINGS,
        unit=Unit.COUNT,
        scale=1,
        over="meetings",
        under="participants",
    ),
)
