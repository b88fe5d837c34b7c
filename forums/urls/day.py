from django.urls import URLPattern, URLResolver, path

from forums.views import dashboard, door, own, paper, passes, stand

urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/laissez-passer/<str:token>/", passes.pass_open, name="pass"),
    path("forum/<slug:slug>/entree/", door.door, name="door"),
    path("forum/<slug:slug>/entree/<int:entry_id>/annuler/", door.door_undo, name="door-undo"),
    path("forum/<slug:slug>/entree/sans-inscription/", door.door_walk_in, name="door-walk-in"),
    path("forum/<slug:slug>/entree/badge-vierge/<int:attendee_id>/", door.door_bind, name="door-bind"),
    path("forum/<slug:slug>/entree/exposants/", door.door_stands, name="door-stands"),
    path("forum/<slug:slug>/entree/papier/", paper.door_paper, name="door-paper"),
    path("equipe/forum/<slug:slug>/liste-entree/", paper.door_list, name="door-list"),
    path("equipe/forum/<slug:slug>/laissez-passer/", passes.passes, name="passes"),
    path("equipe/forum/<slug:slug>/laissez-passer/<int:pass_id>/revoquer/", passes.pass_revoke, name="pass-revoke"),
    path("equipe/forum/<slug:slug>/direct/", dashboard.dashboard, name="dashboard"),
    path("equipe/forum/<slug:slug>/direct/<str:figure>/", dashboard.dashboard_rows, name="dashboard-rows"),
    path("forum/stand/<int:exhibitor_id>/", stand.stand, name="stand"),
    path("forum/stand/<int:exhibitor_id>/laissez-passer/", passes.stand_passes, name="stand-passes"),
    path(
        "forum/stand/<int:exhibitor_id>/laissez-passer/<int:pass_id>/revoquer/",
        passes.stand_pass_revoke,
        name="stand-pass-revoke",
    ),
    path("forum/rencontres/<int:meeting_id>/", stand.stand_meeting, name="stand-meeting"),
    path("forum/rencontres/<int:meeting_id>/partage/", stand.stand_share, name="stand-share"),
    path("forum/rencontres/<int:meeting_id>/candidature/", stand.stand_apply, name="stand-apply"),
    path("forum/proposition/<str:token>/", own.stand_proposal, name="stand-proposal"),
    path(
        "forum/inscription/<str:token>/rencontres/<int:meeting_id>/",
        own.registration_meeting,
        name="registration-meeting",
    ),
]
