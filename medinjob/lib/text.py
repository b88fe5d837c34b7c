"""Text as the world sends it (plain, HTML, half-decoded) into clean lines, clean Markdown and safe HTML."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

ALLOWED_TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "hr", "li", "ol", "p", "strong", "ul"}
HIDDEN_CONTACT = "(voir l'annonce d'origine)"

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"  # controls
    r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"  # of no width
)
_DIRTY = re.compile(r"[&¿\ufffd\\\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u200b-\u206f\ufeffÂÃÅâð]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
# What would be lost, or join two words, when only ASCII is kept.
_LETTERS_AND_SEPARATORS = (("œ", "oe"), ("æ", "ae"), *((sign, " ") for sign in "’‘–—·•⸱«»“”€\u2011"))
_WORDS = b"abcdefghijklmnopqrstuvwxyz0123456789"
_OTHERS_TO_SPACES = bytes(code if code in _WORDS else ord(" ") for code in range(256))
_OTHER_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACES = re.compile(r"  +")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,500})?/?>|<!--.{0,2000}?-->", re.IGNORECASE | re.DOTALL)
_HIDDEN_BLOCK = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ITEM_TAG = re.compile(r"<li\b[^<>]*>", re.IGNORECASE)
_LINE_TAG = re.compile(r"</?(?:p|div|ul|ol|h[1-6]|tr|table|section)\b[^<>]*>|<br\s*/?>|</li>", re.IGNORECASE)
_BOLD_TAG = re.compile(r"<(?:b|strong)\b[^<>]*>\s*([^<>]{1,200}?)\s*</(?:b|strong)>", re.IGNORECASE)

# UTF-8 read as Windows-1252: "Ã©" for "é", "â€™" for "’"; of "à" the second half looks like a space.
_MOJIBAKE = re.compile(r"[ÂÃÅâð][\x80-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]{1,3}")
# An emoji or a thin space lost by the source's own encoding: "30¿000", "���� Lieu".
_LOST = re.compile(r"¿+|\ufffd{2,}")

_LINE_MARK = re.compile(r"\s*(?:#{1,6}|[-*+>]|\d+\.)(?:\s+|$)")
# None of its parts may hold what it begins with: a run of "[" or "[a](" is then read once.
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\[\s]+\)")
_LONGEST_HEADING = 60
_LOST_AT_START = re.compile(r"^\?{1,2}\s+")
_STARS = re.compile(r"(?<!\*)\*{3,5}(?!\*)")
_RULE = re.compile(r"_{6,}|\*{6,}|={6,}")
_BULLET = re.compile(r"^(?:[-–—−•·●▪■□◦‣⁃∙○❖➢➤►▶→✓✔√☑✅👉»>*+]|o(?=\s))\s*(?![-–—*>+])(?=\S)")
_DASH_IN_WORD = re.compile(r"^[-–+*]\d")
_HEADING = re.compile(r"^(#{1,6})\s+(.+)$")
_SECTION = re.compile(
    r"^(?:- )?((?:description|missions?|contexte|avantages) (?:du poste|du profil|de l'entreprise|principales)"
    r"|profil recherché|responsabilités|vos missions|votre profil|informations complémentaires)\s*:?$",
    re.IGNORECASE,
)
_INLINE_ITEMS = re.compile(r" [*•·▪●] +(?=\S)")
_GLUED_SENTENCE = re.compile(r"([.!?;:])(?<=[a-zà-ÿ)].)(?=[A-ZÀ-Ý][a-zà-ÿ]+ )")
_GLUED_HEADING = re.compile(
    r"(Description de l'entreprise|Description du poste|Informations (?:supplémentaires|complémentaires)"
    r"|Qualifications|Profil recherché)(?=[A-ZÀ-Ý][a-zà-ÿ' ])"
)
_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[a-z]{2,10}", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:0|\+\s?33|0033)(?<![\d,./-]0)(?<!\d0033)[\s.-]?(?:\(0\)[\s.-]?)?[1-9](?:[\s.-]?\d{2}){4}(?!\d|[.,-]\d)"
)


def fold(text: str) -> str:
    """Lower case, no accents, words of letters and digits joined by one space: for comparing, not for showing."""
    text = text.lower()
    if not text.isascii():
        for written, meant in _LETTERS_AND_SEPARATORS:
            text = text.replace(written, meant)
        text = unicodedata.normalize("NFKD", text)
    return b" ".join(text.encode("ascii", "ignore").translate(_OTHERS_TO_SPACES).split()).decode()


def single_line(text: str, limit: int | None = None) -> str:
    """One clean line: entities decoded, tags and invisible characters gone; cut between words at `limit` characters."""
    line = decode(text)
    line = " ".join((_TAG.sub(" ", line) if "<" in line else line).split())
    if limit is not None and len(line) > limit:
        line = line[: limit - 1].rsplit(" ", 1)[0][: limit - 1].rstrip(" ,;:-") + "…"
    return line


def decode(text: str) -> str:
    """The characters that were meant: entities (even twice encoded), mojibake, invisible characters, line ends."""
    if not _DIRTY.search(text):
        return text
    for _ in range(3):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = unescape(text)
    text = _MOJIBAKE.sub(_repair, text).replace("Ã  ", "à ").replace("Ã ", "à ").replace("\\'", "'")
    text = _LINE_END.sub("\n", text)
    if "¿" in text or "\ufffd" in text:
        text = _LOST.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", text)


def hide_contacts(text: str) -> str:
    """E-mail addresses and French phone numbers replaced by words that say where to find them."""
    if "@" in text:
        text = _EMAIL.sub(HIDDEN_CONTACT, text)
    return _PHONE.sub(HIDDEN_CONTACT, text)


def to_markdown(text: str) -> str:
    """Clean Markdown from a description in plain text or HTML: paragraphs, `- ` lists, `### ` headings, no tags.

    Bullets of all kinds (•, ·, >, `***`) become lists, short lines in capitals become headings.
    """
    text = _without_tags(decode(text))
    if "***" in text or "______" in text or "======" in text:
        text = _STARS.sub("\n- ", _RULE.sub("\n", text))
    text = _GLUED_SENTENCE.sub(r"\1 ", _GLUED_HEADING.sub(r"\n\n### \1\n\n", _single_spaces(text)))
    return _joined(_line(part) for raw in text.split("\n") for part in _parts(raw.strip()))


def _single_spaces(text: str) -> str:
    """Line ends stay. One kind at a time, since nothing is quicker to look for than one character."""
    for space in _OTHER_SPACES:
        text = text.replace(space, " ")
    return _SPACES.sub(" ", text)


def to_html(markdown: str) -> str:
    """Safe HTML: raw HTML shown as text, headings from `h3` down, links only to http(s), without referrer or follow."""
    return nh3.clean(
        _renderer().render(markdown),
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )


def plain(markdown: str) -> str:
    """The words of a Markdown text on one line, without its marks: for an excerpt or an index."""
    lines = (line[mark.end() :] if (mark := _LINE_MARK.match(line)) else line for line in markdown.split("\n"))
    unmarked = " ".join(lines).replace("**", "").replace("__", "").replace("`", "")
    return " ".join(_LINK.sub(r"\1", unmarked).split())


def _repair(match: re.Match[str]) -> str:
    """The character behind a piece of mojibake, or the piece when it is none."""
    raw = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252") for c in match[0])
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return match[0]


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    text = _BOLD_TAG.sub(r"**\1**", _HIDDEN_BLOCK.sub(" ", text))
    return _TAG.sub("", _LINE_TAG.sub("\n", _ITEM_TAG.sub("\n- ", text)))


def _parts(line: str) -> list[str]:
    """A list written on one line ("Missions : * Gérer * Suivre * Former") is three items."""
    if line[:1] == "?":
        line = _LOST_AT_START.sub("", line)
    parts = _INLINE_ITEMS.split(line)
    return [parts[0], *(f"- {part}" for part in parts[1:])] if len(parts) > 2 else [line]


def _line(line: str) -> str:
    """As it is meant: an item, a heading, "" for an ornament; most are long, begin with a word and stay."""
    if len(line) > _LONGEST_HEADING and line[0].isalpha() and line[1] != " ":
        return line
    if not any(c.isalnum() for c in line):
        return ""
    if (heading := _SECTION.match(line)) or _shouts(line):
        return f"### {(heading[1] if heading else line).strip(' :*').capitalize()}"
    if heading := _HEADING.match(line):
        return f"### {heading[2].strip(' *#:')}" if len(heading[1]) > 1 else f"- {heading[2]}"
    bullet = _BULLET.match(line)
    if bullet and not _DASH_IN_WORD.match(line):
        return f"- {line[bullet.end() :].lstrip(' •·*')}"
    return line


def _shouts(line: str) -> bool:
    return (
        len(line) <= _LONGEST_HEADING
        and line.isupper()
        and line[0].isalnum()
        and line[-1] not in ".!?,;)"
        and sum(c.isalpha() for c in line) >= 6
    )


def _joined(lines: Iterable[str]) -> str:
    """Blocks of different nature need an empty line between them; the items of a list stay together."""
    found: list[str] = []
    last, gap = "", False
    for line in lines:
        if not line:
            gap = True
            continue
        kind = "item" if line.startswith("- ") else "heading" if line.startswith("### ") else "text"
        if found and (kind != last or kind == "heading" or (gap and kind == "text")):
            found.append("")
        found.append(line)
        last, gap = kind, False
    return "\n".join(found).strip()


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "code"])
    renderer.core.ruler.push("demote_headings", _demote_headings)
    return renderer


def _demote_headings(state: StateCore) -> None:
    """The page owns h1 and h2."""
    for token in state.tokens:
        if token.tag in {"h1", "h2"}:
            token.tag = "h3"
        elif token.tag == "h6":
            token.tag = "h5"
