"""What a service refuses to do; the text is for the person who asked."""

from medinjob.lib.errors import RefusedError


class CompanyError(RefusedError):
    """Not possible; the text says why and what to do instead."""
