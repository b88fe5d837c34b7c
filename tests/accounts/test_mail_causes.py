"""No relay: every mail of ours has a line that says who causes it, and what limits them. A new one without fails.

The cause is `CLOCK` or `TEAM`, which nobody from outside turns; `ONCE` for what follows a step that cannot be repeated;
or the names of the limits (`medinjob.lib.limits`) that the act of a person passes, which must be in the code."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "candidates", "companies", "forums", "jobs", "ledger", "reports")
CLOCK, TEAM, ONCE = ("clock",), ("team",), ("once",)
STEP = ("message", "step")
ACCOUNT = ("mail-{}-to", "mail-{}-to-day")

CAUSES = {
    # By anybody, to any address.
    "account/email/password_reset_key": ACCOUNT,
    "account/email/email_confirmation": ACCOUNT,
    "account/email/email_confirmation_signup": ACCOUNT,
    "account/email/unknown_account": ("mail-no-account", "mail-no-account-to"),
    "account/email/account_already_exists": ("mail-no-account", "mail-no-account-to"),
    "candidates/mail/draft": ("draft", "draft-to"),
    "forums/mail/confirm": ("forum", "forum-to"),
    "jobs/mail/report_received": ("report", "report-to"),
    # By whoever signs in, about their own account and to its addresses.
    **{
        f"account/email/{name}": ONCE
        for name in ("email_changed", "email_confirm", "email_deleted", "password_changed", "password_reset")
    },
    "account/email/password_set": ONCE,
    "mfa/email/recovery_codes_generated": ONCE,
    "mfa/email/totp_activated": ONCE,
    "mfa/email/totp_deactivated": ONCE,
    # By a recruiter, to somebody outside.
    "companies/mail/invitation": ("invite-by", "invite", "invite-to"),
    "candidates/mail/invited": ("apply-invite",),
    "forums/day/mail/pass": ("pass", "pass-of", "pass-to"),
    "forums/day/mail/shared": ("share",),
    "forums/day/mail/proposal": ("at-stand", "at-stand-to"),
    "candidates/mail/on_the_spot": ONCE,
    # By an auditor, to a company: once for each frozen report.
    "reports/mail/audited": ONCE,
    "forums/day/mail/welcome": ("walk-in",),
    # Between the two sides of an application that one has sent.
    "candidates/mail/sent": ("apply",),
    "candidates/mail/received": ("apply",),
    "candidates/mail/answer": STEP,
    "candidates/mail/message": STEP,
    "candidates/mail/reopen": STEP,
    "candidates/mail/withdraw": STEP,
    "candidates/mail/completed": ONCE,
    "candidates/mail/contract": ONCE,
    "companies/mail/join_asked": ("company-join",),
    "companies/mail/removed": ONCE,
    # By a person about themselves or their own company.
    "forums/mail/registered": ("forum", "forum-to"),
    "forums/mail/waiting": ("forum", "forum-to"),
    "forums/mail/stand_requested": ONCE,
    # By the team.
    **{f"companies/mail/{name}": TEAM for name in ("verified", "refused", "identity_accepted", "identity_declined")},
    "accounts/mail/factor_asked": TEAM,
    "accounts/mail/factor_lifted": TEAM,
    "accounts/mail/factor_stopped": TEAM,
    **{f"jobs/mail/{name}": TEAM for name in ("published", "refused", "withdrawn", "report_decided", "report_upheld")},
    **{f"forums/mail/stand_{name}": TEAM for name in ("accepted", "cancelled", "refused", "waiting")},
    "forums/mail/cancelled": TEAM,
    "ledger/mail/reported": TEAM,
    "reports/mail/snapshot": TEAM,
    "reports/mail/stamp_given_up": CLOCK,
    # By the clock, each with a key that makes it once.
    "candidates/mail/alert": CLOCK,
    "candidates/mail/close": CLOCK,
    "candidates/mail/digest": CLOCK,
    "candidates/mail/offer_closed": CLOCK,
    "candidates/mail/retention": CLOCK,
    "forums/mail/reminder": CLOCK,
    "ledger/mail/company": CLOCK,
    "ledger/mail/person": CLOCK,
    "jobs/mail/expiry_reminder": CLOCK,
    "jobs/mail/import_failing": CLOCK,
    "jobs/mail/import_absences": CLOCK,
    "medinjob/mail/incident": CLOCK,
    "ledger/mail/chain_broken": CLOCK,
    "medinjob/mail/incident_over": CLOCK,
}
NO_MAIL_OF_ITS_OWN = {"account/email/base", "account/email/base_notification", "candidates/mail/own_application"}
# Written without a template: the command that tries the mail server, and allauth's own texts, which pass the adapter.
PLAIN = {"accounts/adapter.py", "accounts/management/commands/test_mail.py", "accounts/services/mail.py"}
SENDERS = {"accounts/adapter.py", "accounts/services/delivery.py"}


def names_of_templates():
    for path in (ROOT / "templates").rglob("*.txt"):
        name = path.relative_to(ROOT / "templates").as_posix()
        for end in ("_message.txt", "_subject.txt", ".txt"):
            if name.endswith(end):
                yield name.removesuffix(end)
                break


def calls(name):
    """Each call of a function of this name in the apps: its file and its node."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name:
                    yield path.relative_to(ROOT).as_posix(), node


def name_of_limit(node):
    first = node.args[1] if node.func.id == "in_pace" else node.args[0]
    if isinstance(first, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in first.values)
    return first.value if isinstance(first, ast.Constant) else None


def test_every_mail_has_a_cause():
    assert set(names_of_templates()) - NO_MAIL_OF_ITS_OWN == set(CAUSES)


def test_every_limit_named_is_in_the_code():
    in_code = {name_of_limit(node) for name in ("within_limit", "in_pace") for _path, node in calls(name)}
    in_code |= {"message", "step"}  # chosen by `candidates.views.pace.keep_pace`
    named = {limit for cause in CAUSES.values() if cause not in (CLOCK, TEAM, ONCE) for limit in cause}
    assert named <= in_code, named - in_code


def test_no_mail_is_written_without_a_template():
    assert {path for path, _node in calls("queue_mail")} <= PLAIN
    assert not [path for name in ("send_mail", "EmailMessage") for path, _node in calls(name) if path not in SENDERS]


def test_the_team_is_asked_for_in_one_place():
    """`UserManager.team`: somebody who was switched off is written to no more, wherever the mail comes from."""
    files = [path for app in (*APPS, "medinjob") for path in (ROOT / app).rglob("*.py")]
    found = [path for path in files if "is_staff=True, is_active" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in found] == ["accounts/querysets.py"]
