from tests.permissions.lines import ALL, OWN_COMPANY, STAFF, STAFF_NOT_BY_GET, STAFF_POST, Line, line

# Without a pass: those who hold one are asked about in tests/forums/day/test_passes.py.

DAY: dict[str, Line] = {
    "application-complete": line("complete", get="login 200 403 403 403 403", post="login 200 403 403 403 403"),
    "pass": line("pass_token", get=ALL, post="302"),
    "door": line("edition", get=STAFF, post=STAFF),
    "door-undo": line("edition entry", get=STAFF_NOT_BY_GET, post=STAFF),
    "door-walk-in": line("edition", get=STAFF, post=STAFF),
    "door-bind": line("edition attendee", get=STAFF, post=STAFF),
    "door-stands": line("edition", get=STAFF, post=STAFF),
    "door-paper": line("edition", get=STAFF, post=STAFF),
    "door-list": line("edition", get=STAFF),
    "passes": line("edition", get=STAFF, post=STAFF),
    "pass-revoke": line("edition door_pass", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "dashboard": line("edition", get=STAFF),
    "dashboard-rows": line("edition live", get=STAFF),
    "stand": line("exhibitor", get=OWN_COMPANY, post=OWN_COMPANY),
    "stand-passes": line("exhibitor", get=OWN_COMPANY, post=OWN_COMPANY),
    "stand-pass-revoke": line(
        "exhibitor stand_pass", get="login 404 302 404 302 404", post="login 404 302 404 302 404"
    ),
    "stand-meeting": line("meeting", get=OWN_COMPANY, post="login 404 302 404 302 404"),
    "stand-share": line("meeting", get=OWN_COMPANY, post=OWN_COMPANY),
    "stand-apply": line("meeting", get=OWN_COMPANY, post=OWN_COMPANY),
    "stand-proposal": line("stand_proposal", get=ALL, post=ALL),
    "registration-meeting": line("attendee_token meeting", get=ALL, post=ALL),
}
