"""A graph-based dependency parser over a bidirectional LSTM, as spaCy components.

The model is that of Dozat and Manning, "Deep biaffine attention for neural dependency parsing"
(ICLR 2017), in Thinc, so that it trains with spaCy's loop and runs on a CPU without more libraries.
"""

from __future__ import annotations

from kg.biaffine.component import PARSER, BiaffineParser, make_parser
from kg.biaffine.encoder import lstm_encoder
from kg.biaffine.model import biaffine
from kg.biaffine.product import is_exact
from kg.biaffine.trees import best_tree

__all__ = [
    "PARSER",
    "BiaffineParser",
    "best_tree",
    "biaffine",
    "is_exact",
    "lstm_encoder",
    "make_parser",
]
