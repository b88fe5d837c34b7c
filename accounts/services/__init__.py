"""What may be asked of accounts. `queue_mail` is every app's only way to write to somebody."""

from accounts.services.delivery import purge_mails, retry_mail, send_due_mails
from accounts.services.factors import ask_factor_reset, lift_due_factors, lift_factor, stop_factor_reset
from accounts.services.forgetting import GONE, addressed, forget_in_mails, forget_words, redact_rows, redact_texts
from accounts.services.heartbeats import beat
from accounts.services.mail import cancel_mails, queue_mail, queue_team_mail, queue_template_mail
from accounts.services.people import close_account, create_staff, obstacles_to_closing, password_link
from accounts.services.sessions import (
    clear_sessions,
    end_session,
    end_sessions,
    forget_in_sessions,
    forget_sessions,
    note_session,
    rename_session,
)
from accounts.services.unsent import forget_unsent, keep_unsent, open_unsent, purge_unsent

__all__ = [
    "GONE",
    "addressed",
    "ask_factor_reset",
    "beat",
    "cancel_mails",
    "clear_sessions",
    "close_account",
    "create_staff",
    "end_session",
    "end_sessions",
    "forget_in_mails",
    "forget_in_sessions",
    "forget_sessions",
    "forget_unsent",
    "forget_words",
    "keep_unsent",
    "lift_due_factors",
    "lift_factor",
    "note_session",
    "obstacles_to_closing",
    "open_unsent",
    "password_link",
    "purge_mails",
    "purge_unsent",
    "queue_mail",
    "queue_team_mail",
    "queue_template_mail",
    "redact_rows",
    "redact_texts",
    "rename_session",
    "retry_mail",
    "send_due_mails",
    "stop_factor_reset",
]
