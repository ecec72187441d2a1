"""Write the trained reader as three ONNX graphs and one file of weights.

    python -m training.reader_graph runs/reader/average.pt

One graph reads windows (words, tags, arcs, names, cues), one scores the relation of a word to its
head, one labels the source and content of given cues. Word embeddings stay in the encoder's own
package, whence the program looks them up.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from training.encoder_rounding import scale_of, within
from training.export import halve
from training.graph import FUSED, LAYERS, WIDTH, Graph
from training.reader_net import ARC, NAME, REL, STATE
from training.reader_net import HEADS as ROLE_HEADS

INT, FLOAT = TensorProto.INT64, TensorProto.FLOAT
#: The least value of Gelu, and the whole number that stands for 0 of its outputs.
GELU_LEAST, GELU_ZERO = 0.17, 16
WHOLE = 256  # outputs from which a layer of a transformer is worth whole numbers
FOLDER = Path(__file__).parents[1] / "verify" / "models"


class Heads(Graph):
    """Adds to the encoder's operators those of the heads; weights are tensors in memory."""

    #: Layers beside the transformer's that are worth whole numbers.
    also_whole: frozenset[str] = frozenset()

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        arrays = {name: value.float().numpy() for name, value in state.items()}
        super().__init__({n: numpy_helper.from_array(a.copy(), n) for n, a in arrays.items()})
        self.arrays = arrays
        self.rounded: dict[str, tuple[str, str, str]] = {}

    def linear(self, value: str, prefix: str) -> str:
        """A dense layer: with whole numbers where that is worth it, elsewhere as it is."""
        if not self.is_whole(prefix):
            return super().linear(value, prefix)
        inputs = [self.times(value, prefix), self.weight(f"{prefix}.bias")]
        return self.add("Add", inputs, f"{prefix}.out")

    def is_whole(self, prefix: str) -> bool:
        """Is a layer one of a transformer, or another given as such, and large?"""
        is_one = "layer" in prefix or prefix in self.also_whole
        return is_one and len(self.arrays[f"{prefix}.weight"]) >= WHOLE

    def attention(self, rows: str, prefix: str) -> str:
        """Attend over each text's own tokens: the operator itself adds the three biases."""
        names = [f"{prefix}.self.{role}" for role in ("query", "key", "value")]
        if not self.is_whole(names[0]):
            return super().attention(rows, prefix)
        flat = [self.times(rows, name) for name in names]
        heads = [self.add("Reshape", [one, "text_shape"], f"{one}.texts") for one in flat]
        biases = [self.weight(f"{name}.bias") for name in names]
        bias = self.add("Concat", biases, f"{prefix}.biases", axis=0)
        return self.attended([*heads, bias, "mask32"], rows, prefix)

    def times(self, value: str, prefix: str) -> str:
        """Multiply rows by a weight, both in whole numbers; the bias is not added."""
        weight = self.arrays[f"{prefix}.weight"].T
        scale = scale_of(weight).astype(np.float32)
        self.own(f"{prefix}.scale", scale)
        self.own(f"{prefix}.whole", within(np.rint(weight / scale)))
        rows, size, zero = self.whole(value)
        one = self.constant("one_scale", 1.0, FLOAT)
        factors = [rows, f"{prefix}.whole", one, f"{prefix}.scale", zero]
        part = self.add("MatMulIntegerToFloat", factors, f"{prefix}.part", domain=FUSED)
        return self.add("Mul", [part, size], f"{prefix}.sized")

    def whole(self, value: str) -> tuple[str, str, str]:
        """Rows as whole numbers, each in its own scale: so a row does not depend on its batch.

        What comes out of Gelu, hardly below 0, has nearly all the numbers above it.
        """
        if value not in self.rounded:
            number = GELU_ZERO if value.endswith(".gelu") else 128
            top = self.largest(value)
            unit = self.constant(f"unit{number}", 1 / (255 - number), FLOAT)
            zero = self.own(f"zero{number}", np.array(number, dtype=np.uint8))
            size = self.add("Mul", [top, unit], f"{value}.size")
            flat = self.add("Squeeze", [size, "row_axis"], f"{value}.sizes")
            zeros = self.add("Shape", [flat], f"{value}.count")
            fill = helper.make_tensor("value", TensorProto.UINT8, [1], [number])
            zeros = self.add("ConstantOfShape", [zeros], f"{value}.zeros", value=fill)
            rows = self.add("QuantizeLinear", [value, flat, zeros], f"{value}.whole", axis=0)
            self.rounded[value] = (rows, size, zero)
        return self.rounded[value]

    def largest(self, value: str) -> str:
        """What each row's largest whole number stands for, [rows, 1]."""
        axis = self.ints("row_axis", [1])
        if not value.endswith(".gelu"):
            size = self.add("Abs", [value], f"{value}.abs")
            return self.add("ReduceMax", [size, axis], f"{value}.max", keepdims=1)
        least = self.constant("gelu_least", GELU_LEAST * (255 - GELU_ZERO) / GELU_ZERO, FLOAT)
        size = self.add("ReduceMax", [value, axis], f"{value}.max", keepdims=1)
        return self.add("Max", [size, least], f"{value}.top")

    def ints(self, name: str, values: list[int]) -> str:
        return self.constant(name, values, INT)

    def own(self, name: str, array) -> str:  # type: ignore[no-untyped-def]
        """A weight that is no parameter by itself, such as a part of one."""
        self.used[name] = numpy_helper.from_array(array.copy(), name)
        return name

    def dense(self, rows: str, weight: str, bias: str, out: str) -> str:
        return self.add("Gemm", [rows, weight, bias], out, transB=1)

    def mlp(self, rows: str, prefix: str) -> str:
        return self.add("Gelu", [self.linear(rows, f"{prefix}.0")], f"{prefix}.gelu")

    def reshape(self, value: str, first: str, widths: list[int], out: str) -> str:
        """Rows to [n, words, …]; `first` names the tensor [n, words]."""
        tail = self.ints(f"{out}.tail", widths)
        shape = self.add("Concat", [first, tail], f"{out}.shape", axis=0)
        return self.add("Reshape", [value, shape], out)

    def pairs(self, left: str, right: str, prefix: str, width: int) -> str:
        """Biaffine scores [n, kinds, words, words] from rows; the appended ones become biases."""
        weight = self.arrays[f"{prefix}.weight"]
        kinds = weight.shape[0]
        flat = weight.transpose(0, 2, 1).reshape(kinds * (width + 1), width + 1)
        matrix = self.own(f"{prefix}.matrix", flat[:, :width])
        bias = self.own(f"{prefix}.bias", flat[:, width])
        wide = self.dense(left, matrix, bias, f"{prefix}.wide")
        wide = self.reshape(wide, "word_shape", [kinds, width + 1], f"{prefix}.kinds")
        wide = self.add("Transpose", [wide], f"{prefix}.by_kind", perm=[0, 2, 1, 3])
        cut = self.ints(f"{prefix}.cut", [width, 1])
        names = [f"{prefix}.main", f"{prefix}.rest"]
        self.nodes.append(helper.make_node("Split", [wide, cut], names, axis=3))
        other = self.reshape(right, "word_shape", [width], f"{prefix}.other")
        other = self.add("Transpose", [other], f"{prefix}.turned", perm=[0, 2, 1])
        axis = self.ints(f"{prefix}.axis", [1])
        other = self.add("Unsqueeze", [other, axis], f"{prefix}.each")
        product = self.add("MatMul", [names[0], other], f"{prefix}.product")
        return self.add("Add", [product, names[1]], f"{prefix}.scores")


def embed(graph: Heads) -> str:
    """Word embeddings (given) plus places and word shapes."""
    places = graph.weight("embeddings.position_embeddings.weight")
    kinds = graph.weight("embeddings.token_type_embeddings.weight")
    zero, one = graph.constant("zero", 0, INT), graph.constant("one", 1, INT)
    graph.ints("row_shape", [-1, WIDTH])
    size = graph.add("Shape", ["types"], "size")
    graph.reshape("embedded", "size", [WIDTH], "embedded.same")
    graph.add("Shape", ["embedded"], "text_shape")
    length = graph.add("Gather", [size, one], "length")
    positions = graph.add("Range", [zero, length, one], "positions")
    place = graph.add("Gather", [places, positions], "places")
    kind = graph.add("Gather", [kinds, "types"], "kinds")
    total = graph.add("Add", ["embedded.same", place], "embedding.placed")
    total = graph.add("Add", [total, kind], "embedding")
    return graph.norm(
        graph.add("Reshape", [total, "row_shape"], "embedding.rows"), "embeddings.LayerNorm"
    )


def word_states(graph: Heads, rows: str) -> str:
    """The mean of the states of each word's first and last piece, as rows."""
    states = graph.add("Reshape", [rows, "text_shape"], "states")
    axis = graph.ints("axis2", [2])
    ends = []
    for name in ("first", "last"):
        index = graph.add("Unsqueeze", [name, axis], f"{name}.index")
        ends.append(graph.add("GatherND", [states, index], f"{name}.states", batch_dims=1))
    graph.add("Shape", ["first"], "word_shape")
    total = graph.add("Add", ends, "both.ends")
    mean = graph.add("Mul", [total, graph.constant("half", 0.5, FLOAT)], "words")
    return graph.add("Reshape", [mean, "row_shape"], "word.rows")


def windows(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The graph that reads windows."""
    graph = Heads({k.removeprefix("encoder.bert."): v for k, v in state.items()})
    rows = embed(graph)
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    for number in range(LAYERS):
        rows = graph.layer(rows, number)
    rows = word_states(graph, rows)
    upos = graph.linear(rows, "trees.upos")
    graph.reshape(upos, "word_shape", [graph.arrays["trees.upos.weight"].shape[0]], "upos")
    dep = graph.mlp(rows, "trees.arc_dep")
    arcs = graph.pairs(dep, graph.mlp(rows, "trees.arc_head"), "trees.arc", ARC)
    graph.add("Squeeze", [arcs, graph.ints("axis1", [1])], "arcs")
    graph.reshape(graph.linear(dep, "trees.root"), "word_shape", [1], "root")
    for name in ("rel_dep", "rel_head"):
        graph.reshape(graph.mlp(rows, f"trees.{name}"), "word_shape", [REL], name)
    start, end = (graph.mlp(rows, f"trees.name_{side}") for side in ("start", "end"))
    names = graph.pairs(start, end, "trees.name", NAME)
    graph.add("Identity", [names], "names")
    cue = graph.linear(graph.mlp(rows, "roles.cue"), "roles.cue.3")
    graph.reshape(cue, "word_shape", [3], "cues")
    texts, words = ["n", "tokens"], ["n", "words"]
    inputs = [helper.make_tensor_value_info("embedded", FLOAT, [*texts, WIDTH])]
    inputs += [helper.make_tensor_value_info(x, INT, texts) for x in ("attention_mask", "types")]
    inputs += [helper.make_tensor_value_info(x, INT, words) for x in ("first", "last")]
    outputs = [
        helper.make_tensor_value_info(x, FLOAT, None)
        for x in ("words", "upos", "arcs", "root", "rel_dep", "rel_head", "names", "cues")
    ]
    return model(graph, "reader", inputs, outputs)


def relations(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The graph that scores the relations of words to the heads that were decided on."""
    graph = Heads({k: v for k, v in state.items() if k == "trees.rel.weight"})
    weight = graph.arrays["trees.rel.weight"]
    kinds, width = weight.shape[0], REL + 1
    flat = weight.transpose(0, 2, 1).reshape(kinds * width, width)
    matrix, bias = graph.own("matrix", flat[:, :REL]), graph.own("bias", flat[:, REL])
    wide = graph.dense("dep", matrix, bias, "wide")
    wide = graph.add("Reshape", [wide, graph.ints("shape", [-1, kinds, width])], "by_kind")
    cut = graph.ints("cut", [REL, 1])
    graph.nodes.append(helper.make_node("Split", [wide, cut], ["main", "rest"], axis=2))
    head = graph.add("Unsqueeze", ["head", graph.ints("axis2", [2])], "column")
    total = graph.add("Add", [graph.add("MatMul", ["main", head], "product"), "rest"], "sum")
    graph.add("Squeeze", [total, graph.ints("last", [2])], "relations")
    inputs = [helper.make_tensor_value_info(x, FLOAT, ["words", REL]) for x in ("dep", "head")]
    outputs = [helper.make_tensor_value_info("relations", FLOAT, None)]
    return model(graph, "relations", inputs, outputs)


def role_layer(graph: Heads, rows: str, number: int) -> str:
    """One pre-norm transformer layer of the role head."""
    prefix = f"roles.layers.layers.{number}"
    weight, bias = (graph.arrays[f"{prefix}.self_attn.in_proj_{x}"] for x in ("weight", "bias"))
    normed = role_norm(graph, rows, f"{prefix}.norm1")
    parts = []
    for k, role in enumerate(("query", "key", "value")):
        place = slice(k * STATE, (k + 1) * STATE)
        matrix = graph.own(f"{prefix}.{role}.weight", weight[place])
        shift = graph.own(f"{prefix}.{role}.bias", bias[place])
        flat = graph.dense(normed, matrix, shift, f"{prefix}.{role}")
        parts.append(graph.add("Reshape", [flat, "cue_shape"], f"{prefix}.{role}.texts"))
    mixed = graph.add(
        "MultiHeadAttention",
        [*parts, "", "mask32"],
        f"{prefix}.mixed",
        domain=FUSED,
        num_heads=ROLE_HEADS,
    )
    mixed = graph.add("Reshape", [mixed, "row_shape"], f"{prefix}.rows")
    mixed = graph.linear(mixed, f"{prefix}.self_attn.out_proj")
    rows = graph.add("Add", [rows, mixed], f"{prefix}.sum1")
    inner = graph.linear(role_norm(graph, rows, f"{prefix}.norm2"), f"{prefix}.linear1")
    inner = graph.add("Gelu", [inner], f"{prefix}.gelu")
    return graph.add("Add", [rows, graph.linear(inner, f"{prefix}.linear2")], f"{prefix}.sum2")


def role_norm(graph: Heads, rows: str, prefix: str) -> str:
    inputs = [rows, graph.weight(f"{prefix}.weight"), graph.weight(f"{prefix}.bias")]
    return graph.add("LayerNormalization", inputs, f"{prefix}.out", axis=-1, epsilon=1e-5)


def roles(state: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The graph that labels, for each cue, the words of its window."""
    graph = Heads({k: v for k, v in state.items() if k.startswith("roles.")})
    graph.ints("row_shape", [-1, STATE])
    graph.ints("word_rows", [-1, WIDTH])
    graph.add("Shape", ["near"], "size")
    graph.add("Concat", ["size", graph.ints("state_width", [STATE])], "cue_shape", axis=0)
    graph.add("Cast", ["mask"], "mask32", to=TensorProto.INT32)
    own = graph.linear(graph.add("Reshape", ["words", "word_rows"], "rows"), "roles.word")
    own = graph.add("Reshape", [own, "cue_shape"], "own")
    cue = graph.linear("cue", "roles.of_cue")
    cue = graph.add("Unsqueeze", [cue, graph.ints("axis1", [1])], "cue.each")
    both = graph.add(
        "Reshape", [graph.add("Mul", [own, cue], "product"), "row_shape"], "product.rows"
    )
    both = graph.add("Reshape", [graph.linear(both, "roles.both"), "cue_shape"], "both")
    near = graph.add("Gather", [graph.weight("roles.near.weight"), "near"], "near.states")
    total = graph.add("Add", [graph.add("Add", [own, cue], "sum1"), both], "sum2")
    total = graph.add("Add", [total, near], "sum3")
    rows = graph.add("Reshape", [total, "row_shape"], "state.rows")
    for number in range(2):
        rows = role_layer(graph, rows, number)
    tags = graph.linear(role_norm(graph, rows, "roles.norm"), "roles.role")
    graph.reshape(tags, "size", [graph.arrays["roles.role.weight"].shape[0]], "tags")
    shape = ["cues", "words"]
    inputs = [
        helper.make_tensor_value_info("words", FLOAT, [*shape, WIDTH]),
        helper.make_tensor_value_info("cue", FLOAT, ["cues", WIDTH]),
        helper.make_tensor_value_info("near", INT, shape),
        helper.make_tensor_value_info("mask", INT, shape),
    ]
    return model(graph, "roles", inputs, [helper.make_tensor_value_info("tags", FLOAT, None)])


def model(graph: Heads, name: str, inputs: list, outputs: list) -> onnx.ModelProto:  # type: ignore[type-arg]
    body = helper.make_graph(graph.nodes, name, inputs, outputs, list(graph.used.values()))
    versions = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9, producer_name="verify")


def main() -> None:
    """Write the graphs, reader.weights and reader.json beside the program's models."""
    source = Path(sys.argv[1])
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER
    state = torch.load(source, weights_only=True)
    graphs = {
        "reader.onnx": windows(state),
        "reader_relations.onnx": relations(state),
        "reader_roles.onnx": roles(state),
    }
    digest = halve(list(graphs.values()), folder / "reader.weights")
    for name, graph in graphs.items():
        (folder / name).write_bytes(graph.SerializeToString())
    known = json.loads((source.parent / "labels.json").read_text())
    known["root_head"] = [round(float(x), 6) for x in state["trees.root_head"]]
    (folder / "reader.json").write_text(
        json.dumps({"name": "reader-2", "sha256": digest, **known}) + "\n"
    )
    print(digest, (folder / "reader.weights").stat().st_size)


if __name__ == "__main__":
    main()
