"""How far one machine goes: time, memory and disk of whole builds, from a thousand articles up.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/scale.py [--documents N …] [--work FOLDER]

For each number of documents a corpus is made (see ``scale_corpus``; the smaller is the beginning
of the larger) and built in a process of its own, by what ``kg build --jobs N --no-cache`` calls.
Memory is of that process alone, without its workers, as the kernel notes it (VmHWM), read as long
as it runs; mapped files are in it, so the part that is its own (RssAnon, sampled) stands beside it.
Processor time is told apart for it and for the workers. Disk is what lies in the output's and the
temporary folder, looked at every few seconds.

Beside it stands ``nlp.pipe`` alone: the shipped pipelines over the blocks of the first documents,
by language, loading not counted, in as many processes at once as the build has workers. Both its
words a second by the clock and its processor time for a word are compared with the whole build's;
the second means more where others use the machine. Words are what spaces separate, in both.

A table in Markdown goes to standard output; what is known goes to the file of --json as soon as
it is known. A build that fails is reported, and the next one follows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from scale_build import memory
from scale_corpus import DATA, SEED, write_corpus
from scale_table import table

from kg.store import STORE_FOLDER
from kg.store.disk import open_current

CHILD = [sys.executable, "-u", str(Path(__file__).with_name("scale_build.py"))]
POLL = 0.2
"""Seconds between two looks at memory; disk is looked at less often, the more there is."""
KEPT = "documents entities statements failures reasons repeated workers".split()
Result = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--work", type=Path, help="folder for corpora and output; else temporary")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--sample", type=int, default=2000, help="documents for nlp.pipe alone")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--data", type=Path, default=DATA, help="shared/data")
    parser.add_argument("--keep", action="store_true", help="leave the outputs where they are")
    options = parser.parse_args()
    results: list[Result] = []
    with ExitStack() as stack:
        work = options.work or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for count in sorted(options.documents):
            results.append({"asked": count, "jobs": options.jobs})
            for part in measured(count, work.resolve(), options):
                results[-1] |= part
                if options.json:
                    options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(table(results))
    sys.exit(any("error" in result for result in results))


def measured(count: int, work: Path, options: argparse.Namespace) -> Iterator[Result]:
    """The figures of one size, part by part."""
    corpus = work / f"corpus-{count}.jsonl"
    if not corpus.is_file():
        tell(f"{count:,} documents: writing {corpus}")
        write_corpus(corpus, count, seed=options.seed, data=options.data)
    size = corpus_size(corpus)
    yield size
    tell(f"{count:,} documents, {size['words']:,} words: nlp.pipe alone")
    bare = bare_pipe(corpus, min(count, options.sample), options.jobs)
    yield {"bare": bare}
    tell(f"{bare['words'] / bare['seconds']:,.0f} words a second; now the build")
    folder = work / f"build-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    yield built(corpus, folder, options.jobs)
    if (folder / "output" / STORE_FOLDER).is_dir():
        yield {"disk": dict(parts(folder / "output"))}
        yield {"triples": len(open_current(folder / "output" / STORE_FOLDER).store)}
    if not options.keep:
        shutil.rmtree(folder, ignore_errors=True)


def tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def corpus_size(corpus: Path) -> Result:
    found: dict[str, int] = defaultdict(int)
    with corpus.open("rb") as lines:
        for line in lines:
            record = json.loads(line)
            found["lines"] += 1
            found["sentences"] += record["sentences"]
            found["words"] += len(record["text"].split())
            found["near copies"] += record.get("copy") == "near"
            found["exact copies"] += record.get("copy") == "exact"
    return dict(found) | {"corpus": corpus.stat().st_size}


# -- nlp.pipe alone ----------------------------------------------------------------------------


def bare_pipe(corpus: Path, documents: int, jobs: int) -> Result:
    """Words, tokens and processor time of all processes; seconds until the last has ended."""
    asked = ([str(number), str(jobs), str(documents)] for number in range(jobs))
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([*CHILD, "pipe", str(corpus), *a], **pipes) for a in asked]
    for process in running:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise SystemExit("nlp.pipe alone did not start")
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    found = [json.loads(process.communicate()[0]) for process in running]
    sums = {name: sum(f[name] for f in found) for name in ("words", "tokens", "processor")}
    return sums | {"documents": documents, "seconds": max(f["seconds"] for f in found)}


# -- the build ---------------------------------------------------------------------------------


def built(corpus: Path, folder: Path, jobs: int) -> Result:
    """A build's figures."""
    temporary = folder / "temporary"
    temporary.mkdir(parents=True)
    begin = time.perf_counter()
    with (folder / "messages.txt").open("w+") as messages:
        process = subprocess.Popen(
            [*CHILD, "build", str(corpus), str(folder / "output"), str(jobs)],
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        assert process.stdout is not None
        notes: list[Result] = []
        listener = threading.Thread(target=listen, args=(process.stdout, notes))
        listener.start()
        try:
            seen = watched(process, folder)
        finally:
            process.kill()  # where the watch was interrupted; else it has ended
            code = process.wait()
        seconds = time.perf_counter() - begin
        listener.join()
        messages.seek(0)
        last = messages.read().strip().splitlines()[-1:]
    result: Result = {"seconds": seconds, "notes": notes} | seen | staged(notes)
    if code or not notes or notes[-1]["stage"] != "end":
        result["error"] = f"exit code {code}: {' '.join(last)}"
        tell(result["error"])
        return result
    end = notes[-1]
    tell(f"{seconds:,.0f} s, {end['statements']:,} statements, {end['peak'] / 1e6:,.0f} MB")
    result["parent"] = end["processor"]
    result["peak"] = max(end["peak"], seen["peak"])
    return result | {name: end[name] for name in KEPT}


def listen(lines: IO[str], notes: list[Result]) -> None:
    for line in lines:
        note = json.loads(line)
        begun = not notes or notes[-1]["stage"] != note["stage"]
        if begun or note.get("done", 0) % 5000 == 0:
            tell(
                f"{note['stage']} {note.get('done', '')}: {note['seconds']:,.0f} s, "
                f"{note['resident'] / 1e6:,.0f} MB now, {note['peak'] / 1e6:,.0f} MB at most"
            )
        notes.append(note)


def watched(process: subprocess.Popen[str], folder: Path) -> Result:
    """The most that was seen of memory and disk until the process has ended."""
    most: dict[str, int] = defaultdict(int)
    again = 0.0
    while process.poll() is None:
        with suppress(OSError):  # it ends while it is looked at
            own = memory(Path(f"/proc/{process.pid}/status"))
            for name in ("peak", "anonymous"):
                most[name] = max(most[name], own.get(name, 0))
            for child in children(process.pid):
                with suppress(OSError):
                    one = memory(Path(f"/proc/{child}/status")).get("peak", 0)
                    most["worker"] = max(most["worker"], one)
        if time.perf_counter() > again:
            begin = time.perf_counter()
            most["folders"] = max(most["folders"], disk(folder))
            again = time.perf_counter() + max(2.0, 50 * (time.perf_counter() - begin))
        time.sleep(POLL)
    return dict(most)


def children(pid: int) -> Iterable[str]:
    """The processes that a process has started from whichever of its threads."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from path.read_text().split()


def disk(folder: Path) -> int:
    """Bytes that files take on disk, as ``du`` counts; what goes while it looks is left out."""
    total = 0
    for root, _, files in os.walk(folder):
        for name in files:
            with suppress(OSError):
                total += os.lstat(os.path.join(root, name)).st_blocks * 512  # noqa: PTH118 - quick
    return total


def staged(notes: list[Result]) -> Result:
    """Seconds of each stage by the clock, and of processor time of the process without workers."""
    clock: dict[str, float] = defaultdict(float)
    processor: dict[str, float] = defaultdict(float)
    before: Result = {"stage": "start", "seconds": 0.0, "processor": 0.0}
    for note in notes:
        # A stage is told when it begins, but reading only behind its first document.
        stage = "reading" if before["stage"] == "imported" else before["stage"]
        clock[stage] += note["seconds"] - before["seconds"]
        processor[stage] += note["processor"] - before["processor"]
        before = note
    return {"stages": dict(clock), "parent stages": dict(processor)}


def parts(output: Path) -> Iterator[tuple[str, int]]:
    """Bytes on disk of what a build leaves: each file, the store's RDF, what else is with it."""
    for path in sorted(output.iterdir()):
        if path.is_file():
            yield path.name, path.stat().st_size
        elif path.name == STORE_FOLDER:
            rdf = sum(disk(rdf) for rdf in path.glob("*/rdf"))
            yield "store, RDF", rdf
            yield "store, documents", disk(path) - rdf
    yield "all", disk(output)


if __name__ == "__main__":
    main()
