"""Figures that others have published for the tasks measured here, each with its source."""

from typing import NamedTuple

MTEB = "MTEB result files, embeddings-benchmark/results"
LAREQA = "arXiv 2408.10536; with one right sentence mAP is MRR"


class Published(NamedTuple):
    """One figure.

    Attributes:
        task: The row of the table it belongs to.
        system: What was measured.
        measure: Which figure it is.
        value: The figure.
        source: Where it was published.
    """

    task: str
    system: str
    measure: str
    value: float
    source: str


FIGURES = (
    *(
        Published("XQuADRetrieval vi", system, "nDCG@10", value, MTEB)
        for system, value in (
            ("multilingual-e5-large", 0.9681),
            ("multilingual-e5-base", 0.9604),
            ("multilingual-e5-small", 0.9525),
            ("paraphrase-multilingual-MiniLM-L12-v2", 0.8421),
            ("LaBSE", 0.8200),
        )
    ),
    Published("XQuAD-R vi→vi", "LaBSE", "MRR", 0.829, LAREQA),
    Published("XQuAD-R vi→vi", "XLM-R", "MRR", 0.811, LAREQA),
    Published("XQuAD-R vi→en", "LaBSE, vi→other languages, mean", "MRR", 0.768, LAREQA),
    Published("XQuAD-R vi→en", "XLM-R, vi→other languages, mean", "MRR", 0.702, LAREQA),
)


def of(task: str) -> str:
    """Write the published figures for a task into one cell."""
    found = [figure for figure in FIGURES if figure.task == task]
    return "; ".join(
        f"{figure.system} {figure.measure} {figure.value:.3f}".replace(" 0.", " .") for figure in found
    )
