"""What may be asked of accounts. `queue_mail` is every app's only way to write to somebody."""

from accounts.services.delivery import purge_mails, retry_mail, send_due_mails
from accounts.services.heartbeats import beat
from accounts.services.mail import queue_mail, queue_template_mail
from accounts.services.people import close_account, create_staff, obstacles_to_closing, password_link

__all__ = [
    "beat",
    "close_account",
    "create_staff",
    "obstacles_to_closing",
    "password_link",
    "purge_mails",
    "queue_mail",
    "queue_template_mail",
    "retry_mail",
    "send_due_mails",
]
