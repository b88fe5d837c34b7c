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

# Characters that Unicode calls letters, marks or signs and that show nothing: fillers, a blank, variation selectors.
_BLANKS = (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)
_BLANK = frozenset(map(chr, (*_BLANKS, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# All but the signs of most texts, which are seen as they are: the others are looked at one by one.
_SEEN = "".join(char for char in map(chr, range(0x250)) if char.isprintable() and char not in _BLANK)
_DOUBTFUL = re.compile(f"[^{re.escape(_SEEN)}’‘“”…–—•€]")
_DIRTY = re.compile(
    r"[&¿\ufffd\\\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u200b-\u206f\ufeffÂÃÅâð"
    r"\u0600-\u0605\u061c\u06dd\u070f\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ud800-\uf8ff"
    r"\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U000e0000-\U0010ffff]"
)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Arabic, Syriac, N'Ko, the scripts of India, of Myanmar and of the Khmers, Mongolian: their letters may need a joiner.
_JOINING = ((0x0600, 0x109F), (0x1780, 0x18AF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_JOINERS = "\u200c\u200d"
_EMOJI_LOOKS = "\ufe0e\ufe0f"
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
_STRESSED = re.compile(r"(?<![\w*])\*([^\s*][^*]*)\*(?![\w*])")
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


def xml_text(text: str) -> str:
    """`text` without the signs that XML 1.0 cannot hold (section 2.2): feeds, spreadsheets, calendars and headers are
    written with it, so that one row never fails the rest."""
    return _NOT_IN_XML.sub("", text)


def shortened(text: str, longest: int) -> str:
    """At most `longest` UTF-16 units, as Excel counts, the last sign telling that there was more."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= longest:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (longest - 1)].decode("utf-16-le", "ignore")
    return f"{kept}…"


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
    return unicodedata.normalize("NFC", visible(text, lines=True))


def visible(text: str, *, lines: bool = False) -> str:
    """Without what nobody sees: by its category, a control, a mark of direction, a format, half a character, a private
    or unknown one (Cc, Cf, Cs, Co, Cn), or a blank. With `lines` the line ends stay, as "\\n", else they are spaces.

    A joiner stays between letters of a script that needs it and within an emoji, as does what gives an emoji its look.
    """
    if text.isascii() and text.isprintable():
        return text
    if lines:
        text = _LINE_END.sub("\n", text)
    return _DOUBTFUL.sub(lambda found: _seen(text, found.start(), found[0], lines=lines), text)


def visible_line(text: str) -> str:
    """One line of what can be seen, one space between words."""
    return " ".join(visible(text).split())


def _seen(text: str, place: int, char: str, *, lines: bool) -> str:
    if char.isprintable() and char not in _BLANK:
        return char
    if char.isspace():
        return char if (lines and char == "\n") or unicodedata.category(char) == "Zs" else " "
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if char in _JOINERS:
        return char if _joins(before, after) else ""
    return char if char in _EMOJI_LOOKS and (_is_sign(before) or after == "\u20e3") else ""


def _joins(before: str, after: str) -> bool:
    if not before or not after:
        return False
    letters = all(any(low <= ord(each) <= high for low, high in _JOINING) for each in (before, after))
    return letters or ((_is_sign(before) or before in _EMOJI_LOOKS) and _is_sign(after))


def _is_sign(char: str) -> bool:
    """An emoji, or what gives it a colour of skin."""
    return bool(char) and char not in _BLANK and unicodedata.category(char) in {"So", "Sk", "Sm"}


def hide_contacts(text: str) -> str:
    """E-mail addresses and French phone numbers replaced by words that say where to find them."""
    if "@" in text:
        text = _EMAIL.sub(HIDDEN_CONTACT, text)
    return _PHONE.sub(HIDDEN_CONTACT, text)


def without_phones(text: str, mark: str) -> str:
    """French telephone numbers replaced by `mark`."""
    return _PHONE.sub(mark, text)


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
    return " ".join(_STRESSED.sub(r"\1", _LINK.sub(r"\1", unmarked)).split())


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
