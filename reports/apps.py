from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bilans"

    def ready(self) -> None:
        from reports import receivers  # noqa: F401 - registers them
