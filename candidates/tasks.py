from celery import shared_task
from celery.utils.log import get_task_logger

from candidates.services import alerts, cvs, drafts, figures, inviting, privacy, reminders
from search.engines.base import EngineError

log = get_task_logger(__name__)


@shared_task(name="candidates.remind_companies")
def remind_companies() -> None:
    reminders.remind_companies()


@shared_task(name="candidates.close_silent_applications")
def close_silent_applications() -> None:
    reminders.close_silent_applications()


@shared_task(name="candidates.refresh_answer_figures")
def refresh_answer_figures() -> None:
    figures.refresh_answer_figures()


@shared_task(name="candidates.drop_old_drafts")
def drop_old_drafts() -> None:
    drafts.drop_old_drafts()


@shared_task(name="candidates.drop_old_interest")
def drop_old_interest() -> None:
    inviting.drop_old_interest()


@shared_task(name="candidates.sweep_cv_files")
def sweep_cv_files() -> None:
    if swept := cvs.sweep_cv_files():
        log.warning("%d CV files without a row were deleted", swept)


@shared_task(name="candidates.send_alerts")
def send_alerts() -> None:
    """Without an index nothing new is found; what was found before leaves all the same."""
    try:
        alerts.match_new_offers()
    except EngineError as error:
        log.warning("New offers wait for the index: %s", error)
    alerts.send_alerts()


@shared_task(name="candidates.notice_silent_candidates")
def notice_silent_candidates() -> None:
    privacy.notice_silent_candidates()


@shared_task(name="candidates.anonymise_silent_candidates")
def anonymise_silent_candidates() -> None:
    privacy.anonymise_silent_candidates()
    privacy.forget_silent_strangers()
