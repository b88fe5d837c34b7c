"""What a service refuses to do; the text is for the person who asked."""


class CompanyError(Exception):
    """Not possible; the text says why and what to do instead."""


class EditConflictError(CompanyError):
    """Somebody saved the company since this form was opened: nothing was written."""
