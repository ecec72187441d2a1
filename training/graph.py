"""Builds ONNX graphs of transformers operator by operator.

What `training.reader_graph`, `.stance_graph` and `.encoder_graph` share. Weights are tensors handed
in; it trains nothing and alters no weight.
"""

from __future__ import annotations

from typing import Any

import onnx
from onnx import TensorProto, helper

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
FUSED = "com.microsoft"


class Graph:
    """Collects nodes; every method adds one operator and returns its output's name."""

    def __init__(self, weights: dict[str, TensorProto]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights = weights
        self.used: dict[str, TensorProto] = {}

    def weight(self, name: str) -> str:
        """Use one tensor of the weights file."""
        self.used[name] = self.weights[name]
        return name

    def constant(self, name: str, value: list[int] | int | float, kind: int) -> str:
        """Put a small constant into the graph itself."""
        values = value if isinstance(value, list) else [value]
        shape = [len(values)] if isinstance(value, list) else []
        self.used[name] = helper.make_tensor(name, kind, shape, values)
        return name

    def add(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add one operator."""
        self.nodes.append(helper.make_node(operator, inputs, [output], output, **attributes))
        return output

    def norm(self, value: str, prefix: str) -> str:
        """Normalise the last axis by a LayerNorm of the weights file."""
        scale, shift = self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")
        inputs = [value, scale, shift]
        return self.add("LayerNormalization", inputs, f"{prefix}.out", axis=-1, epsilon=EPSILON)

    def linear(self, value: str, prefix: str) -> str:
        """Multiply rows by a dense layer; torch keeps [out, in], hence transB."""
        inputs = [value, self.weight(f"{prefix}.weight"), self.weight(f"{prefix}.bias")]
        return self.add("Gemm", inputs, f"{prefix}.out", transB=1)

    def attention(self, rows: str, prefix: str) -> str:
        """Attend over each text's own tokens; `rows` is [texts * tokens, width]."""
        heads = []
        for role in ("query", "key", "value"):
            flat = self.linear(rows, f"{prefix}.self.{role}")
            heads.append(self.add("Reshape", [flat, "text_shape"], f"{flat}.texts"))
        return self.attended([*heads, "", "mask32"], rows, prefix)

    def attended(self, inputs: list[str], rows: str, prefix: str) -> str:
        """What attention over query, key and value (with a bias, under a mask) makes of rows."""
        mixed = self.add(
            "MultiHeadAttention", inputs, f"{prefix}.mixed", domain=FUSED, num_heads=HEADS
        )
        mixed = self.add("Reshape", [mixed, "row_shape"], f"{prefix}.rows")
        mixed = self.linear(mixed, f"{prefix}.output.dense")
        total = self.add("Add", [mixed, rows], f"{prefix}.sum")
        return self.norm(total, f"{prefix}.output.LayerNorm")

    def layer(self, rows: str, number: int) -> str:
        """One transformer layer."""
        prefix = f"encoder.layer.{number}"
        rows = self.attention(rows, f"{prefix}.attention")
        inner = self.linear(rows, f"{prefix}.intermediate.dense")
        inner = self.add("Gelu", [inner], f"{prefix}.gelu")
        outer = self.linear(inner, f"{prefix}.output.dense")
        total = self.add("Add", [outer, rows], f"{prefix}.sum")
        return self.norm(total, f"{prefix}.output.LayerNorm")
