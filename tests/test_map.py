"""ARCHITECTURE.md and CONTRIBUTING.md name only what is there, and all that belongs on a map."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md")


def page(name: str) -> str:
    """Return the text of a page."""
    return (ROOT / name).read_text("utf-8")


def named_paths(text: str) -> set[str]:
    """Return the paths in a text: what stands in code type, has a slash, and is no command."""
    quoted = re.findall(r"`([^`\n]+)`", text)
    return {word for words in quoted for word in words.split() if re.fullmatch(r"[\w.]+(/[\w.]+)+/?", word)}


@pytest.mark.parametrize("name", PAGES)
def test_every_path_exists(name: str) -> None:
    """A map that shows what is gone is worse than none."""
    paths = named_paths(page(name))
    missing = {path for path in paths if not (ROOT / path).exists() and not path.startswith(".venv/")}
    assert paths
    assert missing == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    """Links to other pages of the repository."""
    links = re.findall(r"\]\(([^)#:]+)\)", page(name))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_module_that_is_run_exists(name: str) -> None:
    """`benchmarks.quality` and the like are modules."""
    modules = re.findall(r"`(?:python -m )?((?:benchmarks|training)\.\w+)", page(name))
    assert [each for each in modules if not (ROOT / f"{each.replace('.', '/')}.py").exists()] == []


def test_the_map_shows_every_package_of_retrieval_and_the_ways_through_index() -> None:
    """A package that the map does not show is not on the way of anything."""
    text = page("ARCHITECTURE.md")
    packages = [
        path.parent.relative_to(ROOT)
        for floor in ("index", "retrieval")
        for path in (ROOT / floor).glob("*/__init__.py")
    ]
    assert [str(package) for package in packages if f"`{package}" not in text] == []


def test_set_up_is_that_of_readme() -> None:
    """Both pages install the same way."""
    (command,) = re.findall(r"^```sh\n(.*)\n```$", page("CONTRIBUTING.md"), re.MULTILINE)
    assert command in page("README.md")


def test_extras_exist() -> None:
    """The extras that a contributor should install exist."""
    offered = tomllib.loads(page("pyproject.toml"))["project"]["optional-dependencies"]
    named = re.findall(r"`\.\[(\w+)\]`", page("CONTRIBUTING.md"))
    assert named
    assert set(named) <= offered.keys()
