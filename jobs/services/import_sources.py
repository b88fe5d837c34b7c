"""What staff do with a source of offers. Nothing runs here: the worker does, soon after."""

from django.utils import timezone

from jobs.models import ImportSource


def save(*, source: ImportSource) -> ImportSource:
    """A new source, or an edited one; an active one is read in full at the worker's next round."""
    source.validators = {}
    source.due_at = timezone.now()
    if source.pk:
        source.save(update_fields=[*_TYPED, "validators", "due_at"])
    else:
        source.save()
    return source


def ask(*, source: ImportSource) -> bool:
    """Run it now, and read it in full even if it has not changed. False for one that is paused: it never runs."""
    return bool(ImportSource.objects.filter(pk=source.pk, active=True).update(asked=True, validators={}))


def pause(*, source: ImportSource) -> None:
    """A run that has begun ends with the batch it writes."""
    ImportSource.objects.filter(pk=source.pk).update(active=False, asked=False)


def resume(*, source: ImportSource) -> None:
    """It is due at once."""
    ImportSource.objects.filter(pk=source.pk).update(active=True, due_at=timezone.now())


def remember(*, source: ImportSource, validators: dict[str, str]) -> None:
    """What was just read in full, so that the same is not read again; unless staff changed the source meanwhile, or
    asked for it."""
    as_claimed = ImportSource.objects.filter(pk=source.pk, due_at=source.due_at, asked=False)
    as_claimed.update(validators=validators, read_at=timezone.now())


_TYPED = ("name", "format", "address", "departments", "complete", "every_hours")
