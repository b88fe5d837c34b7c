"""Who gets what from every URL of the site. A new URL is one entry here: see `lines.line`."""

from tests.permissions.lines import (
    ADMIN,
    ADMIN_POST,
    ALL,
    BOTH_SIDES,
    NOT_BY_GET,
    OWN_COMPANY,
    OWN_COMPANY_POST,
    RECRUITERS,
    SIGNED_IN,
    SIGNED_IN_POST,
    STAFF,
    STAFF_NOT_BY_GET,
    STAFF_POST,
    STAFF_POST_WRONG,
    THE_CANDIDATE,
    VISITORS,
    line,
)
from tests.permissions.table_forum_after import AFTER
from tests.permissions.table_forum_day import DAY
from tests.permissions.table_forum_edition import EDITION
from tests.permissions.table_forum_report import REPORT

SITE = {
    "home": line(get=ALL),
    "legal": line(get=ALL),
    "privacy": line(get=ALL),
    "accessibility": line(get=ALL),
    "gallery": line(get=ALL, post=ALL),
    "health": line(get="503"),
    "robots": line(get=ALL),
    "sitemap": line(get=ALL),
    "sitemap-section": line("section", get=ALL),
    "set_language": line(get="302", post="302"),
}

# The reading API, and the pages that everybody reads.
PUBLIC = {
    "api-offers": line(get=ALL),
    "api-offer": line("offer", get=ALL),
    "api-companies": line(get=ALL),
    "api-schema": line(get=ALL),
    "api-docs": line(get=ALL),
    "api-unknown": line("section", get="404"),
    "search": line(get=ALL),
    "trainings": line(get=ALL),
    "search-feed": line(get=ALL),
    "suggest": line(get=ALL),
    "offer": line("offer offer_slug", get=ALL),
    "companies": line(get=ALL),
    "company": line("company_slug", get=ALL),
    "company-logo": line("logo", get="404"),
    "offer-apply-external": line("offer", get="302"),
    "offer-report": line("offer", get=ALL, post=ALL),
    "offer-deadline": line("offer deadline", get=ALL, post=ALL),
}

ACCOUNTS = {
    "account": line(get=SIGNED_IN, post=SIGNED_IN),
    "welcome": line(get=SIGNED_IN_POST),
    "account-close": line(get=SIGNED_IN, post=SIGNED_IN),
    "account_login": line(get=VISITORS, post=VISITORS),
    "account_logout": line(get="302 200 200 200 200 200", post="302"),
    "account_inactive": line(get=ALL),
    "account_signup": line(get=VISITORS, post=VISITORS),
    "account_reauthenticate": line(get=SIGNED_IN, post=SIGNED_IN),
    "account_email": line(get=SIGNED_IN, post=SIGNED_IN_POST),
    "account_email_verification_sent": line(get=ALL),
    "account_confirm_email": line("token", get=ALL, post="404"),
    "account_change_password": line(get=SIGNED_IN, post=SIGNED_IN),
    "account_set_password": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "account_reset_password": line(get=ALL, post=ALL),
    "account_reset_password_done": line(get=ALL),
    "account_reset_password_from_key": line("uid token", get=ALL, post=ALL),
    "account_reset_password_from_key_done": line(get=ALL),
    "account_confirm_login_code": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "mfa_index": line(get=SIGNED_IN),
    "mfa_authenticate": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "mfa_reauthenticate": line(get="login 302 302 302 302 200", post="login 302 302 302 302 200"),
    "mfa_activate_totp": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "mfa_deactivate_totp": line(get="login 404 404 404 404 302", post="login 404 404 404 404 302"),
    "mfa_view_recovery_codes": line(get="login 404 404 404 404 404"),
    "mfa_generate_recovery_codes": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "mfa_download_recovery_codes": line(get="login 404 404 404 404 404"),
}

COMPANIES = {
    "company-create": line(get=SIGNED_IN, post=SIGNED_IN),
    "company-join": line(get=SIGNED_IN, post=SIGNED_IN),
    "company-manage": line("company", get=OWN_COMPANY),
    "company-edit": line("company", get=ADMIN, post=ADMIN),
    "company-leave": line("company", get=OWN_COMPANY, post=OWN_COMPANY_POST),
    "company-members": line("company", get=OWN_COMPANY, post=ADMIN),
    "company-member-role": line("company member", get=NOT_BY_GET, post=ADMIN_POST),
    "company-member-remove": line("company member", get=ADMIN, post=ADMIN_POST),
    "invitation-resend": line("company invitation", get=NOT_BY_GET, post=ADMIN_POST),
    "invitation-cancel": line("company invitation", get=NOT_BY_GET, post=ADMIN_POST),
    "invitation": line("token", get=ALL, post=SIGNED_IN_POST),
}

OFFERS = {
    "recruiter-offers": line(get=SIGNED_IN),
    "offer-actions": line(get=NOT_BY_GET, post=SIGNED_IN_POST),
    "offer-create": line(get=RECRUITERS, post=RECRUITERS),
    "offer-autosave-new": line(get=NOT_BY_GET, post="login 422 422 422 422 422"),
    "occupation-names": line(get=SIGNED_IN),
    "offer-preview": line(get=NOT_BY_GET, post="login 403 200 200 200 403"),
    "offer-edit": line("offer", get=OWN_COMPANY, post=OWN_COMPANY),
    "offer-autosave": line("offer", get=NOT_BY_GET, post="login 404 422 404 422 404"),
    "offer-copy": line("offer", get=NOT_BY_GET, post=OWN_COMPANY_POST),
}

TEAM = {
    "staff-home": line(get=STAFF),
    "staff-index": line(get=STAFF),
    "mail-outbox": line(get=STAFF),
    "mail-detail": line("mail", get=STAFF),
    "mail-retry": line("mail", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "staff-companies": line(get=STAFF),
    "staff-company": line("company", get=STAFF),
    "staff-company-verify": line("company", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "staff-company-refuse": line("company", get=STAFF_NOT_BY_GET, post=STAFF_POST_WRONG),
    "staff-company-mark": line("company", get=STAFF_NOT_BY_GET, post=STAFF_POST_WRONG),
    "staff-company-mark-end": line("company mark", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "staff-company-commissions": line("company", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "moderation-queue": line(get=STAFF, post=STAFF),
    "moderation-offer": line("offer", get=STAFF, post=STAFF),
    "reason-templates": line(get=STAFF, post=STAFF),
    "imports": line(get=STAFF),
    "import-source-new": line(get=STAFF, post=STAFF),
    "import-source": line("source", get=STAFF, post=STAFF),
    "import-source-ask": line("source", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "import-source-pause": line("source", get=STAFF_NOT_BY_GET, post=STAFF_POST),
    "import-run": line("run", get=STAFF),
    "import-run-refused": line("run", get=STAFF),
    "reports-queue": line(get=STAFF),
    "reports-decide": line("offer", get=STAFF, post=STAFF),
}

# The link to a CV is signed for one recruiter: it opens for nobody else.
CANDIDATES = {
    "apply": line("offer", get="200 302 200 200 200 200", post="200 302 200 200 200 200"),
    "draft-sent": line("offer", get="302"),
    "draft": line("draft", get="302"),
    "my-applications": line(get=SIGNED_IN),
    "application": line("application", get=THE_CANDIDATE, post=THE_CANDIDATE),
    "saved-searches": line(get=SIGNED_IN),
    "saved-search-new": line(get=SIGNED_IN, post=SIGNED_IN),
    "saved-search": line("saved_search", get=NOT_BY_GET, post="login 302 404 404 404 404"),
    "my-data": line(get=SIGNED_IN),
    "my-data-export": line(get=NOT_BY_GET, post=SIGNED_IN),
    "staff-applications": line(get=STAFF),
    "staff-application": line("application", get=STAFF, post=STAFF),
    "alert-stop": line("alert", get=ALL, post=ALL),
    "my-profile": line(get=SIGNED_IN, post=SIGNED_IN),
    "my-cv": line(get=NOT_BY_GET, post=SIGNED_IN),
    "my-suggestion": line(get=NOT_BY_GET, post=SIGNED_IN_POST),
    "my-visibility": line(get=NOT_BY_GET, post=SIGNED_IN_POST),
    "cv": line("cv", get="login 404 200 404 404 404"),
    "cv-beside": line("cv", get="login 404 200 404 404 404"),
    "contract-declare": line("application", get=BOTH_SIDES, post=BOTH_SIDES),
    "contract-correct": line("contract", get=BOTH_SIDES, post=BOTH_SIDES),
    "contract-cancel": line("contract", get=BOTH_SIDES, post=BOTH_SIDES),
    "inbox": line(get=SIGNED_IN),
    "inbox-bulk": line(get=SIGNED_IN_POST, post=SIGNED_IN_POST),
    "inbox-export": line("csv", get=SIGNED_IN),
    "inbox-application": line("application", get=OWN_COMPANY, post=OWN_COMPANY),
    "answer-templates": line(get=SIGNED_IN),
    "answer-template-new": line(get="login 404 200 200 200 404", post="login 404 200 200 200 404"),
    "answer-template": line("template", get=OWN_COMPANY, post=OWN_COMPANY),
    "answer-template-delete": line("template", get=NOT_BY_GET, post=OWN_COMPANY_POST),
}

FORUM = {**EDITION, **DAY, **AFTER, **REPORT}

TABLE = {**SITE, **PUBLIC, **ACCOUNTS, **COMPANIES, **OFFERS, **TEAM, **CANDIDATES, **FORUM}
