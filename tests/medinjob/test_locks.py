"""A row that is locked to be changed may still be named by a new row (`FOR NO KEY UPDATE`): no key of ours changes, and
`FOR UPDATE` makes whoever inserts a reference wait, which ends in deadlocks."""

import ast
from pathlib import Path

from django.apps import apps

from tests.ours import is_ours


def test_every_lock_leaves_the_key():
    files = [path for app in apps.get_app_configs() if is_ours(app) for path in Path(app.path).rglob("*.py")]
    calls = [
        (path, node)
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "select_for_update"
    ]
    assert len(calls) > 20
    assert [
        f"{path}:{node.lineno}" for path, node in calls if "no_key" not in {word.arg for word in node.keywords}
    ] == []
