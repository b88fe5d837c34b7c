from django.urls import URLPattern, URLResolver, path

from candidates.views import alerts, answer_templates, apply, contracts, cvs, following, inbox, profile, received

urlpatterns: list[URLPattern | URLResolver] = [
    path("offres/<int:offer_id>/candidature/", apply.apply, name="apply"),
    path("offres/<int:offer_id>/candidature/lien-envoye/", apply.draft_sent, name="draft-sent"),
    path("candidature/reprendre/<str:token>/", apply.draft, name="draft"),
    path("mes-candidatures/", following.my_applications, name="my-applications"),
    path("mes-candidatures/<int:application_id>/", following.application, name="application"),
    path("mes-alertes/", alerts.saved_search_list, name="saved-searches"),
    path("mes-alertes/nouvelle/", alerts.saved_search_new, name="saved-search-new"),
    path("mes-alertes/<int:search_id>/", alerts.saved_search, name="saved-search"),
    path("alertes/<str:token>/desabonner/", alerts.alert_stop, name="alert-stop"),
    path("mon-profil/", profile.my_profile, name="my-profile"),
    path("mon-profil/cv/", profile.my_cv, name="my-cv"),
    path("mon-profil/suggestion/", profile.my_suggestion, name="my-suggestion"),
    path("mon-profil/visibilite/", profile.my_visibility, name="my-visibility"),
    path("cv/<str:token>/", cvs.cv_file, name="cv"),
    path("cv/<str:token>/lire/", cvs.cv_beside, name="cv-beside"),
    path("candidatures/<int:application_id>/contrat/", contracts.contract_declare, name="contract-declare"),
    path("contrats/<int:contract_id>/corriger/", contracts.contract_correct, name="contract-correct"),
    path("contrats/<int:contract_id>/annuler/", contracts.contract_cancel, name="contract-cancel"),
    path("recruteur/candidatures/", inbox.inbox_list, name="inbox"),
    path("recruteur/candidatures/repondre/", inbox.inbox_bulk, name="inbox-bulk"),
    path("recruteur/candidatures/export.<str:kind>", inbox.inbox_export, name="inbox-export"),
    path("recruteur/candidatures/<int:application_id>/", received.inbox_application, name="inbox-application"),
    path("recruteur/modeles/", answer_templates.answer_templates, name="answer-templates"),
    path("recruteur/modeles/nouveau/", answer_templates.answer_template, name="answer-template-new"),
    path("recruteur/modeles/<int:template_id>/", answer_templates.answer_template, name="answer-template"),
    path(
        "recruteur/modeles/<int:template_id>/supprimer/",
        answer_templates.answer_template_delete,
        name="answer-template-delete",
    ),
]
