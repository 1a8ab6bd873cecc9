"""`weigh knowledge`: what is known before a case, and changing it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from weigh.cli.console import echo_json, json_option, progress, say, show

if TYPE_CHECKING:
    from weigh.knowledge.store import Knowledge

_EXAMPLES = """
\b
Examples:
  weigh knowledge
  weigh knowledge show APT40
  weigh knowledge search bear
  weigh knowledge use enterprise-attack-18.1.json
  weigh knowledge update
  weigh knowledge teach labelled.jsonl
"""


@click.group("knowledge", invoke_without_command=True, epilog=_EXAMPLES)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """What is known before a case: version, counts, where from, and the fitted weights."""
    if ctx.invoked_subcommand is None:
        _describe(as_json)


@command.command("show")
@click.argument("name")
@json_option
def show_actor(name: str, as_json: bool) -> None:
    """Everything known of the actors that bear NAME: an id, a name or any vendor's alias."""
    from weigh.errors import UsageError  # after --help is answered
    from weigh.knowledge.naming import resolve  # after --help is answered
    from weigh.renderers.terminal_lists import actors  # after --help is answered

    knowledge = _knowledge()
    found = resolve(name, knowledge.catalogue)
    if len(found) == 0:
        remedy = f"try `weigh knowledge search {quote(name)}`"
        raise UsageError(f"nobody bears the name {name!r}", remedy=remedy)
    if as_json:
        echo_json(found)
    else:
        show(actors(knowledge, found))


@command.command("search")
@click.argument("word")
@json_option
def search_names(word: str, as_json: bool) -> None:
    """Every actor with a name that holds WORD."""
    from weigh.knowledge.naming import search  # after --help is answered
    from weigh.renderers.terminal_lists import names_table  # after --help is answered

    found = search(word, _knowledge().catalogue)
    if as_json:
        echo_json(found)
    elif len(found) == 0:
        click.echo(f"no name holds {word!r}")
    else:
        show(names_table(found))


@command.command("use")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--names", type=click.Path(path_type=Path), help="A MISP galaxy threat-actor file.")
@click.option(
    "--sponsors",
    type=click.Path(path_type=Path),
    help="A list of actors and the states they are said to act from, as Microsoft publishes one.",
)
@click.option("--installed", is_flag=True, help="Go back to what is installed with Weigh.")
@json_option
def use_file(
    file: Path | None, names: Path | None, sponsors: Path | None, installed: bool, as_json: bool
) -> None:
    """Use an official ATT&CK STIX bundle, .json or .json.xz, from now on."""
    from weigh.compiling import cache  # loads the compiler
    from weigh.compiling.build import Inputs  # loads the compiler

    if file is None and names is None and sponsors is None and not installed:
        raise click.UsageError("give a FILE, --names FILE, --sponsors FILE, or --installed")
    with progress() as tell:
        cache.use(cache.cache_folder(), Inputs() if installed else Inputs(file, names, sponsors), tell)
    _describe(as_json)


@command.command("update")
@click.option("--url", default="", help="Where to fetch from, instead of MITRE's address.")
@json_option
def update(url: str, as_json: bool) -> None:
    """Fetch the current official ATT&CK bundle over the network, and use it."""
    from weigh.compiling import cache, fetching  # loads the compiler
    from weigh.compiling.build import Inputs  # loads the compiler

    with progress() as tell:
        tell("fetching ATT&CK", 0.0)
        file = fetching.fetch_attack(cache.cache_folder(), url or fetching.ATTACK_URL)
        cache.use(cache.cache_folder(), Inputs(attack=file), tell)
    _describe(as_json)


@command.command("fit")
@json_option
def fit_weights(as_json: bool) -> None:
    """Fit the weights of the model again on the knowledge in use, which must be dated."""
    from weigh.compiling import cache, fitting  # loads the compiler

    knowledge = _knowledge()
    with progress() as tell:
        tell("fitting", 0.0)
        weights = fitting.fit_on(knowledge, cache.weights_path(cache.cache_folder(), knowledge))
    if as_json:
        echo_json(weights)
    else:
        _describe(as_json)


@command.command("teach")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--forget", is_flag=True, help="Read with the knowledge alone again.")
@json_option
def teach(file: Path | None, forget: bool, as_json: bool) -> None:
    """Learn to read technique sentences as your annotators label them, on top of the knowledge.

    FILE has a JSON object a line: "sentence", "techniques" (ATT&CK ids; an empty list where the sentence
    describes none) and "document". Give all sentences of each document. What is learnt is kept only where
    it reads held-out documents better than the knowledge alone.
    """
    from weigh.compiling import cache, teaching  # loads the compiler
    from weigh.evidence.text_model import TextModel  # after --help is answered
    from weigh.renderers.terminal_lists import taught_lines  # after --help is answered

    if (file is None) != forget:
        raise click.UsageError("give a FILE, or --forget")
    knowledge = _knowledge()
    path = cache.taught_path(cache.cache_folder(), knowledge)
    if file is None:
        path.unlink(missing_ok=True)
        say("Sentences are read with the knowledge alone.")
        return
    given = teaching.read_labelled(file, {item.id: item.now for item in knowledge.catalogue.retired})
    with progress() as tell:
        tell("learning from labelled sentences", 0.0)
        taught = teaching.teach_on(TextModel.from_arrays(knowledge.text_arrays()), given, path)
    if as_json:
        echo_json(taught)
    else:
        show(taught_lines(taught))


def _knowledge() -> Knowledge:
    """The knowledge in use, compiled when needed."""
    from weigh.api import Workbench  # loads the whole program

    with progress() as tell:
        return Workbench(tell, say).knowledge


def _describe(as_json: bool) -> None:
    from weigh.api import Workbench  # loads the whole program
    from weigh.compiling import cache  # loads the compiler
    from weigh.knowledge.store import size_on_disk  # after --help is answered
    from weigh.renderers.terminal_lists import knowledge_page  # after --help is answered

    with progress() as tell:
        bench = Workbench(tell, say)
        knowledge, weights = bench.knowledge, bench.engine.weights
    size = size_on_disk(knowledge.folder)
    taught = cache.taught_path(cache.cache_folder(), knowledge).is_file()
    if as_json:
        manifest = knowledge.manifest
        echo_json(
            {
                "stamp": manifest.stamp,
                "counts": manifest.counts,
                "bytes": size,
                "folder": str(knowledge.folder),
                "weights": weights,
                "taught": taught,
            }
        )
    else:
        show(knowledge_page(knowledge, weights, size))
        if taught:
            click.echo("Sentences are read as taught; `weigh knowledge teach --forget` undoes it.")
