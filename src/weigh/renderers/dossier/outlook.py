"""What follows from the answer: what to look for next, the ACH matrix, and who is said to stand behind."""

from __future__ import annotations

from collections.abc import Sequence

from weigh.assessment.document import UNLISTED, AchFactRow, PosingRow, SponsorRow
from weigh.renderers.dossier.markup import Child, Markup, element
from weigh.renderers.dossier.tables import Column, bullets, fold, link, named, paragraph, section, table
from weigh.renderers.dossier.view import View, fact_anchor, feature_name
from weigh.renderers.dossier.words import UNLISTED_MEANS, anchor, answer_name, bits, count, percent

SPONSORS = 6
SMALLEST = 0.01
"""So many sponsors of at least one percent stand in the first table; the rest are folded."""
_ADDS = 3


def left_in(view: View) -> Markup | None:
    """The prediction set in words, for the first screen."""
    held = view.assessment.prediction_set
    if held is None:
        return None
    rows = {row.id: row for row in view.ranked}
    names = [
        f"{answer_name(rows[name])} ({percent(rows[name].probability)})"
        for name in held.hypotheses
        if name in rows
    ]
    body: Child = None
    if len(names) > 0:
        body = fold(f"The {count(len(names), 'answer')} left", paragraph(", ".join(names)))
    return element(
        "div",
        {"class": "point"},
        element("h2", None, "What cannot be ruled out"),
        paragraph(held.sentence),
        body,
        paragraph(f"Calibrated on {held.provenance}.", kind="meta") if len(held.provenance) > 0 else None,
    )


def look_next(view: View) -> Markup | None:
    """The facts not reported yet that would tell most."""
    rows = view.assessment.next_evidence
    if len(rows) == 0:
        return None
    hint = (
        "Facts that no document of the case reports. The bits are what looking is expected to tell about "
        "the answer, whether the fact is found or not; the chance is that of finding it."
    )
    columns = (
        Column("Look for"),
        Column("Bits", numeric=True),
        Column("Chance", numeric=True),
        Column("What it would tell"),
        Column("Then first, if found"),
    )
    body = [
        (
            named(row.name, row.feature),
            f"{row.bits:.2f}",
            percent(row.chance),
            row.sentence,
            f"{_plain(view, row.leader)}, {percent(row.probability)}",
        )
        for row in rows
    ]
    return section(
        "next", "What to look for next", paragraph(hint, kind="hint"), table("Next evidence", columns, body)
    )


def imitation(view: View) -> Markup | None:
    """Whether somebody may pose as an actor, with the leader under several priors of deception."""
    row = view.assessment.posing
    if row is None:
        return None
    rows = {answer.id: answer for answer in view.ranked}
    columns = (
        Column("Prior of deception", numeric=True),
        Column("Then first"),
        Column("Chance", numeric=True),
    )
    body = [
        (f"{prior:g}", answer_name(rows[leader]) if leader in rows else leader, percent(chance))
        for prior, leader, chance in row.sweep
    ]
    return section(
        "posing",
        "Could somebody pose as another",
        *(paragraph(sentence) for sentence in row.sentences),
        _artefacts(row),
        fold("The leader under other priors", table("Sweep of the prior of deception", columns, body)),
    )


def _artefacts(row: PosingRow) -> Markup | None:
    """The artefacts that are weighed here, each with its chances."""
    if len(row.artefacts) == 0:
        return None
    columns = (
        Column("Artefact"),
        Column("Points at"),
        Column("Said to be forged"),
        Column("It is so", numeric=True),
        Column("Left by it", numeric=True),
        Column("By anybody", numeric=True),
        Column("Planted in a pose", numeric=True),
    )
    body = [
        (
            link(anchor("obs", item.observations[0]), item.sort),
            named(item.name, item.actor),
            "yes" if item.forged else "no",
            *(percent(chance) for chance in (item.presence, item.hit, item.background, item.forging)),
        )
        for item in row.artefacts
    ]
    return table("Artefacts that documents tie to an actor", columns, body)


def competing(view: View) -> Markup | None:
    """The ACH matrix in letters, the facts that tell most first."""
    ach = view.assessment.ach
    if ach is None:
        return None
    hint = (
        "The weights as analysts of competing hypotheses (ACH) read them: CC and C speak for an answer, I "
        "and II against it, N does neither. A letter is the fact's weight less the mean of its row: one from "
        "half a bit, two from 2 bits. It is a view of the odds above, and does not make them."
    )
    columns = (
        Column("Fact"),
        Column("Credible"),
        Column("Relevant"),
        *(Column(_plain(view, name)) for name in ach.hypotheses),
    )
    telling = [fact for fact in ach.facts if any(letter != "N" for letter in fact.levels)]
    idle = [fact for fact in ach.facts if fact not in telling]
    score: tuple[Child, ...] = (
        "Weighted score",
        "",
        "",
        *(element("b", None, bits(value)) for value in ach.scores),
    )
    folded = None
    if len(idle) > 0:
        words = f"{count(len(idle), 'fact')} with N throughout"
        folded = fold(words, bullets(_fact_name(view, fact) for fact in idle))
    judged = (
        "Credible: how surely it was read and by whom; relevant: how hard it would have been to plant (H, M, "
        "L). The score adds what contradicts an answer, more where it is credible and relevant; the "
        "nearest to 0 is contradicted least."
    )
    return section(
        "ach",
        "Competing hypotheses",
        paragraph(hint, kind="hint"),
        table("ACH matrix", columns, [*(_letters(view, fact) for fact in telling), score]),
        folded,
        paragraph(judged, kind="meta"),
    )


def _letters(view: View, fact: AchFactRow) -> tuple[Child, ...]:
    strong = [element("b", None, letter) if letter in ("CC", "II") else letter for letter in fact.levels]
    return (_fact_name(view, fact), fact.credibility, fact.relevance, *strong)


def _fact_name(view: View, fact: AchFactRow) -> Child:
    row = view.features.get(fact.feature)
    if row is None:
        return fact.feature
    return link(fact_anchor(row), named(feature_name(row), row.id))


def responsibility(view: View) -> Markup | None:
    """From the group to a state: claims about sponsors, the degrees, and what bears on each step."""
    rows = view.assessment.sponsors
    if len(rows) == 0:
        return None
    hint = (
        "Each actor's probability goes to the sponsors that published claims name for it, by the share of "
        "the claims. It says what follows if the claims are right, and nothing in the case supports or "
        "contradicts them. Some sources mean no more than the country an actor is thought to work from."
    )
    claimed = [row for row in rows if row.kind == "claimed"]
    first = [row for row in claimed[:SPONSORS] if row.probability >= SMALLEST]
    rest = claimed[len(first) :]
    shown = [*first, *(row for row in rows if row.kind != "claimed")]
    more = None
    if len(rest) > 0:
        more = fold(
            f"{count(len(rest), 'less probable sponsor')}", _sponsors(view, "Less probable sponsors", rest)
        )
    return section(
        "sponsor",
        "Who is said to stand behind",
        paragraph(hint, kind="hint"),
        _sponsors(view, "Sponsors as claimed", shown),
        more,
        element("h3", None, "From the traces to a state"),
        table("Steps", (Column("Step"), Column("What bears on it")), _steps(view)),
        _degrees(view),
    )


def _sponsors(view: View, caption: str, rows: Sequence[SponsorRow]) -> Markup:
    columns = (
        Column("Sponsor"),
        Column("Probability", numeric=True),
        Column("Through"),
        Column("Said by"),
        Column("Said otherwise"),
    )
    return table(caption, columns, (_sponsor(view, row) for row in rows))


def _sponsor(view: View, row: SponsorRow) -> tuple[Child, ...]:
    through = ", ".join(f"{view.hypothesis_name(name)} {percent(adds)}" for name, adds in row.actors[:_ADDS])
    return (
        f"{UNLISTED}: {UNLISTED_MEANS}" if row.kind == UNLISTED else row.sponsor,
        percent(row.probability),
        through,
        "; ".join(row.said_by),
        "; ".join(row.dissent),
    )


def _steps(view: View) -> list[tuple[Child, ...]]:
    return [(row.step, row.sentence) for row in view.assessment.steps]


def _degrees(view: View) -> Markup | None:
    degrees = view.assessment.degrees
    if len(degrees) == 0:
        return None
    items = bullets(f"{row.degree}, {percent(row.probability)}" for row in degrees)
    return fold("The degrees of state responsibility (Healey 2011)", items)


def _plain(view: View, identifier: str) -> str:
    return UNLISTED if identifier == UNLISTED else view.hypothesis_name(identifier)
