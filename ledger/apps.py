from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = "Registre des contrats"

    def ready(self) -> None:
        from ledger import receivers  # noqa: F401 - registers them
