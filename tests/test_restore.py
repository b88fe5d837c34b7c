"""What `restore` refuses: archives cut, altered, foreign, newer, or that hold more than a backup does. One process is
given them all, as each leaves the place as empty as it was."""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.places import ask, manage

TRY_ALL = """
import sys, pathlib
from django.conf import settings
from medinjob.backup import BackupError
from medinjob.restoring import restore
for path in sorted(pathlib.Path(settings.DATA_DIR).parent.glob("bad/*")):
    try:
        restore(path)
        print(path.name, "|", "TAKEN")
    except BackupError as error:
        print(path.name, "|", " ".join(str(error).split()))
"""
Members = dict[str, bytes]
PLACES = (
    "files/beat-schedule",
    "files/queue/messages/1.celery.msg",
    "files/../../out",
    "/tmp/out",
    "files//secret_key",
    "files/uploads/../beat-schedule",
    "files/uploads",
    "files/secret_key/x",
    "beat-schedule",
)


def read(path: Path) -> Members:
    with tarfile.open(path) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}


def write(path: Path, members: Members, *extra: tuple[tarfile.TarInfo, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        for member, content in extra:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def manifested(members: Members, **changes: object) -> Members:
    """The same with a manifest that names all of it."""
    manifest = json.loads(members["manifest.json"])
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in members.items() if name != "manifest.json"}
    manifest |= {"sha256": digests, **changes}
    return {**members, "manifest.json": json.dumps(manifest).encode()}


def planted(name: str, kind: bytes = tarfile.REGTYPE, leads_to: str = "") -> tuple[tarfile.TarInfo, bytes]:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, leads_to
    return member, b"planted" if kind == tarfile.REGTYPE else b""


def damaged_database(members: Members, folder: Path) -> bytes:
    """A page in the middle is no page; SQLite opens it without a word."""
    path = folder / "damaged"
    content = bytearray(members["database"])
    content[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    path.write_bytes(bytes(content))
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA schema_version")
    path.unlink()
    return bytes(content)


def make_bad_ones(good: Path, folder: Path) -> dict[str, str]:
    """Each bad archive with words of the sentence that refuses it."""
    whole, members = good.read_bytes(), read(good)
    migrations = json.loads(members["manifest.json"])["migrations"]
    for part in (0, 5, 30, 60, 95):
        (folder / f"cut at {part}").write_bytes(whole[: len(whole) * part // 100])
    (folder / "zeroed").write_bytes(bytes(len(whole)))
    (folder / "text").write_text("bonjour\n" * 100)
    with sqlite3.connect(folder / "a database") as other:
        other.execute("CREATE TABLE a (b)")
    (folder / "altered").write_bytes(whole[: len(whole) // 2] + b"\0" * 64 + whole[len(whole) // 2 + 64 :])
    write(folder / "foreign", {"etc/hosts": b"127.0.0.1"})
    write(folder / "nothing", {})
    write(folder / "only a manifest", {"manifest.json": members["manifest.json"]})
    write(folder / "no manifest", {name: members[name] for name in members if name != "manifest.json"})
    write(folder / "odd manifest", {**members, "manifest.json": b"[1]"})
    write(
        folder / "odd digests",
        {**members, "manifest.json": b'{"format":1,"engine":"sqlite","sha256":[],"migrations":[]}'},
    )
    write(folder / "other engine", manifested(members, engine="postgresql"))
    write(folder / "later format", manifested(members, format=2))
    write(folder / "later version", manifested(members, migrations=[*migrations, "jobs.9999_from_tomorrow"]))
    write(folder / "damaged database", manifested({**members, "database": damaged_database(members, folder)}))
    write(folder / "empty database", manifested({**members, "database": b"x" * 10_000}))
    write(folder / "without database", manifested({name: members[name] for name in members if name != "database"}))
    for number, name in enumerate(PLACES):
        write(folder / f"planted {number}", manifested({**members, name: b"planted"}))
        write(folder / f"unnamed {number}", members, planted(name))
    write(folder / "unnamed cv", members, planted("files/private/cv/two"))
    write(folder / "twice", members, planted("files/secret_key"))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
        write(folder / f"kind {kind.decode()}", members, planted("files/private/cv/two", kind, "/etc/passwd"))
    cut = "n'est pas entière"
    return {
        "cut at 0": cut, "cut at 5": cut, "cut at 30": cut, "cut at 95": cut, "text": cut,
        "zeroed": "il manque database",
        "foreign": "ne commence pas par un manifeste", "no manifest": "ne commence pas par un manifeste",
        "odd manifest": "manifeste de cette sauvegarde ne peut pas être lu",
        "odd digests": "manifeste de cette sauvegarde ne peut pas être lu",
        "nothing": "il manque database",
        "only a manifest": "il manque database", "without database": "il manque database",
        "other engine": "vient de postgresql, cette base est sqlite",
        "later format": "format 2, ce code lit le format 1",
        "later version": "plus récente de Medinjob : installez-la d'abord. Inconnu ici : jobs.9999_from_tomorrow",
        "damaged database": "base de la sauvegarde est endommagée", "empty database": "endommagée",
        "planted 0": "'files/beat-schedule' n'est pas un fichier de Medinjob",
        "unnamed cv": "n'est pas dans son manifeste",
        "twice": "deux fois", "kind 2": "fichier ordinaire",
    }  # fmt: skip


def test_every_bad_archive_is_refused_in_a_sentence_and_leaves_nothing(lived_in, tmp_path):
    (tmp_path / "bad").mkdir()
    sentences = make_bad_ones(lived_in.parent / "backup.tgz", tmp_path / "bad")
    place = tmp_path / "var"

    done = manage(place, "shell", "--no-imports", "-c", TRY_ALL)

    assert done.stderr == ""
    refused = dict(line.split(" | ", 1) for line in done.stdout.splitlines())
    assert set(refused) == {path.name for path in (tmp_path / "bad").iterdir()}
    assert "TAKEN" not in refused.values()
    assert {name: refused[name] for name, words in sentences.items() if words not in refused[name]} == {}
    assert sorted(path.name for path in place.rglob("*") if path.is_file()) == ["medinjob.sqlite3", "secret_key"]
    with closing(sqlite3.connect(place / "medinjob.sqlite3")) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert not (tmp_path.parent / "out").exists()


def test_restore_that_fails_half_way_leaves_the_place_empty_and_may_be_run_again(lived_in, tmp_path):
    backup, place = lived_in.parent / "backup.tgz", tmp_path / "var"
    members = read(backup)
    write(tmp_path / "two.tgz", manifested({**members, "files/uploads/a/logo": b"x", "files/private/cv/z": b"y"}))
    place.mkdir()
    (place / "private").write_text("in the way")

    done = manage(place, "restore", str(tmp_path / "two.tgz"))

    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: Rien n'a été restauré : ")
    assert not (place / "uploads").exists()
    (place / "private").unlink()
    assert manage(place, "restore", str(tmp_path / "two.tgz")).returncode == 0
    assert (place / "uploads/a/logo").read_bytes() == b"x"
    assert (place / "private/cv/z").stat().st_mode & 0o777 == 0o600
    assert not list(place.glob("restor*"))


def test_what_a_killed_restore_left_is_in_nobodys_way(lived_in, tmp_path):
    place = tmp_path / "var"
    (place / "private/cv").mkdir(parents=True)
    (place / "private/cv/one").write_bytes(b"half")
    (place / "restoring").touch()
    assert manage(place, "restore", str(lived_in.parent / "backup.tgz")).returncode == 0
    assert ask(place, "User.objects.count()") == "1"


@pytest.mark.parametrize("command", ["prepare", "migrate", "backup"])
def test_damaged_database_is_said_in_a_sentence_that_names_restore(lived_in, tmp_path, command):
    place = tmp_path / "var"
    shutil.copytree(lived_in, place)
    database = place / "medinjob.sqlite3"
    database.write_bytes(database.read_bytes()[: 4096 * 20])
    done = manage(place, command, *([str(tmp_path / "b.tgz")] if command == "backup" else []))
    assert done.returncode == 1
    assert "est endommagée" in done.stderr
    assert "manage.py restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("b.tgz*")) == []


def test_emptied_database_is_not_taken_for_a_new_one(lived_in, tmp_path):
    place = tmp_path / "var"
    shutil.copytree(lived_in, place)
    (place / "medinjob.sqlite3").write_bytes(b"")
    done = manage(place, "prepare")
    assert done.returncode == 1
    assert "est vide alors que" in done.stderr
    assert "manage.py restore" in done.stderr
