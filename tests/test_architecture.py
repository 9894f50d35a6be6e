"""The shape of the program, read from its source: floors, their order, doors, and what is never called."""

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "index": {"index"},
    "retrieval": {"index", "retrieval"},
    "bot": {"index", "retrieval", "bot"},
    "trichdan": {"index", "retrieval", "trichdan"},
}
TOOLS = ("training", "benchmarks")

# Each package or module of a floor uses those of the steps before its own, and none of its own step.
ORDER = {
    "index": (
        {"disk", "errors", "remarks"},
        {"records"},
        {"encoders", "progress", "text"},
        {"concepts", "generation", "sources"},
        {"check", "remote", "store"},
        {"indexer"},
        {"fetch"},
    ),
    "retrieval": (
        {"records"},
        {"cite", "evaluation", "filters", "question"},
        {"features", "grouping"},
        {"highlight", "ranking"},
        {"reading", "search"},
        {"answer"},
    ),
    "bot": (
        {"logs", "system"},
        {"about", "followup", "question_filters", "settings", "texts"},
        {"citation"},
        {"telegram", "terminal"},
        {"wiring"},
        {"acceptance"},
        {"collection_job", "commands"},
        {"cli"},
    ),
    "trichdan": ({"building", "collection"},),
    "bot.telegram": (
        {"collection", "jobs", "memory", "messages", "talk", "telegram_settings", "workers"},
        {"monitoring", "updates"},
        {"access", "transport"},
        {"services"},
        {"greeting", "handlers"},
        {"dispatch", "upkeep"},
        {"app"},
    ),
    "index.sources": (
        {"legacy", "markup", "metadata"},
        {"files"},
        {"markdown", "office", "pdf", "plain", "web"},
        {"epub", "mail", "rtf", "tables"},
        {"ooxml", "opendocument"},
        {"formats"},
        {"reading"},
        {"containment"},
        {"collect"},
        {"sample"},
    ),
}
NOT_YET: set[str] = set()  # places that are kept open in the table
MOST_ON_A_FLOOR = {
    "index": 15,
    "index.sources": 20,
    "retrieval": 12,
    "bot": 16,
    "bot.telegram": 17,
    "trichdan": 2,
}
LONGEST_MODULE = 260
# Longer ones that somebody has looked at, and why they are one thing.
LONG = {
    "index.sources.files.files": "finding and opening files share what they know of links and names",
    "bot.settings": "one field a setting, each with its description",
}

# Each library is imported in one place of ours, so that it can be replaced by changing that place.
DOORS = {
    "faiss": "index.generation.vectors",
    "tantivy": "index.generation.word_index",
    "pymilvus": "index.remote.milvus",
    "grpc": "index.remote.milvus",
    "tokenizers": "index.encoders.model_files",
    "onnxruntime": "retrieval.reading.network",
    "platformdirs": "bot.system.places",
    "sentence_transformers": "index.encoders.hub",
    "huggingface_hub": "index.encoders.hub",
    "charset_normalizer": "index.sources.files.decode",
    "docx": "index.sources.ooxml.docx",
    "feedparser": "index.sources.web.feed",
    "httpcore": "index.fetch.connection",
    "protego": "index.fetch.robots",
    "lxml": "index.sources.markup.trees",
    "python_calamine": "index.sources.ooxml.xlsx",
    "pypdfium2": "index.sources.pdf.glyphs",
    "trafilatura": "index.sources.web.html",
    "dotenv": "bot.settings",
    "pydantic_settings": "bot.settings",
    "prometheus_client": "bot.telegram.monitoring.monitor",
    "prompt_toolkit": "bot.terminal.prompt",
    "rich": "bot.terminal.screen",
    "telegram": "bot.telegram",
    "watchfiles": "bot.commands.index.watch",
    "h11": "bot.telegram.transport.webhook",
    "aiohttp": "bot.telegram.transport.http",
    "aiohttp_socks": "bot.telegram.transport.http",
    "httpx": "bot.telegram.transport.http",
}
PACKAGES_OF = {
    "typer": ("bot.cli", "bot.commands"),  # the command line, one module a family
    "pydantic": ("bot.settings", "bot.commands", "bot.telegram.telegram_settings"),  # what keeps a secret
}
EVERYWHERE = {"numpy"}
# Seconds and hundreds of megabytes: only inside the function that cannot do without.
NEVER_AT_IMPORT = {
    "sentence_transformers",
    "huggingface_hub",
    "torch",
    "transformers",
    "sklearn",
    "scipy",
    "onnxruntime",
}
# Only when a file of the kind is read.
NEVER_AT_IMPORT |= {"charset_normalizer", "docx", "feedparser", "lxml", "pypdfium2"}
NEVER_AT_IMPORT |= {"python_calamine", "trafilatura"}

BANNED_IMPORTS = {"pickle", "_pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
BANNED_CALLS = {
    "eval",
    "exec",
    "compile",
    "os.system",
    "os.popen",
    "torch.load",
    "yaml.load",
    "yaml.unsafe_load",
}
BANNED_METHODS = {"extractall"}
BANNED_KEYWORDS = {"shell": True, "verify": False, "trust_remote_code": True, "allow_pickle": True}


def sources(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Give every module of some packages, by its dotted name."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST) -> Iterator[str]:
    """Give the dotted name of everything that is imported anywhere in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield str(node.module)


def imported_at_once(tree: ast.Module) -> Iterator[str]:
    """Give what is imported when the module itself is: not inside a function, not only for type checking."""
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)
        waiting.extend(ast.iter_child_nodes(node))


def banned(tree: ast.AST) -> Iterator[str]:
    """Yield every use of what is banned: what runs data as code, or trusts any server."""
    for name in imported(tree):
        if name.split(".")[0] in BANNED_IMPORTS:
            yield f"import {name}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        keywords = {keyword.arg: keyword.value for keyword in node.keywords}
        if called in BANNED_CALLS or called.rsplit(".", 1)[-1] in BANNED_METHODS:
            yield f"{called}()"
        if (
            called in ("np.load", "numpy.load")
            and ast.unparse(keywords.get("allow_pickle", ast.Constant(None))) != "False"
        ):
            yield f"{called}() without allow_pickle=False"
        for keyword, value in keywords.items():
            if (
                keyword in BANNED_KEYWORDS
                and isinstance(value, ast.Constant)
                and value.value is BANNED_KEYWORDS[keyword]
            ):
                yield f"{called}({keyword}={value.value})"


MODULES = dict(sources(*FLOORS))


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_run_one_way(floor: str) -> None:
    """`index` knows nobody, `retrieval` knows `index`, the front ends both; nobody knows tools and tests."""
    ours = {*FLOORS, *TOOLS, "tests"}
    for name, tree in sources(floor):
        known = {other.split(".")[0] for other in imported(tree)} & ours
        assert known <= FLOORS[floor], f"{name} imports {known - FLOORS[floor]}"


def imported_modules(name: str, tree: ast.Module) -> Iterator[str]:
    """Give every module of ours that a module imports, wherever in it; a face stands for itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (each if each in MODULES else str(node.module) for each in whole)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("floor", ORDER)
def test_the_order_of_the_packages(floor: str) -> None:
    """No package uses one that comes after it or beside it, not even inside a function."""
    steps = {f"{floor}.{unit}": step for step, units in enumerate(ORDER[floor]) for unit in units}
    depth = floor.count(".") + 2

    def unit(name: str) -> str:
        return ".".join(name.split(".")[:depth])

    for name, tree in MODULES.items():
        if not name.startswith(f"{floor}."):
            continue
        assert unit(name) in steps, f"{unit(name)} has no place in the order"
        for other in imported_modules(name, tree):
            if other.startswith(f"{floor}.") and unit(other) != unit(name):
                assert steps[unit(other)] < steps[unit(name)], f"{name} imports {other}"


def test_the_order_names_what_is_there() -> None:
    """The table names nothing that is gone, and no floor has more on it than one can take in."""
    for floor, steps in ORDER.items():
        names = [f"{floor}.{unit}" for units in steps for unit in units]
        there = {
            name
            for name in MODULES
            if name.startswith(f"{floor}.") and name.count(".") == floor.count(".") + 1
        }
        assert sorted(names) == sorted(set(names))
        assert set(names) - NOT_YET == there - NOT_YET
        assert len(there) <= MOST_ON_A_FLOOR[floor], floor


def test_no_circles() -> None:
    """No module of ours comes to import itself by way of others, not even inside a function."""
    uses = {
        name: {other for other in imported_modules(name, tree) if other in MODULES and other != name}
        for name, tree in MODULES.items()
    }
    free: set[str] = set()
    while left := {name for name in uses if name not in free}:
        found = {name for name in left if uses[name] <= free}
        assert found, f"a circle among {sorted(left)}"
        free |= found


@pytest.mark.parametrize("floor", FLOORS)
def test_no_file_name_twice(floor: str) -> None:
    """Within a floor the name of a module says which one it is."""
    files = [name.rsplit(".", 1)[1] for name in MODULES if name.startswith(f"{floor}.") and _is_file(name)]
    assert [name for name, count in Counter(files).items() if count > 1] == []


def test_no_class_name_twice() -> None:
    """The name of a class says which one it is."""
    classes = [
        node.name for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    ]
    assert [name for name, count in Counter(classes).items() if count > 1] == []


def test_modules_are_short() -> None:
    """A module is one thing that can be read at a sitting."""
    lengths = {
        name: len(_path(name).read_text(encoding="utf-8").splitlines())
        for name in MODULES
        if name not in LONG
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_library_has_one_door() -> None:
    """A third-party library is imported in its own module of ours and nowhere else."""
    for name, tree in MODULES.items():
        for library in {other.split(".")[0] for other in imported(tree)}:
            if library in sys.stdlib_module_names or library in FLOORS or library in EVERYWHERE:
                continue
            doors = PACKAGES_OF.get(library) or (DOORS.get(library, "no module of ours"),)
            assert any(f"{name}.".startswith(f"{door}.") for door in doors), f"{name} imports {library}"


def test_every_door_is_used() -> None:
    """The table above names no library that nobody imports any more."""
    used = {other.split(".")[0] for tree in MODULES.values() for other in imported(tree)}
    unused = {
        library
        for library, door in DOORS.items()
        if library not in used and (ROOT / door.replace(".", "/")).exists()
    }
    assert unused == set()


def test_heavy_libraries_wait() -> None:
    """Nothing that takes seconds is imported before a function needs it, not even behind its door."""
    for name, tree in MODULES.items():
        at_once = {other.split(".")[0] for other in imported_at_once(tree)}
        assert not at_once & NEVER_AT_IMPORT, name


def test_only_settings_read_the_environment() -> None:
    """No other module touches environment variables.

    But for the language of the system, for threads, and to have a library tell nobody of its use.
    """
    others = {"bot.system.system_language", "bot.system.process", "retrieval.reading.network"}
    for name, tree in MODULES.items():
        if name in {"bot.settings", *others}:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                assert (node.value.id, node.attr) not in {
                    ("os", "environ"),
                    ("os", "getenv"),
                    ("os", "environb"),
                }, name


def test_the_store_alone_knows_its_files() -> None:
    """Nobody else reads the file that names the live generation; `Store.live_name` says it."""
    for name, tree in MODULES.items():
        texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        assert "CURRENT" not in texts or name.startswith("index.store."), name


def test_modules_log_under_their_own_names() -> None:
    """A line of the log says which module wrote it; the root and other libraries have their set-up."""
    for name, tree in MODULES.items():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        named = [ast.unparse(call) for call in calls if ast.unparse(call.func) == "logging.getLogger"]
        own = "logging.getLogger(__name__)"
        if name not in ("bot.logs.logging_setup", "bot.collection_job", "index.sources.web.html"):
            assert set(named) <= {own}, name


@pytest.mark.parametrize("package", [*FLOORS, *TOOLS])
def test_banned_calls(package: str) -> None:
    """Nothing runs data as code, and nothing switches a check off."""
    assert {name: found for name, tree in sources(package) if (found := list(banned(tree)))} == {}


def test_secrets_are_not_drawn_from_random() -> None:
    """The floors draw nothing from `random`, whose numbers can be foretold."""
    assert [name for name, tree in MODULES.items() if "random" in imported(tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from marshal import loads",
        "import joblib.numpy_pickle",
        "eval('1')",
        "exec(code)",
        "torch.load(path)",
        "np.load(path)",
        "np.load(path, allow_pickle=True)",
        "np.load(path, allow_pickle=flag)",
        "zipfile.ZipFile(path).extractall(folder)",
        "subprocess.run(line, shell=True)",
        "os.system(line)",
        "httpx.get(url, verify=False)",
        "SentenceTransformer(name, trust_remote_code=True)",
        "yaml.load(text)",
    ],
)
def test_the_scan_sees(code: str) -> None:
    """Each kind of banned call is found where it is made."""
    assert list(banned(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["np.load(path, allow_pickle=False)", "json.loads(text)", "subprocess.run([a], check=True)"]
)
def test_the_scan_lets_the_rest_alone(code: str) -> None:
    """What is harmless is not found."""
    assert list(banned(ast.parse(code))) == []


def test_every_package_is_listed() -> None:
    """The wheel gets every package of the three floors, and nothing else."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "packages"
    ]
    there = {name for name in MODULES if (ROOT / name.replace(".", "/")).is_dir()}
    data = {"index.seeds", "index.model", "retrieval.reading.model"}
    assert set(listed) == there | data


def test_constraints_pin_what_is_required() -> None:
    """Each requirement of the program and its tests has one tested version, from no particular place."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+==\d[\w.]*", pin)] == []
    pinned = [_plain(pin.split("==")[0]) for pin in pins]
    assert len(set(pinned)) == len(pinned)
    assert [need for need in required if _plain(re.split(r"[^\w.-]", need)[0]) not in pinned] == []


def _path(name: str) -> Path:
    path = ROOT / name.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _is_file(name: str) -> bool:
    return _path(name).name != "__init__.py"


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
