"""What the texts for developers name exists: links, files and decisions."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# docs/renamed.md keeps old names on purpose; CHANGELOG is for users.
TEXTS = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")]
    if path.name not in {"renamed.md", "CHANGELOG.md"}
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*\.(?:py|sh|md|toml|txt|html|css|js|typ|yaml|service|svg)|(?:[\w.-]+/){1,})`")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_links_lead_to_files(text: Path) -> None:
    targets = [link for link in LINK.findall(text.read_text()) if "://" not in link and not link.startswith("mailto:")]
    assert [target for target in targets if not (text.parent / target).exists()] == []


@pytest.mark.parametrize("text", TEXTS, ids=name_of)
def test_named_files_exist(text: Path) -> None:
    """A path is from the root of the project, or begins in one of its apps' rooms."""
    apps = [path for path in ROOT.iterdir() if path.is_dir()]
    gone = [
        name
        for name in FILE.findall(text.read_text())
        if name.split("/")[0] in {path.name for path in apps} and not (ROOT / name).exists()
    ]
    assert gone == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "adr"
    listed = set(LINK.findall((folder / "README.md").read_text()))
    assert {path.name for path in folder.glob("0*.md")} <= listed
