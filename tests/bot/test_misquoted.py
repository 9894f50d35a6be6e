"""An index whose places are wrong: what is not in its document is refused, the rest is answered."""

import json
import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import run
from bot.telegram.collection.live import OpenGeneration, given
from index.encoders import BundledEncoder, StaticModel
from index.errors import GenerationCorrupt, MisquotedError
from index.generation import Generation
from index.records import Sentence
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker
from retrieval.records import Status

NEWS = (
    "NATO họp tại La Haye.\n",
    "NATO họp tại Brussels.\n",
    "NATO họp tại Vilnius.\n",
    "Mưa lớn ở Hà Nội.\n",
)
QUESTION = "NATO họp tại đâu?"
Plant = Callable[[Callable[[str], bool]], None]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of four one-sentence documents, two of which say the same."""
    folder = tmp_path_factory.mktemp("misquoted")
    for number, text in enumerate((*NEWS, NEWS[0])):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    assert run(["index", "build", "--data-dir", str(folder / "data"), str(folder)]) == 0
    return folder / "data"


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Plant:
    """Return what moves the places of some sentences by a letter."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "en")
    monkeypatch.setenv("TRICHDAN_THRESHOLD", "0.1")  # so that all three places answer, whatever each is worth
    sentence = Generation.sentence

    def move(is_wrong: Callable[[str], bool]) -> None:
        def moved(self: Generation, row: int) -> Sentence:
            found = sentence(self, row)
            return replace(found, start=found.start + 1) if is_wrong(found.text) else found

        monkeypatch.setattr(Generation, "sentence", moved)

    return move


def of(*places: str) -> Callable[[str], bool]:
    """Tell the sentences of some places."""
    return lambda text: any(place in text for place in places)


def quoted(out: str) -> set[str]:
    """Return the places in quotes."""
    return {place for place in ("La Haye", "Brussels", "Vilnius") if f"{place}.\n" in out}


def test_the_other_quotes_are_given(data: Path, plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence of three is refused: two are quoted, and the operator learns what to run."""
    plant(of("Brussels"))
    assert run(["ask", "--data-dir", str(data), QUESTION]) == 0
    out, err = capsys.readouterr()
    assert quoted(out) == {"La Haye", "Vilnius"}
    (told,) = err.splitlines()
    assert told.startswith("trichdan: Row ")
    assert told.endswith("so it is not quoted; run `trichdan index rollback`, or build again.")


def test_the_next_takes_the_place(data: Path, plant: Plant, capsys: pytest.CaptureFixture[str]) -> None:
    """As many quotes are given as were asked for, if there are enough."""
    plant(of("Brussels"))
    assert run(["ask", "--data-dir", str(data), "--top", "2", QUESTION]) == 0
    assert quoted(capsys.readouterr().out) == {"La Haye", "Vilnius"}


@pytest.mark.parametrize("more", [[], ["--all"], ["--explain"], ["--json"], ["--json", "--explain"]])
def test_nothing_left_is_a_fault(
    data: Path, plant: Plant, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    """It is not said that the collection lacks what it has; one sentence for each, no traceback."""
    plant(lambda text: True)
    assert run(["ask", "--data-dir", str(data), *more, QUESTION]) == 1
    out, err = capsys.readouterr()
    assert quoted(out) == set()
    assert "collection" not in out
    assert err.count("trichdan: Row ") == len(err.splitlines()) >= 3
    if "--json" in more:
        found = json.loads(out)
        assert (found["status"], found["quotes"]) == ("fault", [])


def test_another_question_is_answered(
    data: Path, plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of questions a line each, those that can be answered are."""
    plant(of("NATO"))
    monkeypatch.setattr("bot.commands.ask.questions_on_stdin", lambda: iter([QUESTION, "Mưa lớn ở đâu?"]))
    assert run(["ask", "--data-dir", str(data), "-"]) == 0
    assert "Mưa lớn ở Hà Nội.\n" in capsys.readouterr().out
    monkeypatch.setattr("bot.commands.ask.questions_on_stdin", lambda: iter([QUESTION, "Nấu phở bò?"]))
    assert run(["ask", "--data-dir", str(data), "-"]) == 1


@pytest.mark.parametrize("more", [["--all"], ["--explain", "--all"]])
def test_what_is_below_the_threshold_is_refused_as_well(
    data: Path, plant: Plant, capsys: pytest.CaptureFixture[str], more: list[str]
) -> None:
    """The others are still shown correctly: each reason with its own sentence."""
    plant(of("Brussels"))
    assert run(["ask", "--data-dir", str(data), *more, "Nấu phở bò ở NATO?"]) in (0, 3)
    out, err = capsys.readouterr()
    assert "Brussels" not in out
    assert "Vilnius" in out
    assert err.count("trichdan: Row ") == len(err.splitlines()) == 1


def test_it_is_said_in_vietnamese(
    data: Path, plant: Plant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the language of the operator."""
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "vi")
    plant(of("Brussels"))
    run(["ask", "--data-dir", str(data), QUESTION])
    assert "nên không được trích; bạn chạy `trichdan index rollback`" in capsys.readouterr().err


def test_eval_tells_it_too(
    data: Path, plant: Plant, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A question whose sentence is refused is not found, and it is said why."""
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"kind": "a-none", "question": QUESTION, "expected": []}), "utf-8")
    plant(of("Brussels"))
    assert run(["eval", "--data-dir", str(data), str(file)]) == 0
    assert capsys.readouterr().err.count("trichdan: Row ") == 1


def _opened(generation: Generation) -> OpenGeneration:
    model = StaticModel.open()
    answerer = Answerer(generation, BundledEncoder(model), model, Ranker.bundled())
    return OpenGeneration(answerer, generation, "bundled")


def test_the_same_told_elsewhere_is_quoted(data: Path, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of two documents that say the same is damaged, the other one is quoted."""
    sentence = Generation.sentence
    with Store(data).current() as generation:
        answer = _opened(generation).answerer.answer(QUESTION)
        (told,) = [quote for quote in answer.quotes if "La Haye" in quote.text]
        (also,) = told.also

        def moved(self: Generation, row: int) -> Sentence:
            found = sentence(self, row)
            return replace(found, end=found.end - 1) if row == told.row else found

        monkeypatch.setattr(Generation, "sentence", moved)
        answer = _opened(generation).answerer.answer(QUESTION)
        (instead,) = [quote for quote in answer.quotes if "La Haye" in quote.text]
    assert (instead.row, instead.also) == (also.row, ())
    assert len(answer.misquoted) == 1


def test_the_bot_logs_what_to_run(data: Path, plant: Plant, caplog: pytest.LogCaptureFixture) -> None:
    """The chat gets the other quotes; if there are none, it learns that the collection is damaged."""
    caplog.set_level(logging.ERROR)
    with Store(data).current() as generation:
        live = _opened(generation)
        whole = given(live.answerer.answer(QUESTION))
        (wrong,) = [quote.row for quote in whole.quotes if "Brussels" in quote.text]
        assert not caplog.records
        plant(of("Brussels"))
        assert len(given(live.answerer.answer(QUESTION)).quotes) == len(whole.quotes) - 1
        assert live.quote(wrong) is None
        logged: Collection[str] = [record.getMessage() for record in caplog.records]
        assert len(logged) == 2
        assert all("run `trichdan index rollback`" in line for line in logged)
        plant(lambda text: True)
        answer = live.answerer.answer(QUESTION)
        assert (answer.status, answer.quotes) == (Status.FAULT, ())
        with pytest.raises(MisquotedError, match="go back to an earlier index"):
            given(answer)


def test_it_is_in_the_tree() -> None:
    """Code that handles damage to the index handles this."""
    assert issubclass(MisquotedError, GenerationCorrupt)
