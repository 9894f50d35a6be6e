"""Child processes, started so that nothing in the folder where they start runs in them."""

import contextlib
import ctypes
import json
import sys
from pathlib import Path
from typing import Final

# `-I` leaves out the working folder and the environment. Our packages are loaded by path from where this
# program found them, so that their folder need not be searched; libraries are looked for where it looks.
_START: Final = """\
import importlib.util, json, os, sys
path, packages, module = json.loads(sys.argv[1])
sys.path[:] = path
for name, folder in packages.items():
    spec = importlib.util.spec_from_file_location(
        name, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder])
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
sys.exit(importlib.import_module(module).main())
"""
_PACKAGES: Final = ("index", "retrieval", "bot")
_PR_SET_DUMPABLE: Final = 4
LIBRARIES: Final = ("site-packages", "dist-packages")
"""What folders of installed libraries are called."""


def command(module: str) -> list[str]:
    """Return the command that runs `main` of one of our modules in a separate process."""
    root = Path(__file__).resolve().parents[3]
    packages = {name: str(root / name) for name in _PACKAGES if (root / name).is_dir()}
    path = [entry for entry in sys.path if Path(entry).is_absolute() and not _is_here(entry)]
    return [sys.executable, "-I", "-X", "utf8", "-c", _START, json.dumps([path, packages, module])]


def _is_here(entry: str) -> bool:
    """Tell whether a folder is the working folder, which may hold files that nobody meant to run."""
    try:
        return Path(entry).resolve() == Path.cwd().resolve() and Path(entry).name not in LIBRARIES
    except OSError:  # it is gone
        return False


def be_unreadable() -> None:
    """Keep other processes of the same user out of this one's memory and environment, where Linux can."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
