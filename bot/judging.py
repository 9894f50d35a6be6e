"""Settings → what decides: the ranker, the threshold, and a cross-encoder if one is wanted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.rank import Ranker
    from retrieval.rerank import Reranker


@dataclass(frozen=True, slots=True)
class Judge:
    """What decides which sentences answer.

    Attributes:
        ranker: Scores and probabilities.
        threshold: Probability from which on a sentence is an answer.
        reranker: Orders the first candidates anew; None for none.
    """

    ranker: "Ranker"
    threshold: float
    reranker: "Reranker | None"


def open_judge(settings: "Settings") -> Judge:
    """Open the ranker and the cross-encoder, and find the threshold.

    Raises:
        SettingsError: The file of the ranker cannot be used, or the precision that is wanted is out of reach.
        EncoderError: The cross-encoder cannot be used.
    """
    ranker = _ranker(settings)
    threshold = _threshold(settings, ranker)
    if settings.cross_encoder is None:
        return Judge(ranker, threshold, None)
    # Costs seconds and hundreds of megabytes: only for those who ask for such a model.
    from index.hub import CrossEncoder

    return Judge(ranker, threshold, CrossEncoder.open(settings.cross_encoder))


def _ranker(settings: "Settings") -> "Ranker":
    from retrieval.rank import Ranker

    if settings.ranker is None:
        return Ranker.bundled()
    place = f"TRICHDAN_RANKER={settings.ranker} cannot be used"
    again = "make it again with `python -m training --only ranker`, or leave the setting empty"
    try:
        return Ranker.from_json(settings.ranker.read_text("utf-8"))
    except OSError as error:
        problem = f"{place}: {error.strerror or 'it cannot be read'}; {again}."
    except (ValueError, KeyError, TypeError, AttributeError):
        problem = f"{place}: it is no ranker for this version of the program; {again}."
    raise SettingsError(problem)


def _threshold(settings: "Settings", ranker: "Ranker") -> float:
    if settings.precision is None:
        return ranker.threshold if settings.threshold is None else settings.threshold
    if settings.threshold is not None:
        raise SettingsError(
            "TRICHDAN_PRECISION and TRICHDAN_THRESHOLD are both set; keep one, since each decides the other."
        )
    try:
        return ranker.threshold_for(settings.precision)
    except ValueError as error:
        problem = f"TRICHDAN_PRECISION={settings.precision:g} is out of reach: the ranker {error}."
    raise SettingsError(problem)
