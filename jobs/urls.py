from django.urls import URLPattern, URLResolver, path

from jobs.views import apply, deadline, moderation, posting, public_company, reasons, recruiter, reports, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("entreprises/", public_company.company_list, name="companies"),
    path("entreprises/<slug:slug>/", public_company.company_page, name="company"),
    path("recruteur/offres/", recruiter.recruiter_offers, name="recruiter-offers"),
    path("recruteur/offres/actions/", recruiter.offer_actions, name="offer-actions"),
    path("recruteur/offres/nouvelle/", posting.offer_create, name="offer-create"),
    path("recruteur/offres/brouillon/", posting.offer_autosave, name="offer-autosave-new"),
    path("recruteur/offres/metiers/", posting.occupation_names, name="occupation-names"),
    path("recruteur/offres/apercu/", posting.offer_preview, name="offer-preview"),
    path("recruteur/offres/<int:offer_id>/modifier/", posting.offer_edit, name="offer-edit"),
    path("recruteur/offres/<int:offer_id>/brouillon/", posting.offer_autosave, name="offer-autosave"),
    path("recruteur/offres/<int:offer_id>/copier/", posting.offer_copy, name="offer-copy"),
    path("offres/<int:offer_id>/postuler/", apply.offer_apply_external, name="offer-apply-external"),
    path("offres/<int:offer_id>/signaler/", reports.offer_report, name="offer-report"),
    path("offres/<int:offer_id>/echeance/<str:token>/", deadline.offer_deadline, name="offer-deadline"),
    path("equipe/", staff.staff_home, name="staff-home"),
    path("equipe/moderation/", moderation.moderation_queue, name="moderation-queue"),
    path("equipe/moderation/<int:offer_id>/", moderation.moderation_offer, name="moderation-offer"),
    path("equipe/motifs/", reasons.reason_templates, name="reason-templates"),
    path("equipe/signalements/", reports.reports_queue, name="reports-queue"),
    path("equipe/signalements/<int:offer_id>/", reports.reports_decide, name="reports-decide"),
]
