"""What is wrong with the site, in words for staff, and the mails that tell them."""

from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Incident
from accounts.services import queue_team_mail
from medinjob.health import fresh_report

NOT_MAILED = frozenset({"mails", "refused_mails", "imports"})
"""A mail about mails that do not leave would wait with them; a failing import has its own mail."""


class Trouble(NamedTuple):
    """What is wrong, what to do, and the page that shows more: the name of its URL, or ""."""

    title: str | Promise
    advice: str | Promise
    page: str = ""


TROUBLES = {
    "database": Trouble(
        _("La base de données ne prend plus rien."),
        _(
            "Rien de ce qui est envoyé n’est enregistré. Elle est verrouillée, pleine ou absente : prévenez "
            "la personne qui tient le serveur ; le journal du site en dit la raison. Si elle est endommagée, elle "
            "remettra une sauvegarde (manage.py restore)."
        ),
    ),
    "disk": Trouble(
        _("Le disque est plein, ou presque."),
        _(
            "Bientôt plus rien ne pourra être enregistré. Prévenez la personne qui tient le serveur : qu’elle fasse "
            "de la place là où sont les données. Ce qui est enregistré n’est pas perdu."
        ),
    ),
    "index": Trouble(
        _("La recherche complète ne répond pas."),
        _("Les pages cherchent dans la base, plus simplement. Le site répare seul ; si cela dure, prévenez."),
        "staff-index",
    ),
    "mails": Trouble(
        _("Les courriels ne partent plus."),
        _("Ils sont gardés et partiront ensuite. Si cela dure, vérifiez le serveur de courriel et ses identifiants."),
        "mail-outbox",
    ),
    "indexing": Trouble(
        _("Des changements d’offres n’arrivent pas dans la recherche."),
        _("Ils sont enregistrés. Si cela dure, il faut redémarrer le travailleur (medinjob-worker)."),
        "staff-index",
    ),
    "worker": Trouble(
        _("Le travailleur s’est arrêté."),
        _("Courriels, imports et rappels attendent. Il faut le redémarrer : systemctl restart medinjob-worker."),
    ),
    "schedule": Trouble(
        _("L’horaire s’est arrêté."),
        _("Plus rien ne se fait à l’heure. Il faut redémarrer celui qui le tient (medinjob-worker, ou beat)."),
    ),
    "refused_mails": Trouble(
        _("Des courriels ont été refusés, ou sont incertains."),
        _("Regardez-les : une adresse fausse se corrige, un courriel incertain se renvoie si vous le décidez."),
        "mail-outbox",
    ),
    "imports": Trouble(
        _("Une source d’offres échoue chaque fois."),
        _("Ses offres ne sont plus à jour. Regardez son dernier essai, corrigez l’adresse ou suspendez-la."),
        "imports",
    ),
}


@transaction.atomic
def watch() -> None:
    """Opens an incident for what went wrong, closes those that are over, and tells staff once of each."""
    report = fresh_report()
    wrong = {name for name, part in report.items() if not part["ok"]}
    known = {incident.name: incident for incident in Incident.objects.filter(closed_at=None)}
    for name in sorted(wrong - known.keys()):
        _tell(Incident.objects.create(name=name), template="medinjob/mail/incident.txt", word="open")
    for name in sorted(known.keys() - wrong):
        incident = known[name]
        incident.closed_at = timezone.now()
        incident.save(update_fields=["closed_at"])
        _tell(incident, template="medinjob/mail/incident_over.txt", word="over")


def _tell(incident: Incident, *, template: str, word: str) -> None:
    if incident.name in NOT_MAILED:
        return
    context = {"trouble": TROUBLES[incident.name], "incident": incident}
    queue_team_mail(template=template, context=context, key=f"incident-{incident.pk}-{word}")
