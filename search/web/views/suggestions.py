"""Autocomplete while a visitor types."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search.service.suggestions import suggest

SUGGESTION_KINDS = {
    "occupation": _("Métier"),
    "skill": _("Compétence"),
    "company": _("Entreprise"),
    "commune": _("Commune"),
    "place": _("Lieu"),
}
WORD_KINDS = ("occupation", "skill", "company")
TYPED_AS_VALUE = {"occupation", "skill"}
"""Kinds whose value is words to search for; those of companies and communes are codes: their label fills the field."""
CACHE_SECONDS = 300
"""Seconds during which a browser caches the suggestions of a prefix."""


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`q` is what is typed, `kinds` what is wanted; anything else gives an empty list."""
    kinds = tuple(kind for kind in request.GET.getlist("kinds") if kind in SUGGESTION_KINDS) or WORD_KINDS
    text = request.GET.get("q", "").strip()[:100]
    proposals = suggest(text, kinds=kinds) if text else ()
    answer = [
        {
            "kind": item.kind,
            "kind_label": str(SUGGESTION_KINDS[item.kind]),
            "label": item.value if item.kind in TYPED_AS_VALUE else item.label,
            "value": item.value,
            "count": item.count,
        }
        for item in proposals
    ]
    response = JsonResponse({"results": answer})
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response
