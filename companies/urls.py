from django.urls import URLPattern, URLResolver, include, path, re_path

from companies.views import account, company, invitations, logos, members, staff

of_a_company: list[URLPattern | URLResolver] = [
    path("", company.company_manage, name="company-manage"),
    path("modifier/", company.company_edit, name="company-edit"),
    path("quitter/", members.company_leave, name="company-leave"),
    path("membres/", members.company_members, name="company-members"),
    path("membres/<int:member_pk>/role/", members.company_member_role, name="company-member-role"),
    path("membres/<int:member_pk>/retirer/", members.company_member_remove, name="company-member-remove"),
    path("invitations/<int:invitation_pk>/renvoyer/", invitations.invitation_resend, name="invitation-resend"),
    path("invitations/<int:invitation_pk>/annuler/", invitations.invitation_cancel, name="invitation-cancel"),
]

for_staff: list[URLPattern | URLResolver] = [
    path("", staff.staff_company, name="staff-company"),
    path("verifier/", staff.staff_company_verify, name="staff-company-verify"),
    path("refuser/", staff.staff_company_refuse, name="staff-company-refuse"),
    path("identite/<int:proposal_pk>/", staff.staff_company_identity, name="staff-company-identity"),
    path("qualites/", staff.staff_company_mark, name="staff-company-mark"),
    path("qualites/<int:mark_pk>/terminer/", staff.staff_company_mark_end, name="staff-company-mark-end"),
    path("commissions/", staff.staff_company_commissions, name="staff-company-commissions"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/", account.account, name="account"),
    path("compte/accueil/", account.welcome, name="welcome"),
    path("recruteur/entreprise/nouvelle/", company.company_create, name="company-create"),
    path("recruteur/entreprise/rejoindre/", company.company_join, name="company-join"),
    path("recruteur/entreprise/<int:pk>/", include(of_a_company)),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("equipe/entreprises/", staff.staff_companies, name="staff-companies"),
    path("equipe/entreprises/<int:pk>/", include(for_staff)),
    re_path(r"^media/logos/(?P<name>[\w-]+\.(?:webp|png))$", logos.logo, name="company-logo"),
]
