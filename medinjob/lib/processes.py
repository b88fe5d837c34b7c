"""Who holds a row: the mark of a process, by which another one on the same machine can tell that it is over."""

import os
import socket
from pathlib import Path

_PARTS = 4


def own_mark() -> str:
    """Machine, its numbering of processes (a container has its own), number and start of this process."""
    return ":".join((socket.gethostname()[:60].replace(":", "-"), _numbering(), str(os.getpid()), _start(os.getpid())))


def is_gone(mark: str) -> bool:
    """Whether the process of this mark has ended; False for one that cannot be seen from here."""
    parts, own = mark.split(":"), own_mark().split(":")
    if len(parts) != _PARTS or parts[:2] != own[:2] or not own[3]:
        return False
    return _start(int(parts[2])) != parts[3]


def _numbering() -> str:
    try:
        return str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        return ""


def _start(number: int) -> str:
    """In ticks since the machine started; "" for none, and for one that is dead and not yet buried."""
    try:
        facts = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in "ZX" else facts[19]
