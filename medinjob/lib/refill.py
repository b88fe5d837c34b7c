"""Puts what somebody wrote back into the form of a page, whoever wrote the form: the HTML itself is changed.

Only the tags that differ are written again; the rest of the page stays as it is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

Attributes = dict[str, str | None]
Words = Sequence[tuple[str, str]]
NEVER_FILLED = {"file", "password", "submit", "button", "image", "reset"}
NEVER_NAMED = {"csrfmiddlewaretoken"}
# A form says with these which state of things it was written on, so that a change made meanwhile is noticed, and where
# it leads afterwards: what was sent stays.
STAMPS = {"version", "before", "query", "next"}
ROWS_MOST = 50
TOTAL = "-TOTAL_FORMS"
LINE_END = re.compile(r"\n")
MAIN = re.compile(r"<main\b[^<>]*>")


class Refilled(NamedTuple):
    """`left` is what found no field. `form_id` is "" where the page has no such form. `seen`: does the page now show
    something that was typed or chosen?"""

    html: str
    form_id: str
    left: list[tuple[str, str]]
    seen: bool


@dataclass
class Tag:
    """A start tag: where it stands, and where its content begins and ends."""

    name: str
    attributes: Attributes
    start: int
    end: int
    content_end: int = 0
    options: list["Tag"] = field(default_factory=list)
    inside: tuple["Tag", ...] = ()
    """The `details` around it."""

    @property
    def kind(self) -> str:
        return (self.attributes.get("type") or "text").lower() if self.name == "input" else self.name

    def get(self, name: str) -> str:
        return self.attributes.get(name) or ""


@dataclass
class Form:
    tag: Tag
    controls: list[Tag] = field(default_factory=list)

    def names(self) -> set[str]:
        return {control.get("name") for control in self.controls if control.kind not in NEVER_FILLED}

    def buttons(self) -> set[str]:
        return {control.get("name") for control in self.controls if control.kind in {"submit", "button", "image"}}

    def actions(self) -> set[str]:
        return {self.tag.get("action"), *(control.get("formaction") for control in self.controls)} - {""} or {""}


class Page(HTMLParser):
    """The forms of a page, and the positions of what may change."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.lines = [0, *(found.end() for found in LINE_END.finditer(html))]
        self.forms: list[Form] = []
        self.loose: list[Tag] = []
        self.templates: list[Tag] = []
        self._open: list[Tag] = []
        self._details: list[Tag] = []
        self._form: Form | None = None
        self._in_template = 0
        self.feed(html)
        self.close()
        self._adopt()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._at()
        found = Tag(tag, dict(attrs), start, start + len(self.get_starttag_text() or ""), inside=tuple(self._details))
        if tag == "template":
            self._in_template += 1
            self.templates.append(found)
        if self._in_template:
            return
        if tag == "details":
            self._details.append(found)
        elif tag == "form":
            self._form = Form(found)
            self.forms.append(self._form)
        elif tag == "option":
            self._add_option(found)
        elif tag in {"input", "textarea", "select", "button"}:
            self._add_control(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "template" and self._in_template:
            self._in_template -= 1
            self.templates[-1].content_end = self._at()
        if self._in_template:
            return
        if tag == "form":
            self._form = None
        elif tag == "details" and self._details:
            self._details.pop()
        elif tag in {"textarea", "select"} and self._open:
            self._open.pop().content_end = self._at()

    def _add_control(self, found: Tag) -> None:
        if found.name == "button":
            found.attributes.setdefault("type", "submit")
            found.attributes["type"] = found.get("type").lower()
        if found.name in {"textarea", "select"}:
            self._open.append(found)
        if "form" in found.attributes:
            self.loose.append(found)
        elif self._form:
            self._form.controls.append(found)

    def _add_option(self, found: Tag) -> None:
        if self._open and self._open[-1].name == "select":
            self._open[-1].options.append(found)

    def _adopt(self) -> None:
        """Controls that name their form (`form="…"`) belong to it wherever they stand."""
        owners = {form.tag.get("id"): form for form in self.forms}
        for control in self.loose:
            if owner := owners.get(control.get("form")):
                owner.controls.append(control)

    def _at(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column


def refill(
    html: str, words: Words, *, page: str, action: str, mark: str = "", languages: Iterable[str] = ()
) -> Refilled:
    """`page` is the address of `html`, `action` the one that the form was sent to; both may differ from what they were
    by the language they begin with. `mark` is HTML that goes into the form."""
    html = _with_rows(html, dict(words))
    shown = Page(html)
    form = _form_of(shown.forms, words, page, _Plain(languages)(action), _Plain(languages))
    if form is None:
        return Refilled(html, "", list(words), False)
    edits, left = _filled(form, words)
    seen = any(control.kind != "hidden" for control in form.controls if _is_edited(control, edits))
    form_id = form.tag.get("id") or "repris-formulaire"
    _write(edits, form.tag, {**form.tag.attributes, "id": form_id, "data-refilled": None})
    edits[form.tag.start] = (form.tag.end, edits[form.tag.start][1] + mark)
    for details in {id(tag): tag for tag in _to_open(form, edits)}.values():
        _write(edits, details, {**details.attributes, "open": None})
    return Refilled(_edited(html, edits), form_id, left, seen)


def insert_into_main(html: str, part: str) -> str:
    """At the top of `main`; a page without one stays as it is."""
    return MAIN.sub(lambda found: found[0] + part, html, count=1)


class _Plain:
    """An address as a path without its language."""

    def __init__(self, languages: Iterable[str]) -> None:
        self.prefix = re.compile(rf"^/(?:{'|'.join(map(re.escape, languages)) or '(?!)'})(?=/)")

    def __call__(self, address: str) -> str:
        return self.prefix.sub("", urlsplit(address).path)


def _form_of(forms: list[Form], words: Words, page: str, action: str, plain: _Plain) -> Form | None:
    """The form sent to that address that has most of the names; else one that has them all."""
    sent = {name for name, _ in words} - NEVER_NAMED
    posts = [form for form in forms if form.tag.get("method").lower() == "post" and _is_about_the_same(form, words)]
    same = [form for form in posts if action in {plain(urljoin(page, address or page)) for address in form.actions()}]
    best = max(same, key=lambda form: _likeness(form, words), default=None)
    if best and (not sent or sent & (best.names() | best.buttons())):
        return best
    written = {name for name, value in words if value} - NEVER_NAMED
    whole = [form for form in posts if written and written <= form.names() | form.buttons()]
    return max(whole, key=lambda form: _likeness(form, words), default=None)


def _is_about_the_same(form: Form, words: Words) -> bool:
    """Words meant for one person never go into the form about another: what a form says of itself in hidden fields
    is what was sent."""
    sent = set(words)
    names = {name for name, _ in words} - NEVER_NAMED
    return all(
        (control.get("name"), control.get("value")) in sent
        for control in form.controls
        if control.kind == "hidden" and control.get("name") in names and not _takes_what_was_sent(control)
    )


def _takes_what_was_sent(hidden: Tag) -> bool:
    return not hidden.get("value") or hidden.get("name") in STAMPS or hidden.get("name").endswith(TOTAL)


def _likeness(form: Form, words: Words) -> tuple[int, int, int]:
    sent = set(words)
    names = {name for name, _ in words}
    # What a form says of itself (the row it is about, the move it asks for) tells apart forms with the same names.
    fixed = {
        (control.get("name"), control.get("value"))
        for control in form.controls
        if control.kind in {"hidden", "submit"} and control.get("name") not in NEVER_NAMED
    }
    known = form.names() - NEVER_NAMED
    return (len(names & (known | form.buttons())), len(fixed & sent), -len(known - names))


Edits = dict[int, tuple[int, str]]
"""Where a change begins, where it ends, and what stands there instead."""


def _filled(form: Form, words: Words) -> tuple[Edits, list[tuple[str, str]]]:
    values: dict[str, list[str]] = {}
    for name, value in words:
        values.setdefault(name, []).append(value)
    given = {name: list(held) for name, held in values.items()}
    placed: set[tuple[str, str]] = set()
    edits: Edits = {}
    for control in form.controls:
        name = control.get("name")
        if not name or control.kind in NEVER_FILLED or name in NEVER_NAMED or "disabled" in control.attributes:
            continue
        placed |= {(name, value) for value in _fill(edits, control, values.get(name, []), given.get(name, []))}
    buttons = form.buttons()
    left = [(name, value) for name, value in words if (name, value) not in placed and name not in buttons]
    return edits, left


def _fill(edits: Edits, control: Tag, sent: list[str], waiting: list[str]) -> Iterator[str]:
    """The values that now stand in `control`; those of a text field are taken from `waiting`, in their order."""
    if control.kind in {"checkbox", "radio"}:
        value = "on" if control.attributes.get("value") is None else control.get("value")
        _mark(edits, control, "checked", value in sent)
        if value in sent:
            yield value
    elif control.name == "select":
        yield from _choose(edits, control, sent)
    elif waiting:
        value = (
            control.get("value") if control.kind == "hidden" and not _takes_what_was_sent(control) else waiting.pop(0)
        )
        if control.name == "textarea":
            # A browser drops the first line end of a text area.
            if value.strip() or control.content_end > control.end:
                edits[control.end] = (control.content_end, "\n" + escape(value))
        elif value != control.get("value"):
            _write(edits, control, {**control.attributes, "value": value})
        yield value


def _choose(edits: Edits, select: Tag, sent: list[str]) -> Iterator[str]:
    offered = [option.get("value") for option in select.options]
    if sent and not set(sent) & set(offered):
        return
    for option in select.options:
        _mark(edits, option, "selected", option.get("value") in sent)
    yield from (value for value in sent if value in offered)


def _mark(edits: Edits, tag: Tag, mark: str, on: bool) -> None:
    if on == (mark in tag.attributes):
        return
    attributes = {name: value for name, value in tag.attributes.items() if name != mark}
    _write(edits, tag, {**attributes, mark: None} if on else attributes)


def _write(edits: Edits, tag: Tag, attributes: Attributes) -> None:
    said = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attributes.items())
    edits[tag.start] = (tag.end, f"<{tag.name}{said}>")


def _to_open(form: Form, edits: Edits) -> Iterator[Tag]:
    """What is written must be in sight."""
    yield from form.tag.inside
    for control in form.controls:
        if _is_edited(control, edits):
            yield from control.inside


def _is_edited(control: Tag, edits: Edits) -> bool:
    places = (control.start, control.end, *(option.start for option in control.options))
    return any(place in edits for place in places)


def _edited(html: str, edits: Edits) -> str:
    parts, at = [], 0
    for start, (end, instead) in sorted(edits.items()):
        parts += [html[at:start], instead]
        at = end
    return "".join([*parts, html[at:]])


def _with_rows(html: str, words: dict[str, str]) -> str:
    """A row of a formset that was added by hand is made again from the formset's template."""
    for name, total in words.items():
        if not name.endswith(TOTAL) or not total.isdecimal() or len(total) > len(str(ROWS_MOST)):
            continue
        prefix = name.removesuffix(TOTAL)
        if f"{prefix}-__prefix__-" not in html:
            continue
        shown = Page(html)
        template = next((tag for tag in shown.templates if f"{prefix}-__prefix__-" in _content(html, tag)), None)
        counts = [control for form in shown.forms for control in form.controls if control.get("name") == name]
        if template is None or not counts or not counts[0].get("value").isdecimal():
            continue
        row = _content(html, template)
        rows = range(int(counts[0].get("value")), min(int(total), ROWS_MOST))
        html = (
            html[: template.start] + "".join(row.replace("__prefix__", str(n)) for n in rows) + html[template.start :]
        )
    return html


def _content(html: str, tag: Tag) -> str:
    return html[tag.end : tag.content_end]
