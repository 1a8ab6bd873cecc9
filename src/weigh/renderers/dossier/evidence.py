"""The weighed facts by tactic and kind, each with its observations; and what was set aside, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby

from weigh.assessment.document import FeatureRow, JudgementRow, ObservationRow
from weigh.renderers.defang import defang
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.tables import code, fold, link, named, paragraph, section
from weigh.renderers.dossier.view import (
    View,
    fact_anchor,
    feature_name,
    quote_anchor,
    reason,
    value,
    verdict,
    weight_of,
)
from weigh.renderers.dossier.words import (
    answer_name,
    bits,
    count,
    kind_name,
    kind_order,
    number,
    share,
    shortened,
    tactic_name,
    tactic_order,
)

FIRST = 3
CONTEXT = 110


def evidence(view: View) -> Markup:
    """Every weighed fact under its tactic, or under its kind where it has none."""
    rows = sorted(enumerate(view.assessment.features), key=lambda pair: (_group(pair[1]), pair[0]))
    groups = [
        element(
            "div", {"class": "group"}, element("h3", None, heading), *(_fact(view, *pair) for pair in pairs)
        )
        for (_, heading), pairs in groupby(rows, key=lambda pair: _group(pair[1]))
    ]
    weighed = sum(len(row.observations) for row in view.assessment.features)
    hint = (
        f"{count(len(rows), 'fact')} from {count(weighed, 'observation')}. "
        "Several observations of one thing are one fact. Each quote leads to its passage below. "
        "A number for forging runs from 0 (hard to plant) to 1 (easy)."
    )
    nothing = paragraph("Nothing was observed that could be weighed.") if len(rows) == 0 else None
    return section("evidence", "The evidence", paragraph(hint, kind="hint"), nothing, *groups)


def _group(row: FeatureRow) -> tuple[tuple[int, int, str], str]:
    """The key that orders groups, and the heading: the first tactic in ATT&CK's order, else the kind."""
    if len(row.tactics) > 0:
        first = min(row.tactics, key=tactic_order)
        return ((0, *tactic_order(first)), tactic_name(first))
    return ((1, *kind_order(row.kind)), kind_name(row.kind))


def _fact(view: View, place: int, row: FeatureRow) -> Markup:
    weight = weight_of(view.leader, place)
    title = element("h4", None, named(feature_name(row), row.id))
    shown = element(
        "p",
        {"class": "weight"},
        element("b", None, bits(weight)),
        element("span", {"class": "unit"}, f" bits for {answer_name(view.leader)}"),
    )
    known = (
        f"Chance that the operation shows it: {share(row.presence)} · "
        f"known of {count(row.users, 'actor')} · in {share(row.share)} of all reports"
    )
    rows = [view.observations[name] for name in dict.fromkeys(row.observations) if name in view.observations]
    return element(
        "article",
        {"class": "fact", "id": fact_anchor(row)},
        element("header", None, title, shown),
        paragraph(known, kind="meta"),
        *_sightings(view, row, rows),
    )


def _sightings(view: View, fact: FeatureRow, rows: Sequence[ObservationRow]) -> list[Markup]:
    """The first observations in sight, the rest in a fold."""
    items = [_sighting(view, row, view.fact_of[row.id] is fact) for row in rows]
    first, rest = items[:FIRST], items[FIRST:]
    shown = [element("ul", {"class": "sightings"}, *first)] if len(first) > 0 else []
    if len(rest) == 0:
        return shown
    more = element("ul", {"class": "sightings"}, *rest)
    return [*shown, fold(count(len(rest), "more observation"), more)]


def _sighting(view: View, row: ObservationRow, belongs: bool) -> Markup:
    """One observation. Its link lands here, once in the page, where no passage shows its words."""
    place = quote_anchor(row) if belongs and row.id not in view.quoted else None
    return element(
        "li",
        {"id": place},
        _quote(view, row),
        paragraph(_account(view, row), kind="meta"),
        _judged(row.judgement),
        *(_judged(figure) for figure in row.figures),
    )


def _quote(view: View, row: ObservationRow) -> Markup | None:
    """The quoted words in their sentence, leading to the passage where the page carries it."""
    words = " ".join(row.quote.split())
    if row.id in view.quoted:
        shown = defang(words) if len(words) > 0 else "its place in the text"
        quote = link(quote_anchor(row), shown)
    elif len(words) > 0:
        quote = element("b", None, defang(words))
    else:
        return None
    before, after = "", ""
    if len(words) > 0:
        before, found, after = " ".join(row.sentence.split()).partition(words)
        before = before if len(found) > 0 else ""
    parts = (_cut_left(defang(before)), quote, _cut_right(defang(after)))
    return element("p", {"class": "quote", "lang": "", "dir": "auto"}, *parts)


def _cut_left(text: str) -> str:
    return text if len(text) <= CONTEXT else f"…{text[-CONTEXT:]}"


def _cut_right(text: str) -> str:
    return text if len(text) <= CONTEXT else f"{text[:CONTEXT]}…"


def _account(view: View, row: ObservationRow) -> Markup:
    """Who read it, how surely, and how easily it could have been planted."""
    why = f" ({defang(row.why)})" if len(row.why) > 0 else ""
    parts: list[Child] = [
        element("cite", None, view.document_name(row.document)),
        f" · read by {row.extractor}{why} · rightly read {share(row.probability)}",
        f" · forging {number(row.forgeability)}",
    ]
    if row.table_forgeability not in (None, row.forgeability):
        parts.append(f" (as given; the table has {number(row.table_forgeability or 0.0)})")
    if row.credibility != 6:
        parts.append(f" · credibility {row.credibility}")
    if len(row.demoted) > 0:
        parts.append(f" ({row.demoted})")
    if len(row.pointer) > 0:
        parts += [" · field ", code(row.pointer)]
    return join(parts)


def _judged(judgement: JudgementRow | None) -> Markup | None:
    """What a person decided, told apart from what the program read."""
    if judgement is None:
        return None
    value = f" to {defang(judgement.value)}" if len(judgement.value) > 0 else ""
    because = f": {defang(judgement.because)}" if len(judgement.because) > 0 else ""
    author = judgement.author if len(judgement.author) > 0 else "a person"
    on = f", {judgement.made[:10]}" if len(judgement.made) > 0 else ""
    done = element("b", None, f"{verdict(judgement).capitalize()}{value}")
    return paragraph(done, f" by {author}{on}{because}", kind="judgement")


def set_aside(view: View) -> Markup:
    """What was found and not weighed: how many, why, and every item under its reason."""
    counts: Counter[str] = Counter()
    for row in view.assessment.left_out:
        counts[_common(defang(row.reason))] += row.count
    items: defaultdict[str, list[ObservationRow]] = defaultdict(list)
    for idle in sorted(view.idle(), key=lambda row: (kind_order(row.kind), row.document, row.start, row.id)):
        items[_common(reason(idle))].append(idle)
    reasons = sorted({*counts, *items}, key=lambda words: (-counts[words], words))
    parts = [_reason(view, words, counts[words], items.get(words, [])) for words in reasons]
    nothing = paragraph("Nothing was set aside.") if len(parts) == 0 else None
    return section("aside", "What was set aside", nothing, *parts)


def _common(words: str) -> str:
    """A reason without the heading that it quotes at its end, so that one reason is one fold."""
    return words.partition(" (“")[0]


def _reason(view: View, words: str, many: int, rows: Sequence[ObservationRow]) -> Markup:
    """One reason: its count, and what it concerns where the assessment holds that."""
    amount = element("b", {"class": "many"}, number(max(many, len(rows))))
    if len(rows) == 0:
        return paragraph(amount, " ", words, kind="reason")
    listed = element("ul", {"class": "sightings lines"}, *(_aside(view, row) for row in rows))
    return fold(join((amount, " ", words)), listed)


def _aside(view: View, row: ObservationRow) -> Markup:
    """One thing that is not weighed, in a line or two; a case may hold hundreds of them."""
    what: Child = named(defang(row.name), value(row))
    if row.id in view.quoted:
        what = link(quote_anchor(row), what)
    sort = row.subtype if len(row.subtype) > 0 else row.kind
    where = reason(row).removeprefix(_common(reason(row)))
    elsewhere = row.id in view.quoted or row.id in view.fact_of
    return element(
        "li",
        {"id": None if elsewhere else quote_anchor(row)},
        paragraph(what, element("span", {"class": "unit"}, f" {sort}{where}")),
        *(paragraph(words, kind="meta") for words in _remarks(view, row)),
        _judged(row.judgement),
    )


def _remarks(view: View, row: ObservationRow) -> list[str]:
    """What else there is to say of it: other words than its value, which document, why it is ruled out."""
    remarks: list[str] = []
    if _plain(row.quote) not in ("", _plain(row.value), _plain(row.name)):
        remarks.append(f"“{shortened(defang(row.quote), CONTEXT)}”")
    if len(view.documents) > 1:
        remarks.append(view.document_name(row.document))
    if len(row.ruled_out) > 0 and row.ruled_out not in row.set_aside:
        remarks.append(f"Says nothing about the culprit: {defang(row.ruled_out)}")
    return remarks


def _plain(text: str) -> str:
    """A text as it is compared: defanged, without a difference of case or spaces."""
    return " ".join(defang(text).split()).casefold()
