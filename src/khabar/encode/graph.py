"""The network as an ONNX graph: token ids in, word vectors of a middle and of the last layer out."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from khabar.encode.packed import Packed, Shape

MIDDLE_LAYER = 8  # its output aligns words of two languages best (docs/decisions/encoder.md)
# Their inputs hold single values so large that one int8 scale leaves the others no room; in float32 they
# halve the error of the whole graph and cost little (docs/decisions/encoder.md).
KEPT_WHOLE = frozenset({"l0.fo", "l4.fo", "l5.fo"})
OPSET = 20
IR_VERSION = 10


def build_graph_bytes(packed: Packed, *, quantised: bool) -> bytes:
    """The graph of `packed`, in int8 (activations quantised as they come) or in float32.

    Shapes: in int64[batch, length] twice (`input_ids`, `attention_mask`), out float32[batch, length, hidden]
    twice (`middle`, `last_hidden_state`).
    """
    made: bytes = _Builder(packed, quantised).model().SerializeToString()
    return made


class _Builder:
    """Collects nodes and constants; each method returns the name of what it made."""

    def __init__(self, packed: Packed, quantised: bool) -> None:
        self.packed, self.shape, self.quantised = packed, packed.shape, quantised
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        state, bias, outputs = self._embed(), self._mask(), []
        for layer in range(self.shape.layers):
            state = self._layer(f"l{layer}", state, bias)
            if layer + 1 in (MIDDLE_LAYER, self.shape.layers):
                outputs.append(state)
        for made, name in zip(outputs, ("middle", "last_hidden_state"), strict=True):
            self._node("Identity", [made], name)
        graph = helper.make_graph(
            self.nodes, "encoder", _inputs(), _outputs(self.shape), list(self.constants.values())
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def _embed(self) -> str:
        """Word, position and type vectors added up. The table stays packed, its rows unpack on use."""
        words = self._look_up()
        positions = self._constant("positions", self.packed.floats("emb.pos").reshape(-1, self.shape.hidden))
        kind = self._constant("kind", self.packed.floats("emb.type")[: self.shape.hidden])
        placed = self._node("Add", [words, self._rows_of(positions)], "placed")
        return self._normalise(self._node("Add", [placed, kind], "typed"), "emb.ln")

    def _look_up(self) -> str:
        halves, scales = self.packed.blocks("emb.word", self.shape.hidden)
        found = self._node("Gather", [self._constant("table", halves), "input_ids"], "found")
        scale = self._node("Gather", [self._constant("table_scales", scales), "input_ids"], "found_scale")
        low = self._node("BitwiseAnd", [found, self._constant("fifteen", np.array(15, np.uint8))], "low")
        four = self._constant("four", np.array(4, np.uint8))
        high = self._node("BitShift", [found, four], "high", direction="RIGHT")
        both = self._node("Concat", [low, high], "both", axis=-1)
        values = self._node("Cast", [both], "values", to=TensorProto.FLOAT)
        eight = self._constant("eight", np.array(8, np.float32))
        wide = self._node("Cast", [scale], "wide_scale", to=TensorProto.FLOAT)
        scaled = self._node("Mul", [self._node("Sub", [values, eight], "signed"), wide], "scaled")
        shape = self._constant("table_shape", np.array([0, 0, self.shape.hidden], np.int64))
        return self._node("Reshape", [scaled, shape], "words")

    def _rows_of(self, table: str) -> str:
        """As many rows of `table` as the text has tokens."""
        length = self._node("Shape", ["input_ids"], "length", start=1, end=2)
        zero, one = (self._constant(f"at{i}", np.array([i], np.int64)) for i in (0, 1))
        return self._node("Slice", [table, zero, length, zero, one], "place")

    def _mask(self) -> str:
        """Nothing for tokens of the text, a large negative number for padding."""
        one = self._constant("one", np.array(1, np.float32))
        mask = self._node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        gap = self._node("Sub", [mask, one], "gap")
        deep = self._node("Mul", [gap, self._constant("deep", np.array(1e9, np.float32))], "deep_gap")
        return self._node("Unsqueeze", [deep, self._constant("axes", np.array([1, 2], np.int64))], "bias")

    def _layer(self, name: str, state: str, bias: str) -> str:
        attended = self._linear(self._attend(name, state, bias), f"{name}.ao", self.shape.hidden)
        state = self._normalise(self._node("Add", [state, attended], f"{name}.a"), f"{name}.aln")
        inner = self._linear(state, f"{name}.fi", self.shape.hidden)
        bent = self._node("Gelu", [inner], f"{name}.gelu")
        outer = self._linear(bent, f"{name}.fo", self.shape.inner)
        return self._normalise(self._node("Add", [state, outer], f"{name}.f"), f"{name}.oln")

    def _attend(self, name: str, state: str, bias: str) -> str:
        heads, width = self.shape.heads, self.shape.hidden // self.shape.heads
        apart = self._constant("apart", np.array([0, 0, heads, width], np.int64))
        together = self._constant("together", np.array([0, 0, self.shape.hidden], np.int64))
        sides: dict[str, str] = {}
        for side, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
            made = self._linear(state, f"{name}.{side}", self.shape.hidden)
            split = self._node("Reshape", [made, apart], f"{name}.{side}.split")
            sides[side] = self._node("Transpose", [split], f"{name}.{side}.turned", perm=order)
        scores = self._node("MatMul", [sides["q"], sides["k"]], f"{name}.scores")
        small = self._constant("small", np.array(width**-0.5, np.float32))
        scores = self._node("Mul", [scores, small], f"{name}.small")
        scores = self._node("Add", [scores, bias], f"{name}.biased")
        shares = self._node("Softmax", [scores], f"{name}.shares", axis=-1)
        mixed = self._node("MatMul", [shares, sides["v"]], f"{name}.mixed")
        turned = self._node("Transpose", [mixed], f"{name}.mixed.turned", perm=[0, 2, 1, 3])
        return self._node("Reshape", [turned, together], f"{name}.joined")

    def _normalise(self, state: str, name: str) -> str:
        weight = self._constant(f"{name}.w", self.packed.floats(f"{name}.w"))
        shift = self._constant(f"{name}.b", self.packed.floats(f"{name}.b"))
        epsilon = self.shape.epsilon
        return self._node("LayerNormalization", [state, weight, shift], name, axis=-1, epsilon=epsilon)

    def _linear(self, state: str, name: str, columns: int) -> str:
        weight = self.packed.matrix(f"{name}.w", columns).T
        quantised = self.quantised and name not in KEPT_WHOLE
        times = self._times_quantised if quantised else self._times
        shift = self._constant(f"{name}.b", self.packed.floats(f"{name}.b"))
        return self._node("Add", [times(state, name, weight), shift], name)

    def _times(self, state: str, name: str, weight: NDArray[np.float32]) -> str:
        return self._node("MatMul", [state, self._constant(f"{name}.w", weight)], f"{name}.times")

    def _times_quantised(self, state: str, name: str, weight: NDArray[np.float32]) -> str:
        """int8 weights with a scale for each column; one scale for the activations of a run."""
        scale = np.abs(weight).max(axis=0) / 127
        small = np.clip(np.rint(weight / scale), -127, 127).astype(np.int8)
        state, state_scale, state_zero = self._quantise(state)
        zero = self._constant("zero", np.array(0, np.int8))
        whole = self._node(
            "MatMulInteger", [state, self._constant(f"{name}.w", small), state_zero, zero], f"{name}.whole"
        )
        wide = self._node("Cast", [whole], f"{name}.wide", to=TensorProto.FLOAT)
        step = self._constant(f"{name}.step", scale.astype(np.float32))
        steps = self._node("Mul", [state_scale, step], f"{name}.steps")
        return self._node("Mul", [wide, steps], f"{name}.times")

    def _quantise(self, state: str) -> tuple[str, str, str]:
        names = (f"{state}.u8", f"{state}.scale", f"{state}.zero")
        if not any(names[0] in node.output for node in self.nodes[-40:]):
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [state], list(names)))
        return names


def _inputs() -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
        for name in ("input_ids", "attention_mask")
    ]


def _outputs(shape: Shape) -> list[onnx.ValueInfoProto]:
    return [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["batch", "length", shape.hidden])
        for name in ("middle", "last_hidden_state")
    ]
