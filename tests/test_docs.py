"""What README, the pages of docs/ and .env.example say is what the program does."""

import json
import re
import shlex
from pathlib import Path

import pytest

from bot.cli import run
from bot.settings import Settings, load, names, table
from retrieval.question.vietnamese import looks_vietnamese

ROOT = Path(__file__).parents[1]
PAGES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in (*ROOT.glob("README*.md"), *sorted((ROOT / "docs").rglob("*.md")))
}
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


def blocks(language: str, *pages: str) -> list[str]:
    """Return the fenced blocks of some pages, or of all, in a language."""
    text = "\n".join(PAGES[page] for page in pages or PAGES)
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def anchors(page: str) -> set[str]:
    """Return what can be linked to within a page: its headings as GitHub spells them."""
    headings = re.findall(r"^#+ (.*)$", PAGES[page], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_is_short() -> None:
    """What it is for, how to install it, and where to read on; the rest has pages of its own."""
    assert len(PAGES["README.md"].encode()) <= 9 * 1024
    assert len(PAGES["README.vi.md"].encode()) <= 9 * 1024


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """To a file of the repository, and to a heading of its page."""
    links = re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"^```.*?^```$", "", PAGES[page], flags=re.DOTALL | re.MULTILINE)
    )
    for link in links:
        name, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        target = (ROOT / page).parent / name if name else ROOT / page
        assert target.exists(), link
        there = str(target.resolve().relative_to(ROOT))
        assert not anchor or there not in PAGES or anchor in anchors(there), link


def test_every_page_is_linked_from_readme() -> None:
    """In its language, so that nobody has to guess what there is."""
    for name in PAGES:
        if name.startswith("docs/"):
            assert name in PAGES["README.vi.md" if name.startswith("docs/vi/") else "README.md"], name


def test_settings_table() -> None:
    """The table is the generated one; what stands in `table()` belongs between the two marks."""
    written = PAGES["docs/settings.md"].split("<!-- settings -->")[1].split("<!-- /settings -->")[0].strip()
    assert written == table()


@pytest.mark.parametrize("name", names())
def test_every_setting_is_in_the_example(name: str) -> None:
    """Each setting stands in .env.example, switched off, below a comment that explains it."""
    before, after = re.split(rf"^#{name}=", EXAMPLE, maxsplit=1, flags=re.MULTILINE)
    assert re.search(r"^# \w.{20,}\n(?:#TRICHDAN_\w+=.*\n)*\Z", before, re.MULTILINE)
    assert "\n" in after


@pytest.mark.parametrize("name", names())
def test_every_setting_is_explained_in_both_languages(name: str) -> None:
    """The comment above a setting, or above its group, has a line of Vietnamese and one of English."""
    above = EXAMPLE[: EXAMPLE.index(f"\n#{name}=")].rpartition("\n\n")[2].splitlines()
    told = [line for line in above if not line.startswith("#TRICHDAN_")]
    assert {looks_vietnamese(line) for line in told} == {True, False}


def test_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    """A copy of the example changes nothing."""
    (tmp_path / ".env").write_text(EXAMPLE, encoding="utf-8")
    assert load(tmp_path / ".env") == Settings()


def test_example_with_everything_switched_on(tmp_path: Path) -> None:
    """Each value in the example is one the program takes, paths of the folder of the file."""
    (tmp_path / ".env").write_text(
        re.sub(r"^#(TRICHDAN_)", r"\1", EXAMPLE, flags=re.MULTILINE), encoding="utf-8"
    )
    assert load(tmp_path / ".env").sources == (tmp_path / "articles", tmp_path / "notes.md")


def test_no_token_in_the_example() -> None:
    """Nothing in the example or in a page looks like a token of a bot."""
    assert not re.search(r"\d{6,}:[\w-]{20,}", EXAMPLE + "".join(PAGES.values()))


def test_json_example_is_real(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The example is what the program says, in the same order, but for measured values."""
    monkeypatch.chdir(tmp_path)
    example = json.loads(blocks("json", "docs/json.md")[0])
    run(["ask", "--json", "--top", "1", example["question"]])
    real = json.loads(capsys.readouterr().out)
    assert list(example) == list(real)
    assert list(example["quotes"][0]) == list(real["quotes"][0])
    measured = {"elapsed_ms": 0, "generation": ""}
    # Weights of 8 bits are rounded otherwise on other processors.
    example["quotes"][0]["probability"] = pytest.approx(example["quotes"][0]["probability"], abs=0.03)
    assert example | measured == real | measured


def _sayings(session: str) -> list[tuple[str, str]]:
    """Cut a session into commands and what each wrote."""
    parts = re.split(r"^\$ (.*)\n", session, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(
    ("command", "output"), [pair for block in blocks("console") for pair in _sayings(block)]
)
def test_dialogues_are_real(
    command: str,
    output: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each dialogue on a page is what the program says over its sample collection; percentages, nearly.

    Weights of 8 bits are rounded otherwise on other processors.
    """
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    assert program == "trichdan"
    run(arguments)
    said = capsys.readouterr().out
    assert re.sub(r"\d+%", "N%", said) == re.sub(r"\d+%", "N%", output)
    shown, written = (list(map(int, re.findall(r"(\d+)%", text))) for text in (said, output))
    assert shown == pytest.approx(written, abs=3)


def test_examples_of_questions_are_answered(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every question that a page says to ask is found in the sample, and the one in short forms right."""
    monkeypatch.chdir(tmp_path)
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("trichdan ask")]
    asked = [shlex.split(line, comments=True)[1:] for line in lines if '"' in line]
    assert len(asked) >= 8
    assert [each for each in asked if run(each) != 0] == []
    capsys.readouterr()
    short = "nga co bn dau dan hat nhan"
    assert all(short in PAGES[page] for page in ("README.md", "README.vi.md"))
    assert run(["ask", "--top", "1", short]) == 0
    assert "5.580 đầu đạn" in capsys.readouterr().out
