"""Pages that belong to no app: home and the legal pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.enums import MAIL_BODY_KEPT, MAIL_ROW_KEPT, UNSENT_KEPT
from candidates.enums import ANONYMISED_AFTER, COMPANY_INTEREST_KEPT, DRAFT_LIFETIME, NOTICE_AFTER
from forums.enums import ATTENDEES_FORGOTTEN_AFTER, UNCONFIRMED_KEPT
from forums.models import Edition
from forums.selectors.editions import next_edition
from medinjob.lib.public_pages import answer_by_version
from medinjob.lib.stylesheet import stylesheet
from search.criteria import SearchCriteria
from search.service.search import revision, search

A_YEAR = 365 * 24 * 3600
REGION = "Provence-Alpes-Côte d'Azur"
SECTORS_SHOWN = 8
LATEST_SHOWN = 5
# Families of occupations, and the French words that find them: offers are written in French.
FAMILIES = (
    (_("Développement"), "développeur"),
    (_("Données et IA"), "data"),
    (_("Systèmes et réseaux"), "administrateur systèmes réseaux"),
    (_("Cybersécurité"), "cybersécurité"),
    (_("Support"), "support informatique"),
    (_("Conduite de projet"), "chef de projet informatique"),
    (_("Design et expérience"), "designer UX"),
    (_("Marketing et contenus"), "marketing digital"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search says how many offers the region that the page names has, the latest of them and the sectors with most;
    beside them, the forum to come."""
    edition, indexed = next_edition(), revision()
    version = f"{indexed} {_shown_of(edition)}" if indexed else ""
    return answer_by_version(request, version, lambda: _home(request, edition))


def _shown_of(edition: Edition | None) -> str:
    if edition is None:
        return ""
    event = edition.event
    return repr((event.slug, event.name, event.starts_on, [venue.name for venue in edition.venues.all()]))


def _home(request: HttpRequest, edition: Edition | None) -> HttpResponse:
    result = search(SearchCriteria(place=REGION, sort="date"), size=LATEST_SHOWN)
    context = {
        "total": result.total,
        "region": REGION,
        "latest": result.hits,
        "families": FAMILIES,
        "sectors": result.facet("sector").values[:SECTORS_SHOWN],
        "edition": edition,
    }
    response = render(request, "pages/home.html", context)
    if result.degraded:
        patch_cache_control(response, no_cache=True)
    return response


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The delays it states are those that the code keeps."""
    context = {
        "interest_months": COMPANY_INTEREST_KEPT.days * 12 // 365,
        "draft_days": DRAFT_LIFETIME.days,
        "unconfirmed_days": UNCONFIRMED_KEPT.days,
        "forum_months": ATTENDEES_FORGOTTEN_AFTER.days * 12 // 365,
        "unsent_hours": round(UNSENT_KEPT.total_seconds() / 3600),
        "mail_days": MAIL_BODY_KEPT.days,
        "mail_row_months": MAIL_ROW_KEPT.days * 12 // 365,
        "notice_months": round(NOTICE_AFTER.days * 12 / 365),
        "end_months": round(ANONYMISED_AFTER.days * 12 / 365),
    }
    return render(request, "pages/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def stylesheet_file(_request: HttpRequest, digest: str) -> HttpResponse:
    """An older page, or one of another release that serves meanwhile, gets the present look, which nobody keeps."""
    text, current = stylesheet()
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    kept = {"max_age": A_YEAR, "immutable": True} if digest == current else {"no_cache": True}
    patch_cache_control(response, public=True, **kept)
    return response
