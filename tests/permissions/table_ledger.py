from tests.permissions.lines import ALL, STAFF, STAFF_NOT_BY_GET, STAFF_POST_WRONG, Line, line

AFTER: dict[str, Line] = {
    "follow-up": line("follow_up", get=ALL, post="302"),
    "follow-up-report": line("follow_up", get="302", post="422"),
    "follow-up-confirm": line("reported", get=ALL, post=ALL),
    "attendee-forget": line("attendee_token", get=ALL, post="302"),
    "follow-up-desk": line("edition", get=STAFF),
    "follow-up-entry": line("follow_up_pk", get=STAFF, post=STAFF_POST_WRONG),
    "follow-up-match": line("reported_pk", get=STAFF, post=STAFF_POST_WRONG),
    "ledger": line(get=STAFF),
    "ledger-export": line("csv", get=STAFF),
    "ledger-new": line("edition", get=STAFF, post=STAFF_POST_WRONG),
    "ledger-entry": line("ledger_entry", get=STAFF),
    "ledger-act": line("ledger_entry ledger_action", get=STAFF_NOT_BY_GET, post=STAFF_POST_WRONG),
}
