"""Is the time that something takes proportional to the length of what it reads? Told from a ratio of two times."""

import gc
from collections.abc import Callable
from time import thread_time

SHORT, LONG = 5_000, 20_000
# Four times the length: a linear reading takes 4 times as long, a quadratic one 16 times.
MOST = 9.0
# A quadratic reading of `SHORT` characters makes 12.5 million steps: it takes longer than this anywhere.
QUICK = 0.003
# Nothing that reads 5 000 characters may take this long: no use in measuring more.
HOPELESS = 0.5


def seconds(act: Callable[[str], object], text: str) -> float:
    """Of this thread's processor: other processes of the machine do not count."""
    # A collection of garbage walks over all that other tests have left.
    gc.disable()
    try:
        start = thread_time()
        act(text)
        return thread_time() - start
    finally:
        gc.enable()


def slow_shape(act: Callable[[str], object], shape: Callable[[int], str], *, quick: float = QUICK) -> str:
    """What to say when `act` takes more than linear time on this shape, or "". Measured again before it is said."""
    if seconds(act, shape(SHORT)) < quick:
        return ""
    ratio = 0.0
    for _ in range(2):
        short = min(seconds(act, shape(SHORT)) for _ in range(2))
        if short > HOPELESS:
            return f"{short:.1f} s for {SHORT} on {shape(24)!r}"
        long = seconds(act, shape(LONG))
        ratio = long / max(short, 1e-6)
        if short < quick or ratio < MOST:
            return ""
    return f"x{ratio:.1f} ({short * 1000:.0f} ms for {SHORT}, {long * 1000:.0f} ms for {LONG}) on {shape(24)!r}"
