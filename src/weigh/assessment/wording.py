"""What an assessment says in sentences: one per weight, one per reason, one per open question."""

from __future__ import annotations

from weigh.assessment.document import FeatureRow
from weigh.inference.engine import Sighting

_HALF = 0.5
_FEW = 4
"""The model was fitted on cases of at least so many facts."""


def weight_sentence(feature: FeatureRow, actor: str, sighting: Sighting) -> str:
    """What the knowledge says of one actor and one fact, with the numbers that the weight rests on."""
    name = f"{feature.name} ({feature.id})"
    of_all = f"{_percent(feature.share)} of all reports do"
    if sighting.reports_with > 0:
        verb = "shows" if sighting.reports_with == 1 else "show"
        known = (
            f"{sighting.reports_with} of {_count(sighting.reports, 'report')} on {actor} {verb} it; {of_all}."
        )
    elif sighting.reports == 1:
        known = f"the one report on {actor} does not show it; {of_all}."
    else:
        known = f"none of the {sighting.reports} reports on {actor} shows it; {of_all}."
    near = " It stands in the most similar report, too." if sighting.in_nearest else ""
    arms = f" {_count(sighting.tools, 'tool')} of {actor} can do it." if sighting.tools > 0 else ""
    return f"{name}: {known}{near}{arms}"


def unlisted_sentence(feature: FeatureRow) -> str:
    """What one fact says for an actor that the knowledge does not hold."""
    verb = "is" if feature.users == 1 else "are"
    users = (
        "nobody in the knowledge is"
        if feature.users == 0
        else f"{_count(feature.users, 'known actor')} {verb}"
    )
    return (
        f"{feature.name} ({feature.id}): {users} reported to use it; the weight is how much it adds to the "
        "size of the case and to its likeness with the nearest known actor."
    )


def cautions(facts: int, leads_with: float, twin: str) -> tuple[str, ...]:
    """What a hasty reader would get wrong. `twin` names a report that the case all but repeats."""
    said = []
    if facts == 0:
        said.append(
            "The figures are what stands before any evidence: how much has been published on each actor, "
            "and how recently. They say nothing of this case."
        )
    elif facts < _FEW:
        said.append(
            f"{_count(facts, 'fact')} alone: the figures rest on very little, and one misreading would "
            "change them. Look at the quotes before you use them."
        )
    if facts > 0 and leads_with <= _HALF:
        said.append("No single answer is more likely than all others together.")
    if len(twin) > 0:
        said.append(
            f"The knowledge already holds a report, {twin!r}, that says almost the same. If it is one of "
            "these documents, the case confirms itself, and the figure is too high."
        )
    return tuple(said)


def open_questions(facts: int, documents: int, undated: bool) -> tuple[str, ...]:
    """What this case, as it stands, cannot answer."""
    questions = [
        "Who sponsors the actor, and with what degree of state responsibility: no evidence that is weighed "
        "in this case bears on this step. `weigh claims` lists what the documents claim about it.",
        "Whether single artefacts (a language string, a header, a time stamp) were planted, but for those "
        "that a sentence ties to a named actor: they alone are weighed, under posing.",
    ]
    if facts == 0:
        questions.insert(0, "Who did it: the documents report no technique or software that can be weighed.")
    if documents > 1:
        questions.append(
            "Whether documents that nothing links are independent: careful copying leaves no "
            "trace, so each of them counts for about a third of an independent one."
        )
    if documents == 1:
        questions.append("Whether anyone else observed the same: the case holds one document.")
    if undated:
        questions.append(
            "How recent the actor's known activity is: this knowledge dates only a part of its reports."
        )
    return tuple(questions)


def assumptions(weighed: int, aside: int, year: int) -> tuple[str, ...]:
    """What was taken for granted, in words."""
    when = (
        f"in {year}, the middle one of the documents' years"
        if year > 0
        else "at the date of the newest report known"
    )
    return (
        "All documents speak of one operation by one actor.",
        f"The operation happened {when}.",
        "The ranking takes the reported techniques and software as written and as not planted; whether any "
        "was is weighed apart, under posing, where there is enough to tell.",
        "Documents of one origin count once; of two that nothing links, one copies with even chance.",
        "The reliability of a source (the Admiralty letter) is shown and weighs nothing.",
        f"{weighed} observations were weighed and {aside} set aside, each with its reason.",
        "An actor's name in a document is a claim and weighs nothing.",
    )


def confidence(
    facts: int, documents: int, sources: int, hard: int, linchpins: int, leads_by: float
) -> tuple[str, tuple[str, ...]]:
    """Analytic confidence and its reasons: a rule of our own, never above moderate.

    `documents` counts those that report a weighed fact, `sources` the origins with a named source that bring
    facts of their own. `hard` counts facts that are not easy to forge, `linchpins` the facts that carry the
    leader alone, `leads_by` is the leader's lead over the second in bits.
    """
    reasons = [
        f"{_count(facts, 'fact')} from {_count(documents, 'document')}; "
        f"{_count(sources, 'origin')} with a named source and facts not shared by another",
        f"{hard} of them rated hard rather than easy to plant, which is an estimate by kind",
        "no single fact decides the leader"
        if linchpins == 0
        else f"{_count(linchpins, 'single fact')} would change the leader or its band of words",
        f"the leader is {leads_by:.1f} bits ahead of the next",
        "documents cannot show that they are independent, which keeps confidence at moderate or below",
    ]
    firm = facts >= 8 and hard >= 4 and linchpins == 0 and leads_by >= 1.0 and sources >= 2
    return ("moderate" if firm else "low"), tuple(reasons)


def _percent(share: float) -> str:
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
