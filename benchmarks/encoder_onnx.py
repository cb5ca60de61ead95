"""Write the network as ONNX with 8-bit weights, one graph built by hand, and check it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from encoder_network import HEADS, UNITS, Network
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
Array = np.ndarray[Any, Any]


class Graph:
    """Collects nodes and weights."""

    def __init__(self, kind: str) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []
        self.kind = kind
        self._count = 0

    def constant(self, value: Array) -> str:
        """Return the name of a new constant."""
        name = self._name("c")
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _name(self, stem: str) -> str:
        self._count += 1
        return f"{stem}{self._count}"

    def op(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of its output, or of all."""
        names = [self._name("x") for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def dense(self, x: str, weight: Array, bias: Array | None) -> str:
        """Return ``x @ weight.T + bias``; ``weight`` as PyTorch keeps it (out, in)."""
        if self.kind == "float":
            y = self.op("MatMul", x, self.constant(weight.T))
        elif self.kind == "dynamic":
            y = self._dynamic(x, weight)
        else:
            y = self._blocks(x, weight, 8 if self.kind == "blocks8" else 4)
        return y if bias is None else self.op("Add", y, self.constant(bias))

    def _dynamic(self, x: str, weight: Array) -> str:
        """8-bit weights with a scale a column, 8-bit activations with one scale a call."""
        scale = np.abs(weight).max(axis=1) / 127
        scale[scale == 0] = 1
        whole = np.clip(np.round(weight / scale[:, None]), -127, 127).astype(np.int8)
        q, s, z = self.op("DynamicQuantizeLinear", x, outputs=3)
        y = self.op("MatMulInteger", q, self.constant(whole.T), z)
        y = self.op("Cast", y, to=TensorProto.FLOAT)
        return self.op("Mul", y, self.op("Mul", s, self.constant(scale.astype(np.float32))))

    def _blocks(self, x: str, weight: Array, bits: int, size: int = 32) -> str:
        out, inner = weight.shape
        blocks = weight.reshape(out, inner // size, size).astype(np.float32)
        top = 2 ** (bits - 1)
        peak = np.take_along_axis(blocks, np.abs(blocks).argmax(2)[..., None], 2)[..., 0]
        scale = (peak / -top).astype(np.float32)
        inverse = np.divide(1.0, scale, out=np.zeros_like(scale), where=scale != 0)
        whole = np.clip(np.round(blocks * inverse[..., None]) + top, 0, 2 * top - 1).astype(np.uint8)
        if bits == 4:
            whole = whole[..., 0::2] | (whole[..., 1::2] << 4)
        return self.op(
            "MatMulNBits", x, self.constant(whole), self.constant(scale.reshape(-1) if bits==4 else scale.reshape(-1)),
            domain="com.microsoft", K=inner, N=out, bits=bits, block_size=size, accuracy_level=4,
        )

    def norm(self, x: str, module: Any) -> str:
        """Return the layer norm of ``x``."""
        return self.op(
            "LayerNormalization", x, self.constant(_array(module.weight)),
            self.constant(_array(module.bias)), axis=-1, epsilon=1e-12,
        )


def _array(tensor: Any) -> Array:
    return tensor.detach().numpy().astype(np.float32)  # type: ignore[no-any-return]


def model_of(network: Network, kind: str) -> Any:
    """Return an ONNX model: ids, types, attended (batch, pieces) in, scores (batch, pieces) out."""
    g = Graph(kind)
    table = _array(network.words.weight)
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    whole = np.round(table / scale).astype(np.int8)
    x = g.op("Cast", g.op("Gather", g.constant(whole), "ids"), to=TensorProto.FLOAT)
    x = g.op("Mul", x, g.op("Gather", g.constant(scale.astype(np.float32)), "ids"))
    kinds = _array(network.types.weight)
    x = g.op("Add", x, g.op("Gather", g.constant(kinds), "types"))
    length = g.op("Shape", "ids", start=1, end=2)
    places = g.op("Slice", g.constant(_array(network.positions.weight)),
                  g.constant(np.array([0], np.int64)), length)
    x = g.norm(g.op("Add", x, places), network.norm)
    mask = g.op("Cast", "attended", to=TensorProto.FLOAT)
    mask = g.op("Mul", g.op("Sub", mask, g.constant(np.float32(1))), g.constant(np.float32(10000)))
    mask = g.op("Unsqueeze", mask, g.constant(np.array([1, 2], np.int64)))
    for layer in network.layers:
        x = _layer(g, x, mask, layer)
    inside = g.op("Unsqueeze", g.op("Cast", "types", to=TensorProto.FLOAT),
                  g.constant(np.array([1], np.int64)))
    total = g.op("ReduceSum", inside, g.constant(np.array([2], np.int64)))
    quotation = g.op("Div", g.op("MatMul", inside, x), total)
    mixed = g.op("MatMul", x, g.constant(_array(network.piece.weight).T))
    mixed = g.op("Add", mixed, g.op("MatMul", g.op("Mul", x, quotation), g.constant(_array(network.product.weight).T)))
    mixed = g.op("Add", mixed, g.op("MatMul", quotation, g.constant(_array(network.quotation.weight).T)))
    bias = sum(_array(m.bias) for m in (network.piece, network.quotation, network.product))
    mixed = g.op("Gelu", g.op("Add", mixed, g.constant(bias)))
    scores = g.op("MatMul", mixed, g.constant(_array(network.score.weight)[0]))
    g.nodes.append(helper.make_node("Add", [scores, g.constant(_array(network.score.bias))], ["scores"]))
    shape = ["batch", "pieces"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("ids", "types", "attended")]
    graph = helper.make_graph(g.nodes, "encoder", inputs,
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, shape)], g.weights)
    imports = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=imports, ir_version=9)
    return model


def _layer(g: Graph, x: str, mask: str, layer: Any) -> str:
    joined = [getattr(layer, name) for name in ("query", "key", "value")]
    weight = np.concatenate([_array(m.weight) for m in joined])
    bias = np.concatenate([_array(m.bias) for m in joined])
    size = UNITS // HEADS
    weight[:UNITS] /= np.sqrt(size)
    bias[:UNITS] /= np.sqrt(size)
    y = g.dense(x, weight, bias)
    y = g.op("Reshape", y, g.constant(np.array([0, 0, 3, HEADS, size], np.int64)))
    q, k, v = (
        g.op("Squeeze", part, g.constant(np.array([2], np.int64)))
        for part in g.op("Split", y, outputs=3, axis=2, num_outputs=3)
    )
    q, v = (g.op("Transpose", one, perm=[0, 2, 1, 3]) for one in (q, v))
    k = g.op("Transpose", k, perm=[0, 2, 3, 1])
    seen = g.op("Softmax", g.op("Add", g.op("MatMul", q, k), mask), axis=-1)
    seen = g.op("Transpose", g.op("MatMul", seen, v), perm=[0, 2, 1, 3])
    seen = g.op("Reshape", seen, g.constant(np.array([0, 0, UNITS], np.int64)))
    seen = g.dense(seen, _array(layer.joined.weight), _array(layer.joined.bias))
    x = g.norm(g.op("Add", x, seen), layer.first_norm)
    y = g.op("Gelu", g.dense(x, _array(layer.wide.weight), _array(layer.wide.bias)))
    y = g.dense(y, _array(layer.narrow.weight), _array(layer.narrow.bias))
    return g.norm(g.op("Add", x, y), layer.second_norm)
