from django.urls import URLPattern, URLResolver, path

from forums.views import attendees, badges, desk, desk_attendees, desk_exhibitors, editions, exhibitors

urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/", editions.editions, name="editions"),
    path("forum/inscriptions/", attendees.edition_registrations, name="edition-registrations"),
    path("forum/inscription/<str:token>/", attendees.edition_registration, name="edition-registration"),
    path("forum/inscription/<str:token>/confirmer/", attendees.edition_confirm, name="edition-confirm"),
    path("forum/inscription/<str:token>/annuler/", attendees.edition_unregister, name="edition-unregister"),
    path("forum/inscription/<str:token>/badge.pdf", attendees.badge_pdf, name="badge-pdf"),
    path("b/<str:token>/", badges.badge, name="badge"),
    path("forum/<slug:slug>/", editions.edition, name="edition"),
    path("forum/<slug:slug>/agenda.ics", editions.edition_calendar, name="edition-calendar"),
    path("forum/<slug:slug>/exposants/", editions.edition_exhibitors, name="edition-exhibitors"),
    path("forum/<slug:slug>/exposer/", exhibitors.edition_exhibit, name="edition-exhibit"),
    path("forum/<slug:slug>/inscription/", attendees.edition_register, name="edition-register"),
    path("forum/<slug:slug>/inscription/envoyee/", attendees.edition_register_sent, name="edition-register-sent"),
    path("recruteur/forum/<int:exhibitor_id>/", exhibitors.edition_stand, name="edition-stand"),
    path("recruteur/forum/<int:exhibitor_id>/annuler/", exhibitors.edition_stand_cancel, name="edition-stand-cancel"),
    path("equipe/forum/", desk.edition_desk, name="edition-desk"),
    path("equipe/forum/nouvelle/", desk.edition_create, name="edition-create"),
    path("equipe/forum/passee/", desk.edition_declare, name="edition-declare"),
    path("equipe/forum/stands/<int:exhibitor_id>/", desk_exhibitors.edition_stand_decide, name="edition-stand-decide"),
    path("equipe/forum/<slug:slug>/", desk.edition_manage, name="edition-manage"),
    path("equipe/forum/<slug:slug>/modifier/", desk.edition_edit, name="edition-edit"),
    path("equipe/forum/<slug:slug>/programme/", desk.edition_programme, name="edition-programme"),
    path("equipe/forum/<slug:slug>/etape/", desk.edition_move, name="edition-move"),
    path("equipe/forum/<slug:slug>/copier/", desk.edition_copy, name="edition-copy"),
    path("equipe/forum/<slug:slug>/exposants/", desk_exhibitors.edition_stands, name="edition-stands"),
    path("equipe/forum/<slug:slug>/participants/", desk_attendees.edition_attendees, name="edition-attendees"),
    path("equipe/forum/<slug:slug>/badges/", desk_attendees.edition_badges, name="edition-badges"),
    path("equipe/forum/<slug:slug>/badges.pdf", desk_attendees.edition_badges_pdf, name="edition-badges-pdf"),
]
