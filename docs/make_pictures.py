"""Remake the pictures of README: the floors, drawn from the code; three pages of a fresh demo. `make pictures`"""

import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import grimp
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
WIDTH, FLOOR, GAP = 880, 52, 10
# As `manage.py demo_accounts` prints them.
STAFF, PASSWORD = "equipe@medinjob.example", "medinjob-demo"


def floors() -> list[str]:
    """The apps, the highest first, as import-linter holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return [layer for layer in layers if "|" not in layer and (ROOT / layer.replace(".", "/")).is_dir()]


def imports_between(apps: list[str]) -> dict[tuple[str, str], int]:
    """How many modules of the first app import a module of the second."""
    graph = grimp.build_graph(*sorted({app.split(".")[0] for app in apps}), cache_dir=None)
    modules = {app: {app} | graph.find_descendants(app) for app in apps}
    return {
        (upper, lower): sum(
            bool(modules[lower] & graph.find_modules_directly_imported_by(module)) for module in modules[upper]
        )
        for upper in apps
        for lower in apps
        if upper != lower
    }


def drawing() -> str:
    apps = floors()
    imports = imports_between(apps)
    height = len(apps) * (FLOOR + GAP) + GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif">',
        "<title>The floors of Medinjob: imports go down only</title>",
        f'<rect width="{WIDTH}" height="{height}" rx="8" fill="#fff"/>',
    ]
    for index, app in enumerate(apps):
        top = GAP + index * (FLOOR + GAP)
        below = [f"{lower} {imports[app, lower]}" for lower in apps if imports.get((app, lower))]
        purpose = (ROOT / app.replace(".", "/") / "__init__.py").read_text().strip().strip('"')
        imported = " · ".join(f"→ {words}" for words in below)
        lines += [
            f'<rect x="{GAP}" y="{top}" width="{WIDTH - 2 * GAP}" height="{FLOOR}" rx="6" fill="#e8f0f8"/>',
            f'<text x="26" y="{top + 22}" font-size="15" font-weight="700" fill="#12395f">{escape(app)}</text>',
            f'<text x="150" y="{top + 22}" font-size="13" fill="#1b2733">{escape(purpose)}</text>',
            f'<text x="150" y="{top + 41}" font-size="11" fill="#4a5a6a">{escape(imported)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


@contextmanager
def demo_site() -> Iterator[str]:
    """A fresh demo, served until the block ends: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        site = subprocess.Popen(  # noqa: S603
            ["/usr/bin/make", "run", f"PORT={port}", f"DATA_DIR={data}"], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        try:
            while site.poll() is None:
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(1)
            yield f"http://localhost:{port}"
        finally:
            site.terminate()
            site.wait()


def photograph(page: Page, site: str) -> None:
    """A page of results; a figure of the last report, opened to its rows; the door, with an answer."""
    page.goto(f"{site}/offres/?q=developpeuse+python&place=Marseille&radius=50")
    page.screenshot(path=PICTURES / "results.png")
    page.goto(f"{site}/equipe/forum/")
    page.fill("[name=login]", STAFF)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Éditions du forum").wait_for()
    editions = [str(link.get_attribute("href")) for link in page.locator("tbody a[href$='/']").all()]
    coming, over = editions[0], editions[1]
    page.goto(f"{site}{over}bilan/contracts/")
    page.screenshot(path=PICTURES / "figure.png")
    page.goto(f"{site}{coming.replace('/equipe', '')}entree/")
    page.locator("#code").fill("camille")
    page.keyboard.press("Enter")
    page.locator(".door-answer").first.wait_for()
    page.screenshot(path=PICTURES / "door.png")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "floors.svg").write_text(drawing(), encoding="utf-8")
    if "--floors" in sys.argv:
        return
    with demo_site() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        photograph(chromium.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR"), site)
        chromium.close()


if __name__ == "__main__":
    main()
