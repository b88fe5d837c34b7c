from django.urls import URLPattern, URLResolver

from forums.urls import day, edition

urlpatterns: list[URLPattern | URLResolver] = [*edition.urlpatterns, *day.urlpatterns]
