from tests.permissions.lines import ALL, Line, line

AFTER: dict[str, Line] = {
    "follow-up": line("follow_up", get=ALL, post="302"),
    "follow-up-report": line("follow_up", get="405", post="422"),
    "follow-up-confirm": line("reported", get=ALL, post=ALL),
}
