from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Offres"

    def ready(self) -> None:
        from jobs import receivers  # noqa: F401 - connects
