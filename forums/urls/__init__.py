from django.urls import URLPattern, URLResolver

from forums.urls import after, day, edition, report

urlpatterns: list[URLPattern | URLResolver] = [
    *edition.urlpatterns,
    *day.urlpatterns,
    *after.urlpatterns,
    *report.urlpatterns,
]
