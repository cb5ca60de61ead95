"""Write a trained network as ONNX with 8-bit weights: one graph, built by hand.

usage: python benchmarks/encoder_onnx.py TRAINED MINILM -o FOLDER

TRAINED is what ``benchmarks/train_encoder.py`` wrote, MINILM what ``benchmarks/encoder_pieces.py``
did. A ``mixing.json`` that is in FOLDER already stays, but for what the network says
about mentions outside the window.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from encoder_network import HEAD, HEADS, UNITS, Network, pretrained, vocabulary_of
from onnx import TensorProto, helper, numpy_helper

from quotes.english.encoder import FILES, MIXING, NETWORK, PIECES
from quotes.weights import write_checksums

OPSET = 20
IR_VERSION = 9
Array = np.ndarray[Any, Any]


class Graph:
    """Collects nodes and weights."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self._count = 0

    def constant(self, value: Array) -> str:
        """Return the name of a new constant."""
        name = self._name("c")
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"

    def op(
        self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any
    ) -> Any:
        """Add a node; return the name of its output, or of all."""
        names = [self._name("x") for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def dense(self, x: str, weight: Array, bias: Array) -> str:
        """Return ``x @ weight.T + bias``; ``weight`` as PyTorch keeps it (out, in).

        In whole numbers: activations of 8 bits with one scale a call, weights of 7 with one a
        column. An eighth bit would overflow the 16-bit sums of processors without VNNI, so that
        results would depend on the machine.
        """
        scale = np.abs(weight).max(axis=1) / 63
        scale[scale == 0] = 1
        whole = np.round(weight / scale[:, None]).astype(np.int8)
        quantised, step, zero = self.op("DynamicQuantizeLinear", x, outputs=3)
        y = self.op("MatMulInteger", quantised, self.constant(whole.T), zero)
        y = self.op("Cast", y, to=TensorProto.FLOAT)
        scales = self.op("Mul", step, self.constant(scale.astype(np.float32)))
        return str(self.op("Add", self.op("Mul", y, scales), self.constant(bias)))

    def norm(self, x: str, module: Any) -> str:
        """Return the layer norm of ``x``."""
        return self.op(
            "LayerNormalization",
            x,
            self.constant(_array(module.weight)),
            self.constant(_array(module.bias)),
            axis=-1,
            epsilon=1e-12,
        )


def _array(tensor: Any) -> Array:
    return tensor.detach().numpy().astype(np.float32)  # type: ignore[no-any-return]


def model_of(network: Network) -> Any:
    """Return an ONNX model of the network for one window at a time.

    ``ids`` and ``quoted`` (pieces) and ``asked`` (questions, pieces) go in, ``scores`` (questions,
    pieces) come out.
    """
    g = Graph()
    x = g.op(
        "Add",
        _words(g, network),
        g.op("Gather", g.constant(_array(network.types.weight)), "quoted"),
    )
    length = g.op("Shape", "ids")
    places = g.constant(_array(network.positions.weight))
    places = g.op("Slice", places, g.constant(np.array([0], np.int64)), length)
    x = g.norm(g.op("Add", x, places), network.norm)
    for layer in network.layers:
        x = _layer(g, x, layer)
    g.nodes.append(helper.make_node("Identity", [_head(g, x, network)], ["scores"]))
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("quoted", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("asked", TensorProto.FLOAT, ["questions", "pieces"]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["questions", "pieces"])],
        g.weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR_VERSION
    onnx.checker.check_model(model)
    return model


def _words(g: Graph, network: Network) -> str:
    """Return the vectors of the words, kept in 8 bits with a scale each."""
    table = _array(network.words.weight)
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    whole = np.round(table / scale).astype(np.int8)
    x = g.op("Cast", g.op("Gather", g.constant(whole), "ids"), to=TensorProto.FLOAT)
    return str(g.op("Mul", x, g.op("Gather", g.constant(scale.astype(np.float32)), "ids")))


def _layer(g: Graph, x: str, layer: Any) -> str:
    joined = [getattr(layer, name) for name in ("query", "key", "value")]
    weight = np.concatenate([_array(m.weight) for m in joined])
    bias = np.concatenate([_array(m.bias) for m in joined])
    size = UNITS // HEADS
    weight[:UNITS] /= np.sqrt(size)
    bias[:UNITS] /= np.sqrt(size)
    y = g.op(
        "Reshape", g.dense(x, weight, bias), g.constant(np.array([0, 3, HEADS, size], np.int64))
    )
    axis = g.constant(np.array([1], np.int64))
    query, key, value = (
        g.op("Squeeze", part, axis) for part in g.op("Split", y, outputs=3, axis=1, num_outputs=3)
    )
    query, value = (g.op("Transpose", one, perm=[1, 0, 2]) for one in (query, value))
    key = g.op("Transpose", key, perm=[1, 2, 0])
    seen = g.op("MatMul", g.op("Softmax", g.op("MatMul", query, key), axis=-1), value)
    seen = g.op(
        "Reshape",
        g.op("Transpose", seen, perm=[1, 0, 2]),
        g.constant(np.array([0, UNITS], np.int64)),
    )
    seen = g.dense(seen, _array(layer.joined.weight), _array(layer.joined.bias))
    x = g.norm(g.op("Add", x, seen), layer.first_norm)
    y = g.op("Gelu", g.dense(x, _array(layer.wide.weight), _array(layer.wide.bias)))
    y = g.dense(y, _array(layer.narrow.weight), _array(layer.narrow.bias))
    return g.norm(g.op("Add", x, y), layer.second_norm)


def _head(g: Graph, x: str, network: Network) -> str:
    """Return the scores of the pieces for each question; the head stays float32."""
    question = g.op("MatMul", "asked", x)

    def linear(y: str, module: Any, bias: bool = True) -> str:
        y = g.op("MatMul", y, g.constant(_array(module.weight).T))
        return str(g.op("Add", y, g.constant(_array(module.bias)))) if bias else y

    one = g.constant(np.array([1], np.int64))
    apart = g.op("Unsqueeze", question, one)
    mixed = g.op("Add", linear(x, network.piece), linear(g.op("Mul", apart, x), network.product))
    mixed = g.op("Add", mixed, linear(apart, network.quotation))
    own = g.op(
        "Squeeze", linear(g.op("Gelu", mixed), network.score), g.constant(np.array([2], np.int64))
    )
    answers = g.op("Transpose", linear(x, network.answers), perm=[1, 0])
    fit = g.op("MatMul", linear(question, network.asks), answers)
    return str(g.op("Add", own, g.op("Mul", fit, g.constant(np.float32(HEAD**-0.5)))))


def write(network: Network, vocabulary: Sequence[str], place: Path) -> None:
    """Write the files that ``quotes.english.encoder`` reads."""
    place.mkdir(parents=True, exist_ok=True)
    (place / NETWORK).write_bytes(model_of(network).SerializeToString())
    (place / PIECES).write_text("\n".join(vocabulary), encoding="utf-8")
    mixing: dict[str, Any] = {"weight": 1.0, "calibration": [0.0, 1.0, 0.0, 0.0, 0.0]}
    if (place / MIXING).exists():
        mixing = json.loads((place / MIXING).read_text(encoding="ascii"))
    mixing["outside"] = float(network.outside.detach())
    (place / MIXING).write_text(json.dumps(mixing) + "\n", encoding="ascii")
    write_checksums(place, FILES)


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("trained", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    given = parser.parse_args()
    network = pretrained(given.minilm)
    network.load_state_dict(torch.load(given.trained / "network.pt", weights_only=True))
    write(network.eval(), vocabulary_of(given.minilm), given.output)


if __name__ == "__main__":
    main()
