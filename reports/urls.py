from django.urls import URLPattern, URLResolver, path

from reports.views import actions, audit_draws, audits, grants, report, snapshots

EDITION = "equipe/forum/<slug:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("equipe/forum/actions/nouvelle/", actions.edition_action, name="edition-action-create"),
    path("equipe/forum/actions/<int:action_id>/", actions.edition_action, name="edition-action"),
    path("equipe/forum/<slug:slug>/chiffres/", actions.edition_figures, name="edition-figures"),
    path(f"{EDITION}/bilan/", report.edition_report, name="report"),
    path(f"{EDITION}/bilan/export.<str:kind>", report.report_file_view, name="report-file"),
    path(f"{EDITION}/bilan/<slug:indicator>/", report.report_rows, name="report-rows"),
    path(f"{EDITION}/bilan/<slug:indicator>/export.<str:kind>", report.report_rows_file, name="report-rows-file"),
    path(f"{EDITION}/instantanes/", snapshots.report_snapshots, name="report-snapshots"),
    path(f"{EDITION}/instantanes/comparer/", snapshots.report_compare, name="report-compare"),
    path(f"{EDITION}/instantanes/comparer/<slug:indicator>/", snapshots.report_changes, name="report-changes"),
    path("equipe/forum/actions/<int:action_id>/compte-rendu/", grants.report_grants, name="report-grants"),
    path(
        "equipe/forum/actions/<int:action_id>/compte-rendu/export.<str:kind>",
        grants.report_grants_file,
        name="report-grants-file",
    ),
    path(f"{EDITION}/controle/", audits.audit_links, name="audit-links"),
    path(f"{EDITION}/controle/<int:link_id>/revoquer/", audits.audit_revoke, name="audit-revoke"),
    path("forum/controle/<str:token>/", audits.audit_report, name="audit"),
    path("forum/controle/<str:token>/echantillon/", audits.audit_sample, name="audit-sample"),
    path("forum/controle/<str:token>/tirage/<int:number>/", audit_draws.audit_draw, name="audit-draw"),
    path(
        "forum/controle/<str:token>/tirage/<int:number>/conclusion.<str:kind>",
        audit_draws.audit_conclusion,
        name="audit-conclusion",
    ),
    path("forum/reponse-au-controle/<str:token>/", audit_draws.audit_answer, name="audit-answer"),
    path("forum/controle/<str:token>/<slug:indicator>/", audits.audit_rows, name="audit-rows"),
    path("equipe/bilans/", report.reports, name="reports"),
    path("forum/verification/<str:token>/", snapshots.report_verify, name="report-verify"),
    path("forum/verification/<str:token>/preuve.zip", snapshots.report_proof, name="report-proof"),
    path("forum/verification/<str:token>/bilan.<str:kind>", snapshots.report_snapshot_file, name="report-verify-file"),
]
