"""Hostile input to whatever reads claims: texts of nothing but claims, coded tables, answers of models.

All of it is ours, made from a size. `TEXTS` are read as documents, `TABLES` as EuRepoC's table of
attributions and `ANSWERS` as what an endpoint sends; a file's ending says which.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping

from weigh.bench.hostile_texts import Make, again, within
from weigh.claims.endpoint import MOST_BYTES
from weigh.claims.eurepoc import COLUMNS

ANSWERED = (
    "Brenholt attributes the intrusion to Corvane with high confidence. Corvane denies it and calls on "
    "Brenholt to show evidence. Port Lab doubts that APT40 did it."
)
"""The document that answers are held to."""
CLAIM = {
    "quote": "Brenholt attributes the intrusion to Corvane",
    "stance": "attribute",
    "speakers": ["Brenholt"],
    "reported_by": [],
    "accused": ["Corvane"],
    "degree": "by",
}
"""A claim of it that holds."""
ENVELOPE = '{"choices":[{"message":{"content":%s},"finish_reason":"stop"}]}'

_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "ru")

_HEADER = ",".join(COLUMNS) + "\n"
_ROW = '7,1.0,2021-07-19,Statement,Own,"Port, ""Lab""",Wrackline,Estonia,APT40,Russian Federation,State\n'


def answered(content: str) -> bytes:
    """The body of an answer with this content."""
    return (ENVELOPE % json.dumps(content)).encode()


def _listed(claim: Mapping[str, object], size: int) -> bytes:
    one = json.dumps(claim)
    return answered('{"claims":[' + ",".join([one] * max(size // (len(one) + 12), 1)) + "]}")


def _bounded(make: Make) -> Make:
    """Answers no larger than an endpoint's may be; written as JSON in JSON they grow by a third."""
    return lambda size: make(min(size, MOST_BYTES * 2 // 3))


def _numbered(size: int) -> bytes:
    row = "{0},{0}.0,2021-07-19,S,,A{0},,,B{0},Iran,State\n"
    return (_HEADER + "".join(row.format(number) for number in range(max(size // 50, 1)))).encode()


def _name(number: int) -> str:
    """A name of five syllables, another one for each number below a hundred thousand."""
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:05}").capitalize()


def _named(sentence: str) -> Make:
    """A sentence again and again, each time of two names that stand nowhere else."""
    return lambda size: "".join(
        sentence.format(_name(2 * number), _name(2 * number + 1))
        for number in range(min(max(size // len(sentence), 1), 49_999))
    ).encode()


TEXTS: Mapping[str, Make] = {
    "accusations.txt": again(
        "Estonia attributes the attack to Russia, which denied that China hacked Iran. "
    ),
    "a sentence of states.txt": again("Russia, China, Iran and Estonia blame "),
    "quotations that open.txt": again("“Russia did it, said “China denied that "),
    "quotations that close.txt": again('said." '),
    "labels.txt": again("MS. DOE:  Q: A:\nQUESTION: China?\n"),
    "bodies and short names.txt": again("the Ministry of State Security (“MSS”) of China (MSS), "),
    "denials of denials.txt": again("no evidence that Russia never denied not that it was not China, if "),
    "hedges.txt": again("very likely almost certainly with high confidence Russia probably may have "),
    "a Chinese sentence.txt": again("外交部发言人赵立坚表示中国坚决反对美国指责俄罗斯发动网络攻击，"),
    "Chinese labels.txt": again("记者：美国？\n赵立坚：“中方否认。”\n"),
    "citations.txt": again("according to [1] (CISA, 2021) see https://a.example/1 as NSA reported, "),
    "names that speak.txt": _named("{0} said that the hackers had attacked {1}. "),
    "persons who are charged.txt": _named("They charged {0} {1}, 34, and others with the attack. "),
    "firms of a country.txt": again("the hackers of China Abcd and of Air India said so, "),
    "two sides in turn.txt": again("China blamed Russia for the hack, and Russia denied it, "),
    "who and whom.txt": again("who which that whose they it he its their the actors "),
}
TABLES: Mapping[str, Make] = {
    "rows of one statement.eurepoc": within(_HEADER, _ROW, ""),
    "statements.eurepoc": _numbered,
    "blank rows.eurepoc": within(_HEADER, "," * (len(COLUMNS) - 1) + "\n", ""),
    "a quote that stays open.eurepoc": within(_HEADER + '7,"', "1,\n", ""),
    "a wide row.eurepoc": within(_HEADER, "7,", "\n"),
    "a long cell.eurepoc": within(_HEADER + "7,1,", "x", "\n"),
    "header alone, again.eurepoc": again(_HEADER),
    "packed.eurepoc": lambda size: lzma.compress(_HEADER.encode() + _ROW.encode() * size, preset=1),
    "packed and cut.eurepoc": lambda size: lzma.compress(_ROW.encode() * size, preset=1)[: size // 2],
}
_ANSWERS: Mapping[str, Make] = {
    "claims that hold.answer": lambda size: _listed(CLAIM, size),
    "quotes of everything.answer": lambda size: _listed({**CLAIM, "quote": ANSWERED}, size),
    "quotes of a letter.answer": lambda size: _listed({**CLAIM, "quote": "e", "accused": ["e"] * 9}, size),
    "names.answer": lambda size: _listed({**CLAIM, "speakers": ["Corvane"] * 2000}, size),
    "a long quote.answer": lambda size: _listed({**CLAIM, "quote": "x" * size}, 1),
    "a long name.answer": lambda size: _listed({**CLAIM, "accused": ["A" * size]}, 1),
    "nested lists.answer": lambda size: answered("[" * size),
    "nested claims.answer": lambda size: answered('{"claims":[' * (size // 11)),
    "nested envelope.answer": lambda size: b'{"choices":' + b"[" * size,
    "many choices.answer": within('{"choices":[{"message":{}}', ',{"message":{"content":"x"}}', "]}"),
    "numbers.answer": lambda size: answered('{"claims":[' + "1e999," * (size // 6) + "0]}"),
    "fences.answer": lambda size: answered("```json\n" * (size // 8)),
    "escapes.answer": lambda size: (
        b'{"choices":[{"message":{"content":"' + b"\\ud800" * (size // 6) + b'"}}]}'
    ),
    "zero bytes.answer": lambda size: b"\x00" * size,
}
ANSWERS: Mapping[str, Make] = {name: _bounded(make) for name, make in _ANSWERS.items()}
