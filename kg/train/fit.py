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
from thinc.api import get_current_ops

import kg.biaffine  # noqa: F401 - registers the encoder and the parser

__all__ = ["fit"]


def fit(name: str, output: Path, overrides: Mapping[str, Any], *, entities: bool = True) -> Path:
    """Train the configuration ``configs/NAME.cfg``; without ``entities``, without names.

    Returns the folder of the best checkpoint. Checkpoints are written at every evaluation
    (``model-best``, ``model-last``), and what spaCy prints goes to standard output. A folder that
    holds a finished training is left as it is.
    """
    best, finished = output / "model-best", output / "finished"
    if finished.is_file():
        return best
    path = Path(str(files(__package__) / "configs" / f"{name}.cfg"))
    config = load_config(path, overrides=dict(overrides))
    if not entities:
        config["nlp"]["pipeline"].remove("ner")
        del config["components"]["ner"]
    # NumPy's products use all of a processor's vector units; BLIS's, as built for spaCy, do not.
    get_current_ops().use_blis = False  # type: ignore[attr-defined]
    nlp = init_nlp(config)
    output.mkdir(parents=True, exist_ok=True)
    train(nlp, output, stdout=sys.stdout, stderr=sys.stderr)
    finished.touch()
    return best
