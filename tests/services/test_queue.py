"""The queue in a folder, on a site of processes."""

import os
import shutil
import signal

import pytest

from tests.services.people import Crowd, Visitor, redirected
from tests.services.site import wait_for

pytestmark = pytest.mark.timeout(400)


def test_pages_answer_when_the_queue_takes_nothing(new_site):
    """A file in place of the folder refuses as a full disk does."""
    site = new_site()
    world, mail = site.ask("world", 0, 0, 0, 0), site.ask("failed_mail")
    site.start_web()
    shutil.rmtree(site.folder / "queue" / "messages")
    (site.folder / "queue" / "messages").write_text("")
    staff = Visitor(crowd := Crowd(site), world["staff"])
    assert redirected(staff.ask(f"/equipe/courriels/{mail}/renvoyer/", {}))
    assert crowd.broken == []
    assert "takes no message" in site.processes["web"].log.read_text()


def test_worker_ends_when_its_schedule_does_and_starts_on_a_damaged_queue(new_site, mail_server):
    site = new_site(EMAIL_URL=f"smtp://127.0.0.1:{mail_server.server_address[1]}")
    worker = site.start_worker("--pool=solo", "--beat")
    site.ask("queue", 1, "avant")
    wait_for(lambda: site.ask("mails") == {"sent": 1}, what="the first mail")
    os.kill(wait_for(worker.children, what="the schedule")[0], signal.SIGKILL)
    wait_for(lambda: worker.popen.poll() is not None, what="the worker to end")
    assert worker.popen.returncode == 1
    for table in (site.folder / "queue" / "control").glob("*.exchange"):
        table.write_bytes(b"")
    for number in range(20):
        (site.folder / "queue" / "messages" / f"{number:020}_x.celery.msg").write_bytes(b"")
    site.revive()
    site.ask("queue", 1, "après")
    wait_for(lambda: site.ask("mails") == {"sent": 2}, what="the mail after")
