"""A report for people as Markdown (CommonMark with tables): the answer first, then what it rests on.

Every section is a function from the assessment to lines, so that other forms can carry the same words.
The probability's word and the analytic confidence never stand in one sentence (ICD 203).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    DocumentRow,
    FactOriginsRow,
    FeatureRow,
    HypothesisRow,
    ObservationRow,
)
from weigh.renderers import repetition
from weigh.renderers.defang import defang
from weigh.renderers.figures import reasons, stated_figures
from weigh.renderers.outlook import answers_left, could_be_posed, said_sponsors, steps, to_look_for
from weigh.renderers.release import released
from weigh.scales import percent

SHOWN = 20
COMPARED = 3
SMALLEST = 0.01
"""Hypotheses below one percent are counted, not listed; `unlisted` and the leader always are."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])")
_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+=-]))(.)")


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    """The whole report; addresses defanged, every text from outside escaped."""
    return report(released(assessment, tlp=tlp, redact=redact))


def report(shown: Assessment) -> str:
    """The report of an assessment that was released already."""
    sections = (
        heading(shown),
        answer(shown),
        weights(shown),
        robustness(shown),
        outlook(shown),
        evidence(shown),
        documents(shown),
        origins(shown),
        background(shown),
    )
    return "\n\n".join("\n".join(section).rstrip("\n") for section in sections) + "\n"


def text(value: str) -> str:
    """A text from outside as one line of Markdown that shows it and does nothing else."""
    line = " ".join(_printable(defang(value)).split())
    return _START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", line)).replace("&", "&amp;")


def code(value: str) -> str:
    """An identifier as code."""
    return f"`{' '.join(_printable(defang(value)).replace('`', chr(39)).split()) or '-'}`"


def _printable(value: str) -> str:
    """Without characters that show nothing or turn the line round."""
    return "".join(char if char.isprintable() else " " for char in value)


NO_SET = "No set of answers was made."
NO_ANSWER = "The documents report no technique or software that can be weighed: there is no answer."


def bits(weight: float) -> str:
    """A weight of evidence with its sign, to a hundredth of a bit."""
    return f"{weight:+.2f}".replace("-0.00", "+0.00").replace("-", "\N{MINUS SIGN}")


def listed(assessment: Assessment) -> tuple[HypothesisRow, ...]:
    """The hypotheses worth a line: those of at least one percent, at most twenty, and `unlisted`.

    Where nothing was weighed there is no answer, and none is handed on.
    """
    rows = assessment.hypotheses if len(assessment.features) > 0 else ()
    return tuple(
        row
        for place, row in enumerate(rows)
        if (row.probability >= SMALLEST and place < SHOWN) or place == 0 or row.id == UNLISTED
    )


def heading(assessment: Assessment) -> list[str]:
    """Title, marking, and what the result can be made again from."""
    marking = [f"**TLP:{text(assessment.tlp)}**", ""] if len(assessment.tlp) > 0 else []
    title = text(assessment.title)
    stamp = f"Assessment {code(assessment.id)}, made with Weigh {text(assessment.weigh)}"
    return [
        f"# {title if len(title) > 0 else 'Assessment'}",
        "",
        *marking,
        f"{stamp} on the knowledge {text(assessment.knowledge.version)}.",
    ]


def answer(assessment: Assessment) -> list[str]:
    """Who, how likely, how sure; then the table of hypotheses."""
    rows = listed(assessment)
    table = (
        (
            text(row.name),
            percent(row.probability),
            _interval(row),
            _word(row.icd203),
            _word(row.phia),
            row.reports,
        )
        for row in rows
    )
    rest = len(assessment.hypotheses) - len(rows) if len(rows) > 0 else 0
    more = (
        [f"{rest} more hypotheses are under one percent or beyond the twentieth place.", ""]
        if rest > 0
        else []
    )
    return [
        "## Who",
        "",
        *(_leader(rows[0]) if len(rows) > 0 else (NO_ANSWER, "")),
        *(line for words in assessment.cautions for line in (f"**Mind:** {text(words)}", "")),
        f"The analytic confidence is {text(assessment.confidence.level)}:",
        "",
        *_bullets(assessment.confidence.reasons),
        *_table(("hypothesis", "probability", "90 % interval", "ICD 203", "PHIA", "reports"), table),
        *more,
    ]


def _leader(row: HypothesisRow) -> list[str]:
    word = f", in the words of ICD 203 {text(row.icd203)}" if len(row.icd203) > 0 else ""
    return [f"{text(row.name)} leads with {percent(row.probability)} ({_interval(row)}){word}.", ""]


def _interval(row: HypothesisRow) -> str:
    return f"{percent(row.low)} to {percent(row.high)}"


def _word(word: str) -> str:
    return text(word) if len(word) > 0 else "no word"


def weights(assessment: Assessment) -> list[str]:
    """What each fact weighs for the first hypotheses, in bits."""
    rows = [row for place, row in enumerate(assessment.hypotheses) if place < COMPARED or row.id == UNLISTED]
    facts = [
        (_fact(feature), *(bits(row.weights[place]) for row in rows))
        for place, feature in enumerate(assessment.features)
    ]
    table = [
        ("before any evidence", *(bits(row.prior) for row in rows)),
        *facts,
        ("usual for it and not seen", *(bits(row.absence) for row in rows)),
    ]
    return [
        "## Why",
        "",
        "Weights of evidence in bits; two columns, summed, differ by the log-odds between their hypotheses.",
        "",
        *_table(("fact", *(text(row.name) for row in rows)), table),
    ]


def _fact(feature: FeatureRow) -> str:
    return f"{text(feature.name)} ({text(feature.id)})"


def robustness(assessment: Assessment) -> list[str]:
    """What the answer hangs on, what simple rules say, and what the case cannot answer."""
    names = {row.id: row.name for row in assessment.features}
    linchpins = (
        f"Without {text(names.get(row.feature, row.feature))}: {text(row.change)} "
        f"({text(row.leader)} would lead with {percent(row.probability)})."
        for row in assessment.linchpins
    )
    baselines = (
        f"{text(row.name)} ({text(row.rule)}): " + _or_none(text(name) for _, name, _ in row.ranking)
        for row in assessment.baselines
    )
    return [
        "## How robust",
        "",
        *_named_list("The answer hangs on:", linchpins, "No single fact changes the leader or its word."),
        *_named_list("Simple rules on the same case say:", baselines, "No simple rule was run."),
        *_named_list(
            "This case cannot answer:", map(text, assessment.unanswered), "No question is left open."
        ),
    ]


def outlook(assessment: Assessment) -> list[str]:
    """What is left in, what to look for, how the facts sit with each answer, and who is said to sponsor."""
    look_for = to_look_for(assessment, len(assessment.next_evidence))
    return [
        "## What follows",
        "",
        *_named_list("The set of answers:", map(text, answers_left(assessment)), NO_SET),
        *_named_list("What to look for next:", map(text, look_for), ""),
        *_competing(assessment),
        *_named_list("Could somebody pose as another:", map(text, could_be_posed(assessment)), ""),
        *_named_list("Who is said to stand behind:", map(text, said_sponsors(assessment)), ""),
        *_named_list("From the traces to a state:", map(text, steps(assessment)), ""),
    ]


def _competing(assessment: Assessment) -> list[str]:
    ach = assessment.ach
    if ach is None:
        return []
    names = {row.id: row.name for row in assessment.hypotheses}
    facts = {row.id: row for row in assessment.features}
    rows = [
        (
            _fact(facts[fact.feature]) if fact.feature in facts else text(fact.feature),
            text(fact.credibility),
            text(fact.relevance),
            *map(text, fact.levels),
        )
        for fact in ach.facts
    ]
    rows.append(("weighted score", "", "", *(bits(score) for score in ach.scores)))
    return [
        "How the facts sit with each answer (ACH): CC and C for it, I and II against it, N neither.",
        "",
        *_table(
            ("fact", "credible", "relevant", *(text(names.get(name, name)) for name in ach.hypotheses)), rows
        ),
    ]


def _or_none(names: Iterable[str]) -> str:
    found = ", ".join(names)
    return found if len(found) > 0 else "nobody"


def evidence(assessment: Assessment) -> list[str]:
    """Every observation with its words and its place; those set aside say why."""
    names = {row.id: row for row in assessment.documents}
    lines = [line for row in assessment.observations for line in _observation(row, names.get(row.document))]
    return ["## Evidence", "", *(lines if len(lines) > 0 else ["The documents report nothing.", ""])]


def _observation(row: ObservationRow, document: DocumentRow | None) -> list[str]:
    name = f" {text(row.name)}" if len(row.name) > 0 else ""
    place = code(row.pointer) if len(row.pointer) > 0 else f"characters {row.start} to {row.end}"
    where = "" if document is None else f"{text(document.name)}, "
    lines = [
        f"- **{text(row.value)}**{name} ({text(row.kind)}), read rightly with {_certain(row.probability)}; "
        f"{where}{place}; {code(row.id)}"
    ]
    if len(row.sentence) > 0:
        lines.append(f"  “{text(row.sentence)}”")
    if row.judgement is not None:
        by = f" by {text(row.judgement.author)}" if len(row.judgement.author) > 0 else ""
        because = f": {text(row.judgement.because)}" if len(row.judgement.because) > 0 else ""
        lines.append(f"  Judged{by} ({text(row.judgement.verdict)}, {text(row.judgement.made)}){because}")
    if stated_figures(row) != "":
        why = f": {text(reasons(row))}" if reasons(row) != "" else ""
        lines.append(f"  Figures of this case: {text(stated_figures(row))}{why}")
    if len(row.set_aside) > 0:
        lines.append(f"  Not weighed: {text(row.set_aside)}")
    return [*lines[:1], *(part for line in lines[1:] for part in ("", line)), ""]


def _certain(probability: float) -> str:
    """The chance that something was read rightly, where a person's word makes it certain."""
    return "certainty" if probability == 1.0 else percent(probability)


def documents(assessment: Assessment) -> list[str]:
    """What was read, and how much of it."""
    table = (
        (
            text(row.name),
            text(row.source) if len(row.source) > 0 else "unknown",
            text(row.reliability),
            text(row.date) if len(row.date) > 0 else "undated",
            row.characters,
            row.observations,
        )
        for row in assessment.documents
    )
    notices = (f"{text(row.name)}: {text(notice)}" for row in assessment.documents for notice in row.notices)
    return [
        "## Documents",
        "",
        *_table(("document", "source", "reliability", "date", "characters", "observations"), table),
        *_named_list("Not everything could be read:", notices, ""),
    ]


def origins(assessment: Assessment) -> list[str]:
    """Who repeats whom, with what says so, and what is left of each fact that several documents report."""
    row = assessment.origins
    if row is None:
        return ["## Who repeats whom", "", "Origins were not traced when this was assessed.", ""]
    called = repetition.names(assessment)
    taken = (
        (
            text(called(step.document)),
            text(called(step.repeats)),
            percent(step.copying),
            text(repetition.reason(link)),
        )
        for step, link in repetition.taken(row)
    )
    words = (
        f"{text(called(link.document))} on {text(called(link.repeats))}: “{text(link.quote)}”"
        for link in row.links
        if len(link.quote) > 0
    )
    circles = (text(repetition.circle(found, called)) for found in row.circles)
    return [
        "## Who repeats whom",
        "",
        repetition.summary(row),
        "",
        *_filled(("document", "repeats", "copied with", "because"), taken),
        *_named_list("Documents that name one another:", circles, ""),
        *_named_list("In their words:", words, ""),
        *_filled(SHARED_FACTS, map(_shared_fact, (fact for fact in row.facts if fact.documents > 1))),
    ]


SHARED_FACTS = (
    "fact",
    "documents",
    "origins",
    "worth",
    "presence",
    "if all that nothing links copy, or none",
)


def _shared_fact(row: FactOriginsRow) -> tuple[str | int, ...]:
    low, high = percent(row.low), percent(row.high)
    band = low if low == high else f"{low} to {high}"
    return text(row.feature), row.documents, row.origins, f"{row.effective:.1f}", percent(row.presence), band


def background(assessment: Assessment) -> list[str]:
    """What was left out and why, who is named, and what was assumed."""
    left_out = (f"{text(row.reason)}: {row.count}" for row in assessment.left_out)
    named = (
        f"{text(row.name)} ({text(row.actor)}): mentions: {row.mentions}, documents: {row.documents}"
        for row in assessment.named
    )
    return [
        "## Background",
        "",
        *_named_list("Found and not weighed:", left_out, "Everything that was found was weighed."),
        *_named_list("Actors that the documents name; a name is a claim and weighs nothing:", named, ""),
        *_named_list("Assumed:", map(text, assessment.assumptions), ""),
        *_named_list("On the knowledge:", map(text, assessment.knowledge.notes), ""),
        f"The model's weights: {text(assessment.model_provenance)}.",
    ]


def _named_list(name: str, lines: Iterable[str], without: str) -> list[str]:
    """A list under its name; where it is empty the sentence for that, if there is one."""
    bullets = _bullets(lines, escaped=True)
    if len(bullets) > 0:
        return [name, "", *bullets]
    return [without, ""] if len(without) > 0 else []


def _bullets(lines: Iterable[str], *, escaped: bool = False) -> list[str]:
    found = [f"- {line if escaped else text(line)}" for line in lines]
    return [*found, ""] if len(found) > 0 else []


def _filled(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    """A table; nothing at all where it has no rows."""
    found = list(rows)
    return _table(head, found) if len(found) > 0 else []


def _table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[str]:
    body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *body, ""]
