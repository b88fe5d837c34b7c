"""gunicorn's access log without the secrets of addresses."""

from typing import Any

from gunicorn.glogging import Logger

from medinjob.masking import mask


class MaskedLogger(Logger):
    """Atoms are what a format of the log may name: the line of the request, its path and query, the referrer."""

    def atoms(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        held: dict[str, Any] = super().atoms(*args, **kwargs)
        return {name: mask(value) if isinstance(value, str) else value for name, value in held.items()}
