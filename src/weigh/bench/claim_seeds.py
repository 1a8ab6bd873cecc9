"""Valid coded tables and answers of models, small and of our own making, for the fuzzer to damage."""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping, Sequence

from weigh.bench.hostile_claims import CLAIM, answered
from weigh.claims.eurepoc import COLUMNS

_ROWS = (
    '7,1.0,2021-07-19,Political statement,Own,"Port, ""Lab""",,Estonia,APT40,Russian Federation,State\n'
    '7,1.0,2021-07-19,Political statement,Own,NCSC,,Estonia,"Slate Heron",Russian Federation,State\n'
    "7,2.0,,Technical report,,Not available,Wrackline,,APT40,,Unknown\n"
    '8,3.0,2020-01-01,"Self-attribution in the course of the attack",Attacker confirms,,,,A,Iran,\n'
    "9,,,,,,,,,,\n"
)
_TABLE = (",".join(COLUMNS) + "\n" + _ROWS).encode()
_DENIES = {**CLAIM, "quote": "Corvane denies it", "stance": "deny", "speakers": ["Corvane"], "degree": ""}
_DOUBTS = {**CLAIM, "quote": "Port Lab doubts that APT40 did it", "stance": "doubt", "accused": ["APT40"]}
_LISTED = json.dumps({"claims": [CLAIM, _DENIES, _DOUBTS]})

SEEDS: Mapping[str, Sequence[bytes]] = {
    "table.eurepoc": (
        _TABLE,
        _TABLE.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + _TABLE,
        lzma.compress(_TABLE),
    ),
    "model.answer": (
        answered(_LISTED),
        answered(f"```json\n{_LISTED}\n```"),
        answered(json.dumps({"claims": []})),
        json.dumps({"choices": [{"message": {"content": None}, "finish_reason": "length"}]}).encode(),
    ),
}
"""By the name of a file, whose ending says what it stands for."""
