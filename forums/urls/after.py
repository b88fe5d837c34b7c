from django.urls import URLPattern, URLResolver, path

from forums.views import follow_up

urlpatterns: list[URLPattern | URLResolver] = [
    path("forum/suites/<str:token>/", follow_up.follow_up, name="follow-up"),
    path("forum/suites/<str:token>/rencontre/", follow_up.follow_up_report, name="follow-up-report"),
    path("forum/rencontre/<str:token>/", follow_up.follow_up_confirm, name="follow-up-confirm"),
]
