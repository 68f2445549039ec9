"""Work on a long list, spread over processes."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import accumulate
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
_CHUNK = 100  # what one process takes at a time, at most
_SELDOM = 200_000  # objects between two looks for garbage in circles, of which such work makes next to none
WORTH_A_PROCESS = 150  # fewer are done before another process has imported what it needs


def chunks_of(items: Sequence[T], jobs: int) -> list[Sequence[T]]:
    """The list in parts: several for each process, so that all end together, and small, so that little waits."""
    step = max(1, min(_CHUNK, len(items) // (jobs * 8)))
    return [items[start : start + step] for start in range(0, len(items), step)]


class Each(Protocol):
    """Does something with each of some chunks, perhaps still in the making; `sizes` are theirs, for the progress."""

    def __call__(
        self, do: Callable[[T], R], chunks: Iterable[T], sizes: Sequence[int], what: str, progress: Progress
    ) -> Iterator[R]:
        """The results in the order of the chunks."""


@contextmanager
def spread(jobs: int, size: int, module: str) -> Iterator[Each]:
    """A way to do something with each of some chunks: here, or in as many processes as pay for so many items.

    The work begins when it is asked for, not when its first result is. Processes are forked from a server that has
    imported the `module` of what is done, once; never from here, where other threads may run.
    """
    jobs = _worth(jobs, size)
    often = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    pool = ProcessPoolExecutor(jobs, _server(module), gc.set_threshold, (_SELDOM,)) if jobs > 1 else None

    def each(
        do: Callable[[T], R], chunks: Iterable[T], sizes: Sequence[int], what: str, progress: Progress
    ) -> Iterator[R]:
        progress(what, 0, sum(sizes))
        results = (pool.map if pool else map)(do, chunks)
        return reported(results, [*accumulate(sizes)], what, progress)

    def reported(results: Iterator[R], done: Sequence[int], what: str, progress: Progress) -> Iterator[R]:
        for result, so_far in zip(results, done, strict=True):
            progress(what, so_far, done[-1])
            yield result

    try:
        yield each
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)
        gc.set_threshold(*often)


def get_ready(jobs: int, size: int, module: str) -> None:
    """Let the server of what will be asked for begin: it then imports the module while we import ours."""
    if _worth(jobs, size) > 1:
        _server(module)
        forkserver.ensure_running()


def _worth(jobs: int, size: int) -> int:
    return min(jobs, -(-size // WORTH_A_PROCESS))


def _server(module: str) -> ForkServerContext:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the server's: each process is one thread of the work
    context = get_context("forkserver")
    context.set_forkserver_preload([module])
    return context
