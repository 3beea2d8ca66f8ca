"""A session with a Spark master, or one clear line that says why there is none."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from py4j.protocol import Py4JError, Py4JJavaError, Py4JNetworkError
from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from kg.errors import KGError

__all__ = ["spark_session"]

_SCHEME: Final = "spark://"
_PORT: Final = 7077
_PATIENCE: Final = 10.0
"""Seconds in which a master has to answer."""
_WORKERS: Final = 60.0
"""Seconds in which a master has to give us a worker; others' work may take them all."""
_FIXED: Final = {
    "spark.cleaner.referenceTracking.cleanCheckpoints": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
_DEFAULTS: Final = {
    # An article is work for a second, not for a millisecond: many small parts, so that all workers
    # have some, and so that one which is lost takes minutes with it, not hours.
    "spark.sql.files.maxPartitionBytes": "8m",
    "spark.sql.files.openCostInBytes": "128k",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
    "spark.sql.execution.arrow.maxBytesPerBatch": "64m",
}
"""Where Spark's own configuration (spark-defaults.conf, PYSPARK_SUBMIT_ARGS) says nothing."""


@contextlib.contextmanager
def spark_session(master: str) -> Iterator[SparkSession]:
    """A session with a master, ended at the end.

    What Spark logs goes to a temporary file, which stays where the work fails.

    Args:
        master: ``spark://host:7077``, ``local[4]``, ``yarn``, ``k8s://…``, as Spark takes them.

    Raises:
        KGError: there is no Java, the master does not answer, no worker comes, or what is done
            with the session fails in Spark.
    """
    _check_java()
    if master.startswith(_SCHEME):
        _check_master(master)
    log = Path(tempfile.mkdtemp(prefix="kg-spark-")) / "spark.log"
    failed = True
    try:
        with _shown_as_one_line(log):
            session = _started(master, log)
            try:
                yield session
            finally:
                _stop(session)
        failed = False
    finally:
        if not failed:
            shutil.rmtree(log.parent, ignore_errors=True)


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")):
        where = f"in JAVA_HOME ({home})" if home else "here"
        raise KGError(
            f"Spark needs Java 17 or later, and there is none {where}; "
            "on Debian: apt-get install default-jre-headless"
        )


def _check_master(master: str) -> None:
    """Several masters, of which one leads, are separated by commas."""
    refusals = []
    for address in master.removeprefix(_SCHEME).split(","):
        host, _, port = address.partition(":")
        if not host or (port and not port.isdecimal()):
            raise KGError(f"{master}: no address of a master; give spark://host:{_PORT}")
        try:
            with socket.create_connection((host, int(port or _PORT)), _PATIENCE):
                return
        except (OSError, OverflowError) as error:
            refusals.append(str(getattr(error, "strerror", None) or error).lower())
    raise KGError(f"{master}: no master answers ({'; '.join(refusals)})")


def _started(master: str, log: Path) -> SparkSession:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with _standard_error_in(log), _utf8_names():
        builder = SparkSession.builder.master(master).appName("kg build")
        session = builder.config(map=dict(_FIXED)).getOrCreate()
    context = session.sparkContext
    context.setLogLevel("WARN")
    given = dict(context.getConf().getAll())
    for key, value in _DEFAULTS.items():
        if key not in given:
            session.conf.set(key, value)
    if master.startswith(_SCHEME):
        _await_worker(context, master)
    return session


def _await_worker(context: SparkContext, master: str) -> None:
    """Spark itself would wait for ever."""
    end = time.monotonic() + _WORKERS
    while context._jsc.sc().getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > end:
            context.stop()
            raise KGError(
                f"{master}: no worker within {_WORKERS:.0f} s; none is free, or none has the "
                "memory of spark.executor.memory"
            )
        time.sleep(0.1)


@contextlib.contextmanager
def _standard_error_in(log: Path) -> Iterator[None]:
    """What starts meanwhile writes its messages there: the Java machine, for as long as it runs."""
    kept = os.dup(2)
    with log.open("ab") as file:
        sys.stderr.flush()
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(kept, 2)
        os.close(kept)


@contextlib.contextmanager
def _utf8_names() -> Iterator[None]:
    """Java writes file names in the encoding of the locale that it starts with."""
    former: Mapping[str, str | None] = {name: os.environ.get(name) for name in ("LC_ALL", "LANG")}
    if "UTF-8" not in (former["LC_ALL"] or former["LANG"] or "").upper().replace("UTF8", "UTF-8"):
        os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        if former["LC_ALL"] is None:
            os.environ.pop("LC_ALL", None)
        else:
            os.environ["LC_ALL"] = former["LC_ALL"]


def _stop(session: SparkSession) -> None:
    with contextlib.suppress(Py4JError, PySparkException, OSError):  # its process may be gone
        session.stop()


@contextlib.contextmanager
def _shown_as_one_line(log: Path) -> Iterator[None]:
    try:
        yield
    except Py4JJavaError as error:
        cause = error.java_exception
        while (deeper := cause.getCause()) is not None:
            cause = deeper
        raise KGError(f"Spark: {_last(str(cause.getMessage() or cause))} (see {log})") from error
    except (Py4JNetworkError, ConnectionError) as error:
        raise KGError(f"Spark: its process ended (see {log})") from error
    except (Py4JError, PySparkException) as error:
        raise KGError(f"Spark: {_last(str(error))} (see {log})") from error


def _last(message: str) -> str:
    """What failed, from a message that may hold a traceback of a worker's Python."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    traced = [i for i, line in enumerate(lines) if line.startswith("Traceback")]
    if traced:
        own = [line for line in lines[traced[-1] :] if line.partition(":")[0].isidentifier()]
        return own[-1] if own else lines[traced[-1] - 1]
    return lines[0] if lines else "it failed without a reason"
