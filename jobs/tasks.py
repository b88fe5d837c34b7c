from celery import Task, shared_task

from jobs.imports import process, refused, schedule
from jobs.services import expiry, import_runs


@shared_task(name="jobs.close_due_offers")
def close_due_offers() -> None:
    expiry.close_due_offers()


@shared_task(name="jobs.remind_expiring_offers")
def remind_expiring_offers() -> None:
    expiry.remind_expiring_offers()


@shared_task(name="jobs.run_due_imports", bind=True)
def run_due_imports(self: Task) -> None:
    """The worker goes on at once; `manage.py tick` waits for the end."""
    if self.request.is_eager:
        schedule.run_due_imports()
        return
    import_runs.settle_silent()
    if schedule.anything_to_do():
        process.start()


@shared_task(name="jobs.forget_old_imports")
def forget_old_imports() -> None:
    refused.forget_old_files()
    import_runs.forget_old_runs()
