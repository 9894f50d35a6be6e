"""Where the program keeps its data and settings by default."""

import sys
from pathlib import Path
from typing import Final

NAME: Final = "trichdan"
DATA: Final = Path(".data")
SETTINGS: Final = Path(".env")


def clone(program: Path = Path(__file__).parent, environment: str = sys.prefix) -> Path | None:
    """Return the clone that the program runs from; None for one that is installed elsewhere.

    The program stands in the clone itself, or in a virtual environment inside it.
    """
    for folder in (program.resolve().parents[1], Path(environment).parent):
        if (folder / "pyproject.toml").is_file() and (folder / "seeds").is_dir():
            return folder
    return None


def data_folder(home: Path | None) -> Path:
    """Return the folder of the index: in the clone, else where the system keeps the data of programs."""
    if home is None:
        from platformdirs import user_data_path

        return user_data_path(NAME, appauthor=False)
    return DATA if home == Path.cwd() else home / DATA


def settings_file(home: Path | None) -> Path:
    """Return the file of settings: that of the working directory, else that of the clone or of the user."""
    if SETTINGS.is_file():
        return SETTINGS
    if home is None:
        from platformdirs import user_config_path

        return user_config_path(NAME, appauthor=False) / SETTINGS
    return SETTINGS if home == Path.cwd() else home / SETTINGS
