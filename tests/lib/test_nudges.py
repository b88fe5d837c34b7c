import pytest
from celery import Celery

from medinjob.lib.nudges import nudge


@pytest.fixture
def task(tmp_path):
    """Of a worker whose queue is in that folder."""
    messages = str(tmp_path / "messages")
    options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(tmp_path / "control")}
    with Celery("essai", broker="filesystem://", set_as_current=False) as app:
        app.conf.broker_transport_options = options

        @app.task(name="essai.rien", lazy=False)
        def nothing():
            pass

        yield nothing


def test_nudge_leaves_after_the_commit(db, task, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        nudge(task)
        assert not (tmp_path / "messages").exists()
    assert len(list((tmp_path / "messages").iterdir())) == 1


def test_nudge_that_the_queue_refuses_is_logged_and_never_raised(
    db, task, tmp_path, django_capture_on_commit_callbacks, caplog
):
    """A file in place of its folder refuses as a full disk does, root too."""
    (tmp_path / "messages").write_text("")
    with django_capture_on_commit_callbacks(execute=True):
        nudge(task)
    assert "takes no message" in caplog.text
