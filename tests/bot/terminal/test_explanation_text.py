"""What `--explain` shows, of hand-made explanations."""

import json
from dataclasses import replace

import pytest

from bot.terminal.explanation_text import explanation_json, explanation_text
from bot.texts.explain import EN, VI, ExplainTexts
from retrieval.features import Features
from retrieval.question import read_question
from retrieval.ranking import Explanation
from retrieval.ranking.explanation import BIAS, Contribution, Reason, Step, Sums
from retrieval.ranking.ranker import CALIBRATED
from retrieval.reading.decision import DECIDED
from retrieval.records import Refusal
from tests.bot.fakes import DIGEST, SUMMIT

SUMS = Sums(
    (Contribution("length", 3.0, -0.5), Contribution("late_rare", 0.5, 8.0)),
    (Contribution("score", 2.5, 0.4), Contribution(BIAS, 1.0, 0.25)),
    (Step("score", 2.5, -0.75), Step("length", 3.0, 1.0), *(Step("dense", n, 0.125) for n in range(6))),
    0.777,
    1.0,
    0.6,
)
MADE = Explanation(
    read_question("nato hop o dau"), None, ("zz",), 0.5, 12, (Reason(SUMMIT, SUMS, ("NATO", "tổ chức"), 0),)
)


def test_text() -> None:
    """Everything is there: what was understood, the decision, the sums with the largest parts first."""
    assert explanation_text(MADE, EN).splitlines() == [
        "The question as it was understood: asks for a place.",
        "  looks for: nato · hop",
        "  the collection does not have: zz",
        "  typed without accents, so accents are ignored",
        "Sentences compared with it: 12.",
        "Answered: the first sentence is 60% probable, at or above the threshold 50%.",
        "",
        f"[1] 60%  {SUMMIT.text}",
        "    words that match: NATO · tổ chức",
        "    score 2.50, which makes the order = sum of value × weight",
        "      word by word      0.50 ×   8.000 =   +4.00",
        "      length            3.00 ×  -0.500 =   -1.50",
        "    probability 78%, from log-odds +2.25 = sum of value × weight, and of the trees",
        "      score         2.50 ×   0.400 =   +1.00",
        "      constant      1.00 ×   0.250 =   +0.25",
        "    the decision trees add +1.00, because of",
        "      length          3.00               +1.00",
        "      score           2.50               -0.75",
        "      meaning         0.00               +0.12",
        "      meaning         1.00               +0.12",
        "      meaning         2.00               +0.12",
        "      meaning         3.00               +0.12",
        "      all others                         +0.25",
        "    by itself 78%, but at this place 60%",
        "",
        "What the names mean:",
        "  length        logarithm of the number of its word pieces",
        "  word by word  each looks for its nearest, rare ones count more; 1: all found",
        "  score         the score above",
        "  constant      when every value is 0",
    ]


def test_without_trees() -> None:
    """A ranker that has none says nothing of them."""
    sums = replace(SUMS, trees=(Step("score", 2.5, 0.0),))
    assert EN.others not in explanation_text(replace(MADE, reasons=(Reason(SUMMIT, sums, (), 0),)), EN)


def test_turned_away() -> None:
    """Below the threshold it is said that, and each sentence is marked."""
    found = explanation_text(replace(MADE, threshold=0.7), VI)
    assert "Không trả lời: câu đầu có xác suất 60%, dưới ngưỡng 70%." in found
    assert "[1] 60% (dưới ngưỡng)" in found


def test_moved() -> None:
    """A sentence that was moved says where its score would put it."""
    moved = Reason(DIGEST, SUMS, (), 3)
    assert "its score puts it at place 4; reading moved it" in explanation_text(
        replace(MADE, reasons=(moved,)), EN
    )


def test_what_was_read() -> None:
    """The reader's part is shown with its sum and the words that answer."""
    quote = replace(SUMMIT, answer=(0, 9))
    read = (Contribution("answers", 2.0, 0.75), Contribution(BIAS, 1.0, -0.5))
    explanation = replace(MADE, reasons=(Reason(quote, SUMS, (), 0, read),))
    shown = explanation_text(explanation, EN)
    assert "read with the question: probability 73%, from log-odds +1.00" in shown
    assert f"words that answer: {quote.text[:9]}".rstrip() in shown
    (sentence,) = json.loads(json.dumps(explanation_json(explanation)))["sentences"]
    assert sentence["read_log_odds"] == 1.0
    assert sentence["read_log_odds_parts"][0]["contribution"] == 1.5


def test_what_is_lacking() -> None:
    """A sentence without the date that is asked for says so, and how probable it can be at most."""
    lacking = Reason(DIGEST, replace(SUMS, own=0.3, most=0.3, probability=0.3), (), 0)
    explanation = replace(MADE, reasons=(lacking,))
    shown = explanation_text(explanation, EN)
    assert (
        "it lacks the time or number that is asked for, or is about another country, so 30% at most" in shown
    )
    (sentence,) = json.loads(json.dumps(explanation_json(explanation)))["sentences"]
    assert sentence["most_probability"] == 0.3


def test_nothing_to_explain() -> None:
    """Where nothing was ranked that is said; a refused question has no explanation."""
    assert explanation_text(replace(MADE, reasons=(), candidates=0), EN).endswith(f"{EN.nothing}\n")
    assert explanation_text(Explanation(None, Refusal.EMPTY, (), 0.5, 0, ()), EN) == ""


def test_documents_command_no_terminal() -> None:
    """Control characters of a document and of a question are shown, not obeyed."""
    bad = Reason(replace(DIGEST, text="a\x1b[2Jb"), SUMS, ("a\x1b[2Jb",), 0)
    assert "\x1b" not in explanation_text(replace(MADE, reasons=(bad,)), EN)


def test_json() -> None:
    """The figures are those that were calculated with, and the parts add up."""
    value = json.loads(json.dumps(explanation_json(MADE)))
    assert (value["kind"], value["accented"], value["unknown_words"]) == ("where", False, ["zz"])
    (sentence,) = value["sentences"]
    assert sentence["score"] == 2.5
    assert sentence["log_odds"] == 2.25
    assert sentence["log_odds_steps"][0] == {"name": "score", "value": 2.5, "contribution": -0.75}
    assert len(sentence["log_odds_steps"]) == 8
    assert sentence["score_parts"][1] == {
        "name": "late_rare",
        "value": 0.5,
        "weight": 8.0,
        "contribution": 4.0,
    }
    assert (sentence["own_probability"], sentence["probability"], sentence["below_threshold"]) == (
        0.777,
        0.6,
        False,
    )


@pytest.mark.parametrize("texts", [EN, VI], ids=["en", "vi"])
def test_every_name_is_explained(texts: ExplainTexts) -> None:
    """Whatever the ranker weighs has a short name of its own and a meaning, in both languages."""
    wanted = {*Features._fields, *CALIBRATED, *DECIDED, BIAS}
    assert set(texts.names) == wanted
    assert len({short for short, _ in texts.names.values()}) == len(wanted)
    assert all(short and meaning for short, meaning in texts.names.values())
    assert all(texts)
    assert set(EN.kinds) == set(VI.kinds)
