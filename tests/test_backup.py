"""Backup and restore, by the commands an operator runs, between two places on disk."""

import io
import json
import tarfile

from tests.places import ask, manage


def test_restore_into_an_empty_place_brings_all_back(lived_in, tmp_path):
    done = manage(tmp_path / "var", "restore", str(lived_in.parent / "backup.tgz"))

    assert done.returncode == 0, done.stderr
    assert ask(tmp_path / "var", "list(User.objects.values_list('email', flat=True))") == "['nadia@medinjob.example']"
    assert (tmp_path / "var/private/cv/one").read_bytes() == b"%PDF"
    assert (tmp_path / "var/secret_key").read_text() == (lived_in / "secret_key").read_text()


def test_restore_over_a_live_place_is_refused(lived_in):
    done = manage(lived_in, "restore", str(lived_in.parent / "backup.tgz"))

    assert done.returncode == 1
    assert "n'est pas vide" in done.stderr
    assert ask(lived_in, "User.objects.count()") == "1"


def test_altered_backup_is_refused(lived_in, tmp_path):
    with tarfile.open(lived_in.parent / "backup.tgz") as archive:
        members = {member.name: archive.extractfile(member).read() for member in archive}
    members["files/private/cv/one"] = b"%PDF altered"
    with tarfile.open(tmp_path / "altered.tgz", "w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))

    done = manage(tmp_path / "var", "restore", str(tmp_path / "altered.tgz"))

    assert "altérée : files/private/cv/one" in done.stderr
    assert not (tmp_path / "var/private").exists()


def test_backup_is_private_and_names_what_it_holds(lived_in):
    path = lived_in.parent / "backup.tgz"

    assert path.stat().st_mode & 0o077 == 0
    with tarfile.open(path) as archive:
        manifest = json.load(archive.extractfile("manifest.json"))
    assert set(manifest["sha256"]) == {"database", "files/secret_key", "files/private/cv/one"}


def test_backup_never_overwrites(lived_in):
    again = manage(lived_in, "backup", str(lived_in.parent / "backup.tgz"))

    assert again.returncode == 1
    assert "existe déjà" in again.stderr
