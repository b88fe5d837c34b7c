from django.urls import URLPattern, URLResolver, path

from accounts.views import closing, mails

urlpatterns: list[URLPattern | URLResolver] = [
    path("compte/supprimer/", closing.account_close, name="account-close"),
    path("equipe/courriels/", mails.mail_outbox, name="mail-outbox"),
    path("equipe/courriels/<int:pk>/", mails.mail_detail, name="mail-detail"),
    path("equipe/courriels/<int:pk>/renvoyer/", mails.mail_retry, name="mail-retry"),
]
