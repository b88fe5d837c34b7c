from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = "Forum"

    def ready(self) -> None:
        from forums import receivers  # noqa: F401 - registers them
