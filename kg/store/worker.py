"""Fills an Oxigraph directory in a process of its own, which takes its memory with it at its end.

The argument is the directory. Standard input is batches of N-Triples, each behind eight bytes that
say how long it is (big-endian); a length of 0 says that nothing follows. Where the input ends
without it, whoever wrote it is gone, and so is the reason to go on. Standard error gets one line if
something fails. It imports nothing of kg, to start quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import IO, Final

from pyoxigraph import RdfFormat, Store

try:
    import resource
except ImportError:  # Windows: RocksDB has a limit of its own there
    resource = None  # type: ignore[assignment]

LENGTH: Final = 8
"""Bytes before those of a batch."""
_FILES: Final = 128
"""Files that RocksDB may use: it keeps the index of each that is open, a megabyte, in memory."""


def load(path: str, batches: Iterable[bytes]) -> None:
    """Make a store of N-Triples.

    Raises ``OSError`` or ``RuntimeError`` where it cannot be written.
    """
    store = Store(path)
    number = 0
    for batch in batches:
        store.bulk_load(batch, RdfFormat.N_TRIPLES, lenient=True)
        number += 1
    if number > 1:
        store.optimize()  # one sorted file is read faster than many
    store.flush()
    del store  # closes it: readers must not meet the writer


def _received(pipe: IO[bytes]) -> Iterator[bytes]:
    while size := int.from_bytes(_all(pipe, LENGTH), "big"):
        yield _all(pipe, size)


def _all(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        sys.exit("the process that reads the articles has ended")
    return data


def _main() -> None:
    if resource is not None:
        limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        if limit == resource.RLIM_INFINITY or limit > _FILES:
            resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, most))
    try:
        load(sys.argv[1], _received(sys.stdin.buffer))
    except (OSError, RuntimeError) as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    _main()
