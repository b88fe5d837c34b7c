"""Each file of a data folder that has lived, found by walking it, is damaged in turn; the site starts again.
What the site can make anew is made anew; what it cannot is said at once, in a sentence that names `restore`."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.damage import DAMAGES, altered_in_the_middle, do_damage, files_below
from tests.services.site import CHECKOUT, Site, wait_for

pytestmark = pytest.mark.timeout(1500)
SEED = 20261201
IRREPLACEABLE = ("medinjob.sqlite3", "uploads", "private", "secret_key")
"""What only a backup has."""


@pytest.fixture
def lived(new_site, tmp_path: Path) -> tuple[Site, Path]:
    """A site with offers, a logo, a CV, a cache, a schedule, a queue; and a copy of it as it was stopped."""
    site = new_site()
    site.ask("world", 1, 1, 2, 1)
    site.ask("files_of_people")
    site.manage("prepare")
    site.start_web()
    site.start_worker("--pool=solo", "--beat")
    wait_for(lambda: site.ask("drift") == [] and not any(site.ask("pending").values()), seconds=300, what="the index")
    wait_for(lambda: list(site.folder.glob("beat-schedule*")), what="the schedule")
    for process in site.processes.values():
        process.stop()
    site.ask("queue", 1)
    site.ask("fill_cache")
    site.manage("prepare")
    shutil.copytree(site.folder, tmp_path / "whole", symlinks=True)
    return site, tmp_path / "whole"


def run(site: Site, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=CHECKOUT, env=site.env, capture_output=True, text=True, timeout=120)


def cases(whole: Path) -> list[tuple[str, int]]:
    """Two damages of each file, all kinds among the files; one of those that are many. That takes ten minutes, so
    `make soak` plays them; each commit plays one of each folder and of each file beside them."""
    names = [path.relative_to(whole).as_posix() for path in files_below(whole) if path.suffix != ".log"]
    if not os.environ.get("MEDINJOB_TEST_SOAK"):
        of_each = {name.split("/")[0]: name for name in names}.values()
        return [(name, number % len(DAMAGES)) for number, name in enumerate(of_each)]
    many = ("index/", "queue/")
    return [
        (name, (number + turn) % len(DAMAGES))
        for number, name in enumerate(names)
        for turn in range(1 if name.startswith(many) else 2)
    ]


def test_every_damaged_file_heals_or_is_said(lived: tuple[Site, Path]) -> None:
    site, whole = lived
    chance = random.Random(SEED)
    seen, broken = set(), []
    for name, number in cases(whole):
        shutil.rmtree(site.folder)
        shutil.copytree(whole, site.folder, symlinks=True)
        do_damage(site.folder / name, DAMAGES[number], chance)
        prepared = run(site, "manage.py", "prepare")
        top = name.split("/")[0].removesuffix("-wal").removesuffix("-shm")
        seen.add("beat-schedule" if top.startswith("beat-schedule") else top)  # of one file or three
        case = f"{name} {DAMAGES[number].__name__}"
        said = "manage.py restore" in prepared.stderr
        if "Traceback" in prepared.stderr:
            broken.append((case, prepared.stderr[-600:]))
        elif prepared.returncode:
            if top not in ("medinjob.sqlite3", "secret_key") or not said:
                broken.append((case, prepared.stderr[-600:]))
        else:
            # A few bytes of a text or of a picture are no damage that anybody could see.
            if top in ("uploads", "private") and not said and DAMAGES[number] is not altered_in_the_middle:
                broken.append((case, "not said"))
            after = run(site, "-m", "tests.services.inside", "after_damage")
            facts = json.loads(after.stdout.splitlines()[-1]) if after.stdout else after.stderr[-600:]
            if top == "medinjob.sqlite3" and isinstance(facts, dict):
                # A few bytes that the database's own check does not see: the page that meets them says so.
                facts["server_errors"] = [each for each in facts["server_errors"] if each[1] != 503]
            if facts != {"server_errors": [], "tick": "", "drift": [], "mails": 0}:
                broken.append((case, facts))
    assert broken == []
    assert seen >= {"index", "cache", "beat-schedule", "secret_key", "medinjob.sqlite3", "uploads", "private"}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda each: each.__name__)
def test_damaged_schedule_is_made_anew(new_site, damage) -> None:
    site = new_site()
    site.start_beat()
    schedules = wait_for(lambda: list(site.folder.glob("beat-schedule*")), what="the schedule")
    wait_for(lambda: site.ask("heartbeats"), what="a sign of life")
    site.processes["beat"].kill()
    for path in schedules:
        do_damage(path, damage, random.Random(SEED))
    site.ask("no_heartbeats")
    beat = site.start_beat()
    wait_for(lambda: site.ask("heartbeats"), what="a sign of life")
    assert beat.popen.poll() is None
