"""Where offers may be fetched: `https://` of a public site, or a file below the folder of imports. Staff type these
addresses, and a site that answers may send on to another one: both are checked here."""

import ipaddress
import socket
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from jobs.enums import ImportProblem
from medinjob.lib.networks import is_public

MOST_ADDRESSES = 4
PORTS = {"https": 443, "http": 80}


class FetchError(Exception):
    """Nothing to import, and why."""

    def __init__(self, problem: ImportProblem, detail: str = "") -> None:
        super().__init__(f"{problem.value} {detail}".strip())
        self.problem = problem
        self.detail = detail


def folder() -> Path:
    return Path(settings.DATA_DIR) / "imports"


def is_url(address: str) -> bool:
    return "://" in address


def check_address(address: str) -> None:
    """Whether it is permitted, without asking the network or the disk if it is there; raises `FetchError`."""
    if is_url(address):
        check_url(address)
    else:
        inside(address)


def inside(name: str) -> Path:
    """The path of a file below the folder of imports, links followed; raises `FetchError`."""
    root = folder().resolve()
    path = Path(name)
    if not name.strip() or "\0" in name or path.is_absolute() or ".." in path.parts:
        raise FetchError(ImportProblem.FILE_OUTSIDE)
    try:
        found = (root / path).resolve()
    except (OSError, RuntimeError) as error:  # a loop of links, a name too long
        raise FetchError(ImportProblem.FILE_OUTSIDE) from error
    if not found.is_relative_to(root) or found == root:
        raise FetchError(ImportProblem.FILE_OUTSIDE)
    return found


def check_url(url: str) -> SplitResult:
    """Its parts. A host of `IMPORT_TRUSTED_HOSTS` ("name:port") may be private and speak `http://`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
        host.encode("idna")
    except ValueError as error:
        raise FetchError(ImportProblem.ADDRESS) from error
    trusted = _is_trusted(host, port)
    if parts.scheme not in ("https", "http") or (parts.scheme == "http" and not trusted):
        raise FetchError(ImportProblem.ADDRESS)
    if not host or parts.username is not None or parts.password is not None:
        raise FetchError(ImportProblem.ADDRESS)
    if not trusted and (host == "localhost" or (_literal(host) and not is_public(host))):
        raise FetchError(ImportProblem.ADDRESS)
    return parts


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses to connect to; raises `FetchError` if one of them is not public. Connecting to these, and not to
    the name again, leaves a name server no second answer to give."""
    try:
        answers = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise FetchError(ImportProblem.UNREACHABLE, host) from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))[:MOST_ADDRESSES]
    if not _is_trusted(host, port) and not all(map(is_public, found)):
        raise FetchError(ImportProblem.ADDRESS, host)
    return found


def _is_trusted(host: str, port: int) -> bool:
    return f"{host}:{port}" in settings.IMPORT_TRUSTED_HOSTS


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
