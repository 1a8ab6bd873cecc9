"""The public way in: read documents, keep them in a case, weigh them, show the result."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType

from weigh import claims, evidence, readers
from weigh.assessment.assess import Material, assess
from weigh.assessment.claim_rows import StatementsRow
from weigh.assessment.pointing import pointed_at
from weigh.assessment.statements import Said, statements
from weigh.assessment.suppositions import Suppositions
from weigh.case.claim_judgements import checked, claim_of, is_claim, review_claims
from weigh.case.judgements import Reviewed, checked_figure, figure_of, review
from weigh.case.store import CaseStore
from weigh.claims import Reading
from weigh.compiling import cache, teaching
from weigh.errors import ReadingError, UsageError, WeighError
from weigh.evidence import ready
from weigh.inference import weights as fitted
from weigh.inference.engine import Engine, prepare
from weigh.knowledge.naming import resolve
from weigh.knowledge.store import Knowledge
from weigh.readers import Unread
from weigh.records import Claim, Document, Judgement, Kind, Observation, Party, Source, Verdict
from weigh.result import Result

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Described:
    """What a person says about documents when they are read: who wrote them, when, for whom."""

    source: str = ""
    reliability: str = ""
    date: str = ""
    tlp: str = ""

    def applied(self, document: Document) -> Document:
        """The document with what was said, where something was said."""
        named = document.source
        if self.source or self.reliability:
            name = self.source or (named.name if named is not None else "")
            letter = self.reliability or (named.reliability if named is not None else "F")
            named = Source(name, letter)
        return replace(document, source=named, date=self.date or document.date, tlp=self.tlp or document.tlp)


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: whether it is new to the case, and how much was found in it."""

    document: Document
    observations: int
    new: bool


class Workbench:
    """Knowledge made ready for use; opened or compiled on first need."""

    def __init__(self, progress: Progress | None = None, say: Callable[[str], None] | None = None) -> None:
        self._progress = progress or _silent
        self._say = say or _mute
        self._listener: claims.Reader | None = None
        self._heard: dict[tuple[str, Source | None, str], Reading] = {}

    @cached_property
    def knowledge(self) -> Knowledge:
        """The knowledge in use."""
        return cache.ready(cache.cache_folder(), self._progress, self._say)

    @cached_property
    def engine(self) -> Engine:
        """The model on this knowledge, with refitted weights where there are any."""
        own = cache.weights_path(cache.cache_folder(), self.knowledge)
        return prepare(self.knowledge.relations, fitted.read(own) if own.is_file() else fitted.shipped())

    @cached_property
    def observer(self) -> evidence.Observer:
        """The extractors on this knowledge, with what was taught where there is any."""
        own = cache.taught_path(cache.cache_folder(), self.knowledge)
        return ready.observer(self.knowledge, teaching.saved(own))

    @cached_property
    def claim_reader(self) -> claims.ClaimReader:
        """The reader of claims, with the names of this knowledge."""
        return claims.build(self.knowledge.catalogue)

    def party(self, name: str) -> Party:
        """Whom a name means: a state, a body or an alliance by any of its names, an actor, else the name."""
        found = claims.party(name, self.claim_reader)
        if found is not None:
            return found
        actors = resolve(name, self.knowledge.catalogue)
        return Party(actors[0].actor.id, actors[0].actor.name) if len(actors) == 1 else Party(name, name)

    def said(
        self,
        documents: Iterable[Document],
        judgements: Sequence[Judgement] = (),
        judged: Iterable[Claim] = (),
    ) -> Said:
        """Who says what in the documents, with what people decided about it."""
        read = self.claims(documents)
        found = review_claims((claim for _, each in read for claim in each.claims), judgements, judged)
        notices = tuple(notice for _, each in read for notice in each.notices)
        writers = {document.id: each.writers for document, each in read}
        return Said(tuple(document for document, _ in read), found, notices, writers)

    def statements(self, said: Said) -> StatementsRow:
        """Claims as propositions with their origins, without the evidence: what files alone tell."""
        return statements(said, {})

    def hear_with(self, reader: claims.Reader) -> None:
        """Read claims with `reader` from now on, in place of the one that was fitted."""
        self._listener = reader
        self._heard.clear()

    def claims(self, documents: Iterable[Document]) -> list[tuple[Document, Reading]]:
        """Each document once, with who says what in it and what was not read."""
        unique = {document.id: document for document in documents}
        return [
            (document, self._hear(document, place / len(unique)))
            for place, document in enumerate(unique.values())
        ]

    def _hear(self, document: Document, share: float) -> Reading:
        """The claims of a document, read once for each source and date that it is said to have."""
        key = document.id, document.source, document.date
        if key not in self._heard:
            self._progress(f"reading who says what in {document.name}", share)
            self._heard[key] = (self._listener or self.claim_reader).read(document)
        return self._heard[key]

    def observe(self, document: Document) -> tuple[Document, tuple[Observation, ...]]:
        """The document with notices of what the extractors left out, and everything that they found.

        A coded table of statements holds none: the culprits that it names are what somebody says.
        """
        observer = self.observer
        found = evidence.survey(
            document, observer, lambda step, share: self._progress(f"reading {document.name}: {step}", share)
        )
        if document.format == "csv" and claims.is_coded_table(document):
            return document, ()
        return replace(document, notices=document.notices + found.notices), found.observations

    def assess(
        self,
        documents: Iterable[Document],
        observations: Iterable[Reviewed],
        title: str = "",
        suppose: Suppositions | None = None,
        said: Said | None = None,
    ) -> Result:
        """Weigh documents and their observations, under suppositions where there are any.

        What is `said` stands beside the result and changes nothing in it.
        """
        supposed = suppose or Suppositions()
        if supposed.as_of != "":
            self._progress(f"learning from what was known as of {supposed.as_of}", 0.0)
        material = Material(tuple(documents), tuple(observations), title, supposed, said)
        return Result.of(assess(material, self.knowledge, self.engine))

    def examine(self, documents: Iterable[Document], title: str = "", *, claims: bool = False) -> Result:
        """Read the evidence of documents, and the claims where asked, and weigh it; nothing is saved."""
        unique = {document.id: document for document in documents}
        surveyed = [self.observe(document) for document in unique.values()]
        found = [item for _, observations in surveyed for item in observations]
        told = [document for document, _ in surveyed]
        return self.assess(told, review(found, ()), title, said=self.said(told) if claims else None)


class Case:
    """A case file, with everything that can be done to it."""

    def __init__(self, store: CaseStore, bench: Workbench) -> None:
        self.store = store
        self.bench = bench

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, read_only: bool = False, bench: Workbench | None = None
    ) -> Case:
        """The case in `path`. Raises `CaseError` when it is missing, damaged or of a newer format."""
        return cls(CaseStore.open(Path(path), create=create, read_only=read_only), bench or Workbench())

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def read(self, *paths: str | Path, described: Described | None = None) -> list[Read | Unread]:
        """Read files, folders or `-` into the case: what was read, what was there, what failed."""
        return list(self.reading(paths, described or Described()))

    def reading(self, paths: Iterable[str | Path], described: Described) -> Iterator[Read | Unread]:
        """The same, one document at a time, so that progress can be shown."""
        for path in paths:
            for result in _results(path):
                yield result if isinstance(result, Unread) else self.add(result, described)

    def add(self, document: Document, described: Described | None = None) -> Read:
        """Observe a document and keep both.

        The same bytes a second time change nothing, but for what a person now says about them.
        """
        said = described or Described()
        if self.store.holds(document.id):
            held = said.applied(self.store.document(document.id))
            if said != Described():
                self.store.describe(document.id, source=held.source, date=held.date, tlp=held.tlp)
            return Read(held, 0, new=False)
        told, observations = self.bench.observe(said.applied(document))
        new = self.store.add(told, observations, self.bench.knowledge.stamp.digest)
        return Read(told, len(observations), new)

    def claims(self) -> list[tuple[Document, claims.Reading]]:
        """Who says what in the documents of the case, read now.

        Claims are read from the stored text and not kept: who speaks in a document's own voice is what a
        person says its source is, and that may be said anew at any time.
        """
        return self.bench.claims(self.store.documents())

    def assess(self, suppose: Suppositions | None = None, *, claims: bool = True) -> Result:
        """Weigh the case as it stands, with the judgements in force; or a what-if of it.

        With `claims` (seconds for a large case) the result tells who says what, too; they change nothing
        else in it. Raises `UsageError` for suppositions that cannot be made of this case and knowledge.
        """
        held = self.store.contents()
        reviewed = review(held.observations, held.judgements)
        said = None
        if claims:
            said = self.bench.said(held.documents, held.judgements, self.store.judged_claims())
        return self.bench.assess(held.documents, reviewed, held.title, suppose, said)

    def judge(
        self, observation: str, verdict: Verdict, *, because: str = "", value: str = "", author: str = ""
    ) -> Judgement:
        """Append a person's decision on the observation, or the claim, whose id starts with `observation`.

        A claim is corrected by `FIELD=VALUE`, and so are an observation's credibility and forgeability.
        """
        target = self.resolve(observation)
        if verdict is Verdict.CORRECT:
            if isinstance(target, Claim):
                value = checked(value, self.bench.party)
            elif figure_of(value) != "":
                value = checked_figure(value)
            else:
                _require_known(target, value, self.bench.knowledge)
        judgement = Judgement(
            observation=target.id,
            verdict=verdict,
            author=author or _login(),
            made=datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds"),
            because=because,
            value=value,
        )
        self.store.judge(judgement, target if isinstance(target, Claim) else None)
        return judgement

    def resolve(self, prefix: str) -> Observation | Claim:
        """The observation or the claim whose id begins so.

        A claim that was judged before somebody named its source answers to the id that it had then.
        `CaseError` where there is none, or where there are several.
        """
        if not is_claim(prefix):
            return self.store.resolve_observation(prefix)
        judged = self.store.judged_claims()
        read = (claim for _, reading in self.claims() for claim in reading.claims)
        return claim_of(prefix, read, judged, str(self.store.path))


def read_documents(paths: Iterable[str | Path]) -> tuple[list[Document], list[Unread]]:
    """Documents and failures of files, folders, or `-` for standard input."""
    documents: list[Document] = []
    failures: list[Unread] = []
    for path in paths:
        for result in _results(path):
            if isinstance(result, Unread):
                failures.append(result)
            else:
                documents.append(result)
    return documents, failures


def _results(path: str | Path) -> Iterator[Document | Unread]:
    """What one word of the user names: a file, a folder, `-`, or a URL, which is then fetched."""
    name = str(path)
    if not name.startswith(("http://", "https://")):
        yield from readers.read_path(path)
        return
    try:
        yield readers.read_url(name)
    except ReadingError as error:
        yield Unread(name, error.problem, error.place or name, error.remedy)


def _require_known(observation: Observation, value: str, knowledge: Knowledge) -> None:
    """Raise `UsageError` for a correction that the knowledge could never weigh."""
    if observation.kind is Kind.ARTEFACT and pointed_at(value, knowledge)[0] == "":
        raise UsageError(
            pointed_at(value, knowledge)[1],
            remedy="write it as \u201crich header points to G0007\u201d; add \u201c, forged\u201d if it is",
        )
    if observation.kind in (Kind.TECHNIQUE, Kind.SOFTWARE) and value not in knowledge.feature_index:
        raise UsageError(
            f"{value!r} is no id of a technique or of software in {knowledge.stamp.version}",
            remedy="give an id such as T1566.001 or S0002",
        )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise WeighError("nobody is logged in", remedy="say who decides with --author NAME") from error


def _silent(step: str, share: float) -> None:
    """No progress wanted."""


def _mute(sentence: str) -> None:
    """Nothing to be said."""
