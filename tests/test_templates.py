"""Templates stay readable. Most lines have 120 characters at most; the share of longer ones may only go down, and
`LONGER` with it. (djade, in `make check`, formats the tags of Django; the HTML between them is formatted by hand.)"""

import subprocess

from django.conf import settings

MOST = 120
LONGER = 0.23


def test_long_lines_of_templates_become_no_larger_a_share():
    command = ["git", "ls-files", "templates/*.html"]
    listed = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True).stdout.split()
    lines = [line for name in listed for line in (settings.BASE_DIR / name).read_text(encoding="utf-8").splitlines()]
    longer = sum(len(line) > MOST for line in lines)
    assert longer <= LONGER * len(lines), f"{longer} of {len(lines)} lines are longer than {MOST}: break the new ones"
