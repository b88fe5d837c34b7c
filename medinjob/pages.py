"""Pages that belong to no app: home and the legal pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from search.criteria import SearchCriteria
from search.engine import search

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


def home(request: HttpRequest) -> HttpResponse:
    """One search answers it all: how many offers, the latest, and the sectors with most of them."""
    result = search(SearchCriteria(sort="date"), size=LATEST_SHOWN)
    context = {
        "total": result.total,
        "latest": result.hits,
        "families": FAMILIES,
        "sectors": result.facet("sector").values[:SECTORS_SHOWN],
    }
    return render(request, "pages/home.html", context)


def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/legal.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")
