from django.apps import AppConfig

from medinjob.celery import app as celery_app

__all__ = ["MedinjobConfig", "celery_app"]  # the import makes `shared_task` find our worker in every process


class MedinjobConfig(AppConfig):
    name = "medinjob"
    verbose_name = "Medinjob"
