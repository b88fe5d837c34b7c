"""The child of `medinjob.lib.documents.read`: a file on standard input, JSON on standard output."""

import json
import logging
import os
import resource
import sys

from medinjob.lib.documents.kinds import DocumentError
from medinjob.lib.documents.reading import read_here

CPU_SECONDS = 5
MEMORY = 256 * 1024**2
# Visitors come first.
NICE = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)
    logging.disable(logging.CRITICAL)
    try:
        answer = read_here(sys.stdin.buffer.read())._asdict()
    except DocumentError as error:
        answer = {"refusal": error.refusal, "found": error.found}
    json.dump(answer, sys.stdout)


main()
