"""At most so many at once on this machine, in whatever process: each holds the lock of a file. Death lets go."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

STEP = 0.05


class NoTurnError(Exception):
    """Too many do it already, or wait for it."""


@contextmanager
def turn(folder: Path, *, most: int, waiting: int, patience: float) -> Iterator[None]:
    """One of `most` at once; `waiting` others may wait for `patience` seconds. Raises `NoTurnError` for the rest."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as held:
        if not _take(folder, "turn", most, held):
            with ExitStack() as queue:
                if not _take(folder, "waiting", waiting, queue):
                    raise NoTurnError
                _wait(folder, most, held, monotonic() + patience)
        yield


def _wait(folder: Path, most: int, held: ExitStack, deadline: float) -> None:
    while not _take(folder, "turn", most, held):
        if monotonic() > deadline:
            raise NoTurnError
        sleep(STEP)


def _take(folder: Path, name: str, most: int, held: ExitStack) -> bool:
    """Whether one of the files was free; `held` closes it, which gives the lock back."""
    for number in range(most):
        file = (folder / f"{name}-{number}.lock").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        held.enter_context(file)
        return True
    return False
