"""Signed links. To a CV: for one person, one file, one application (0: their own file), and a quarter of an hour. To
stop an alert: for one saved search, as long as it is there. To complete an application made at a forum: while it waits
for that. To follow an application sent without an account: as long as it has none."""

from typing import Any, NamedTuple

from django.core import signing
from django.urls import reverse

from candidates.enums import CV_LINK_LIFETIME

SALT = "candidates.cv"
ALERT_SALT = "candidates.alert"
ALL_ALERTS_SALT = "candidates.alerts"
COMPLETE_SALT = "candidates.complete"
FOLLOW_SALT = "candidates.follow"


class CVLink(NamedTuple):
    cv_id: int
    user_id: int
    application_id: int


def cv_url(cv_id: int, *, user_id: int, application_id: int = 0) -> str:
    return reverse("cv", args=[_token(cv_id, user_id, application_id)])


def read(token: str) -> CVLink:
    """Raises `signing.SignatureExpired` for a link too old, `signing.BadSignature` for one that is not ours."""
    return CVLink(*signing.loads(token, salt=SALT, max_age=CV_LINK_LIFETIME))


def links_to_cv(application: Any, user_id: int) -> dict[str, str]:
    """`cv_url` to keep it and `cv_beside_url` to read it, for a member; empty when none was sent."""
    if not application.cv_id:
        return {"cv_url": "", "cv_beside_url": ""}
    token = _token(application.cv_id, user_id, application.pk)
    return {"cv_url": reverse("cv", args=[token]), "cv_beside_url": reverse("cv-beside", args=[token])}


def _token(cv_id: int, user_id: int, application_id: int) -> str:
    return signing.dumps(CVLink(cv_id, user_id, application_id), salt=SALT)


def stop_url(search_id: int) -> str:
    """Where one stops an alert, signed in or not."""
    return reverse("alert-stop", args=[signing.dumps(search_id, salt=ALERT_SALT)])


def read_stop(token: str) -> int:
    """The saved search. Raises `signing.BadSignature` for a link that is not ours."""
    return int(signing.loads(token, salt=ALERT_SALT))


def stop_all_url(user_id: int) -> str:
    """The same for all alerts of a person."""
    return reverse("alerts-stop", args=[signing.dumps(user_id, salt=ALL_ALERTS_SALT)])


def read_stop_all(token: str) -> int:
    """The person. Raises `signing.BadSignature` for a link that is not ours."""
    return int(signing.loads(token, salt=ALL_ALERTS_SALT))


def complete_url(application_id: int) -> str:
    """Where one joins what an application made on the spot lacks."""
    return reverse("application-complete", args=[signing.dumps(application_id, salt=COMPLETE_SALT)])


def read_complete(token: str) -> int:
    """The application. Raises `signing.BadSignature` for a link that is not ours."""
    return int(signing.loads(token, salt=COMPLETE_SALT))


def follow_token(application_id: int) -> str:
    """Of the address where who has no account follows an application."""
    return signing.dumps(application_id, salt=FOLLOW_SALT)


def read_follow(token: str) -> int:
    """The application. Raises `signing.BadSignature` for a link that is not ours."""
    return int(signing.loads(token, salt=FOLLOW_SALT))
