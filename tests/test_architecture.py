"""The shape of the house: one-way imports, no cycles, small functions and files, and a short way through."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from pathlib import Path
from types import FrameType

import pytest

from tests.assessment import harbour
from weigh import evidence, readers
from weigh.api import Workbench
from weigh.records import Document
from weigh.renderers import dossier
from weigh.version import __version__

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
ROOMS = (
    *("errors", "version", "scales", "records", "knowledge", "readers", "evidence", "claims", "inference"),
    *(
        "stakes",
        "compiling",
        "case",
        "assessment",
        "renderers",
        "result",
        "bench",
        "api",
        "",
        "cli",
        "__main__",
    ),
)
"""From the foundation up: a module imports from its own room and from earlier ones. "" is `weigh` itself."""
VAGUE = {"util", "utils", "helper", "helpers", "misc", "manager", "base", "common", "stuff"}


@dataclass(frozen=True)
class Module:
    """A module of the program: its dotted name, its file and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """The room it stands in, "" for the package itself."""
        return self.name.partition(".")[2].partition(".")[0]

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


@cache
def modules() -> dict[str, Module]:
    """Every module of the program by name."""
    found = {}
    for path in sorted((SOURCE / "weigh").rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = Module(name, path, ast.parse(path.read_text("utf-8")))
    return found


@cache
def imports() -> dict[str, set[str]]:
    """What every module imports."""
    return {name: imported(module) for name, module in modules().items()}


def imported(module: Module) -> set[str]:
    """Modules of the program that a module can load, wherever in it and however it says so.

    A module's name as a string counts, and so does the beginning of one in an f-string: that is how a
    module is loaded by name. The name of its own package does not: that is how it finds its data files.
    """
    found: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in modules()}
        elif isinstance(node, ast.ImportFrom):
            found |= set(_from(module, node))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            found |= {name for name in modules() if start.startswith("weigh.") and name.startswith(start)}
        elif isinstance(node, ast.Constant) and node.value in modules() and "." in str(node.value):
            found |= {str(node.value)} - {module.package}
    return found - {module.name}


def _from(module: Module, node: ast.ImportFrom) -> Iterator[str]:
    above = module.package.split(".")
    start = above[: len(above) - node.level + 1] if node.level > 0 else []
    origin = ".".join([*start, *([node.module] if node.module else [])])
    for alias in node.names:
        if f"{origin}.{alias.name}" in modules():
            yield f"{origin}.{alias.name}"
        elif origin in modules():
            yield origin


def functions() -> Iterator[tuple[str, int]]:
    """Every function, method and inner function with its length in lines, docstring included."""
    for module in modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{module.name}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def public(tree: ast.Module | ast.ClassDef, where: str) -> Iterator[tuple[str, bool]]:
    """Public classes, functions and methods, and whether each has a docstring; setters share a getter's."""
    for node in tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name[0] == "_":
            continue
        if any(isinstance(part, ast.Attribute) and part.attr == "setter" for part in node.decorator_list):
            continue
        yield f"{where}.{node.name}", ast.get_docstring(node) is not None
        if isinstance(node, ast.ClassDef):
            yield from public(node, f"{where}.{node.name}")


def lines(folder: Path) -> int:
    """Lines of Python that are not blank."""
    return sum(
        sum(len(line.strip()) > 0 for line in path.read_text("utf-8").splitlines())
        for path in folder.rglob("*.py")
    )


def test_modules_stand_in_rooms_and_import_from_the_rooms_before_theirs() -> None:
    place = {name: ROOMS.index(module.room) for name, module in modules().items()}
    upward = {
        (name, other) for name, others in imports().items() for other in others if place[other] > place[name]
    }
    assert upward == set()


def test_no_module_reaches_itself_by_any_import() -> None:
    try:
        list(TopologicalSorter(imports()).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_imports_are_seen_in_every_form() -> None:
    text = (
        "import weigh.scales\nfrom weigh import errors\nfrom weigh.records import Span\nfrom . import fit\n"
        "def f():\n    from ..knowledge.store import Knowledge\n    load('weigh.api')\n"
        "    load(f'weigh.cli.wh{x}')\n"
    )
    module = Module("weigh.inference.invented", Path("invented.py"), ast.parse(text))
    assert imported(module) == {
        *("weigh.scales", "weigh.errors", "weigh.records", "weigh.inference.fit"),
        *("weigh.knowledge.store", "weigh.api", "weigh.cli.why"),
    }


def faults(node: ast.AST) -> Iterator[str]:
    """What no line of the program may be."""
    if isinstance(node, ast.Assert):
        yield "assert"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
        yield "print"
    if isinstance(node, ast.ExceptHandler) and node.type is None:
        yield "bare except"
    if isinstance(node, ast.ExceptHandler) and all(isinstance(part, ast.Pass) for part in node.body):
        yield "swallowed error"
    if isinstance(node, ast.ClassDef) and any(node.name.lower().endswith(word) for word in VAGUE):
        yield f"vague name {node.name}"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("assert x", "assert"),
        ("print(x)", "print"),
        ("try:\n    f()\nexcept:\n    g()", "bare except"),
        ("try:\n    f()\nexcept OSError:\n    pass", "swallowed error"),
        ("class ReportManager: ...", "vague name ReportManager"),
    ],
)
def test_faults_are_seen(line: str, fault: str) -> None:
    assert fault in [found for node in ast.walk(ast.parse(line)) for found in faults(node)]


def test_no_asserts_prints_swallowed_errors_or_vague_names() -> None:
    found = [
        (name, getattr(node, "lineno", 0), fault)
        for name, module in modules().items()
        for node in ast.walk(module.tree)
        for fault in faults(node)
    ]
    assert found == []
    assert [name for name in modules() if not VAGUE.isdisjoint(name.split("."))] == []


def test_everything_public_says_why_it_is_there() -> None:
    silent = []
    for name, module in modules().items():
        if len(module.tree.body) > 0 and ast.get_docstring(module.tree) is None:
            silent.append(name)
        silent += [where for where, documented in public(module.tree, name) if not documented]
    assert silent == []


def test_nine_files_in_ten_have_at_most_400_lines_and_none_over_800() -> None:
    sizes = {name: len(module.path.read_text("utf-8").splitlines()) for name, module in modules().items()}
    assert [name for name, size in sizes.items() if size > 800] == []
    assert sum(size <= 400 for size in sizes.values()) >= 0.9 * len(sizes)


def test_nine_functions_in_ten_have_at_most_30_lines_and_none_over_80() -> None:
    sizes = list(functions())
    assert [(name, size) for name, size in sizes if size > 80] == []
    assert sum(size <= 30 for _, size in sizes) >= 0.9 * len(sizes)


def test_there_are_four_lines_of_tests_for_five_of_code() -> None:
    assert lines(ROOT / "tests") >= 0.8 * lines(SOURCE)


def test_the_version_is_said_once() -> None:
    assert importlib.metadata.version("weigh") == __version__


@dataclass
class Trace:
    """Which files of the program called into which, while something ran.

    `stack` holds the file of every running function of the program, outermost first; functions without
    a name of their own (comprehensions, lambdas) belong to the function they stand in.
    """

    stack: list[tuple[int, str]] = field(default_factory=list)
    modules: set[str] = field(default_factory=set)
    entered: list[str] = field(default_factory=list)
    nested: set[tuple[str, str]] = field(default_factory=set)
    deepest: tuple[str, ...] = ()

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        """A profile function for `sys.setprofile`."""
        path = frame.f_code.co_filename
        if not path.startswith(str(SOURCE)) or frame.f_code.co_name.startswith("<"):
            return
        if event == "call":
            name = Path(path).relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".")
            self.stack.append((id(frame), name.removesuffix(".__init__")))
            self._called()
        elif event == "return" and len(self.stack) > 0 and self.stack[-1][0] == id(frame):
            self.stack.pop()

    def _called(self) -> None:
        files = [name for _, name in self.stack]
        self.modules.add(files[-1])
        rooms = [name.split(".")[1] for name in files]
        above = [room for room in rooms[:-1] if room not in FRONT]
        if rooms[-1] in VOCABULARY | FRONT:
            return
        if len(above) == 0:
            self.entered.append(rooms[-1])
        elif above[-1] != rooms[-1]:
            self.nested.add((above[-1], rooms[-1]))
        nested = tuple(name for place, name in enumerate(files) if place == 0 or name != files[place - 1])
        self.deepest = max(self.deepest, nested, key=len)


VOCABULARY = {"errors", "version", "scales", "records", "knowledge"}
"""Rooms that hold words and tables; every other room speaks them, so that using them enters nothing."""
FRONT = {"api", "result"}
"""What a program calls and gets back: around the way, no part of it."""
REPORT = """<html><head><title>Harbour</title></head><body><h1>What happened</h1>
<p>The intruders sent an attachment (T1566.001) from berth-updates[.]example. They ran scripts, T1059.</p>
<table><tr><td>S0001</td><td>Barge</td></tr></table>
<p>Slate Heron is accused of CVE-2021-1234.</p></body></html>"""


@pytest.fixture(scope="module")
def way_through(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """The trace of one document from its bytes to its dossier, everything loaded before."""
    bench = Workbench()
    knowledge, engine = harbour.world()
    vars(bench).update(knowledge=knowledge, engine=engine, observer=evidence.build(knowledge.catalogue))
    path = tmp_path_factory.mktemp("way") / "report.html"
    path.write_text(REPORT)

    def run() -> str:
        documents = [found for found in readers.read_path(path) if isinstance(found, Document)]
        return dossier.render(bench.examine(documents))

    assert "T1566.001" in run()
    trace, before = Trace(), sys.getprofile()
    sys.setprofile(trace)
    try:
        run()
    finally:
        sys.setprofile(before)
    return trace


def test_each_room_is_entered_once_and_in_order(way_through: Trace) -> None:
    entered = [room for room, _ in groupby(way_through.entered)]
    assert entered == ["readers", "evidence", "case", "assessment", "renderers"]


def test_a_room_asks_few_other_rooms_and_never_a_later_one(way_through: Trace) -> None:
    assert way_through.nested == {
        ("assessment", "inference"),  # the weighing itself
        ("assessment", "stakes"),  # what being wrong would cost
        ("assessment", "evidence"),  # where sentences end, for quotations
        ("assessment", "claims"),  # who repeats whom
        ("renderers", "assessment"),  # the bars of a waterfall, which are sums of the assessment's numbers
        ("renderers", "evidence"),  # how addresses are defanged before they are shown
    }


def test_calls_from_file_to_file_nest_at_most_eight_deep(way_through: Trace) -> None:
    assert len(way_through.deepest) <= 8, " -> ".join(way_through.deepest)


def test_a_document_passes_through_few_modules(way_through: Trace) -> None:
    assert 30 <= len(way_through.modules) <= 125


def test_a_trace_sees_nesting_rooms_and_order() -> None:
    trace = Trace()
    sys.setprofile(trace)
    try:
        harbour.assessed([harbour.NEWS])
        evidence.defang("harbour.example")
    finally:
        sys.setprofile(None)
    assert [room for room, _ in groupby(trace.entered)] == ["case", "assessment", "evidence"]
    assert trace.deepest[0] == "weigh.assessment.assess"
    assert len(trace.deepest) >= 3
