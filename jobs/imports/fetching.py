"""A source's file, to be read: a download in the data folder, or a file that is there."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import SplitResult, urljoin, urlunsplit

import urllib3
from django.conf import settings
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProtocolError, SSLError

from jobs.enums import ImportProblem
from jobs.imports.addresses import PORTS, FetchError, addresses, check_url, folder, inside, is_url

MOST_REDIRECTS = 5
PIECE = 64 * 1024
_TIMEOUT = urllib3.Timeout(connect=10, read=20)
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (404, 410)
# The name of the answer's header, and the one to ask with.
_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`validators` are what to say the next time, to be told that nothing has changed."""

    path: Path
    validators: dict[str, str]


@contextmanager
def fetched(address: str, known: dict[str, str]) -> Iterator[Fetched | None]:
    """The file at an address, None when it is as `known` says; a download is gone afterwards. Raises `FetchError`."""
    if not is_url(address):
        yield _file(address, known)
        return
    with ExitStack() as stack:
        response = _answer(address, known, stack)
        if response is None:
            yield None
            return
        incoming().mkdir(parents=True, exist_ok=True)
        file = stack.enter_context(tempfile.NamedTemporaryFile(dir=incoming()))
        _write(response, file)
        validators = {name: response.headers[name] for name in _VALIDATORS if name in response.headers}
        yield Fetched(Path(file.name), validators)


def incoming() -> Path:
    """Where downloads are while they are read."""
    return folder() / "incoming"


def _file(name: str, known: dict[str, str]) -> Fetched | None:
    path = inside(name)
    if not path.is_file():
        raise FetchError(ImportProblem.FILE_MISSING, name)
    facts = path.stat()
    validators = {"file": f"{facts.st_mtime_ns}-{facts.st_size}"}
    return None if validators == known else Fetched(path, validators)


def _answer(url: str, known: dict[str, str], stack: ExitStack) -> urllib3.BaseHTTPResponse | None:
    """The open answer of the last of some redirects."""
    headers = {_VALIDATORS[name]: value for name, value in known.items() if name in _VALIDATORS}
    for _turn in range(MOST_REDIRECTS + 1):
        response = stack.enter_context(_ask(url, headers, stack))
        if response.status == 200:
            return response
        if response.status == 304 and headers:
            return None
        if response.status not in _REDIRECTS:
            gone = response.status in _GONE
            raise FetchError(ImportProblem.NOT_FOUND if gone else ImportProblem.STATUS, f"HTTP {response.status}")
        url = _next(url, response.headers.get("Location", ""))
    raise FetchError(ImportProblem.REDIRECT)


def _next(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        check_url(target)
    except (FetchError, ValueError) as error:
        raise FetchError(ImportProblem.REDIRECT, location[:150]) from error
    return target


def _ask(url: str, headers: dict[str, str], stack: ExitStack) -> urllib3.BaseHTTPResponse:
    parts = check_url(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    for address in addresses(host, port):
        pool = stack.enter_context(_pool(parts, address, port))
        try:
            return pool.urlopen(
                "GET",
                urlunsplit(("", "", parts.path or "/", parts.query, "")),
                headers={"Host": parts.netloc, "User-Agent": "Medinjob", "Accept-Encoding": "gzip", **headers},
                redirect=False,
                retries=False,
                timeout=_TIMEOUT,
                preload_content=False,
                decode_content=False,
            )
        except (NewConnectionError, ConnectTimeoutError):
            continue
        except SSLError as error:
            raise FetchError(ImportProblem.UNREACHABLE, f"TLS : {error}"[:150]) from error
        except HTTPError as error:
            raise FetchError(ImportProblem.UNREACHABLE, type(error).__name__) from error
    raise FetchError(ImportProblem.UNREACHABLE, host)


def _pool(parts: SplitResult, address: str, port: int) -> urllib3.HTTPConnectionPool:
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, port)
    host = parts.hostname
    return urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host)


def _write(response: urllib3.BaseHTTPResponse, file: IO[bytes]) -> None:
    """As it comes, packed or not: whoever reads it can tell."""
    end, most, size = time.monotonic() + settings.IMPORT_PATIENCE, settings.IMPORT_MAX_MB * 1024 * 1024, 0
    try:
        while piece := response.read1(PIECE):
            size += len(piece)
            if size > most:
                raise FetchError(ImportProblem.TOO_LARGE, f"> {settings.IMPORT_MAX_MB} Mo")
            if time.monotonic() > end:
                raise FetchError(ImportProblem.TOO_SLOW, f"> {settings.IMPORT_PATIENCE} s")
            file.write(piece)
    except (ProtocolError, HTTPError) as error:
        raise FetchError(ImportProblem.BROKEN, type(error).__name__) from error
    file.flush()
