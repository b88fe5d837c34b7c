from django.urls import URLPattern, URLResolver, path

from forums.views import report, snapshots

EDITION = "equipe/forum/<slug:slug>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{EDITION}/bilan/", report.edition_report, name="report"),
    path(f"{EDITION}/bilan/export.<str:kind>", report.report_file_view, name="report-file"),
    path(f"{EDITION}/bilan/<slug:indicator>/", report.report_rows, name="report-rows"),
    path(f"{EDITION}/bilan/<slug:indicator>/export.<str:kind>", report.report_rows_file, name="report-rows-file"),
    path(f"{EDITION}/instantanes/", snapshots.report_snapshots, name="report-snapshots"),
    path(f"{EDITION}/instantanes/comparer/", snapshots.report_compare, name="report-compare"),
    path(f"{EDITION}/instantanes/comparer/<slug:indicator>/", snapshots.report_changes, name="report-changes"),
    path("forum/verification/<str:token>/", snapshots.report_verify, name="report-verify"),
    path("forum/verification/<str:token>/bilan.<str:kind>", snapshots.report_snapshot_file, name="report-verify-file"),
]
