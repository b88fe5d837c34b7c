"""The words an answer begins with: the company's own templates, or ours."""

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import AnswerAction
from candidates.models import AnswerTemplate, Application

DEFAULTS: dict[str, str | Promise] = {
    AnswerAction.SHORTLIST: _(
        "Bonjour {candidat},\n\nVotre candidature à « {offre} » a retenu notre attention. Nous revenons vers vous très"
        " vite pour la suite.\n\nBien à vous,\n{entreprise}"
    ),
    AnswerAction.INVITE: _(
        "Bonjour {candidat},\n\nNous aimerions vous rencontrer au sujet de « {offre} ». Quelles seraient vos"
        " disponibilités dans les prochains jours ?\n\nBien à vous,\n{entreprise}"
    ),
    AnswerAction.MAKE_OFFER: _(
        "Bonjour {candidat},\n\nÀ la suite de nos échanges, nous avons le plaisir de vous faire une proposition pour"
        " « {offre} ». Nous vous en envoyons les détails.\n\nBien à vous,\n{entreprise}"
    ),
    AnswerAction.HIRE: _(
        "Bonjour {candidat},\n\nC'est décidé : bienvenue chez {entreprise} ! Nous préparons votre contrat."
        "\n\nÀ très vite"
    ),
    AnswerAction.REFUSE: _(
        "Bonjour {candidat},\n\nMerci pour votre candidature à « {offre} ». Après l'avoir étudiée, nous avons choisi un"
        " profil plus proche de ce que demande le poste. Nous vous souhaitons de trouver vite.\n\nBien à"
        " vous,\n{entreprise}"
    ),
}


class AnswerText(NamedTuple):
    """`id` 0 is our own."""

    id: int
    label: str | Promise
    text: str


def answer_texts(company_ids: Any, action: str) -> list[AnswerText]:
    """The company's templates for an answer, then ours."""
    own = AnswerTemplate.objects.filter(company__in=company_ids, action=action).order_by("label", "pk")
    ours = AnswerText(0, _("Texte proposé par Medinjob"), str(DEFAULTS[action]))
    return [*(AnswerText(t.pk, t.label, t.text) for t in own), ours]


def worded(text: str, application: Application) -> str:
    """The text for one application, its names in place."""
    names = {
        "{candidat}": application.name,
        "{offre}": application.offer.title,
        "{entreprise}": application.offer.employer,
    }
    for mark, name in names.items():
        text = text.replace(mark, name)
    return text
