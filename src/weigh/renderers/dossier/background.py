"""What stands around the answer: names, baselines, documents, limits, and the knowledge it rests on."""

from __future__ import annotations

from collections import defaultdict

from weigh.assessment.document import UNLISTED, BaselineRow, DocumentRow, HypothesisRow
from weigh.knowledge.catalogue import SponsorClaim
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.tables import Column, bullets, code, fold, link, named, paragraph, section, table
from weigh.renderers.dossier.view import View, document_anchor
from weigh.renderers.dossier.words import UNLISTED_MEANS, answer_name, count, number

PLACES = ("First", "Second", "Third", "Fourth", "Fifth")
NO_SPONSOR = "No source in this knowledge names a sponsor."


def names(view: View) -> Markup:
    """Who the documents name, and whom others say the leader is and works for: claims, all of it."""
    hint = (
        "A name in a document and a sponsor in a list are claims by whoever wrote them. "
        "They weigh nothing here."
    )
    subject = next((row for row in view.ranked if row.id != UNLISTED), None)
    lone = view.leader.id == UNLISTED
    told = f"The first answer is {UNLISTED_MEANS}, which has no name and no sponsor to look up."
    about = [] if subject is None else [_other_names(subject), _sponsors(subject)]
    return section(
        "names",
        "Actors named, and claims about them",
        paragraph(hint, kind="hint"),
        element("h3", None, "Actors that the documents name"),
        _named_actors(view),
        paragraph(told) if lone else None,
        *about,
    )


def _named_actors(view: View) -> Markup:
    rows = [
        (named(row.name, row.actor), number(row.documents), number(row.mentions))
        for row in view.assessment.named
    ]
    if len(rows) == 0:
        return paragraph("The documents name no actor that the knowledge holds.")
    columns = (Column("Actor"), Column("Documents", numeric=True), Column("Mentions", numeric=True))
    return table("Actors that the documents name", columns, rows)


def _other_names(row: HypothesisRow) -> Markup:
    aliases = [f"{alias.name} ({alias.said_by})" for alias in row.aliases]
    words = "; ".join(aliases) if len(aliases) > 0 else "No other name is known."
    return join((element("h3", None, f"Other names of {row.name}, and who uses them"), paragraph(words)))


def _sponsors(row: HypothesisRow) -> Markup:
    """Every sponsor that somebody names, under it who says so; dissent among them is said first."""
    heading = element("h3", None, f"Who is said to sponsor {row.name}")
    of_sponsor: defaultdict[str, list[SponsorClaim]] = defaultdict(list)
    for claim in row.sponsors:
        of_sponsor[claim.sponsor].append(claim)
    if len(of_sponsor) == 0:
        return join((heading, paragraph(NO_SPONSOR)))
    speakers = {claim.said_by for claim in row.sponsors}
    by = count(len(speakers), "source")
    alike = f"{by}, one sponsor named."
    dissent = f"The sources do not agree, or do not spell alike: {len(of_sponsor)} sponsors named by {by}."
    said = paragraph(alike if len(of_sponsor) == 1 else dissent)
    claims = [claim for claims in of_sponsor.values() for claim in claims]
    quoted = any(len(claim.words) > 0 for claim in claims)
    headings = ("Said by", "Sponsor named", "How surely", "In these words")[: 3 + quoted]
    columns = [Column(heading) for heading in headings]
    rows = [_claim(claim)[: len(columns)] for claim in claims]
    return join((heading, said, table(f"Claims about who sponsors {row.name}", columns, rows)))


def _claim(claim: SponsorClaim) -> tuple[Child, ...]:
    sure = claim.confidence if len(claim.confidence) > 0 else "not said"
    words = f"“{claim.words}”" if len(claim.words) > 0 else ""
    return (claim.said_by, claim.sponsor, sure, words)


def baselines(view: View) -> Markup:
    """What simple rules answer on the same case, so that the model can be seen to add something."""
    rows = view.assessment.baselines
    if len(rows) == 0:
        return section(
            "baselines", "What simple rules say", paragraph("No simple rule was run on this case.")
        )
    depth = min(max(len(row.ranking) for row in rows), len(PLACES))
    columns = (Column("Rule"), *(Column(place) for place in PLACES[:depth]))
    hint = (
        "The same case under rules that anyone can check by hand. "
        "The number is the rule's own score, not a probability. "
        f"Bold: the same actor as above ({answer_name(view.leader)})."
    )
    return section(
        "baselines",
        "What simple rules say",
        paragraph(hint, kind="hint"),
        table("First actors by simple rules", columns, (_baseline(view, row, depth) for row in rows)),
    )


def _baseline(view: View, row: BaselineRow, depth: int) -> tuple[Child, ...]:
    places: list[Child] = []
    for identifier, name, score in row.ranking[:depth]:
        who: Child = element("b", None, name) if identifier == view.leader.id else name
        places.append(join((who, element("span", {"class": "score"}, number(score)))))
    places += [""] * (depth - len(places))
    return (join((row.name, element("span", {"class": "rule"}, row.rule))), *places)


def documents(view: View) -> Markup:
    """What was read, and how much of it."""
    columns = (
        Column("Document"),
        Column("Source"),
        Column("Date", tight=True),
        Column("TLP", tight=True),
        Column("Format"),
        Column("Characters", numeric=True),
        Column("Pages", numeric=True),
        Column("Observations", numeric=True),
        Column("Notices"),
    )
    rows = [_document(view, row) for row in view.documents.values()]
    if len(rows) == 0:
        return section("documents", "Documents", paragraph("The case holds no document."))
    hint = (
        "Reliability is the Admiralty letter of the source; F means that nobody has judged it. "
        "What was not read stands under notices."
    )
    return section(
        "documents", "Documents", paragraph(hint, kind="hint"), table("Documents read", columns, rows)
    )


def _document(view: View, row: DocumentRow) -> tuple[Child, ...]:
    name = view.document_name(row.id)
    title: Child = link(document_anchor(row.id), name) if row.id in view.carried else name
    file = defang(row.name) if row.name != name else ""
    reliability = f" ({row.reliability})" if len(row.reliability) > 0 else ""
    return (
        join((title, element("span", {"class": "rule"}, file) if len(file) > 0 else None)),
        f"{defang(row.source) or 'unknown'}{reliability}",
        row.date,
        row.tlp,
        row.format,
        number(row.characters),
        number(row.pages) if row.pages > 0 else "",
        number(row.observations),
        _notices(row),
    )


def _notices(row: DocumentRow) -> Markup | None:
    notices = [defang(notice) for notice in row.notices]
    if len(row.pages_without_text) > 0:
        pages = ", ".join(str(page) for page in row.pages_without_text)
        notices.insert(0, f"No text on {count(len(row.pages_without_text), 'page')}: {pages}")
    return bullets(notices, kind="notices")


def limits(view: View) -> Markup:
    """What the case cannot answer, in the assessment's own words, and what was assumed."""
    assessment = view.assessment
    unanswered = bullets(assessment.unanswered) or paragraph("No open question was recorded.")
    assumed = bullets(assessment.assumptions) or paragraph("No assumption was recorded.")
    return section(
        "limits",
        "What this cannot answer",
        unanswered,
        element("h3", None, "Assumptions"),
        assumed,
    )


def knowledge(view: View) -> Markup:
    """Which knowledge and which weights: what anyone needs to make the same page again."""
    assessment = view.assessment
    stamp = assessment.knowledge
    facts: list[tuple[str, Child]] = [
        ("Knowledge", stamp.version),
        ("Made from", "; ".join(stamp.inputs)),
        ("Digest", code(stamp.digest)),
        ("Reports dated", "yes" if stamp.dated else "only in part"),
        ("Assessment", code(assessment.id)),
        ("Program", f"Weigh {assessment.weigh}, {assessment.schema}"),
    ]
    pairs = [
        element("div", None, element("dt", None, term), element("dd", None, fact)) for term, fact in facts
    ]
    rows = [(row.feature, number(row.weight), number(row.error)) for row in assessment.model]
    columns = (Column("Feature"), Column("Weight", numeric=True), Column("Standard error", numeric=True))
    weights = fold(
        "The model's weights, with their standard errors",
        paragraph(assessment.model_provenance) if len(assessment.model_provenance) > 0 else None,
        table("Fitted weights", columns, rows),
    )
    return section(
        "knowledge",
        "What it rests on",
        element("dl", {"class": "facts"}, *pairs),
        bullets(stamp.notes),
        weights if len(rows) > 0 else None,
    )
