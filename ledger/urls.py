from django.urls import URLPattern, URLResolver, path

from ledger.views import entries, follow_up, follow_up_desk, forgetting

urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/suites/<str:token>/", follow_up.follow_up, name="follow-up"),
    path("forum/suites/<str:token>/rencontre/", follow_up.follow_up_report, name="follow-up-report"),
    path("forum/inscription/<str:token>/effacer/", forgetting.attendee_forget, name="attendee-forget"),
    path("forum/rencontre/<str:token>/", follow_up.follow_up_confirm, name="follow-up-confirm"),
    path("equipe/forum/<slug:slug>/suites/", follow_up_desk.follow_up_desk, name="follow-up-desk"),
    path("equipe/forum/suites/<int:follow_up_id>/", follow_up_desk.follow_up_entry, name="follow-up-entry"),
    path("equipe/forum/rencontres/<int:reported_id>/", follow_up_desk.follow_up_match, name="follow-up-match"),
    path("equipe/forum/<slug:slug>/contrat/", entries.ledger_new, name="ledger-new"),
    path("equipe/contrats/", entries.ledger_list, name="ledger"),
    path("equipe/contrats/export.<str:kind>", entries.ledger_export, name="ledger-export"),
    path("equipe/contrats/<int:entry_id>/", entries.ledger_entry, name="ledger-entry"),
    path("equipe/contrats/<int:entry_id>/<str:action>/", entries.ledger_act, name="ledger-act"),
]
