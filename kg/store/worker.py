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
"""Files less 48 that RocksDB may keep open: of each it holds an index, a megabyte, in memory."""


def load(store: Store, batches: Iterable[bytes]) -> None:
    """Write N-Triples to an empty store.

    Raises ``OSError`` or ``RuntimeError`` where it cannot be written.
    """
    number = 0
    for batch in batches:
        store.bulk_load(batch, RdfFormat.N_TRIPLES, lenient=True)
        number += 1
    if number > 1:
        store.optimize()  # one sorted file is read faster than many
    store.flush()


def _opened(path: str) -> Store:
    """A new store that keeps few files open; Oxigraph asks the system how many there may be."""
    if resource is None:
        return Store(path)
    limit, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= limit <= _FILES:
        return Store(path)
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, most))
    try:
        return Store(path)
    finally:  # those that it reads once are more
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))


def _received(pipe: IO[bytes]) -> Iterator[bytes]:
    while size := int.from_bytes(_all(pipe, LENGTH), "big"):
        yield _all(pipe, size)


def _all(pipe: IO[bytes], size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        sys.exit("the process that reads the articles has ended")
    return data


def _main() -> None:
    try:
        load(_opened(sys.argv[1]), _received(sys.stdin.buffer))
    except (OSError, RuntimeError) as error:
        sys.exit(" ".join(str(error).split()))


if __name__ == "__main__":
    _main()
