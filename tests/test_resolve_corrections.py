"""The file of corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KGError
from kg.resolve import Corrections, load_corrections


def write(folder: Path, text: str) -> Path:
    path = folder / "corrections.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_full_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        same = [["The Tycoon", "Ann Lee"]]
        different = [["Ford", "Henry Ford"]]
        reject = ["4f1c"]
        [aliases]
        Annie = "Ann Lee"
        [relations]
        it_siglare = "sign"
        """,
    )
    assert load_corrections(path) == Corrections(
        same=(("The Tycoon", "Ann Lee"),),
        different=(("Ford", "Henry Ford"),),
        aliases={"Annie": "Ann Lee"},
        relations={"it_siglare": "sign"},
        reject=frozenset({"4f1c"}),
    )


def test_an_empty_file_corrects_nothing(tmp_path: Path) -> None:
    assert load_corrections(write(tmp_path, "")) == Corrections()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("same = [", "is not TOML"),
        ("smae = []", "unknown key 'smae'"),
        ('same = "A"', "'same' must hold a list of lists"),
        ('same = [["A"]]', "at least two names"),
        ("reject = [1]", "'reject' must hold"),
        ("[aliases]\na = 1", "'aliases' must hold a table of texts"),
        ('[relations]\nmeet = "war with"', "'war with' is no name for a relation"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(KGError, match=reason) as caught:
        load_corrections(write(tmp_path, text))
    assert "corrections.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KGError, match=r"nowhere\.toml.*No such file"):
        load_corrections(tmp_path / "nowhere.toml")
