"""`python -m training.languages --corpora DIR --teacher DIR --work DIR`: teaches the encoder other languages.

Goes on from the encoder that `python -m training --only encoder` made. Tokens of the scripts of Vietnamese
and English stay, bit for bit, so that nothing changes for these, and no ranker need be fitted anew. New are
words of other scripts in the vocabulary; they, and the tokens of these scripts so far, are put among the
others by a teacher, multilingual-e5-small, and then trained. The work folder keeps what takes long.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.encoders.static import BUNDLED
from training.encoder import EncodedTask, train_more
from training.folder import quantise, write_quantised
from training.lexicon import anchors, learned, neighbours, placed, spelt
from training.other_tasks import other_tasks
from training.other_vocabulary import is_word, larger_vocabulary, merged_vectors, token_names
from training.other_words import SCRIPTS, script
from training.teacher import Teacher

SEED = 11
Arrays = dict[str, npt.NDArray[np.generic]]


def main() -> None:
    """Make the vocabulary, place the new words, train, and write the model folder."""
    parser = argparse.ArgumentParser(prog="python -m training.languages", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of multilingual-e5-small")
    parser.add_argument("--work", type=Path, required=True, help="folder for what takes long")
    parser.add_argument("--base", type=Path, default=BUNDLED, help="folder of the encoder to go on from")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the encoder to write")
    parser.add_argument("--steps", type=int, default=1500, help="batches on mean vectors")
    parser.add_argument("--late-steps", type=int, default=4000, help="batches with late interaction")
    options = parser.parse_args()
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {line}", flush=True)  # noqa: T201 - a script that reports

    options.work.mkdir(parents=True, exist_ok=True)
    base = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tensors = load_file(options.base / "model.safetensors")
    rows, scales = tensors["embeddings"], tensors["weights"]
    file = options.work / "tokenizer.json"
    if not file.exists():
        larger_vocabulary(options.corpora, options.teacher, base).save(str(file))
    tokenizer = Tokenizer.from_file(str(file))
    names = token_names(tokenizer)
    free = np.array([script(name) != "" for name in names])
    report(f"{len(names)} tokens, {int(free.sum())} of them to train")

    known = _kept(options.work / "known.npz", lambda: anchors(options.corpora, base)._asdict())
    numbers = known["numbers"]
    unknown = np.array([i for i in np.flatnonzero(free) if is_word(names[i])])
    asked = [names[i] for i in (*numbers, *unknown)]
    taught = _kept(options.work / "taught.npz", lambda: {"vectors": _taught(options.teacher, asked)})
    vectors = taught["vectors"].astype(np.float32)
    scripts = np.array([SCRIPTS.index(script(names[i])) for i in unknown])
    found = neighbours(
        vectors[len(numbers) :], scripts, vectors[: len(numbers)], known["languages"].astype(np.int64)
    )
    start = merged_vectors(rows.astype(np.float32) * scales[:, None], tokenizer, len(rows))
    start[unknown] = placed(found, start[numbers], start[unknown], unknown < len(rows))
    report(f"{len(unknown)} words placed among {len(numbers)}")

    lexicon = learned(found, [names[i] for i in numbers], [names[i] for i in unknown])
    tasks = [EncodedTask(task, tokenizer) for task in other_tasks(options.corpora, lexicon, SEED)]
    report("  ".join(f"{task.name} {len(task.left)}" for task in tasks))
    trained = train_more(
        tasks, start, free, steps=options.steps, late_steps=options.late_steps, seed=SEED, report=report
    )
    new_rows, new_scales = quantise(trained)
    stays = np.flatnonzero(~free[: len(rows)])
    new_rows[stays], new_scales[stays] = rows[stays], scales[stays]  # not a bit of these may change
    write_quantised(options.model, tokenizer, new_rows, new_scales)
    report("done")


def _kept(file: Path, make: Callable[[], Arrays]) -> Arrays:
    if not file.exists():
        np.savez(file, allow_pickle=False, **make())
    with np.load(file, allow_pickle=False) as arrays:
        return dict(arrays)


def _taught(folder: Path, names: list[str]) -> npt.NDArray[np.float32]:
    pieces = dict(json.loads((folder / "tokenizer.json").read_bytes())["model"]["vocab"])
    return Teacher.open(folder).encode([spelt(name, pieces) for name in names])


if __name__ == "__main__":
    main()
