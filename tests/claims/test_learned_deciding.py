"""Claims as the fitted reader decides them: with a small model made by hand, and with the one that ships."""

from __future__ import annotations

import random
from dataclasses import replace

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.claims.reader import document, fitted_reader, short
from tests.claims.test_neutrality import CODES, SOURCES, TEMPLATES, _filled, outline
from tests.claims.test_reading import PIECES
from weigh.claims.language import language
from weigh.claims.learned.candidates import Candidate
from weigh.claims.learned.deciding import decided, said_in, standing_to
from weigh.claims.learned.linear import Choice, Linear, Model
from weigh.claims.learned.recall import roots
from weigh.claims.reading import FITTED
from weigh.records import Claim, Party, Stance

TOY = Model(
    provenance="made by hand",
    least=0.5,
    unnamed=0.8,
    second=0.9,
    ruled=0.9,
    kept=0.8,
    claim=Linear(("claim",), (-5.0,), {"blames": (10.0,), "denies": (10.0,), "warns": (10.0,)}),
    stance=Linear(
        ("blame", "deny", "urge"),
        (-3.0, -3.0, -3.0),
        {"blames": (6.0, 0.0, 0.0), "denies": (0.0, 6.0, 0.0), "warns": (0.0, 0.0, 6.0)},
    ),
    blame=Linear(
        ("accuse", "attribute", "counter-accuse"),
        (1.0, 0.0, 0.0),
        {"speaks finder": (0.0, 2.0, 0.0), "speaks accused": (0.0, 0.0, 2.0)},
    ),
    speaker=Choice({"order 0": 6.0}),
    accused=Choice({"blame~order last": 6.0, "deny~is speaker": 6.0, "urge~order last": 6.0}),
)


def told(text: str, source: str = "", model: Model = TOY) -> list[str]:
    """The claims of a text by a model, in short."""
    found = replace(fitted_reader(), model=model).read(document(text, source)).claims
    return [short(claim) for claim in found]


def shipped(text: str, source: str = "") -> tuple[Claim, ...]:
    """The claims of a text by the weights that ship."""
    return fitted_reader().read(document(text, source)).claims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("The lake was calm.", []),
        ("Estonia blames Norway.", ["EE accuse NO by"]),
        ("Estonia denies all of it.", ["EE deny EE"]),
        ("Estonia warns Norway.", ["EE urge NO"]),
        ("Estonia blames Norway. Norway blames Estonia.", ["EE accuse NO by", "NO counter-accuse EE by"]),
        ("Estonia blames Norway. The lake was calm. Norway denies it.", ["EE accuse NO by", "NO deny NO"]),
    ],
)
def test_a_small_model_reads_what_it_was_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_what_a_source_reports_goes_through_it() -> None:
    assert told("Estonia blames Norway.", "Reuters") == ["EE<Reuters accuse NO by"]


def test_two_stances_that_are_likely_are_two_claims() -> None:
    text = "Estonia blames and denies Norway."
    assert sorted(told(text)) == ["EE accuse NO by", "EE deny EE"]
    assert len(told(text, model=msgspec.structs.replace(TOY, second=0.99))) == 1


@pytest.mark.parametrize(("least", "number"), [(0.5, 1), (0.999, 0), (0.0, 1)])
def test_a_claim_is_read_from_the_least_chance_on(least: float, number: int) -> None:
    assert len(told("Estonia blames Norway.", model=msgspec.structs.replace(TOY, least=least))) == number


def test_chances_are_kept_in_part_and_explained_by_words() -> None:
    seen = fitted_reader().story(document("Estonia blames Norway."))
    ((draft, chance),) = decided(seen, TOY)
    ((_, half),) = decided(seen, msgspec.structs.replace(TOY, kept=0.4))
    assert 0.4 < chance < 0.8
    assert half == pytest.approx(chance / 2)
    assert draft.why == "fitted: blames"


def test_what_is_said_stands_by_sentence() -> None:
    seen = fitted_reader().story(document("The lake was calm. Estonia blames Norway."))
    before, after = said_in(seen, TOY)
    assert before == ()
    assert [one.stance for one in after] == [Stance.ACCUSE]


@pytest.mark.parametrize(
    ("group", "speakers", "added"),
    [
        (("EE",), (), {"nobody speaks"}),
        (("EE",), ("EE",), {"is speaker"}),
        (("EE/office",), ("EE",), {"is speaker"}),
        (("EE", "NO"), ("EE",), {"is with speaker"}),
        (("NO",), ("EE",), set()),
    ],
)
def test_how_a_group_stands_to_those_who_speak(
    group: tuple[str, ...], speakers: tuple[str, ...], added: set[str]
) -> None:
    one = Candidate(tuple(Party(key, key) for key in group), {"x"})
    assert set(standing_to(one, roots([Party(key, key) for key in speakers]))) == added
    assert one.features == {"x"}


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=30).map(" ".join), st.booleans())
def test_claims_stand_in_the_text_and_in_reading_order(text: str, has_source: bool) -> None:
    found = shipped(text, "Estonia" if has_source else "")
    seen = fitted_reader().story(document(text, "Estonia" if has_source else ""))
    for claim in found:
        assert claim.span.of(text) == claim.original != ""
        assert claim.reader == FITTED
        assert 0.0 < claim.probability <= 1.0
    places = [
        next(n for n, one in enumerate(seen.scenes) if one.span.end > claim.span.start) for claim in found
    ]
    assert places == sorted(places)


@given(
    template=st.sampled_from(TEMPLATES),
    source=st.sampled_from(SOURCES),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
)
def test_two_states_can_be_exchanged(template: str, source: str, pair: list[str]) -> None:
    a, b = pair
    texts = _filled(template, a, b), _filled(template, b, a)
    assume({language(text) for text in texts} == {"en"})
    before = shipped(texts[0], _filled(source, a, b))
    after = shipped(texts[1], _filled(source, b, a))
    assert [outline(claim, {a: b, b: a}) for claim in before] == [outline(claim, {}) for claim in after]
    assert [claim.probability for claim in before] == pytest.approx([claim.probability for claim in after])


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Iran denied any involvement in the cyberattack.", "Reuters", "IR<Reuters deny IR"),
        ("The Netherlands accuses Russia of hacking the chemical weapons watchdog.", "", "NL accuse RU by"),
        ("We attribute the intrusion to Norway.", "Estonia", "EE attribute NO by"),
        ("美国指责伊朗实施网络攻击。", "新华社", "US<Xinhua accuse IR by"),
    ],
)
def test_the_shipped_weights_keep_plain_claims(text: str, source: str, expected: str) -> None:
    assert [short(claim) for claim in shipped(text, source)] == [expected]


@pytest.mark.parametrize("text", ["", "\n\n", "The lake was calm and the boats went home."])
def test_the_shipped_weights_read_nothing_where_nothing_is_said(text: str) -> None:
    assert shipped(text, "Reuters") == ()


@pytest.mark.parametrize("alphabet", ["x", "\"“”'()[]<>", "\ue000\ue006\ue010", "Aa. ", "的说“”。"])
def test_junk_is_read_to_its_end(alphabet: str) -> None:
    text = "".join(random.Random(7).choices(alphabet, k=3000))
    assert all(claim.span.of(text) == claim.original for claim in shipped(text))
