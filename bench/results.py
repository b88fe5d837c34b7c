"""Figures into a table of Markdown, with the machine that gave them."""

import os
import platform
import re
import statistics
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(values: Sequence[float]) -> tuple[str, str]:
    """p50 and p95 of seconds."""
    return f"{statistics.median(values) * 1e3:.1f}", f"{percentile(values, 0.95) * 1e3:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def machine() -> str:
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return (
        f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), "
        f"{int(memory[1]) / 2**20 if memory else 0:.0f} GiB, Python {platform.python_version()}"
    )


def write(section: str, text: str) -> None:
    """Replace one section of RESULTS.md, between its heading and the next one, and print it."""
    known = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\nWritten by `make bench`.\n"
    block = f"## {section}\n\n{text.strip()}\n"
    pattern = re.compile(rf"## {re.escape(section)}\n.*?(?=\n## |\Z)", re.DOTALL)
    known = pattern.sub(lambda _: block, known) if pattern.search(known) else f"{known.rstrip()}\n\n{block}"
    RESULTS.write_text(known, encoding="utf-8")
    print(f"\n{block}")
