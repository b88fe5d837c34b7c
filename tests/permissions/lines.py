"""What a line of the permission table is, and the answers that many of them share."""

from typing import NamedTuple

from tests.permissions.world import ROLES


class Line(NamedTuple):
    args: tuple[str, ...]
    get: dict[str, str]
    post: dict[str, str] | None


def line(args: str = "", *, get: str, post: str | None = None) -> Line:
    """`args`: what goes into the URL, by names of `world.things`. `get`, `post`: the answers for anonymous, candidate,
    recruiter of the company, other company's recruiter, company's administrator, staff, in that order; or one answer
    for all. `login`: sent to sign in, then back here. Without `post`, nobody may post."""
    return Line(tuple(args.split()), _by_role(get), _by_role(post) if post else None)


def _by_role(answers: str) -> dict[str, str]:
    words = answers.split()
    return dict(zip(ROLES, words * len(ROLES) if len(words) == 1 else words, strict=False))


ALL = "200"
SIGNED_IN = "login 200 200 200 200 200"
SIGNED_IN_POST = "login 302 302 302 302 302"
# Led to the page above: `test_permissions.py` follows it.
NOT_BY_GET = "login 302 302 302 302 302"
OWN_COMPANY = "login 404 200 404 200 404"
OWN_COMPANY_POST = "login 404 302 404 302 404"
ADMIN = "login 404 403 404 200 404"
ADMIN_POST = "login 404 403 404 302 404"
STAFF = "login 403 403 403 403 200"
STAFF_POST = "login 403 403 403 403 302"
STAFF_POST_WRONG = "login 403 403 403 403 422"
STAFF_NOT_BY_GET = "login 403 403 403 403 302"
VERIFIED = "login 403 200 200 200 403"
VERIFIED_ONE = "login 404 200 200 200 404"
RECRUITERS = "login 302 200 200 200 302"
THE_CANDIDATE = "login 200 404 404 404 404"
BOTH_SIDES = "login 200 200 404 200 404"
VISITORS = "200 302 302 302 302 302"
