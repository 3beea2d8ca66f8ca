"""How long extraction takes beside annotation, and whether it still says the same.

    python tests/benchmarks/extraction_time.py PATH… [--profile] [--dump FILE]

Both are timed in one run, document by document, so that a busy machine slows both alike; what is
printed is their ratio. ``--dump`` writes every extraction, to be compared byte by byte before and
after a change; ``--profile`` lists the functions that take longest.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
from pathlib import Path
from time import process_time

from kg.annotate import annotate
from kg.extract import extract
from kg.extract.repair import repair
from kg.read import read
from kg.types import Document


def main() -> None:
    """Time the stages over the articles of some paths."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("paths", nargs="+")
    options.add_argument("--profile", action="store_true")
    options.add_argument("--dump", type=Path)
    chosen = options.parse_args()
    documents = [d for d in read(chosen.paths) if isinstance(d, Document)]
    first = {d.language: d for d in reversed(documents)}
    for document, doc in annotate(first.values()):
        extract(document, doc)  # reads pipelines and tables, which is no part of either stage
    annotated = repaired = extracted = 0.0
    profile = cProfile.Profile()
    said: list[str] = []
    for document in documents:
        start = process_time()
        ((_, doc),) = annotate([document])
        annotated += process_time() - start
        mended = doc.copy()
        start = process_time()
        repair(mended, document.language)
        repaired += process_time() - start
        start = process_time()
        if chosen.profile:
            profile.enable()
        found = extract(document, doc)
        profile.disable()
        extracted += process_time() - start
        said += [f"{document.id}\t{f!r}\n" for f in found]
    print(f"{len(documents)} documents, {len(said)} extractions; annotation 1")
    print(f"extraction {extracted / annotated:.3f} (of which repairs {repaired / annotated:.3f})")
    if chosen.dump:
        chosen.dump.write_text("".join(said), encoding="utf-8")
    if chosen.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
