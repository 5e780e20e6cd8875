"""Write the package's bill of materials (CycloneDX JSON): every dependency in it."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from infra.local.setup.places import DESK_LOCK

# As in the zip: a time of day would make two builds of one input differ.
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_ALWAYS = re.compile(r"^[A-Za-z0-9._-]+")


def write_sbom(site: Path, target: Path, version: str) -> int:
    """Write the bill of materials; returns how many components it names."""
    found = sorted(distributions(path=[str(site)]), key=lambda item: _normal(item.name))
    components = {_normal(item.name): _component(item) for item in found}
    libraries = list(_libraries())
    bom = Bom(components=[*components.values(), *libraries])
    app = Component(
        name="reprieve", version=version, type=ComponentType.APPLICATION, bom_ref="reprieve"
    )
    bom.metadata.component = app
    bom.metadata.timestamp = _EPOCH
    parts = [_contents(found), *(library.bom_ref.value or "" for library in libraries)]
    bom.serial_number = uuid5(NAMESPACE_URL, "\n".join(parts))
    bom.register_dependency(app, [*components.values(), *libraries])
    for item in found:
        wanted = (name for name in _requires(item) if name in components)
        bom.register_dependency(components[_normal(item.name)], [components[n] for n in wanted])
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    target.write_text(text + "\n", encoding="utf-8")
    return len(components) + len(libraries)


def _component(item: Distribution) -> Component:
    name = _normal(item.name)
    stated = item.metadata.get("License-Expression")
    licenses = [LicenseFactory().make_from_string(stated)] if stated else []
    purl = PackageURL("pypi", None, name, item.version)
    return Component(
        name=name,
        version=item.version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=purl.to_string(),
        licenses=licenses,
    )


def _libraries() -> Iterator[Component]:
    """What the page takes of others, by its lock file; what only builds and tests stays out."""
    packages = json.loads(DESK_LOCK.read_text(encoding="utf-8"))["packages"]
    for name in sorted(packages[""]["dependencies"]):
        entry = packages[f"node_modules/{name}"]
        namespace, _, bare = name.rpartition("/")
        purl = PackageURL("npm", namespace or None, bare, entry["version"])
        yield Component(
            name=name,
            version=entry["version"],
            type=ComponentType.LIBRARY,
            purl=purl,
            bom_ref=purl.to_string(),
            licenses=[LicenseFactory().make_from_string(entry["license"])],
        )


def _requires(item: Distribution) -> Iterator[str]:
    """The names it cannot do without; those of an extra are somebody else's choice."""
    for requirement in item.requires or ():
        name = _ALWAYS.match(requirement)
        if name is not None and "extra ==" not in requirement:
            yield _normal(name[0])


def _contents(found: Iterable[Distribution]) -> str:
    return "\n".join(f"{_normal(item.name)}=={item.version}" for item in found)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
