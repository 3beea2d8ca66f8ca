"""Training with spaCy: a configuration of this package, filled in, through spaCy's own loop."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config

__all__ = ["fit"]


def fit(name: str, output: Path, overrides: Mapping[str, Any], start: Path | None = None) -> Path:
    """Train the configuration ``configs/NAME.cfg``; the folder of the best checkpoint.

    With ``start``, a checkpoint of the same configuration and data, its weights are trained on.

    Checkpoints are written at every evaluation (``model-best``, ``model-last``), and what spaCy
    prints goes to standard output. A folder that holds a finished training is left as it is.
    """
    best, finished = output / "model-best", output / "finished"
    if finished.is_file():
        return best
    config = load_config(
        Path(str(files(__package__) / "configs" / f"{name}.cfg")), overrides=dict(overrides)
    )
    nlp = init_nlp(config)
    if start is not None:
        nlp.vocab.strings.from_disk(start / "vocab" / "strings.json")
        for component, pipe in nlp.pipeline:
            pipe.from_disk(start / component, exclude=["vocab"])  # type: ignore[attr-defined]
    output.mkdir(parents=True, exist_ok=True)
    train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)
    finished.touch()
    return best
