"""All the measures, one after the other, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

MEASURES = ("search", "pages", "relevance", "imports", "alerts", "report", "inbox", "chain")

for name in MEASURES:
    subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True, cwd=Path(__file__).resolve().parents[1])
