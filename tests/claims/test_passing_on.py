"""Who passes on whose words: links to documents that the case holds, and sources that it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.claims.graphs import graph
from tests.claims.reader import document, reader
from weigh.claims.links import Link, kinds, precedence
from weigh.claims.origins import origin_of, trace, with_links
from weigh.claims.passing_on import JOINT, KIND, SHARED, missing, own_voices, passed_on
from weigh.records import Basis, Claim, Degree, Document, Party, Quote, Span, Stance

RUSSIA, ESTONIA, LATVIA, NATO = (
    Party("RU", "Russia"),
    Party("EE", "Estonia"),
    Party("LV", "Latvia"),
    Party("NATO", "NATO"),
)


def claim(
    at: Document,
    speakers: Sequence[Party],
    *,
    via: Sequence[Party] = (),
    stance: Stance = Stance.ATTRIBUTE,
    basis_of: Party | None = None,
    words: str = "",
) -> Claim:
    """A claim over a whole document."""
    return Claim(
        document=at.id,
        span=Span(0, len(at.text)),
        stance=stance,
        original=at.text,
        speakers=tuple(speakers),
        accused=(RUSSIA,),
        reader="test",
        probability=1.0,
        reported_by=tuple(via),
        degree=Degree.BY,
        basis=Basis.NONE if basis_of is None and words == "" else Basis.ANOTHER,
        basis_of=basis_of,
        basis_words=None if words == "" else Quote(words, Span(0, 1)),
    )


OWN = document("Estonia's own words.", "Estonia", "2021-07-19")
NEWS = document("The news of Estonia.", "Harbour News", "2021-07-20")
LATE = document("Estonia speaks again.", "Estonia", "2021-08-01")
UNSIGNED = document("Nobody signed this.", "", "2021-07-20")
PAPER = Party("Harbour News", "Harbour News")


def test_a_document_speaks_for_its_source_and_for_nobody_it_quotes() -> None:
    claims = [claim(OWN, [ESTONIA]), claim(NEWS, [ESTONIA], via=[PAPER]), claim(UNSIGNED, [LATVIA])]
    found = own_voices([OWN, NEWS, UNSIGNED], claims)
    assert found == {OWN.id: frozenset({"EE"}), NEWS.id: frozenset({PAPER.key})}
    assert own_voices([LATE, UNSIGNED], (), {LATE.id: (ESTONIA,), UNSIGNED.id: ()}) == {
        LATE.id: frozenset({"EE"})
    }


def test_nobody_is_missing_whose_document_is_there_though_it_claims_nothing() -> None:
    claims = [claim(NEWS, [ESTONIA], via=[PAPER])]
    assert [each.party for each in missing(claims, own_voices([OWN, NEWS], claims))] == [ESTONIA]
    assert missing(claims, own_voices([OWN, NEWS], claims, {OWN.id: (ESTONIA,)})) == ()


def test_words_that_come_through_another_are_passed_on_by_both() -> None:
    wire = document("The wire of Estonia.", "Wire", "2021-07-20")
    claims = [claim(NEWS, [ESTONIA], via=[PAPER, Party("Wire", "Wire")])]
    own = own_voices([wire, NEWS], claims, {wire.id: (Party("Wire", "Wire"),)})
    assert [link.repeats for link in passed_on([wire, NEWS], claims, own)] == [wire.id]
    assert [each.party for each in missing(claims, own)] == [ESTONIA]


def test_of_a_source_s_documents_the_one_that_blames_the_same_party_is_meant() -> None:
    early = document("Estonia speaks of Iran.", "Estonia", "2021-01-01")
    other = replace(claim(early, [ESTONIA]), accused=(Party("IR", "Iran"),))
    claims = [other, claim(OWN, [ESTONIA]), claim(NEWS, [ESTONIA], via=[PAPER])]
    links = passed_on([early, OWN, NEWS], claims, own_voices([early, OWN, NEWS], claims))
    assert [link.repeats for link in links] == [OWN.id]


def test_who_gives_another_s_words_repeats_the_other_s_document() -> None:
    claims = [claim(OWN, [ESTONIA]), claim(NEWS, [ESTONIA], via=[PAPER])]
    own = own_voices([OWN, NEWS], claims)
    (link,) = passed_on([NEWS, OWN], claims, own)
    assert (link.document, link.repeats, link.kind) == (NEWS.id, OWN.id, KIND)
    assert link.why == "gives the words of Estonia"
    assert link.sentences == (Span(0, len(NEWS.text)),)
    assert missing(claims, own) == ()


def test_a_later_document_is_not_what_was_repeated_though_its_source_is_the_same() -> None:
    claims = [claim(LATE, [ESTONIA]), claim(NEWS, [ESTONIA], via=[PAPER])]
    (link,) = passed_on([LATE, NEWS], claims, own_voices([LATE, NEWS], claims))
    assert (link.document, link.repeats, link.kind) == (LATE.id, NEWS.id, SHARED)


def test_the_earliest_of_a_source_s_documents_is_meant() -> None:
    claims = [claim(OWN, [ESTONIA]), claim(LATE, [ESTONIA])]
    later = document("A retrospective.", "Harbour News", "2022")
    claims.append(claim(later, [ESTONIA], via=[PAPER]))
    links = passed_on([LATE, OWN, later], claims, own_voices([LATE, OWN, later], claims))
    assert [link.repeats for link in links] == [OWN.id]


def test_evidence_of_another_is_passed_on_too() -> None:
    claims = [claim(OWN, [ESTONIA]), claim(NEWS, [PAPER], basis_of=ESTONIA)]
    links = passed_on([OWN, NEWS], claims, own_voices([OWN, NEWS], claims))
    assert [(link.document, link.repeats) for link in links] == [(NEWS.id, OWN.id)]


def test_those_who_give_the_words_of_one_who_is_not_there_share_a_source() -> None:
    papers = [document(f"The {name} of Estonia.", name, "2021-07-20") for name in ("Post", "Mail", "Wire")]
    speakers = (ESTONIA, Party("EE/MFA", "its ministry"), ESTONIA)
    said = [
        claim(each, [speaker], via=[Party(each.name, each.name)])
        for each, speaker in zip(papers, speakers, strict=True)
    ]
    own = own_voices(papers, said)
    links = passed_on(papers, said, own)
    first, *others = sorted(papers, key=precedence)
    assert [(link.document, link.repeats, link.kind) for link in links] == [
        (other.id, first.id, SHARED) for other in others
    ]
    steps = with_links(trace(papers, {}), links).steps({each.document: [each.span] for each in said})
    assert set(origin_of(steps).values()) == {first.id}
    late = claim(LATE, [ESTONIA])
    own = own_voices([*papers, LATE], [*said, late])
    assert (LATE.id, first.id, SHARED) in {
        (link.document, link.repeats, link.kind) for link in passed_on([*papers, LATE], [*said, late], own)
    }
    assert missing([*said, late], own) == ()


@pytest.mark.parametrize("name", ["officials", "experts"])
def test_speakers_without_a_name_are_no_common_source(name: str) -> None:
    papers = [document(f"The {name} of it.", name, "2021-07-20") for name in ("Post", "Mail")]
    said = [claim(each, [Party(name, name)], via=[Party(each.name, each.name)]) for each in papers]
    assert passed_on(papers, said, own_voices(papers, said)) == ()


def test_what_a_document_says_besides_is_no_shared_source() -> None:
    link = Link("b", "a", SHARED, "", Span(0, 10), (Span(0, 10),))
    assert link.copying([Span(2, 4)]) == kinds()[SHARED].copying
    assert link.copying([Span(2, 4), Span(20, 24)]) == kinds()["unknown"].copying
    origins = with_links(graph(), [link])
    assert [step.repeats for step in origins.steps({"a": [Span(0, 4)], "b": [Span(20, 24)]})] == ["", ""]


def test_who_speaks_in_the_name_of_others_too_gives_nobodys_words() -> None:
    day = "2021-07-19"
    theirs = document("Latvia's own page of it.", "Latvia", day)
    later = document("Latvia speaks again of it.", "Latvia", "2021-09-01")
    claims = [
        claim(each, [ESTONIA, LATVIA], via=[speaker]) for each, speaker in ((OWN, ESTONIA), (theirs, LATVIA))
    ]
    own = own_voices([later, OWN, theirs], [*claims, claim(later, [LATVIA])])
    found = passed_on([later, OWN, theirs], claims, own)
    first, second = sorted((OWN, theirs), key=precedence)
    assert {(link.document, link.repeats, link.kind) for link in found} == {(second.id, first.id, JOINT)}
    origins = with_links(trace([OWN, theirs], {}), found)
    assert origins.circles == ()
    assert len(set(origin_of(origins.everything()).values())) == 1
    assert missing(claims, own) == ()
    assert [each.party for each in missing(claims[:1], own_voices([OWN], claims[:1]))] == [LATVIA]


def test_sources_without_a_document_are_missing_the_most_named_first() -> None:
    second = document("More news.", "Harbour News", "2021-07-21")
    claims = [
        claim(NEWS, [NATO, LATVIA], via=[PAPER]),
        claim(second, [NATO], via=[PAPER]),
        claim(OWN, [ESTONIA]),
    ]
    found = missing(claims, own_voices([NEWS, second, OWN], claims))
    assert [(each.party.key, len(each.claims)) for each in found] == [("NATO", 2), ("LV", 1)]


def test_evidence_that_has_no_name_goes_by_its_words_those_alike_together() -> None:
    claims = [
        claim(OWN, [ESTONIA], words="According to the indictment"),
        claim(NEWS, [PAPER], words="indictment"),
        claim(LATE, [ESTONIA], words="a leaked memo"),
    ]
    found = missing(claims, own_voices([OWN, NEWS, LATE], claims))
    assert [(each.party.name, len(each.claims)) for each in found] == [
        ("“indictment”", 2),
        ("“a leaked memo”", 1),
    ]


@pytest.mark.parametrize(("stance", "named"), [(Stance.ENDORSE, 1), (Stance.ATTRIBUTE, 0)])
def test_in_an_unsigned_text_only_who_endorses_is_known_to_be_another(stance: Stance, named: int) -> None:
    claims = [claim(UNSIGNED, [NATO], stance=stance)]
    assert len(missing(claims, own_voices([UNSIGNED], claims))) == named


def test_real_words_are_passed_on() -> None:
    own = document("Estonia attributes the cyber attack on the port to Russia.", "Estonia", "2021-07-19")
    news = document(
        "Estonia attributed the cyber attack on the port to Russia.", "Reuters", "2021-07-20", "news.txt"
    )
    claims = [found for each in (own, news) for found in reader().read(each).claims]
    links = passed_on([own, news], claims, own_voices([own, news], claims))
    assert [(link.document, link.repeats) for link in links] == [(news.id, own.id)]
    graph_ = with_links(trace([own, news], {}), links)
    steps = graph_.steps({each.document: [each.span] for each in claims})
    assert len(set(origin_of(steps).values())) == 1


def test_of_two_links_the_likelier_copy_stays_and_circles_are_found_again() -> None:
    plain = graph("b>a same-day", "c>b cites")
    joined = with_links(plain, [Link("b", "a", "builds-on", "rests on it"), Link("a", "c", "cites", "")])
    kinds = {(link.document, link.repeats): link.kind for link in joined.links}
    assert kinds == {("b", "a"): "builds-on", ("c", "b"): "cites", ("a", "c"): "cites"}
    assert joined.circles == (("a", "c", "b"),)
    weaker = with_links(joined, [Link("b", "a", "same-day", "")])
    assert weaker.links == joined.links


def test_no_link_more_changes_nothing() -> None:
    plain = graph("b>a same-day", "c>b cites", "c>a shared-passage")
    assert with_links(plain, []).links_from == plain.links_from
