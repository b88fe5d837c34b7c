"""Those who use the site while its processes are killed: each insists, as somebody whose connection broke would."""

import re
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any
from zlib import crc32

import requests
from requests.adapters import HTTPAdapter

from demo.cv_files import pdf_file
from tests.services.site import CSRF, Site, wait_for

JOB = {
    "kind": "job",
    "occupations": "Développeur web",
    "places": "Aix-en-Provence",
    "text": "## Missions\n\nConcevoir et maintenir nos services.",
    "contract": "cdi",
    "open_positions": "1",
    "remote": "partial",
    "pay_min": "38 000",
    "pay_max": "45 000",
    "pay_unit": "year",
    "skills": "python",
    "apply_by": "here",
}


class Crowd:
    """Threads that work until `stop` is set; `broken` has the answers that nobody may ever get (5xx)."""

    def __init__(self, site: Site) -> None:
        self.site, self.stop, self.broken = site, threading.Event(), []
        self.done: dict[str, list[Any]] = {"posted": [], "applied": [], "hired": [], "searched": []}
        self.threads: list[threading.Thread] = []

    def work(self, kind: str, tasks: Iterable[tuple[str, Any]], verb: Callable[["Visitor", Any], bool], pause: float):
        """Each task (a session, what to do) is tried until the site says that it is done."""

        def run() -> None:
            for session, what in tasks:
                visitor = Visitor(self, session)
                while not verb(visitor, what):
                    time.sleep(0.1)
                self.done[kind].append(what)
                if self.stop.wait(pause):
                    return

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()

    def wait_for_work(self) -> None:
        """Until somebody has got one more thing done; a search does not count."""
        before = self._works()
        wait_for(lambda: self._works() > before or not self._busy(), seconds=120, what="anybody to get anything done")

    def _works(self) -> int:
        return sum(len(done) for kind, done in self.done.items() if kind != "searched")

    def _busy(self) -> bool:
        """The one who searches never ends."""
        return sum(thread.is_alive() for thread in self.threads) > 1

    def leave(self) -> None:
        """Everybody ends what they are at."""
        self.stop.set()
        for thread in self.threads:
            thread.join(120)
            assert not thread.is_alive(), "somebody never got an answer"


class FromAddress(HTTPAdapter):
    """Connections that come from an address of their own, of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)


class Visitor:
    """Each session has an address of its own: what a network may do in an hour is not what is tested."""

    def __init__(self, crowd: Crowd, session: str) -> None:
        self.crowd, self.cookies = crowd, {"sessionid": session, "csrftoken": CSRF}
        number = crc32(session.encode())
        self.address = f"127.{1 + number % 250}.{number // 250 % 250}.{1 + number // 62_500 % 250}"

    def ask(self, path: str, data: dict[str, Any] | None = None, files: Any = None) -> requests.Response | None:
        """None when the line was cut: the visitor does not know what became of it."""
        options = {"cookies": self.cookies, "allow_redirects": False, "timeout": 60, "headers": {"Connection": "close"}}
        try:
            with requests.Session() as own:
                own.mount("http://", FromAddress(self.address))
                if data is None:
                    answer = own.get(self.crowd.site.url + path, **options)
                else:
                    data = {**data, "csrfmiddlewaretoken": CSRF}
                    answer = own.post(self.crowd.site.url + path, data=data, files=files, **options)
        except requests.RequestException:
            return None
        if answer.status_code >= 500:
            self.crowd.broken.append((path, answer.status_code, answer.text[-1500:]))
        return answer


def redirected(answer: requests.Response | None) -> bool:
    return answer is not None and answer.status_code == 302


def post_offer(visitor: Visitor, title: str) -> bool:
    """Cut off, one looks at one's list: what is there is not typed a second time."""
    mine = visitor.ask("/recruteur/offres/")
    if mine is None:
        return False
    found = re.search(rf'/recruteur/offres/(\d+)/modifier/"[^>]*>\s*{title}', mine.text)
    path = f"/recruteur/offres/{found[1]}/modifier/" if found else "/recruteur/offres/nouvelle/"
    form = visitor.ask(path)
    version = re.search(r'name="version"[^>]*value="(\d+)"', form.text) if form is not None else None
    if form is None:
        return False
    post = {**JOB, "title": title, "action": "publish", **({"version": version[1]} if version else {})}
    return redirected(visitor.ask(path, post))


def apply(visitor: Visitor, what: tuple[str, int, bool]) -> bool:
    name, offer, with_file = what
    data = {"name": name, "message": "Bonjour", "career": "Cinq ans de services en Python et en Django."}
    files = {"cv": ("cv.pdf", pdf_file([f"{name} {offer}"]), "application/pdf")} if with_file else None
    return redirected(visitor.ask(f"/offres/{offer}/candidature/", data, files))


def hire(visitor: Visitor, application: int) -> bool:
    """A second try finds the application hired: whatever it is told then, it is told."""
    data = {"do": "answer", "action": "hire", "before": "sent", "text": "Bienvenue !"}
    return visitor.ask(f"/recruteur/candidatures/{application}/", data) is not None


def search(visitor: Visitor, words: str) -> bool:
    answer = visitor.ask(f"/offres/?q={words}")
    return answer is not None and answer.status_code == 200
