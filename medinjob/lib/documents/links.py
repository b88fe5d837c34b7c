"""Where a link in a document may lead: to the web, a mailbox or a telephone; never to a file or a share."""

PLAIN_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def is_plain_link(address: str) -> bool:
    """Without a scheme ("www.exemple.example", "#haut") it must be no path from a root: `\\\\host` and `//host` name a
    share, and "c:" is a scheme that we do not know."""
    address = "".join(char for char in address if char.isprintable()).strip()
    scheme, colon, _ = address.partition(":")
    if colon and not set(scheme) & set("/?#.@"):
        return scheme.lower() in PLAIN_SCHEMES
    return not address.startswith(("/", "\\")) and "\\" not in address and "%5c" not in address.lower()
