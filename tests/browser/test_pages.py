"""Every page of the site, for the person who sees it. A new page is one line here."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from demo.factories import CompanyFactory, StaffFactory, UserFactory
from tests.browser.accessible import assert_accessible

pytestmark = pytest.mark.django_db(transaction=True)


class Case(NamedTuple):
    """`address` is given the signed-in user (None for anonymous), makes what the page shows, and says where it is."""

    name: str
    role: str
    address: Callable[[Any], str]
    status: int = 200


def named(name: str, *args: Any) -> Callable[[Any], str]:
    return lambda user: reverse(name, args=args)


PAGES = [
    Case("home", "anonymous", named("home")),
    Case("legal", "anonymous", named("legal")),
    Case("privacy", "anonymous", named("privacy")),
    Case("accessibility", "anonymous", named("accessibility")),
    Case("gallery", "anonymous", named("gallery")),
    Case("not found", "anonymous", lambda user: "/nulle-part/", 404),
    Case("sign in", "anonymous", named("account_login")),
    Case("sign up", "anonymous", named("account_signup")),
    Case("verification sent", "anonymous", named("account_email_verification_sent")),
    Case("password forgotten", "anonymous", named("account_reset_password")),
    Case("password link sent", "anonymous", named("account_reset_password_done")),
    Case("password link dead", "anonymous", named("account_reset_password_from_key", "1", "dead-link")),
    Case("address link dead", "anonymous", named("account_confirm_email", "dead")),
    Case("sign out", "candidate", named("account_logout")),
    Case("own addresses", "candidate", named("account_email")),
    Case("own password", "candidate", named("account_change_password")),
    Case("password asked again", "candidate", named("account_reauthenticate")),
    Case("second factor", "candidate", named("mfa_index")),
    Case("second factor of staff", "staff", named("mfa_index")),
    Case("gallery of staff", "staff", named("gallery")),
]


def user_for(role: str) -> Any:
    if role == "anonymous":
        return None
    user = StaffFactory() if role == "staff" else UserFactory()
    if role == "recruiter":
        CompanyFactory(admin=user)
    return user


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.name.replace(" ", "-"))
def test_page_is_accessible_on_every_screen(case, page_at):
    user = user_for(case.role)
    page = page_at(case.address(user), user=user)
    assert page.answer.status == case.status
    assert_accessible(page)
