class AccountError(Exception):
    """Not possible; the text says why, to a person."""
