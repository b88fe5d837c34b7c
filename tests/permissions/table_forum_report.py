from tests.permissions.lines import ALL, STAFF, Line, line

REPORT: dict[str, Line] = {
    "report": line("edition", get=STAFF),
    "report-file": line("edition csv", get=STAFF),
    "report-rows": line("edition indicator", get=STAFF),
    "report-rows-file": line("edition indicator csv", get=STAFF),
    "report-snapshots": line("edition", get=STAFF, post="login 403 403 403 403 302"),
    "report-compare": line("edition", get=STAFF),
    "report-changes": line("edition indicator", get=STAFF),
    "report-verify": line("snapshot", get=ALL),
    "report-verify-file": line("snapshot csv", get=ALL),
}
