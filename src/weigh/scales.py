"""The vocabularies of likelihood, confidence, reliability and responsibility, as tables.

Every conversion works in percent rounded to nine decimals, so that 55 / 100 lies where a person
expects 55 % to lie, whatever binary fractions make of it. No scale is ever converted through another:
the bands of STIX's appendix, of ICD 203 and of PHIA do not coincide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import floor, isfinite

from weigh.errors import UsageError

BETWEEN_BANDS = "between bands"


@dataclass(frozen=True, slots=True)
class Band:
    """A range of percent and its word; `low` belongs to it, `high` only when `closed`."""

    word: str
    low: float
    high: float
    closed: bool = False

    def holds(self, percent: float) -> bool:
        """Whether the percentage lies in the band."""
        return self.low <= percent < self.high or (self.closed and percent == self.high)


ICD203 = (
    Band("almost no chance", 1, 5),
    Band("very unlikely", 5, 20),
    Band("unlikely", 20, 45),
    Band("roughly even chance", 45, 55),
    Band("likely", 55, 80),
    Band("very likely", 80, 95),
    Band("almost certain", 95, 99, closed=True),
)
"""Intelligence Community Directive 203 (2015), section 6.e.2.a; a shared edge belongs to the upper band."""

ICD203_SECOND = {
    "remote": "almost no chance",
    "highly improbable": "very unlikely",
    "improbable": "unlikely",
    "roughly even odds": "roughly even chance",
    "probable": "likely",
    "highly probable": "very likely",
    "nearly certain": "almost certain",
}
"""The second row of words of the same section, each for a word of the first."""

PHIA = (
    Band("remote chance", 0, 5, closed=True),
    Band("highly unlikely", 10, 20, closed=True),
    Band("unlikely", 25, 35, closed=True),
    Band("realistic possibility", 40, 50),
    Band("likely or probable", 55, 75, closed=True),
    Band("highly likely", 80, 90, closed=True),
    Band("almost certain", 95, 100, closed=True),
)
"""Professional Head of Intelligence Assessment, probability yardstick (2019); it leaves gaps on purpose."""

STIX_CONFIDENCE = (("None", 0, 0, 0), ("Low", 1, 29, 15), ("Med", 30, 69, 50), ("High", 70, 100, 85))
"""STIX 2.1, Appendix A: word, lowest and highest confidence, and the confidence that the word stands for."""

ADMIRALTY_RELIABILITY = {"A": 100, "B": 75, "C": 50, "D": 25, "E": 0, "F": 50}
ADMIRALTY_CREDIBILITY = {1: 100, 2: 75, 3: 50, 4: 25, 5: 0, 6: 50}
"""Numbers that MISP's `admiralty-scale` taxonomy gives the letters and digits; NATO gives none. F and 6 mean
unknown, for which 50 stands only where a format asks for a number."""
ADMIRALTY_WORDS = {
    "confirmed": 1,
    "probably true": 2,
    "possibly true": 3,
    "doubtful": 4,
    "doubtfully true": 4,
}
"""Words of the digits of credibility (NATO, AJP-2.1), without those of 5 and 6, which have other senses."""

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,10})?) ?%")
_WHOLE = re.compile(r"[0-9]{1,3}")
_DIGIT = re.compile(r"[0-9]")
_DECIMAL = re.compile(r"[0-9]{0,3}\.?[0-9]{1,20}|[0-9]{1,3}\.|[0-9](?:\.[0-9]{1,20})?[eE]-?[0-9]{1,2}")

HEALEY = (
    "state-prohibited",
    "state-prohibited-but-inadequate",
    "state-ignored",
    "state-encouraged",
    "state-shaped",
    "state-coordinated",
    "state-ordered",
    "state-rogue-conducted",
    "state-executed",
    "state-integrated",
)
"""Jason Healey, "Beyond Attribution" (Atlantic Council, 2011): degrees of state responsibility, rising."""

ODNI_CONFIDENCE = {
    "low": "more than half of the information points one way, with significant gaps",
    "moderate": "clear and convincing, with alternatives still possible",
    "high": "no reasonable alternative",
}
"""ODNI, "A Guide to Cyber Attribution" (2018): what each level of analytic confidence means."""

TLP_LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
"""FIRST, Traffic Light Protocol 2.0, from the widest to the narrowest circle."""


def hundredths(p: float) -> float:
    """A probability in [0, 1] as percent, rounded to nine decimals; `UsageError` for anything else."""
    if not isfinite(p) or not 0.0 <= p <= 1.0:
        raise UsageError(f"{p!r} is not a probability", remedy="give a number from 0 to 1")
    return round(p * 100.0, 9)


def _word(p: float, bands: tuple[Band, ...]) -> str | None:
    value = hundredths(p)
    return next((band.word for band in bands if band.holds(value)), None)


def icd203(p: float) -> str:
    """The word of ICD 203 for a probability; empty below 1 % and above 99 %, where it has none."""
    word = _word(p, ICD203)
    return "" if word is None else word


def phia(p: float) -> str:
    """The word of the PHIA yardstick for a probability, or "between bands" in its gaps."""
    word = _word(p, PHIA)
    return BETWEEN_BANDS if word is None else word


def figure(probability: float, decimals: int = 0) -> str:
    """Percent with `decimals`, halves up; with more where rounding would cross into another word.

    0.5497 is "54.97", for "55" would contradict "roughly even chance". No unit.
    """
    exact = hundredths(probability)
    for places in range(decimals, 7):
        scale = 10.0**places
        rounded = floor(exact * scale + 0.5) / scale
        shown = min(rounded / 100.0, 1.0)
        if icd203(shown) == icd203(probability) and phia(shown) == phia(probability):
            return f"{rounded:.{places}f}"
    return f"{exact:.6f}"


def percent(probability: float, *, unit: bool = True, gap: str = " ") -> str:
    """How a probability is written, in every sentence and table; `gap` stands before the unit.

    Whole percents, tenths below ten and above 99, "<0.1" and ">99.9" at the ends: nothing here can claim
    0 or 100. What sums leave beyond an end is written as the end.
    """
    exact = hundredths(min(max(probability, 0.0), 1.0))
    if exact < 0.1:
        text = "<0.1"
    elif exact > 99.9:
        text = ">99.9"
    else:
        text = figure(probability, 1 if exact < 10.0 or exact > 99.0 else 0)
    return f"{text}{gap}%" if unit else text


def decimal(probability: float, digits: int = 6) -> str:
    """A chance as a decimal, as priors are given: so many significant digits, with more where fewer would
    read as 1. 0.9976 to two digits is "0.998"."""
    hundredths(probability)
    exact = Decimal(repr(probability))
    for places in range(digits, 18):
        shown = Decimal(f"{exact:.{places}g}")
        if shown < 1 or probability == 1.0:
            return f"{shown.normalize():f}"
    return f"{exact:f}"


def stix_confidence(p: float) -> int:
    """STIX `confidence` for a probability: percent to the nearest whole number, halves up."""
    return floor(hundredths(p) + 0.5)


def stix_confidence_word(confidence: int) -> str:
    """None, Low, Med or High for a STIX `confidence` from 0 to 100."""
    for word, low, high, _ in STIX_CONFIDENCE:
        if low <= confidence <= high:
            return word
    raise UsageError(f"{confidence} is not a STIX confidence", remedy="give a whole number from 0 to 100")


def stix_confidence_value(word: str) -> int:
    """The STIX `confidence` that None, Low, Med or High stands for."""
    for name, _, _, value in STIX_CONFIDENCE:
        if name == word:
            return value
    raise UsageError(f"{word!r} is no confidence of STIX", remedy="give None, Low, Med or High")


def admiralty_reliability(letter: str) -> int:
    """MISP's number for the reliability of a source, A to F."""
    if letter not in ADMIRALTY_RELIABILITY:
        raise UsageError(f"{letter!r} is no Admiralty reliability", remedy="give a letter from A to F")
    return ADMIRALTY_RELIABILITY[letter]


def admiralty_credibility(digit: int) -> int:
    """MISP's number for the credibility of a piece of information, 1 to 6."""
    if digit not in ADMIRALTY_CREDIBILITY:
        raise UsageError(f"{digit!r} is no Admiralty credibility", remedy="give a digit from 1 to 6")
    return ADMIRALTY_CREDIBILITY[digit]


def credibility_digit(text: str) -> int:
    """The Admiralty credibility that a person writes, 1 to 6."""
    written = text.strip()
    digit = int(written) if _DIGIT.fullmatch(written) is not None else 0
    if digit not in ADMIRALTY_CREDIBILITY:
        raise UsageError(f"{written!r} is no Admiralty credibility", remedy="give a digit from 1 to 6")
    return digit


def forging_ease(text: str) -> float:
    """How easily something could have been planted, as a person writes it: 0 (hard) to 1 (easy)."""
    written = text.strip()
    ease = float(written) if _DECIMAL.fullmatch(written) is not None else -1.0
    if not 0.0 <= ease <= 1.0:
        raise UsageError(
            f"{written!r} is no ease of forging",
            remedy="give a number from 0 (hard) to 1 (easy), with a point: 0.05",
        )
    return ease


def probability_stated(text: str) -> float:
    """The chance that a person writes: a number from 0 to 1, percent, or a word.

    A word of ICD 203 stands for the middle of its band, one of the Admiralty's credibility for the number
    that MISP gives its digit; "improbable", which both have, is ICD 203's.
    """
    written = " ".join(text.split()).lower()
    share = _PERCENT.fullmatch(written)
    if share is not None:
        chance = round(float(share[1]) / 100.0, 11)
    elif _DECIMAL.fullmatch(written) is not None:
        chance = float(written)
    else:
        chance = _chances().get(written, -1.0)
    if not 0.0 <= chance <= 1.0:
        raise UsageError(
            f"{text.strip()!r} is no probability",
            remedy='give a number from 0 to 1, percent ("85 %") or a word of ICD 203 ("very likely")',
        )
    return chance


def confidence_stated(text: str) -> float:
    """The same for a column of confidence: also a whole number from 2 to 100 and a word, as STIX has them."""
    written = " ".join(text.split()).lower()
    whole = _WHOLE.fullmatch(written)
    if whole is not None and 2 <= int(written) <= 100:
        return int(written) / 100.0
    word = {"medium": "med", "moderate": "med"}.get(written, written)
    for name, _, _, value in STIX_CONFIDENCE:
        if word == name.lower():
            return value / 100.0
    try:
        return probability_stated(text)
    except UsageError as error:
        raise UsageError(
            f"{text.strip()!r} is no confidence",
            remedy=f"{error.remedy}, a whole number from 2 to 100, or low, medium or high",
        ) from error


@cache
def _chances() -> dict[str, float]:
    """The words of ICD 203 and of the Admiralty's credibility, and what each stands for."""
    middle = {band.word: (band.low + band.high) / 200.0 for band in ICD203}
    said = {word: ADMIRALTY_CREDIBILITY[digit] / 100.0 for word, digit in ADMIRALTY_WORDS.items()}
    return said | middle | {word: middle[same] for word, same in ICD203_SECOND.items()}


def tlp_label(text: str) -> str:
    """A TLP 2.0 label in capitals for what a person writes ("green", "tlp:amber+strict"); "" for ""."""
    label = text.strip().upper().removeprefix("TLP:").strip()
    if len(label) > 0 and label not in TLP_LABELS:
        raise UsageError(
            f"{text!r} is no label of TLP 2.0", remedy="give clear, green, amber, amber+strict or red"
        )
    return label
