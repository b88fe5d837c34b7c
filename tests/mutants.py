"""`make mutants`: changes the rules that decide whose contract counts, one place at a time, and runs their tests each
time. A change that no test notices is printed; it fails when less than `LEAST` % are noticed. `[tool.mutmut]` in
pyproject.toml names the rules and their tests."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEAST = 85


def copy_to(folder: Path) -> None:
    """What git knows and what set-up compiled: mutmut leaves thousands of lines in the folder where it works."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    catalogs = [str(path.relative_to(ROOT)) for path in (ROOT / "locale").rglob("*.mo")]
    for name in [*listed.rstrip("\0").split("\0"), *catalogs]:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="medinjob-mutants-") as name:
        copy_to(Path(name))
        mutmut = [sys.executable, "-m", "mutmut"]
        subprocess.run([*mutmut, "run"], cwd=name, check=True, timeout=1800, stdout=subprocess.DEVNULL)
        survivors = subprocess.run([*mutmut, "results"], cwd=name, check=True, capture_output=True, text=True).stdout
        for mutant in (line.partition(":")[0].strip() for line in survivors.splitlines() if "__mutmut_" in line):
            shown = subprocess.run(
                [*mutmut, "show", mutant], cwd=name, check=True, capture_output=True, text=True
            ).stdout
            print(mutant, *(line for line in shown.splitlines() if line[:2] in {"- ", "+ "}), "", sep="\n")
        subprocess.run([*mutmut, "export-cicd-stats"], cwd=name, check=True, stdout=subprocess.DEVNULL)
        stats = json.loads((Path(name) / "mutants" / "mutmut-cicd-stats.json").read_text())
    noticed = stats["killed"] + stats["timeout"]
    print(f"{noticed} of {stats['total']} changes noticed: {noticed / stats['total']:.1%} (at least {LEAST} %)")
    return int(100 * noticed < LEAST * stats["total"])


if __name__ == "__main__":
    sys.exit(main())
