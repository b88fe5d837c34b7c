from django.apps import AppConfig
from django.core import checks

from medinjob.celery import app as celery_app
from medinjob.checks import legal_facts, proof_settings

__all__ = ["MedinjobConfig", "celery_app"]  # the import makes `shared_task` find our worker in every process


class MedinjobConfig(AppConfig):
    name = "medinjob"
    verbose_name = "Medinjob"

    def ready(self) -> None:
        checks.register(legal_facts, deploy=True)
        checks.register(proof_settings)
