"""Knowledge that compiles in a moment: invented groups, a few real techniques and tools by their ids."""

from __future__ import annotations

from pathlib import Path

from tests.compiling.bundles import Stix, cluster, galaxy_file, group, technique, tool, uses, written
from weigh.compiling import cache
from weigh.compiling.build import Inputs

_TECHNIQUES = {
    (46, 0): "Network Service Discovery",
    (52, 0): "Exfiltration Over Physical Medium",
    (52, 1): "Exfiltration over USB",
    (91, 0): "Replication Through Removable Media",
    (490, 0): "Inhibit System Recovery",
    (566, 0): "Phishing",
    (566, 1): "Spearphishing Attachment",
}
_TOOLS = {2: "Mimikatz", 29: "PsExec", 596: "ShadowPad"}
_SAID = {
    46: "scanned the network for open ports and services",
    52: "copied stolen files to a USB drive",
    91: "spread to other machines by means of infected USB drives",
    490: "deleted the shadow copies so that nothing could be restored",
    566: "sent a spearphishing email with a malicious attachment",
}


def small_cache(folder: Path) -> Path:
    """A cache folder in which the small knowledge is compiled and in use."""
    inputs = Inputs(written(folder, _objects()), galaxy_file(folder, [cluster(1, "Paper Lantern")]))
    cache.use(folder, inputs, lambda step, share: None)
    return folder


def _objects() -> list[Stix]:
    techniques = {
        key: {**technique(key[0], sub=key[1]), "name": name, "description": f"Adversaries may use {name}."}
        for key, name in _TECHNIQUES.items()
    }
    tools = [{**tool(number), "name": name} for number, name in _TOOLS.items()]
    groups = [group(number, aliases=[f"Slate Heron {number}"]) for number in (1, 2, 3)]
    relations = []
    for place, source in enumerate(groups):
        for number, (key, target) in enumerate(techniques.items()):
            if (number + place) % 2 == 0:
                report = (f"Harbour {place} 2021", "Writer. (2021, May 1). Harbour.")
                text = f"Group {place + 1} {_SAID[key[0]]}."
                relations.append(uses(source, target, report, description=text))
        relations.append(uses(source, tools[place], (f"Quay {place} 2022", "Writer. (2022, May 1). Quay.")))
    return [*groups, *techniques.values(), *tools, *relations]
