"""What a disk does to a file: each kind of damage that a test does to whatever it finds."""

import random
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[bytes, random.Random], bytes]


def empty(_content: bytes, _chance: random.Random) -> bytes:
    return b""


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))] if content else b""


def zeroed(content: bytes, _chance: random.Random) -> bytes:
    return bytes(len(content))


def scrambled(content: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(content))


def altered_in_the_middle(content: bytes, chance: random.Random) -> bytes:
    """A few bytes, as a bad sector leaves them: the hardest to see."""
    if len(content) < 8:
        return scrambled(content, chance)
    at = chance.randrange(len(content) - 4)
    return content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 4]) + content[at + 4 :]


DAMAGES: tuple[Damage, ...] = (empty, truncated, zeroed, scrambled, altered_in_the_middle)


def files_below(folder: Path) -> list[Path]:
    """All of them, links to nothing and to folders too."""
    return sorted(path for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def do_damage(path: Path, damage: Damage, chance: random.Random) -> None:
    if path.is_symlink():
        path.unlink()
        path.write_bytes(b"")
        return
    path.write_bytes(damage(path.read_bytes(), chance))
