"""Folders that all workers reach, on disk or elsewhere, and what is being made in them."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pyspark.sql import SparkSession

__all__ = ["Shared", "shared_folder"]

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class Shared:
    """A folder, and beside what it holds a place for what is being made.

    Args:
        spark: knows the file systems (HDFS, object stores, disks).
        folder: a path or a URL.
    """

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.folder = folder.rstrip("/") if _URL.match(folder) else Path(folder).resolve().as_uri()
        self.work = f"{self.folder}/.kg-{uuid.uuid4().hex}"
        self._spark = spark

    def beside(self, name: str) -> str:
        """Where something with a name is made before it is put in place."""
        return f"{self.work}/{name}"

    def end_parts_in(self, name: str, suffix: str) -> None:
        """Have the parts of what is being made end as tools expect it; Spark writes none."""
        files, folder = self._files(self.beside(name))
        for status in files.listStatus(folder):
            part = status.getPath()
            if part.getName().startswith("part-"):
                files.rename(part, part.suffix(suffix))

    def put_in_place(self, name: str) -> None:
        """Move what was made to its place, from which what was there goes first."""
        files, target = self._files(f"{self.folder}/{name}")
        files.delete(target, True)
        files.rename(self._path(self.beside(name)), target)

    def clear(self) -> None:
        """Remove what is being made."""
        files, target = self._files(self.work)
        files.delete(target, True)

    def _files(self, path: str) -> tuple[Any, Any]:
        target = self._path(path)
        return target.getFileSystem(self._spark.sparkContext._jsc.hadoopConfiguration()), target

    def _path(self, path: str) -> Any:  # noqa: ANN401 - a Java object
        jvm = self._spark.sparkContext._jvm
        assert jvm is not None  # noqa: S101 - the session runs
        return jvm.org.apache.hadoop.fs.Path(jvm.java.net.URI(path))


@contextlib.contextmanager
def shared_folder(spark: SparkSession, folder: str) -> Iterator[Shared]:
    """A folder for what is made with a session; what was not put in place is gone at the end."""
    shared = Shared(spark, folder)
    spark.sparkContext.setCheckpointDir(shared.beside("checkpoints"))
    try:
        yield shared
    finally:
        shared.clear()
