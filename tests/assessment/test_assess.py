"""The assessment: sums, order, repetition, neutrality, and everything accounted for."""

from __future__ import annotations

from dataclasses import replace
from math import fsum, log2

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document, observed
from weigh import scales
from weigh.assessment.document import SCHEMA, UNLISTED, Assessment
from weigh.inference.engine import prepare
from weigh.inference.weights import shipped
from weigh.records import Document, Judgement, Kind, Source, Span, Verdict

ALL = (REPORT, ECHO, NEWS)
QUICK = settings(max_examples=20, deadline=None)


def chances(found: Assessment) -> dict[str, float]:
    """Probability by hypothesis."""
    return {row.id: row.probability for row in found.hypotheses}


def apart(first: Assessment, second: Assessment) -> float:
    """The largest difference of a probability between two assessments of the same hypotheses."""
    one, two = chances(first), chances(second)
    assert one.keys() == two.keys()
    return max(abs(one[key] - two[key]) for key in one)


def test_every_actor_with_a_report_and_unlisted_is_a_hypothesis() -> None:
    found = assessed(ALL)
    assert set(chances(found)) == {"G0000", "G0001", "G0002", "G0003", "G0004", UNLISTED}
    assert abs(fsum(chances(found).values()) - 1.0) <= 1e-12
    stated = [row.probability for row in found.hypotheses]
    assert stated == sorted(stated, reverse=True)


def test_the_actor_whose_reports_say_the_same_leads_and_words_follow_the_numbers() -> None:
    found = assessed(ALL)
    assert found.hypotheses[0].id == "G0000"
    for row in found.hypotheses:
        assert 0.0 <= row.low <= row.probability <= row.high <= 1.0
        assert row.icd203 == scales.icd203(row.probability)
        assert row.phia == scales.phia(row.probability)


def test_scores_are_sums_and_their_differences_log_odds() -> None:
    rows = assessed(ALL).hypotheses
    for first in rows:
        for second in rows:
            bits = (first.prior + first.absence + fsum(first.weights)) - (
                second.prior + second.absence + fsum(second.weights)
            )
            assert bits == pytest.approx(log2(first.probability / second.probability), abs=1e-9)


@pytest.mark.parametrize("order", [(0, 2, 1), (1, 0, 2), (2, 1, 0)])
def test_the_order_of_documents_and_observations_changes_nothing(order: tuple[int, ...]) -> None:
    files = [ALL[place] for place in order]
    seen = [item for file in files for item in observed(file)][::-1]
    assert assessed(files, observations=seen) == assessed(ALL)


def test_the_same_document_twice_changes_nothing() -> None:
    again = replace(REPORT, name="z-copy-of-report.txt")
    assert assessed([*ALL, again, REPORT]) == assessed(ALL)
    assert assessed([again, *ALL]) == assessed(ALL)


def test_another_document_that_says_the_same_changes_no_probability() -> None:
    twin = document(REPORT.text, "reprint.txt", id="other bytes", date=REPORT.date)
    found = assessed([*ALL, twin])
    assert twin.id != REPORT.id
    assert apart(found, assessed(ALL)) <= 1e-12
    assert len(found.documents) == 4


@QUICK
@given(
    st.lists(st.sampled_from([item.id for item in (*harbour.TECHNIQUES, *harbour.SOFTWARE)]), min_size=1),
    st.data(),
)
def test_repetition_and_order_of_what_is_written_change_no_probability(
    ids: list[str], data: st.DataObject
) -> None:
    once = document(" ".join(sorted(set(ids))))
    shuffled = data.draw(st.permutations([*ids, *ids]))
    written = " ".join(shuffled)
    copied = [
        document(written),
        document(f"{written}\n", id="a copy"),
        document(f"  {written}.", id="another"),
    ]
    assert apart(assessed(copied), assessed([once])) <= 1e-12
    assert apart(assessed(copied[::-1]), assessed([once])) <= 1e-12


def test_the_surest_reading_of_a_fact_counts_and_another_document_by_half() -> None:
    unsure = observed(REPORT, probability=0.6)
    sure = observed(ECHO, probability=0.8)
    found = assessed([REPORT, ECHO], observations=[*unsure, *sure])
    presence = {row.id: row.presence for row in found.features}
    twice = 1 - 0.2 * (1 - 0.5 * 0.6)
    assert presence == pytest.approx({"T1566.001": twice, "S0001": twice, "T1059": 0.6, "T1486": 0.6})
    (barge,) = (row for row in found.features if row.id == "S0001")
    assert len(barge.observations) == 2


@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4, 5), (5, 4, 3, 2, 1, 0), (2, 3, 4, 5, 0, 1)])
def test_renaming_actors_moves_everything_with_them_and_nothing_else(order: tuple[int, ...]) -> None:
    renamed = {f"G{number:04d}": f"G{place:04d}" for number, place in enumerate(order)} | {UNLISTED: UNLISTED}
    plain = assessed([NEWS, ECHO])
    moved = assessed(
        [NEWS, ECHO], knowing=(harbour.knowledge(order), prepare(harbour.relations(order), shipped()))
    )
    rows = {row.id: row for row in moved.hypotheses}
    for row in plain.hypotheses:
        twin = rows[renamed[row.id]]
        assert (twin.name, twin.aliases, twin.sponsors, twin.reports) == (
            row.name,
            row.aliases,
            row.sponsors,
            row.reports,
        )
        assert twin.probability == pytest.approx(row.probability, abs=1e-12)
        assert twin.weights == pytest.approx(row.weights, abs=1e-9)
        assert (twin.prior, twin.absence) == pytest.approx((row.prior, row.absence), abs=1e-9)
        assert twin.sentences == row.sentences
    assert moved.features == plain.features


def test_an_accusation_by_name_weighs_nothing_and_is_shown() -> None:
    without = document(REPORT.text.replace("(G0000)", "(A0000)"), "report.txt", date=REPORT.date)
    assert apart(assessed([REPORT]), assessed([without])) <= 1e-12
    named = assessed([REPORT, document("G0000 and G0000, or G0001.")]).named
    assert [(row.actor, row.name, row.documents, row.mentions) for row in named] == [
        ("G0000", "Slate Heron", 2, 3),
        ("G0001", "Copper Lantern", 1, 1),
    ]


def test_everything_found_is_weighed_or_left_out_with_its_reason() -> None:
    found = assessed(ALL)
    weighed = {name for row in found.features for name in row.observations}
    for row in found.observations:
        assert (row.set_aside == "") == (row.id in weighed)
    assert [(row.reason, row.count) for row in found.left_out] == [
        ("ATT&CK 99.1 does not know it", 1),
        ("a name is a claim", 1),
    ]
    assert f"{len(weighed)} observations were weighed and 2 set aside" in " ".join(found.assumptions)


def test_other_kinds_and_doubtful_readings_are_left_out_with_their_reason() -> None:
    (first, second, *_) = observed(REPORT)
    kinds = [
        replace(first, kind=Kind.INDICATOR, value="harbour.example"),
        replace(second, probability=0.49),
    ]
    found = assessed([REPORT], observations=kinds)
    assert {row.reason for row in found.left_out} == {
        "the model of actors does not weigh observations of kind indicator",
        "more likely misread than read rightly; a person may accept it",
    }
    assert found.features == ()


def _judged(target: str, verdict: Verdict, value: str = "") -> Judgement:
    return Judgement(target, verdict, "Mira Oskal", "2031-04-15T09:30:00Z", "seen by eye", value)


def test_a_rejected_observation_is_left_out_and_its_fact_gone() -> None:
    (target,) = (item for item in observed(NEWS) if item.value == "T1105")
    found = assessed([NEWS], [_judged(target.id, Verdict.REJECT)])
    assert [row.id for row in found.features] == ["S0002"]
    (row,) = (row for row in found.observations if row.id == target.id)
    assert row.set_aside == "rejected by Mira Oskal: seen by eye"
    assert row.judgement is not None
    assert (row.judgement.verdict, row.judgement.author) == ("reject", "Mira Oskal")
    assert ("rejected by Mira Oskal: seen by eye", 1) in [(r.reason, r.count) for r in found.left_out]
    assert apart(found, assessed([document("S0002", date="2020")])) <= 1e-12


def test_a_rejected_name_is_named_no_longer() -> None:
    (target,) = (item for item in observed(REPORT) if item.value == "G0000")
    assert len(assessed([REPORT]).named) == 1
    assert assessed([REPORT], [_judged(target.id, Verdict.REJECT)]).named == ()


def test_a_rejected_repetition_leaves_the_fact_to_the_other_reading() -> None:
    (target,) = (item for item in observed(ECHO) if item.value == "S0001")
    found = assessed([REPORT, ECHO], [_judged(target.id, Verdict.REJECT)])
    presence = {row.id: row.presence for row in found.features}
    assert presence["S0001"] == 0.9
    assert presence["T1566.001"] == pytest.approx(1 - 0.1 * (1 - 0.5 * 0.9))


def test_a_correction_weighs_the_value_that_a_person_gave() -> None:
    (target,) = (item for item in observed(NEWS) if item.value == "T9999")
    found = assessed([NEWS], [_judged(target.id, Verdict.CORRECT, "T1486")])
    (fact,) = (row for row in found.features if row.id == "T1486")
    assert (fact.presence, fact.observations) == (1.0, (target.id,))
    (row,) = (row for row in found.observations if row.id == target.id)
    assert (row.value, row.quote, row.set_aside) == ("T1486", "T9999", "")


def test_the_same_input_has_the_same_id_and_any_other_another() -> None:
    found = assessed(ALL)
    assert found.id == assessed(ALL).id
    others = [
        assessed(ALL[:2]),
        assessed(ALL, title="Another title"),
        assessed(ALL, [_judged(observed(NEWS)[0].id, Verdict.ACCEPT)]),
        assessed([replace(REPORT, tlp="RED"), ECHO, NEWS]),
        assessed([replace(REPORT, source=Source("Somebody else"), date="2019"), ECHO, NEWS]),
    ]
    assert len({found.id, *(other.id for other in others)}) == len(others) + 1


def test_a_saved_assessment_is_read_back_equal_and_written_again_byte_for_byte() -> None:
    found = assessed(ALL, [_judged(observed(NEWS)[0].id, Verdict.ACCEPT)])
    saved = msgspec.json.encode(found)
    again = msgspec.json.decode(saved, type=Assessment)
    assert again == found
    assert msgspec.json.encode(again) == saved


def test_facts_carry_their_names_users_and_base_rates() -> None:
    rows = {row.id: row for row in assessed(ALL).features}
    assert list(rows) == ["T1566.001", "T1059", "T1486", "T1105", "S0001", "S0002"]
    attachment = rows["T1566.001"]
    assert (attachment.kind, attachment.name, attachment.tactics) == (
        "technique",
        "Phishing: Attachment",
        ("initial-access",),
    )
    assert (rows["S0001"].kind, rows["S0001"].name, rows["S0001"].users) == ("software", "Barge", 1)
    assert rows["S0001"].share == pytest.approx(3 / 11, abs=1e-9)
    assert rows["S0001"].stix_id == "malware--1"


def test_sentences_count_the_reports_that_the_weight_rests_on() -> None:
    found = assessed(ALL)
    heron = found.hypotheses[0]
    sentences = dict(zip((row.id for row in found.features), heron.sentences, strict=True))
    assert sentences["S0001"].startswith("Barge (S0001): 3 of 3 reports on Slate Heron show it; 27% of all")
    assert sentences["T1105"].startswith("Transfer (T1105): none of the 3 reports on Slate Heron shows it")
    (nobody,) = (row for row in found.hypotheses if row.id == UNLISTED)
    assert (
        "1 known actor is reported to use it" in dict(zip(sentences, nobody.sentences, strict=True))["S0001"]
    )


def test_the_year_is_that_of_the_latest_document_and_the_label_the_strictest() -> None:
    found = assessed(ALL)
    assert "The operation happened in 2021" in " ".join(found.assumptions)
    assert found.tlp == "AMBER"
    assert found.title == "3 documents"
    assert assessed([NEWS]).title == "news.txt"
    assert assessed([replace(NEWS, title="The news")]).title == "The news"


@pytest.mark.parametrize("date", ["", "²²²²", "٢٠٢١", "soon", "20", "-202", "0000"])
def test_a_date_without_a_year_is_no_year(date: str) -> None:
    assert "at the date of the newest report known" in " ".join(
        assessed([replace(NEWS, date=date)]).assumptions
    )


def test_without_documents_or_facts_the_prior_is_stated_and_the_gap_named() -> None:
    for found in (assessed([]), assessed([document("Nothing is known.")])):
        assert len(found.features) == len(found.observations) == len(found.linchpins) == 0
        assert all(row.low < row.probability < row.high for row in found.hypotheses)
        assert found.unanswered[0].startswith("Who did it")
        assert found.confidence.level == "low"
        assert msgspec.json.decode(msgspec.json.encode(found), type=Assessment) == found


def test_linchpins_are_the_facts_without_which_leader_or_word_change() -> None:
    found = assessed(ALL)
    told = {row.feature: row for row in found.linchpins}
    for feature in found.features:
        seen = [item for file in ALL for item in observed(file) if item.value != feature.id]
        without = assessed(ALL, observations=seen)
        before, after = found.hypotheses[0], without.hypotheses[0]
        (same,) = (row for row in without.hypotheses if row.id == before.id)
        changed = after.id != before.id or same.icd203 != before.icd203
        assert changed == (feature.id in told)
        if changed:
            assert told[feature.id].leader == (UNLISTED if after.id == UNLISTED else after.name)
            assert told[feature.id].probability == pytest.approx(after.probability, abs=1e-12)


def test_baselines_stand_beside_with_their_first_actors() -> None:
    rows = {row.name: row for row in assessed(ALL).baselines}
    assert set(rows) == {
        "cosine",
        "nearest report",
        "Jaccard",
        "exclusive software",
        "naive Bayes",
        "most reported",
    }
    assert rows["most reported"].ranking[0] == ("G0000", "Slate Heron", 3.0)
    assert all(1 <= len(row.ranking) <= 5 for row in rows.values())


def test_a_rule_that_finds_nothing_names_nobody() -> None:
    for row in assessed([document("Nothing was seen.")]).baselines:
        assert row.ranking == ()
    for row in assessed([document("T1059 was seen.")]).baselines:
        assert all(score != 0.0 for _, _, score in row.ranking)


@pytest.mark.parametrize(
    ("dates", "stated"),
    [
        (["2020", "2021", "2099"], "2021"),
        (["2020", "2020", "2021"], "2020"),
        (["2099"], "newest report known"),
        (["0001-01-01", "2021"], "2021"),
        ([], "newest report known"),
    ],
)
def test_one_planted_date_decides_nothing(dates: list[str], stated: str) -> None:
    files = [document(f"T1059 {number}", id=str(number), date=date) for number, date in enumerate(dates)]
    found = assessed([*files, document("S0001 was seen.")])
    assert stated in " ".join(found.assumptions)


def test_the_model_and_the_knowledge_are_stated() -> None:
    found = assessed(ALL)
    assert found.schema == SCHEMA
    assert found.knowledge.version == "ATT&CK 99.1"
    assert [row.weight for row in found.model] == list(shipped().values)
    assert found.model_provenance == shipped().provenance


def test_confidence_is_low_for_one_document_and_never_high() -> None:
    assert assessed([REPORT]).confidence.level == "low"
    every = " ".join(item.id for item in (*harbour.TECHNIQUES, *harbour.SOFTWARE))
    files = [document(every, f"{name}.txt", id=name, source=Source(name)) for name in ("one", "two", "three")]
    found = assessed(files).confidence
    assert found.level == "low"
    assert "1 origin with a named source and facts" in " ".join(found.reasons)


def test_undated_knowledge_is_named_as_a_gap() -> None:
    undated = harbour.knowledge(dated=False), harbour.world()[1]
    assert "dates only a part" in " ".join(assessed([NEWS], knowing=undated).unanswered)
    assert "dates only a part" not in " ".join(assessed([NEWS]).unanswered)


HOSTILE = (
    "",
    "\0",
    "\u202eT1486\u202c",
    "T1486" * 400,
    "(" * 5000 + "T1486",
    "T1486\n" * 300,
    "<script>T1486</script>",
    "a" * 70_000 + " S0001",
    "\r\n\t T1105 \x0b\x0c",
    "T1059.\u2028T1059。T1059！",
    "İ" * 900 + "T1059",
    "𝔘𐍈 T1486 \U0010ffff",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_assessed_quoted_and_saved(text: str) -> None:
    source = document(text, "<b>name</b>", title="=1+1", notices=())
    found = assessed([source])
    passages = {row.id: row for row in found.passages}
    for row in found.observations:
        passage = passages[row.passage]
        assert text[row.start : row.end] == row.quote
        assert passage.start <= row.start <= row.end <= passage.end
        assert len(row.sentence) <= 2000
    assert msgspec.json.decode(msgspec.json.encode(found), type=Assessment) == found


def test_an_observation_of_no_document_is_not_weighed() -> None:
    stray = replace(observed(REPORT)[0], document="nowhere")
    assert assessed([NEWS], observations=[*observed(NEWS), stray]) == assessed([NEWS])


def test_an_empty_span_has_a_place_too() -> None:
    empty = replace(observed(NEWS)[0], span=Span(5, 5), original="")
    (row,) = assessed([NEWS], observations=[empty]).observations
    assert (row.quote, row.start, row.end) == ("", 5, 5)
    assert row.passage != ""


@pytest.mark.parametrize("file", ALL, ids=lambda file: str(file.name))
def test_documents_are_accounted_for(file: Document) -> None:
    (row,) = (row for row in assessed(ALL).documents if row.id == file.id)
    assert (row.name, row.characters, row.date, row.tlp) == (file.name, len(file.text), file.date, file.tlp)
    assert row.observations == len(observed(file))
    assert row.source == ("" if file.source is None else file.source.name)
