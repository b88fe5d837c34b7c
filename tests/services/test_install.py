"""docs/operate.md, "Install": its lines, as they stand there, in a bare Debian with systemd, nginx in front."""

import json
import re
import secrets
import shutil
from shlex import quote

import pytest

from tests.services.containers import BASE, checkout, step
from tests.services.site import CHECKOUT, wait_for

pytestmark = pytest.mark.timeout(900)
HOST = "emploi.example.org"
FILLED = {
    "MEDINJOB_SECRET_KEY": "$(id)`id`" + secrets.token_hex(30) + '"\\$HOME #%n',
    "MEDINJOB_PUBLISHER": "Association d’essai & Cie ; #1",
    "MEDINJOB_PUBLISHER_ADDRESS": '7 place $HOME \\ "des" Essais, 100 % réels, 13002 Marseille',
    "MEDINJOB_PUBLICATION_DIRECTOR": "Camille `id` Essai\\",
    "MEDINJOB_HOST": "  Hébergeur %h $$ ~ * ! # 1 rue des Essais  ",
    "MEDINJOB_CONTACT_EMAIL": "contact@emploi.example.org",
    "MEDINJOB_PRIVACY_EMAIL": "donnees@emploi.example.org",
    "MEDINJOB_EMAIL_URL": "smtp://user:p%40ss%23@127.0.0.1:9",
    "MEDINJOB_API_RATE": "4/min",
}
UNITS = ("medinjob-web", "medinjob-worker")


def documented():
    """The blocks of the section, in order."""
    text = (CHECKOUT / "docs" / "operate.md").read_text(encoding="utf-8")
    section = re.search(r"^## Install$(.*?)^## ", text, re.MULTILINE | re.DOTALL)[1]
    return re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


class Machine:
    """A bare Debian that systemd has started."""

    def __init__(self, podman, sources):
        self.podman, self.name = podman, "machine"
        podman("network", "create", "machine")
        podman(
            "run", "--detach", "--name", self.name, "--hostname", "machine", "--systemd=always", "--privileged",
            "--network", "machine", "--volume", f"{sources}:/srv/medinjob", *podman.machine_options(),
            "localhost/bare", "/lib/systemd/systemd",
        )  # fmt: skip
        wait_for(lambda: self.sh("systemctl is-system-running || true") == "running", what="systemd to have started")

    def sh(self, script, timeout=400):
        """As root, in a shell that stops at the first failure."""
        whole = (
            "exec",
            "--interactive",
            "--env",
            "DEBIAN_FRONTEND=noninteractive",
            self.name,
            "bash",
            "-euo",
            "pipefail",
        )
        return self.podman(*whole, stdin=script, timeout=timeout)

    def curl(self, address, *options):
        """The status and the headers of an answer through nginx."""
        words = ["curl", "-sk", "-o", "/dev/null", "-D", "-", "--resolve", f"{HOST}:443:127.0.0.1",
                 "--resolve", f"{HOST}:80:127.0.0.1", *options, address]  # fmt: skip
        lines = self.sh(" ".join(map(quote, words))).splitlines()
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return int(lines[0].split()[1]), headers


@pytest.fixture(scope="module")
def machine(podman, tmp_path_factory):
    """What a bare Debian has besides the base: systemd; curl and openssl are the test's own."""
    folder = tmp_path_factory.mktemp("install")
    (folder / "bare").write_text(
        f"FROM {BASE}\nRUN apt-get update -qq && apt-get install -y -qq --no-install-recommends systemd curl openssl"
        " >/dev/null && echo 'APT::Get::Assume-Yes \"true\";' >/etc/apt/apt.conf.d/90yes\n"
    )
    podman.build("localhost/bare", folder / "bare", folder)
    with step("install: systemd starts"):
        machine = Machine(podman, checkout(folder / "medinjob"))
    yield machine
    print(machine.sh("journalctl --no-pager -n 80 -u medinjob-web -u medinjob-worker -u nginx || true"))
    podman("rm", "--force", "--time", "0", "machine")
    podman("network", "rm", "machine")
    shutil.rmtree(folder)


def fill_in(machine):
    """Each value as the file's own header says."""
    text = machine.sh("cat /etc/medinjob.env")
    for name, value in FILLED.items():
        line = f"{name}='{value}'"
        text, count = re.subn(rf"^#?{name}=.*$", lambda _, line=line: line, text, flags=re.MULTILINE)
        assert count == 1, name
    machine.sh(f"cat >/etc/medinjob.env <<'END OF FILE'\n{text}\nEND OF FILE")


def certificate(machine):
    names = f"-subj /CN={HOST} -keyout /etc/ssl/medinjob/privkey.pem -out /etc/ssl/medinjob/fullchain.pem"
    machine.sh(f"mkdir -p /etc/ssl/medinjob; openssl req -x509 -newkey rsa:2048 -nodes -days 2 {names} 2>&1")


@pytest.fixture(scope="module")
def installed(machine):
    """The blocks of the documentation, and nothing else but filling in and a certificate."""
    settings_file, site, web_server = documented()
    with step("install: packages, Python"):
        machine.sh(settings_file)
    fill_in(machine)
    with step("install: site"):
        machine.said = machine.sh(site)
    certificate(machine)
    with step("install: nginx"):
        machine.sh(web_server)
    wait_for(lambda: machine.curl(f"https://{HOST}/")[0] == 200, what="the site behind nginx")
    return machine


def test_documented_install_serves_behind_nginx(installed):
    assert re.search(r"Choose a password at: https://emploi\.example\.org/\S+", installed.said)
    assert "no issues" in installed.said
    status, headers = installed.curl(f"https://{HOST}/offres/", "--compressed")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert installed.curl(f"https://{HOST}/api/v1/offers/", "--compressed")[0] == 200
    style = re.search(
        r'"(/style-[^"]+\.css)"', installed.sh(f"curl -sk --resolve {HOST}:443:127.0.0.1 https://{HOST}/")
    )[1]
    status, headers = installed.curl(f"https://{HOST}{style}", "--compressed")
    assert (status, headers.get("content-encoding")) == (200, "gzip")
    assert "immutable" in headers["cache-control"]
    wait_for(lambda: installed.curl(f"https://{HOST}/sante/")[0] == 200, what="all to be well")


def test_what_a_visitor_sends_as_a_proxy_is_not_believed(installed):
    """http:// is never taken for https://, nor the reverse; calls are counted by the address that connects."""
    assert installed.curl(f"http://{HOST}/", "-H", "X-Forwarded-Proto: https")[0] == 301
    assert installed.curl(f"https://{HOST}/", "-H", "X-Forwarded-Proto: http")[0] == 200
    forged = [installed.curl(f"https://{HOST}/api/v1/offers/", "-H", f"X-Forwarded-For: 198.51.100.{n}")[0]
              for n in range(6)]  # fmt: skip
    assert 429 in forged


def test_bodies_are_limited(installed):
    installed.sh("head -c 7000000 /dev/zero >/tmp/7; head -c 5500000 /dev/zero >/tmp/5")
    assert installed.curl(f"https://{HOST}/compte/login/", "--data-binary", "@/tmp/7")[0] == 413
    assert installed.curl(f"https://{HOST}/compte/login/", "--data-binary", "@/tmp/5")[0] in (400, 403)


def test_shell_and_systemd_read_the_same_from_the_settings(installed):
    """The variables of the running service, and those of a shell, are those that were filled in."""
    asked = "import json, os; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith('MEDINJOB_')}))"
    by_shell = json.loads(installed.sh(
        f"set -a; . /etc/medinjob.env; /srv/medinjob/.venv/bin/python -c {quote(asked)}"))  # fmt: skip
    raw = installed.sh("tr '\\0' '\\1' </proc/$(systemctl show -P MainPID medinjob-worker)/environ")
    by_systemd = dict(part.split("=", 1) for part in raw.split("\1") if part.startswith("MEDINJOB_"))
    assert by_shell == by_systemd
    assert {name: by_shell[name] for name in FILLED} == FILLED
    assert by_shell["MEDINJOB_MAIL_FROM"] == "Medinjob <ne-pas-repondre@emploi.example.org>"


def test_nobody_else_reads_what_the_site_keeps(installed):
    """The folder is closed, and what lies in it too, but for what is public anyway and what useradd put there."""
    assert installed.sh("stat -c '%a %U' /var/lib/medinjob") == "700 medinjob"
    public = "-path '*/static' -o -path '*/uploads' -o -name '.*'"
    open_to_others = f"find /var/lib/medinjob -mindepth 1 \\( {public} \\) -prune -o -perm /077 -not -type l -print"
    assert installed.sh(open_to_others) == ""
    assert installed.sh("stat -c '%a %U %G' /etc/medinjob.env") == "640 root medinjob"


@pytest.mark.parametrize("unit", UNITS)
def test_units_are_sound_and_closed(installed, unit):
    assert installed.sh(f"systemd-analyze verify /etc/systemd/system/{unit}.service 2>&1") == ""
    assert installed.sh(f"systemctl show -P UMask {unit}") == "0077"
    exposure = re.search(r"level for \S+: ([\d.]+)", installed.sh(f"systemd-analyze security {unit} --no-pager"))
    assert float(exposure[1]) < 3


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("signal", ["KILL", "TERM"])
def test_what_ends_starts_again(installed, unit, signal):
    """Killed, or ended by itself without an error; its children do not outlive it."""
    before = installed.sh(f"systemctl show -P MainPID {unit}")
    installed.sh(f"kill -{signal} {before}")
    wait_for(lambda: installed.sh(f"systemctl show -P MainPID {unit}") not in (before, "0"), what=f"{unit} again")
    wait_for(lambda: installed.curl(f"https://{HOST}/sante/")[0] == 200, what="the site again")
    assert installed.sh(f"systemctl is-active {unit}") == "active"


def test_backup_comes_back_into_an_empty_place(installed):
    """With the Python of this Debian, which is older than the developers'."""
    emails = "from accounts.models import User; print(*User.objects.values_list('email', flat=True))"
    asked = f"/srv/medinjob/deploy/manage shell -v0 -c {quote(emails)}"
    before = installed.sh(asked)
    installed.sh("install -d -m 700 -o medinjob /backup; cd /; /srv/medinjob/deploy/manage backup /backup/one.tar.gz")
    installed.sh("systemctl stop medinjob-web medinjob-worker; rm -r /var/lib/medinjob/*")
    installed.sh("/srv/medinjob/deploy/manage restore /backup/one.tar.gz")
    installed.sh(
        "/srv/medinjob/deploy/manage collectstatic --noinput -v 0; systemctl start medinjob-web medinjob-worker"
    )
    wait_for(lambda: installed.curl(f"https://{HOST}/offres/")[0] == 200, what="the restored site")
    assert before == installed.sh(asked) == "prenom.nom@example.org"


def test_two_that_start_at_once_migrate_one_after_the_other(installed):
    """In an empty place, started together by hand; the worker waits for the schema. An empty database beside the files
    of a site would be refused."""
    emptied = "cd /var/lib/medinjob && rm -rf medinjob.sqlite3* uploads private index"
    installed.sh(f"systemctl stop medinjob-web medinjob-worker; {emptied}")
    installed.sh("systemctl --no-block start medinjob-worker; systemctl --no-block restart medinjob-web")
    for unit in UNITS:
        wait_for(lambda unit=unit: installed.sh(f"systemctl is-active {unit} || true") == "active", what=unit)
    wait_for(lambda: installed.curl(f"https://{HOST}/offres/")[0] == 200, what="the site on a new database")
