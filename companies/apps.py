from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "companies"
    verbose_name = "Entreprises"

    def ready(self) -> None:
        from companies import receivers  # noqa: F401 - connects
