"""Writes the trained reader as the program runs it: 8-bit layers for onnxruntime, the rest as safetensors."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import save_file

from retrieval.reading.network import LAYERS, REST, TOKENIZER
from training.reader_smoothing import smoothing

HEADS, EPSILON = 12, 1e-12
_OWN = "com.microsoft"  # fused operators of onnxruntime


Floats = npt.NDArray[np.float32]


def layers_model(state: dict[str, Floats], layers: int, largest: Mapping[str, Floats]) -> ModelProto:
    """Return the transformer layers as a graph: `embedded`, `lengths` to `states`.

    Args:
        state: The parameters by the names of `training.reader_model.ReaderModel`.
        layers: How many layers it has.
        largest: As of `training.reader_smoothing`: where activations are made even.
    """
    nodes, constants = [], []

    def constant(name: str, values: Floats) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(values, dtype=np.float32), name))
        return name

    def add(kind: str, inputs: list[str], output: str, **attributes: float) -> str:
        domain = "" if kind in ("MatMul", "Mul") else _OWN
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain)
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        nodes.append(node)
        return output

    def product(name: str, x: str) -> str:
        """Multiply by a matrix of the layers, what is multiplied made even before if it has to be."""
        weights = state[f"{name}.weight"]
        if (factors := smoothing(weights, largest, name)) is not None:
            weights = weights * factors
            x = add("Mul", [x, constant(f"{name}.smoothing", np.float32(1) / factors)], f"{name}.even")
        return add("MatMul", [x, constant(f"{name}.weight", weights.T)], name)

    x = "embedded"
    for number in range(layers):
        own = f"layers.{number}."

        def vector(name: str, kind: str, own: str = own) -> str:
            return constant(f"{own}{name}.{kind}", state[f"{own}{name}.{kind}"])

        qkv = constant(f"{own}qkv.weight", state[f"{own}qkv.weight"].T)
        attended = add(
            "Attention",
            [x, qkv, vector("qkv", "bias"), "lengths"],
            f"{own}attended",
            num_heads=HEADS,
        )
        out = product(f"{own}out", attended)
        x = add(
            "SkipLayerNormalization",
            [x, out, vector("norm1", "weight"), vector("norm1", "bias"), vector("out", "bias")],
            f"{own}halves",
            epsilon=EPSILON,
        )
        up = product(f"{own}up", x)
        active = add("BiasGelu", [up, vector("up", "bias")], f"{own}active")
        down = product(f"{own}down", active)
        last = "states" if number == layers - 1 else f"{own}states"
        x = add(
            "SkipLayerNormalization",
            [x, down, vector("norm2", "weight"), vector("norm2", "bias"), vector("down", "bias")],
            last,
            epsilon=EPSILON,
        )
    width = len(state["norm.weight"])
    shape: list[str | int | None] = ["batch", "pieces", width]
    graph = helper.make_graph(
        nodes,
        "reader",
        [
            helper.make_tensor_value_info("embedded", TensorProto.FLOAT, shape),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["batch"]),
        ],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, shape)],
        constants,
    )
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_OWN, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def write_layers(model: ModelProto, path: Path) -> None:
    """Write the graph with 8-bit weights, a scale a column, activations quantised as they come."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        save(model, whole)
        quantize_dynamic(
            whole,
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )


def write_rest(
    state: dict[str, Floats],
    words: npt.NDArray[np.int8],
    scales: Floats,
    positions: Floats,
    path: Path,
) -> None:
    """Write what numpy computes with: embeddings and heads, float16, and the word vectors in 8 bits.

    Args:
        state: The parameters by the names of `training.reader_model.ReaderModel`.
        words: int8 (vocabulary, width).
        scales: float32 (vocabulary,); words * scales are the word vectors.
        positions: float32 (pieces, width), with what every piece gets besides.
        path: Where.
    """
    kept = {
        name: values.astype(np.float16) for name, values in state.items() if not name.startswith("layers.")
    }
    save_file({**kept, "words": words, "scales": scales, "positions": positions.astype(np.float16)}, path)


def write_model(
    folder: Path,
    state: dict[str, Floats],
    layers: int,
    words: npt.NDArray[np.int8],
    scales: Floats,
    positions: Floats,
    tokenizer: Path,
    largest: Mapping[str, Floats],
) -> None:
    """Write a model folder but for its decision and its card; arguments as of the functions above."""
    folder.mkdir(parents=True, exist_ok=True)
    write_layers(layers_model(state, layers, largest), folder / LAYERS)
    write_rest(state, words, scales, positions, folder / REST)
    shutil.copyfile(tokenizer, folder / TOKENIZER)
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (LAYERS, REST, TOKENIZER)
    }
    (folder / "revision.json").write_text(json.dumps({"sha256": digests}, indent=1) + "\n", "utf-8")
