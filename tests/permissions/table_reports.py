from tests.permissions.lines import ALL, STAFF, STAFF_NOT_BY_GET, STAFF_POST, STAFF_POST_WRONG, Line, line

REPORT: dict[str, Line] = {
    "report": line("edition", get=STAFF),
    "report-file": line("edition csv", get=STAFF),
    "report-rows": line("edition indicator", get=STAFF),
    "report-rows-file": line("edition indicator csv", get=STAFF),
    "report-snapshots": line("edition", get=STAFF, post="login 403 403 403 403 302"),
    "report-compare": line("edition", get=STAFF),
    "report-changes": line("edition indicator", get=STAFF),
    "api-edition-report": line("edition", get="403 403 403 403 403 200"),
    "report-grants": line("action", get=STAFF),
    "report-grants-file": line("action csv", get=STAFF),
    "reports": line(get=STAFF),
    "audit-links": line("edition", get=STAFF, post=STAFF_POST_WRONG),
    "audit-revoke": line("edition audit_link", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "audit": line("audit", get=ALL),
    "audit-rows": line("audit indicator", get=ALL),
    "audit-sample": line("audit", get=ALL, post="422"),
    "report-verify": line("snapshot", get=ALL),
    "report-proof": line("snapshot", get=ALL),
    "report-verify-file": line("snapshot csv", get=ALL),
}
