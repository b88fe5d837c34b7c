"""The data folder is full, on a small file system of its own: who reads goes on, who writes is told that nothing was
saved, and once there is room all that was acknowledged is there."""

import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import absent
from tests.services.people import Crowd, Visitor, apply, post_offer
from tests.services.site import Site, wait_for

pytestmark = pytest.mark.timeout(600)
SIZE = "40m"
READ = ("/", "/offres/", "/offres/?q=python", "/entreprises/", "/donnees-personnelles/")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, which only root may mount."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        absent("a small file system needs root: mount -t tmpfs")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def site(small: Path, migrated: Path) -> Iterator[Site]:
    shutil.copytree(migrated, small, dirs_exist_ok=True)
    site = Site(small, DISK_FREE_MB=1)
    yield site
    site.close()


def fill(folder: Path) -> Path:
    """To the last byte."""
    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def get(site: Site, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(site.url + path, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def well(site: Site) -> dict[str, Any]:
    return json.loads(get(site, "/sante/")[1])


def test_full_disk_refuses_in_words_and_loses_nothing(site: Site, small: Path, mail_server: Any) -> None:
    site.env["MEDINJOB_EMAIL_URL"] = f"smtp://127.0.0.1:{mail_server.server_address[1]}"
    world = site.ask("world", 1, 2, 3, 0)
    site.start_web()
    site.start_worker("--pool=solo", "--beat")
    crowd = Crowd(site)
    recruiter, candidate = Visitor(crowd, world["recruiters"][0]), Visitor(crowd, world["candidates"][0])
    staff = Visitor(crowd, world["staff"])
    assert post_offer(recruiter, "Essai avant")
    wait_for(lambda: "Essai avant" in (get(site, "/offres/?q=essai")[1]), what="the offer in the index")
    wait_for(lambda: well(site)["ok"], what="the site to be well")

    ballast = fill(small)
    statuses = {path: get(site, path)[0] for path in READ}
    assert set(statuses.values()) == {200}, statuses
    # SQLite's log has room of its own for a while: what it takes is saved, and must be there afterwards.
    taken = [title for title in (f"Essai {n}" for n in range(10)) if post_offer(recruiter, title)]
    assert not apply(candidate, ("Candidat pendant", world["offers"][0], True))
    pages = {(status, "pas été enregistré" in text) for _, status, text in crowd.broken}
    assert pages == {(503, True)}, crowd.broken
    # The database may be what fails first.
    said = wait_for(lambda: not (now := well(site))["disk"]["ok"] and now, what="the site to say so")
    assert not said["ok"]
    # Each process looks again after some seconds.
    wait_for(lambda: "Le disque est plein" in staff.ask("/equipe/").text, what="staff to be told")

    time.sleep(15)  # the worker and the schedule go on without room, or are started again
    ballast.unlink()
    crowd.broken.clear()

    def well_again() -> bool:
        site.revive()
        return well(site)["ok"]

    wait_for(well_again, seconds=120, what="the site to be well again")
    assert post_offer(recruiter, "Essai après")
    assert apply(candidate, ("Candidat 0", world["offers"][0], True))
    wait_for(lambda: not any(site.ask("pending").values()), seconds=120, what="the worker to do what is due")
    facts = site.ask("facts")
    published = {title for title, state in facts["titles"] if state == "published"}
    assert published >= {"Essai avant", "Essai après", *taken}
    assert site.ask("drift") == []
    assert site.ask("files")["altered"] == 0
    assert crowd.broken == []
