from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

# Twelve attempts, one minute apart, then two, four… at most six hours: most of a day in all.
MAIL_ATTEMPTS = 12
MAIL_RETRY_AFTER = timedelta(minutes=1)
MAIL_RETRY_LONGEST = timedelta(hours=6)
MAIL_CLAIM_TIMEOUT = timedelta(minutes=10)
MAIL_BODY_KEPT = timedelta(days=30)
MAIL_ROW_KEPT = timedelta(days=365)

# A session noted once an hour is recent enough for its owner, and costs no write for each page.
SESSION_NOTED_EVERY = timedelta(hours=1)
SESSION_LONGEST = timedelta(days=90)
# What was written in a form whose session had ended: long enough for a forgotten password, and so many of one person.
UNSENT_KEPT = timedelta(hours=24)
UNSENT_MOST = 10
UNSENT_CHARACTERS = 200_000
# So that whoever reads the mail can stop what a thief of the server's account asked for.
FACTOR_RESET_DELAY = timedelta(hours=24)


class MailState(TextChoices):
    WAITING = "waiting", _("En attente")
    SENDING = "sending", _("Envoi en cours")
    SENT = "sent", _("Envoyé")
    FAILED = "failed", _("Échec")
    UNCERTAIN = "uncertain", _("Incertain")


class MailUrgency(IntegerChoices):
    """Who waits for a mail: the order in which they leave."""

    AWAITED = 1, _("Attendu devant l’écran")  # a link to sign in, to confirm, to go on; a badge
    NEWS = 2, _("Nouvelle")
    BULK = 3, _("Envoi groupé")  # written by the clock to many: alerts, reminders
