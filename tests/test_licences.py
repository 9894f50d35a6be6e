"""What travels with the program under other terms than its own is named, with its text."""

import email
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
TERMS = ("Apache-2.0", "Unicode-3.0", "LicenseRef-Trichdan-Sample")


def test_every_term_has_its_text() -> None:
    """The expression names three, each with a file that travels along; NOTICE says what is under which."""
    assert PROJECT["license"].split(" AND ") == [*TERMS]
    assert PROJECT["license-files"] == ["LICENSE", "NOTICE", "licenses/*.txt"]
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    assert "UNICODE LICENSE V3" in (ROOT / "licenses" / "Unicode-3.0.txt").read_text("utf-8")
    notice = (ROOT / "NOTICE").read_text("utf-8")
    assert all(f"licenses/{name}.txt" in notice for name in TERMS[1:])


def test_the_sample_is_not_passed_off_as_ours() -> None:
    """Its notice names the publisher and the address of the article."""
    told = (ROOT / "licenses" / "LicenseRef-Trichdan-Sample.txt").read_text("utf-8")
    article = (ROOT / "seeds" / "004_978839766c41e6e8.txt").read_text("utf-8")
    (address,) = {word for word in told.split() if word.startswith("https://")}
    assert address.rstrip(";") in article


@pytest.mark.parametrize("card", ["index/model/README.md", "retrieval/reading/model/README.md"])
def test_the_cards_say_whether_commercial_use_is_clear(card: str) -> None:
    """Of everything that was learned from: yes, or not clear."""
    lines = (ROOT / card).read_text("utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.endswith("| commercial use |"))
    rows = [line.split("|")[-2] for line in lines[begin + 2 : lines.index("", begin)]]
    assert len(rows) > 5
    assert all("yes" in row or "not clear" in row for row in rows)


@pytest.mark.slow
def test_the_wheel_carries_them(tmp_path: Path) -> None:
    """In its metadata, where those who install it find them."""
    pip = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(pip, check=True)  # noqa: S603
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        told = email.message_from_bytes(wheel.read(name))
        assert told["License-Expression"] == PROJECT["license"]
        carried = set(told.get_all("License-File", []))
    assert carried == {"LICENSE", "NOTICE", *(f"licenses/{term}.txt" for term in TERMS[1:])}
