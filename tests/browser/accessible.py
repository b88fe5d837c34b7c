"""What is asked of every page, whatever it is for."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

RUN_AXE = """async (rules) => {
  const found = await axe.run(document, {
    resultTypes: ["violations"],
    ...(rules.length ? {runOnly: {type: "rule", values: rules}} : {rules: {"target-size": {enabled: true}}}),
  });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)} ${n.failureSummary}`));
}"""
STRUCTURE = """() => ({
  lang: document.documentElement.lang,
  titled: document.title.replace("·", "").trim().length > 8,
  h1: document.querySelectorAll("h1").length,
  undefined: document.body.innerText.includes("UNDEFINED"),
})"""


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds: all its rules and target sizes, or only the rules named."""
    page.wait_for_load_state()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN_AXE, list(rules))
    return found


def assert_accessible(page: Page, *, lang: str = "fr") -> None:
    """The page shown, at 360 and 1440 px, light and dark: axe finds nothing, no horizontal scroll, a title, one h1."""
    page.wait_for_load_state()
    assert page.evaluate(STRUCTURE) == {"lang": lang, "titled": True, "h1": 1, "undefined": False}
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"scrolls sideways at {width} px"
        assert violations(page) == [], f"at {width} px, light"
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast") == [], f"at {width} px, dark"
