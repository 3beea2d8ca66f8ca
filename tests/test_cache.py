"""Kept results come back as they were, damaged ones not at all, and an edit makes them stale."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg import cache as module
from kg.cache import Cache, default_folder, key_of, source_hash

KEY = key_of("a document", "a pipeline")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache("docs", tmp_path)


def entry(cache: Cache) -> Path:
    (path,) = (p for p in cache.folder.rglob("*") if p.is_file())
    return path


def test_what_is_put_comes_back(cache: Cache) -> None:
    assert cache.get(KEY) is None
    cache.put(KEY, b"\0payload" * 1000)
    assert cache.get(KEY) == b"\0payload" * 1000


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 500])
def test_a_damaged_entry_is_missing_and_is_replaced(cache: Cache, damage: bytes) -> None:
    cache.put(KEY, b"payload")
    entry(cache).write_bytes(damage)
    assert cache.get(KEY) is None
    cache.put(KEY, b"payload")
    assert cache.get(KEY) == b"payload"


def test_a_flipped_bit_is_noticed(cache: Cache) -> None:
    cache.put(KEY, b"payload")
    path = entry(cache)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert cache.get(KEY) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache("docs", tmp_path / "file")
    cache.put(KEY, b"payload")
    assert cache.get(KEY) is None


def test_an_interrupted_write_leaves_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        cache.put(KEY, b"payload")
    assert not [p for p in cache.folder.rglob("*") if p.is_file()]


def test_prune_drops_what_was_unused_for_longest(cache: Cache) -> None:
    keys = [key_of(str(i)) for i in range(4)]
    for age, key in enumerate(keys):
        cache.put(key, os.urandom(1000))
        path = cache.folder / "docs" / key[:2] / key[2:]
        os.utime(path, (1000 + age, 1000 + age))
    assert cache.get(keys[0])  # used now
    cache.prune(limit=2500)
    assert [cache.get(key) is not None for key in keys] == [True, False, False, True]


def test_keys_depend_on_the_borders_of_their_parts() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("ab", "c") == key_of("ab", "c")


def test_the_environment_moves_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "elsewhere"))
    assert default_folder() == tmp_path / "elsewhere"
    monkeypatch.delenv("KG_CACHE")
    assert "kg-news" in str(default_folder())


def test_an_edit_or_another_version_changes_the_source_hash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "rules.py").write_text("a")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    before = source_hash(["extract"], ["pytest"])
    (tmp_path / "extract" / "__pycache__").mkdir()
    (tmp_path / "extract" / "__pycache__" / "rules.pyc").write_text("compiled")
    assert source_hash(["extract"], ["pytest"]) == before
    assert source_hash(["extract"], ["pytest", "mypy"]) != before
    (tmp_path / "extract" / "rules.py").write_text("b")
    assert source_hash(["extract"], ["pytest"]) != before
