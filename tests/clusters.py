"""A real cluster on this machine: one master and workers, each a Java process of its own."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parents[1]
_MASTER = re.compile(r"Starting Spark master at (spark://\S+)")
_REGISTERED = "Successfully registered with master"
_SUBMIT = (
    "--conf spark.executor.memory=512m --conf spark.driver.memory=512m "
    "--conf spark.ui.enabled=false pyspark-shell"
)


def java() -> str | None:
    """Where Java is, if it is here."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


def need_spark() -> None:
    """Skips a module of tests where there is no Spark; in CI that is a failure."""
    missing = [name for name in ("pandas", "pyarrow", "pyspark") if find_spec(name) is None]
    missing += [] if java() else ["Java"]
    if missing and "CI" in os.environ:
        pytest.fail(f"CI needs {', '.join(missing)}: the extra `spark`, default-jre-headless")
    if missing:
        pytest.skip(f"{', '.join(missing)}: not installed", allow_module_level=True)


def environment(**more: str) -> dict[str, str]:
    """Of processes that take part: all on this machine alone, with little memory."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(PACKAGE), str(Path(__file__).parent))),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": _SUBMIT,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        **more,
    }


class Cluster:
    """A master, and workers of one core and a gigabyte each, with this environment."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder = folder
        self._environment = environment(**variables)
        self._logs: dict[str, Path] = {}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._start("master", "master.Master", "--port", "0")
        self.url = self._waited("master", _MASTER)

    def add_worker(self, name: str) -> None:
        """One more worker, once the master knows it."""
        memory = ("--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name))
        self._start(name, "worker.Worker", *memory, self.url)
        self._waited(name, re.compile(f"({_REGISTERED})"))

    def kill(self, name: str) -> None:
        """SIGKILL for a worker and what it started: nothing says good-bye."""
        process = self._processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all of it."""
        for name in [*self._processes][::-1]:
            with contextlib.suppress(ProcessLookupError):
                self.kill(name)

    def _start(self, name: str, role: str, *arguments: str) -> None:
        import pyspark

        home = Path(pyspark.__file__).parent
        self._logs[name] = self.folder / f"{name}.log"
        with self._logs[name].open("wb") as log:
            self._processes[name] = subprocess.Popen(
                [home / "bin/spark-class", f"org.apache.spark.deploy.{role}",
                 "--host", "127.0.0.1", "--webui-port", "0", *arguments],
                stdout=log, stderr=log, env={**self._environment, "SPARK_HOME": str(home)},
                start_new_session=True,
            )  # fmt: skip

    def _waited(self, name: str, wanted: re.Pattern[str]) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end and self._processes[name].poll() is None:
            if found := wanted.search(self._logs[name].read_text("utf-8", "replace")):
                return found[1]
            time.sleep(0.1)
        raise RuntimeError(f"{name} did not start: {self._logs[name].read_text()[-2000:]}")


@contextlib.contextmanager
def cluster(folder: Path, workers: int, **variables: str) -> Iterator[Cluster]:
    """A cluster for as long as the block runs."""
    found = Cluster(folder, **variables)
    try:
        for number in range(workers):
            found.add_worker(f"worker-{number}")
        yield found
    finally:
        found.stop()
