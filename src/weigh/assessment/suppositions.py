"""What if: the same case with an item left out, another prior, or what was known at another time.

A supposition changes what is weighed and how, and the assessment says so in its first lines; the case
is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from weigh.assessment.dates import not_to_come
from weigh.assessment.document import UNLISTED
from weigh.assessment.known_then import Known, known_then
from weigh.assessment.observations import full_name
from weigh.case.judgements import Reviewed
from weigh.errors import UsageError
from weigh.inference.engine import Engine
from weigh.inference.features import facts
from weigh.inference.profiles import Floats
from weigh.knowledge.catalogue import Software
from weigh.knowledge.naming import bearers, name_key
from weigh.knowledge.store import Knowledge
from weigh.records import Document
from weigh.scales import decimal

_SHORTEST_ID = 4
LEFT_OUT = "left out of this what-if"


@dataclass(frozen=True, slots=True)
class Suppositions:
    """What is supposed: items left out (an observation's id or its beginning, an ATT&CK id or a name of it,
    the name of a document), prior probabilities by actor, the prior of deception (None: the default), and a
    date after which nothing was known."""

    without: tuple[str, ...] = ()
    priors: Mapping[str, float] = field(default_factory=dict)
    deception: float | None = None
    as_of: str = ""

    def __post_init__(self) -> None:
        """Raises `UsageError` for knowledge as of a day that is yet to come."""
        not_to_come(self.as_of, "--as-of", "give a day that is past")

    def not_earlier(self, is_refitted: bool) -> str:
        """What no earlier case was weighed with, so that none can say how often its answers hold the truth;
        empty where nothing is, as where the weights and the bound were fitted again on what was known."""
        said = ["the prior given"] if len(self.priors) > 0 else []
        said += [f"the knowledge as of {self.as_of}"] if self.as_of != "" and not is_refitted else []
        return " and ".join(said)

    def sentences(self) -> tuple[str, ...]:
        """What is supposed, in words, for the first screen; none where nothing is."""
        said = [f"left out: {', '.join(self.without)}"] if len(self.without) > 0 else []
        said += [f"prior of {name} set to {decimal(value)}" for name, value in self.priors.items()]
        if self.deception is not None:
            said.append(f"prior of deception set to {_given(self.deception)}")
        if self.as_of:
            said.append(f"knowledge as of {self.as_of}: reports that are or may be later are removed")
        return (f"This is a what-if, not the case as it stands ({'; '.join(said)}).",) if said else ()


def left(
    observations: Sequence[Reviewed],
    documents: Sequence[Document],
    suppositions: Suppositions,
    knowledge: Knowledge,
) -> tuple[Reviewed, ...]:
    """The observations, those that are supposed away set aside with that reason.

    Raises `UsageError` for an item that is in no way part of the case, and for a name of several.
    """
    gone: set[str] = set()
    for item in suppositions.without:
        meant = {each.read.id for each in observations if _is_meant(item, each, documents)}
        gone |= meant or _bearing(item, observations, knowledge)
    return tuple(
        replace(each, now=replace(each.now, set_aside=LEFT_OUT)) if each.read.id in gone else each
        for each in observations
    )


def as_known(engine: Engine, knowledge: Knowledge, suppositions: Suppositions) -> Known:
    """The engine on what was known at the date supposed; its errors are those of `known_then`."""
    return known_then(engine, knowledge, suppositions.as_of) if suppositions.as_of != "" else Known(engine)


def with_priors(engine: Engine, knowledge: Knowledge, suppositions: Suppositions, year: int) -> Engine:
    """The engine with the prior probabilities supposed; `year` is the operation's, 0 where unknown.

    Raises `UsageError` for a name that no hypothesis bears, and for chances that are none.
    """
    if len(suppositions.priors) == 0:
        return engine
    own = engine.weigh(facts({}, year)).scores.prior
    return replace(engine, shift=_wanted(own, engine, knowledge, suppositions.priors) - own)


def _is_meant(item: str, each: Reviewed, documents: Sequence[Document]) -> bool:
    if each.now.value == item or (len(item) > _SHORTEST_ID and each.read.id.startswith(item)):
        return True
    names = {(document.name, document.id) for document in documents if document.id == each.read.document}
    return any(item in pair for pair in names)


def _bearing(item: str, observations: Sequence[Reviewed], knowledge: Knowledge) -> set[str]:
    """Ids of the observations of the one technique or software of the case that bears the name."""
    seen = sorted({each.now.value for each in observations} & knowledge.feature_index.keys())
    first = [value for value in seen if name_key(item) in _headlines(value, knowledge)]
    found = first or [value for value in seen if name_key(item) in _aliases(value, knowledge)]
    if len(found) == 0:
        raise UsageError(
            f"nothing in the case is called {item!r}",
            place="--without",
            remedy="give an observation's id, an ATT&CK id or name, or a document's name; "
            "`weigh observations CASE` lists them",
        )
    if len(found) > 1:
        several = ", ".join(f"{value} ({full_name(value, knowledge)})" for value in found)
        raise UsageError(
            f"{item!r} is a name of several in the case: {several}", place="--without", remedy="give the id"
        )
    return {each.read.id for each in observations if each.now.value == found[0]}


def _headlines(value: str, knowledge: Knowledge) -> set[str]:
    feature = knowledge.features[knowledge.feature_index[value]]
    return {name_key(name) for name in (feature.name, full_name(value, knowledge))}


def _aliases(value: str, knowledge: Knowledge) -> set[str]:
    feature = knowledge.features[knowledge.feature_index[value]]
    return {name_key(alias.name) for alias in feature.aliases} if isinstance(feature, Software) else set()


def _given(prior: float) -> str:
    """A prior of deception in words, were it none at all."""
    return decimal(prior) if 0.0 <= prior <= 1.0 else f"{prior:g}"


def _wanted(prior: Floats, engine: Engine, knowledge: Knowledge, priors: Mapping[str, float]) -> Floats:
    """log2 of the prior probabilities: those that are set, and the others in their own proportions."""
    rest = 2.0 ** (prior - prior.max())
    chosen: dict[int, float] = {}
    for name, value in priors.items():
        row = _row(name, engine, knowledge)
        if row in chosen:
            raise UsageError(
                f"{name!r} names whom another prior names", place="--prior", remedy="give each actor one"
            )
        chosen[row] = value
    if not all(0.0 < value < 1.0 for value in chosen.values()) or sum(chosen.values()) >= 1.0:
        raise UsageError(
            "prior probabilities must lie between 0 and 1 and leave something for the others",
            place="--prior",
        )
    places = list(chosen)
    rest[places] = 0.0
    wanted = rest / rest.sum() * (1.0 - sum(chosen.values()))
    wanted[places] = list(chosen.values())
    return np.asarray(np.log2(wanted))


def _row(name: str, engine: Engine, knowledge: Knowledge) -> int:
    """The row of a hypothesis by an id, a name or an alias, or `unlisted`."""
    if name_key(name) == UNLISTED:
        return len(engine.known.candidates)
    weighed = [knowledge.catalogue.actors[int(index)] for index in engine.known.candidates]
    found = bearers(weighed, name)
    if len(found) == 0 and len(bearers(knowledge.catalogue.actors, name)) > 0:
        raise UsageError(
            f"{name!r} is no hypothesis: no report on it is in the knowledge that is weighed",
            place="--prior",
            remedy="give an actor with reports, by an id such as G0016",
        )
    if len(found) != 1:
        problem = "is a name of several actors" if len(found) > 1 else "is the name of no hypothesis"
        raise UsageError(f"{name!r} {problem}", place="--prior", remedy="give an id such as G0016")
    return weighed.index(found[0])
