from tests.permissions.lines import (
    ALL,
    SIGNED_IN,
    STAFF,
    STAFF_NOT_BY_GET,
    Line,
    line,
)

# A signed link works for whoever holds it, signed in or not.
MEMBERS = "login 404 200 404 200 404"

EDITION: dict[str, Line] = {
    "editions": line(get=ALL),
    "edition": line("edition", get=ALL),
    "edition-calendar": line("edition", get=ALL),
    "edition-exhibitors": line("edition", get=ALL),
    "edition-register": line("coming_edition", get=ALL, post="200 302 302 302 302 302"),
    "edition-register-sent": line("coming_edition", get="302"),
    "edition-registrations": line(get=SIGNED_IN),
    "edition-registration": line("attendee_token", get=ALL),
    "edition-confirm": line("attendee_token", get="302", post="302"),
    "edition-unregister": line("attendee_token", get=ALL, post="302"),
    "badge-pdf": line("attendee_token", get=ALL),
    "badge": line("badge", get="200 302 200 200 200 200"),
    "edition-exhibit": line("coming_edition", get="login 302 200 200 200 302", post="login 302 200 200 200 302"),
    "edition-stand": line("exhibitor", get=MEMBERS, post=MEMBERS),
    "edition-stand-cancel": line("exhibitor", get="login 405 405 405 405 405", post="login 404 302 404 302 404"),
    "edition-desk": line(get=STAFF),
    "edition-create": line(get=STAFF, post=STAFF),
    "edition-manage": line("edition", get=STAFF),
    "edition-edit": line("edition", get=STAFF, post=STAFF),
    "edition-programme": line("edition", get=STAFF, post=STAFF),
    "edition-move": line("edition", get=STAFF_NOT_BY_GET, post="login 403 403 403 403 302"),
    "edition-copy": line("edition", get=STAFF, post=STAFF),
    "edition-stands": line("edition", get=STAFF),
    "edition-stand-decide": line("exhibitor", get=STAFF, post=STAFF),
    "edition-attendees": line("edition", get=STAFF),
    "edition-badges": line("edition", get=STAFF, post=STAFF),
    "edition-badges-pdf": line("edition", get=STAFF),
    "edition-action-create": line(get=STAFF, post=STAFF),
    "edition-action": line("action", get=STAFF, post=STAFF),
    "edition-figures": line("edition", get=STAFF, post=STAFF),
}
