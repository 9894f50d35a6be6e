"""The settings that decide: ranker, threshold or precision, cross-encoder."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import open_judge
from index.errors import EncoderError, SettingsError
from retrieval.ranking import Ranker
from retrieval.reading import Reader


def file_of(ranker: Ranker, folder: Path) -> Path:
    """Write a ranker into a file."""
    path = folder / "ranker.json"
    path.write_text(ranker.to_json(), "utf-8")
    return path


def test_as_it_comes() -> None:
    """Without settings: the bundled ranker and reader with their threshold, and no cross-encoder."""
    judge = open_judge(Settings())
    assert judge.ranker.to_json() == Ranker.bundled().to_json()
    assert judge.reader is not None
    assert (judge.threshold, judge.reranker) == (judge.reader.decision.threshold, None)
    assert open_judge(Settings(threshold=0.25)).threshold == 0.25
    assert open_judge(Settings(threshold=0.0)).threshold == 0.0


def test_without_a_reader(tmp_path: Path) -> None:
    """Ranker and kinds decide where the reader is off, the ranker alone where it is another one."""
    judge = open_judge(Settings(reader="off"))
    decision = Reader.without_network().decision
    assert judge.reader is not None
    assert (judge.reader.network, judge.threshold) == (None, decision.threshold)
    assert judge.reader.decision.to_json() == decision.to_json()
    own = open_judge(Settings(ranker=file_of(Ranker.bundled(), tmp_path)))
    assert (own.reader, own.threshold) == (None, Ranker.bundled().threshold)


def test_a_precision_is_that_of_what_decides() -> None:
    """With the reader its own table of precisions counts."""
    judge = open_judge(Settings())
    assert judge.reader is not None
    stated, threshold = judge.reader.decision.precisions[0]
    assert open_judge(Settings(precision=stated)).threshold == threshold


def test_a_ranker_of_ones_own(tmp_path: Path) -> None:
    """The ranker of a file, and its threshold for a precision."""
    wrote = replace(Ranker.bundled(), threshold=0.375, precisions=((0.5, 0.25), (0.75, 0.625)))
    settings = Settings(ranker=file_of(wrote, tmp_path))
    assert open_judge(settings).threshold == 0.375
    assert open_judge(settings.model_copy(update={"precision": 0.7})).threshold == 0.625
    with pytest.raises(SettingsError, match=r"TRICHDAN_PRECISION=0.8 is out of reach: .* 0\.75 at most\.$"):
        open_judge(settings.model_copy(update={"precision": 0.8}))


def test_precision_and_threshold_exclude_each_other() -> None:
    """Two answers to one question are refused."""
    with pytest.raises(SettingsError, match="keep one"):
        open_judge(Settings(precision=0.6, threshold=0.1))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "no ranker"),
        ("[]", "no ranker"),
        ("{}", "no ranker"),
        ('{"weights": {}, "calibration": {}}', "no ranker"),
    ],
)
def test_a_file_that_is_no_ranker(tmp_path: Path, content: str, why: str) -> None:
    """One sentence that names the setting."""
    path = tmp_path / "ranker.json"
    path.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=why) as caught:
        open_judge(Settings(ranker=path))
    assert str(caught.value).startswith(f"The ranker {path} cannot be used: ")
    with pytest.raises(SettingsError, match="No such file"):
        open_judge(Settings(ranker=tmp_path / "none.json"))


def test_a_cross_encoder_that_is_not_there(tmp_path: Path) -> None:
    """One sentence that names the setting."""
    with pytest.raises(EncoderError, match="The cross-encoder"):
        open_judge(Settings(cross_encoder=str(tmp_path / "none")))
