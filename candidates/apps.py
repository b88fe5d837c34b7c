from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "Candidatures"

    def ready(self) -> None:
        from candidates import receivers  # noqa: F401 - connects
