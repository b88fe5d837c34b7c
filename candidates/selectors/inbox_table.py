"""An inbox as a table to take away."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import ApplicationState, Channel

HEADER: tuple[str | Promise, ...] = (
    _("Offre"), _("Nom"), _("Adresse e-mail"), _("État"), _("Canal"), _("Reçue le"), _("Vue le"), _("Répondue le"),
    _("Close le"), _("Motif donné"),
)  # fmt: skip
FIELDS = (
    "offer__title", "name", "email", "state", "channel", "sent_at", "seen_at", "answered_at", "closed_at", "refusal",
)  # fmt: skip
CHUNK = 1000


def inbox_table(rows: Any) -> Iterator[list[Any]]:
    """The lines under `HEADER`, read as they are written out."""
    for line in rows.values_list(*FIELDS).iterator(chunk_size=CHUNK):
        title, name, email, state, channel, *rest = line
        yield [title, name, email, str(ApplicationState(state).label), str(Channel(channel).label), *rest]
