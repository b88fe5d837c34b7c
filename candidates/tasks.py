from celery import shared_task

from candidates.services import drafts, figures, reminders


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
