"""The page as a whole: head, banner, contents, sections in the reader's order, and its security policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from weigh.renderers.defang import defang
from weigh.renderers.dossier.answer import every_answer, first_screen
from weigh.renderers.dossier.background import baselines, documents, knowledge, limits, names
from weigh.renderers.dossier.charts import definitions
from weigh.renderers.dossier.evidence import evidence, set_aside
from weigh.renderers.dossier.markup import Markup, element, page, stylesheet
from weigh.renderers.dossier.matrix import matrix
from weigh.renderers.dossier.origins import origins
from weigh.renderers.dossier.outlook import competing, imitation, look_next, responsibility
from weigh.renderers.dossier.passages import passages
from weigh.renderers.dossier.stakes import stakes
from weigh.renderers.dossier.statements import statements
from weigh.renderers.dossier.tables import link
from weigh.renderers.dossier.view import View
from weigh.renderers.dossier.why import why
from weigh.renderers.dossier.words import count
from weigh.renderers.release import WITHHELD
from weigh.scales import TLP_LABELS


def write(view: View) -> str:
    """The whole page. The same view gives the same bytes."""
    label = view.assessment.tlp
    sections = [(name, heading, part) for name, heading, part in _sections(view) if part is not None]
    body = element(
        "body",
        {"class": f"tlp-{label.lower().replace('+', '-')}" if label in TLP_LABELS else "tlp-none"},
        element("a", {"href": "#answer", "class": "skip"}, "Skip to the answer"),
        definitions(),
        element("header", None, _banner(label), _masthead(view)),
        _contents(sections),
        element("main", None, first_screen(view), *(part for _, _, part in sections)),
        element("footer", None, _banner(label), _colophon(view)),
    )
    return page(_head(view), body)


def _sections(view: View) -> tuple[tuple[str, str, Markup | None], ...]:
    """What follows the first screen: the id of each part, its name in the contents, and the part."""
    return (
        ("why", "Why", why(view)),
        ("next", "Look for next", look_next(view)),
        ("posing", "Posing", imitation(view)),
        ("ach", "Competing hypotheses", competing(view)),
        ("sponsor", "Sponsor", responsibility(view)),
        ("claims", "Who says what", statements(view)),
        ("evidence", "Evidence", evidence(view)),
        ("passages", "Passages", passages(view)),
        ("aside", "Set aside", set_aside(view)),
        ("matrix", "Techniques", matrix(view)),
        ("names", "Names and claims", names(view)),
        ("baselines", "Simple rules", baselines(view)),
        ("answers", "Every answer", every_answer(view)),
        ("stakes", "Stakes", stakes(view)),
        ("documents", "Documents", documents(view)),
        ("origins", "Origins", origins(view)),
        ("limits", "Limits", limits(view)),
        ("knowledge", "Basis", knowledge(view)),
    )


def _head(view: View) -> Markup:
    rules = _rules()
    return element(
        "head",
        None,
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": _policy(rules)}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", {"name": "referrer", "content": "no-referrer"}),
        element("meta", {"name": "color-scheme", "content": "light dark"}),
        element("meta", {"name": "generator", "content": f"Weigh {view.assessment.weigh}"}),
        element("title", None, f"{_title(view)} · Weigh"),
        stylesheet(rules),
    )


@cache
def _rules() -> str:
    """The style sheet that stands beside this module."""
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def _policy(rules: str) -> str:
    """Nothing may be fetched, run, sent or framed; the only style is the one whose hash stands here."""
    digest = base64.b64encode(hashlib.sha256(rules.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _banner(label: str) -> Markup:
    """The TLP 2.0 label of the page, or that it has none."""
    if len(label) == 0:
        return element("p", {"class": "tlp"}, "No TLP label")
    return element("p", {"class": "tlp"}, element("b", None, f"TLP:{label}"))


def _masthead(view: View) -> Markup:
    assessment = view.assessment
    weighed = sum(len(row.observations) for row in assessment.features)
    facts = " · ".join(
        (
            count(len(assessment.documents), "document"),
            f"{count(len(assessment.observations), 'observation')}, {weighed} weighed",
            count(len(assessment.hypotheses), "answer") + " compared",
            f"knowledge: {assessment.knowledge.version}",
        )
    )
    return element(
        "div",
        {"class": "masthead"},
        element("p", {"class": "eyebrow"}, "What the evidence supports"),
        element("h1", {"id": "title"}, _title(view)),
        element("p", {"class": "meta"}, facts),
    )


def _title(view: View) -> str:
    title = view.assessment.title
    if view.redact and title == WITHHELD:
        return "Title withheld"
    return defang(title) if len(title) > 0 else "Untitled case"


def _contents(sections: Sequence[tuple[str, str, Markup]]) -> Markup:
    items = [element("li", None, link(name, heading)) for name, heading, _ in sections]
    return element("nav", {"aria-label": "Contents"}, element("ul", None, *items))


def _colophon(view: View) -> Markup:
    assessment = view.assessment
    redacted = "Redacted copy: the documents' words and names, and persons' names, are withheld. "
    made = f"Decision support, made by Weigh {assessment.weigh} from assessment {assessment.id}."
    return element("p", {"class": "meta"}, redacted if view.redact else None, made)
