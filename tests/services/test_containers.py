"""deploy/compose.yaml, played: our image from our Dockerfile, every service in the file's order and with its limits.

Images of the same names made from Debian's packages stand for the official ones: their entry points are not tested."""

import json
import os
import re
import secrets
import shutil
from email import message_from_bytes
from html import unescape

import pytest
import requests

from tests.accounts.smtp_server import smtp_server
from tests.services.compose import Project, read_env_file
from tests.services.containers import STANDINS, checkout, elasticsearch_home, step
from tests.services.site import CHECKOUT, free_port, wait_for

pytestmark = pytest.mark.timeout(1200)
HOST = "emploi.example.org"
CHECKED = ("postgres", "redis", "elasticsearch", "web", "worker", "beat")
OFFER = {
    "id": "C001",
    "intitule": "Développeuse Python en conteneur (F/H)",
    "description": "Vous faites évoluer un service en ligne utilisé par les communes du littoral. " * 4,
    "romeCode": "M1855",
    "typeContrat": "CDI",
    "lieuTravail": {"libelle": "13 - AIX EN PROVENCE", "codePostal": "13100", "commune": "13001"},
}
LEGAL = {
    "MEDINJOB_PUBLISHER": "Éditrice d'essai",
    "MEDINJOB_PUBLISHER_ADDRESS": "7 place # des $HOME Essais, 13002 Marseille",
    "MEDINJOB_PUBLICATION_DIRECTOR": "Camille Essai",
    "MEDINJOB_HOST": "Hébergeur d'essai, 1 rue des Essais",
    "MEDINJOB_CONTACT_EMAIL": "contact@emploi.example.org",
    "MEDINJOB_PRIVACY_EMAIL": "donnees@emploi.example.org",
}


@pytest.fixture(scope="module")
def sources(podman, tmp_path_factory):
    """A checkout with the secrets that an administrator keeps in it."""
    folder = checkout(tmp_path_factory.mktemp("compose") / "medinjob")
    (folder / "deploy" / ".env").write_text("SECRET=of-the-administrator\n")
    return folder


@pytest.fixture(scope="module")
def images(podman, sources):
    podman.build("localhost/python:3.11-slim-bookworm", STANDINS / "python", STANDINS)
    podman.build("localhost/standin-services", STANDINS / "services", STANDINS)
    podman.build("localhost/postgres:15-bookworm", STANDINS / "postgres", STANDINS)
    podman.build("localhost/redis:7-bookworm", STANDINS / "redis", STANDINS)
    podman.build("localhost/elasticsearch:8.19.8", STANDINS / "elasticsearch", elasticsearch_home())
    ignored = sources / "deploy" / "Dockerfile.dockerignore"
    podman.build(
        "localhost/medinjob", sources / "deploy" / "Dockerfile", sources, "--ignorefile", str(ignored),
        *podman.machine_options(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def mails():
    with smtp_server(host="0.0.0.0") as server:
        yield server


@pytest.fixture
def new_project(podman, images, mails, sources):
    projects = []

    def make(name, port):
        example = read_env_file((CHECKOUT / "deploy" / "medinjob.compose.env.example").read_text())
        given = {key: value or secrets.token_hex(40) for key, value in example.items()}
        given |= LEGAL | {"MEDINJOB_HOSTNAME": HOST, "MEDINJOB_PORT": str(port), "MEDINJOB_STAFF_MFA": "0"}
        given |= {"MEDINJOB_EMAIL_URL": "smtp://to.be.known"}
        projects.append(project := Project(podman, sources / "deploy" / "compose.yaml", given, name))
        project.make_networks()
        address = f"smtp://{project.gateway('outside')}:{mails.server_address[1]}"
        for service in project.services.values():
            if "MEDINJOB_EMAIL_URL" in service.get("environment", {}):
                service["environment"]["MEDINJOB_EMAIL_URL"] = address
        return project

    yield make
    for project in projects:
        for name in project.services:
            print(f"--- {project.name} {name}", project.logs(name), sep="\n")


class Browser(requests.Session):
    """Somebody at the public address: the web server in front is played by its headers."""

    def __init__(self, port):
        super().__init__()
        self.port = port
        self.headers.update({"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"})

    def request(self, method, address, **more):
        address = address.removeprefix(f"https://{HOST}")
        # Cookies are for https:// only; here they travel by hand.
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        headers = {"Cookie": cookies} if cookies else {}
        url = f"http://127.0.0.1:{self.port}{address}"
        return super().request(method, url, headers=headers, **{**more, "allow_redirects": False, "timeout": 30})

    def post_form(self, address, **data):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(address).text)[1]
        return self.post(address, data={"csrfmiddlewaretoken": token, **data})


def everything_is_healthy(project):
    for name in CHECKED:
        wait_for(lambda name=name: project.healthy(name), seconds=240, what=f"{project.name}: {name} to be healthy")


def answers_well(browser):
    try:
        return browser.get("/sante/").status_code == 200
    except requests.RequestException:
        return False


def finds(browser, title):
    """Words that were found are marked: the title is read without its tags."""
    found = browser.get("/offres/", params={"q": "conteneur"})
    return found.status_code == 200 and title in unescape(re.sub(r"<[^>]+>", "", found.text))


def links_to(mails, address):
    mine = [mail for mail in map(message_from_bytes, mails.received) if mail["To"] == address]
    bodies = [mail.get_payload(decode=True).decode() for mail in mine]
    return re.findall(rf"https://{HOST}(/\S*confirm-email/\S+)", "\n".join(bodies))


def sign_up(browser, mails, email):
    """Web, database, queue, worker and mail server, one after the other."""
    sent = browser.post_form("/compte/signup/", email=email, password1="calanque-43-bleue", name="Nora")
    assert sent.status_code == 302, sent.text
    link = wait_for(lambda: next(iter(links_to(mails, email)), None), what="the mail with the link")
    assert browser.post_form(link).status_code == 302
    assert browser.get("/compte/").status_code == 200


def limits_are_those_of_the_file(project):
    for name, service in project.services.items():
        facts = json.loads(project.podman("inspect", project.full(name)))[0]
        asked, host = service.get("mem_limit"), facts["HostConfig"]
        assert host["Memory"] == int(asked.removesuffix("m")) * 2**20, name
        assert host["ReadonlyRootfs"] == bool(service.get("read_only")), name
    for name in ("web", "worker", "beat"):
        assert project.execute(name, "id", "-un") == "medinjob"
        assert "CapEff:\t0000000000000000" in project.execute(name, "cat", "/proc/1/status")
        assert not project.podman.succeeds("exec", project.full(name), "touch", "/srv/medinjob/x")
    assert project.execute("redis", "cat", "/proc/1/status").split("Uid:\t")[1].split()[0] != "0"
    for name in ("postgres", "redis", "elasticsearch"):
        # No way out of the inner network but for those who send mail.
        routes = [line.split() for line in project.execute(name, "cat", "/proc/net/route").splitlines()]
        assert "00000000" not in [route[1] for route in routes], name


def image_holds_no_secret(project):
    held = project.execute("web", "find", "/srv/medinjob", "-name", ".*", "-not", "-path", "/srv/medinjob")
    assert held == "", "hidden files (secrets, history) went into the image"


def test_compose_file_serves_survives_kills_and_is_restored(new_project, mails, podman, tmp_path):
    port = free_port()
    project, browser = new_project("first", port), Browser(port)
    project.up()
    with step("first: all healthy"):
        everything_is_healthy(project)
    limits_are_those_of_the_file(project)
    image_holds_no_secret(project)

    with step("first: the main line"):
        legal = unescape(browser.get("/mentions-legales/").text + browser.get("/donnees-personnelles/").text)
        assert [value for value in LEGAL.values() if value not in legal] == []
        title = OFFER["intitule"].removesuffix(" (F/H)")
        project.execute("web", "sh", "-c", "cat >/data/offers.json", stdin=json.dumps([OFFER]))
        project.execute("web", "python", "manage.py", "import_offers", "/data/offers.json")
        wait_for(lambda: finds(browser, title), seconds=60, what="the search to find what was imported")
        health = browser.get("/sante/").json()
        assert health["index"]["documents"] == 1
        sign_up(browser, mails, "nora@emploi.example.org")
        assert project.execute("web", "python", "manage.py", "check", "--deploy", "--fail-level", "WARNING") == \
            "System check identified no issues (0 silenced)."  # fmt: skip

    for name in CHECKED:
        with step(f"first: kill {name}"):
            project.kill(name)
            wait_for(lambda name=name: project.healthy(name), seconds=240, what=f"{name} to be healthy again")
            wait_for(lambda: answers_well(browser), seconds=60, what=f"the site to be well without the old {name}")
    with step("first: the main line after kills"):
        wait_for(lambda: finds(browser, title), what="the search after kills")
        sign_up(Browser(port), mails, "lea@emploi.example.org")
        everything_is_healthy(project)

    with step("first: backup"):
        project.execute("web", "python", "manage.py", "backup", "/data/backup.tar.gz")
        podman("cp", f"{project.full('web')}:/data/backup.tar.gz", str(tmp_path / "backup.tar.gz"))
        os.chown(tmp_path / "backup.tar.gz", 10001, 10001)
        project.down()

    port = free_port()
    project, browser = new_project("second", port), Browser(port)
    project.up("postgres", "redis", "elasticsearch", "search-account")
    with step("second: restore"):
        project._await("search-account", "service_completed_successfully")
        shutil.chown(tmp_path, 10001)
        project.run(
            "prepare", "python", "manage.py", "restore", "/backup/backup.tar.gz", volume=f"{tmp_path}:/backup:ro"
        )
    project.up("prepare", "web", "worker", "beat")
    with step("second: as before"):
        everything_is_healthy(project)
        wait_for(lambda: finds(browser, title), what="the search after the restore")
        signed_in = browser.post_form("/compte/login/", login="nora@emploi.example.org", password="calanque-43-bleue")
        assert signed_in.status_code == 302
        assert browser.get("/compte/").status_code == 200
        project.down()
