from django.urls import URLPattern, URLResolver, path

from accounts.views import closing, factors, mails, sessions, unsent

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/supprimer/", closing.account_close, name="account-close"),
    path("compte/sessions/", sessions.session_list, name="sessions"),
    path("compte/sessions/fermer/", sessions.sessions_end, name="sessions-end"),
    path("compte/sessions/<int:pk>/fermer/", sessions.session_end, name="session-end"),
    path("compte/texte/<str:token>/effacer/", unsent.unsent_forget, name="unsent-forget"),
    # Before allauth's own of the same name: theirs end no session.
    path("compte/2fa/totp/activate/", factors.Activate.as_view(), name="mfa_activate_totp"),
    path("compte/2fa/totp/deactivate/", factors.Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("compte/2fa/garder/<str:token>/", factors.factor_stop, name="factor-stop"),
    path("equipe/double-authentification/", factors.staff_factors, name="staff-factors"),
    path("equipe/double-authentification/<int:pk>/", factors.staff_factor, name="staff-factor"),
    path("equipe/courriels/", mails.mail_outbox, name="mail-outbox"),
    path("equipe/courriels/<int:pk>/", mails.mail_detail, name="mail-detail"),
    path("equipe/courriels/<int:pk>/renvoyer/", mails.mail_retry, name="mail-retry"),
]
