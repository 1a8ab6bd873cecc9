"""Sentences of everyday English, so that the sentence model learns what ordinary words look like elsewhere.

ATT&CK's own text never says "time" or "process" but of computers, and a model that has read nothing else
takes "we have no time for that" for System Time Discovery. The sentences are Weigh's own (`everyday.txt`).
"""

from __future__ import annotations

from importlib.resources import files

from weigh.compiling.text_training import Example

COPIES = 10
"""How often each sentence counts: 1,740 lessons beside 2,500 of ATT&CK that describe no technique. Of 3, 10
and 20 this had the best document-mean F1 on the training half of TRAM2 (0.641, and 0.630 without any), and
cost none on AnnoCTR's (0.509, and 0.508)."""


def everyday() -> list[Example]:
    """The sentences as examples of no technique."""
    lines = files("weigh.compiling").joinpath("everyday.txt").read_text(encoding="utf-8").splitlines()
    sentences = [line for line in lines if len(line) > 0 and not line.startswith("#")]
    return [Example(sentence, "") for sentence in sentences for _ in range(COPIES)]
