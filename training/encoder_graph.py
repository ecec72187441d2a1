"""Write the default encoder as an ONNX graph beside one file of weights, in whole numbers.

    python -m training.encoder_graph [FOLDER]

The published all-MiniLM-L6-v2, its dense layers rounded to eight bits by
`training.encoder_rounding`: a quarter of the size, and well under half the time. Word embeddings
stay in the encoder's own package, whence the program looks them up. What the rounding sees of
ordinary texts comes from the benchmark data's training claims and posts. Prints the cosine of its
vectors with the published model's on texts that it has not seen.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from safetensors.torch import load_file

from training.encoder_rounding import Change, change, inputs_of, rounded
from training.export import halve
from training.graph import EPSILON, FUSED, HEADS, LAYERS, WIDTH
from training.reader_graph import FLOAT, FOLDER, INT, Heads, model
from verify.models.encoder import DEFAULT, OnnxEncoder, TorchEncoder, default_folder

DATA = Path(__file__).parents[1].parent / "shared" / "data" / "claim_retrieval"
SEEN, UNSEEN = slice(0, 600), slice(600, 1600)
SELF = ("query", "key", "value")


class Rounded(Heads):
    """The encoder's operators, on inputs centred and evened out and on rounded weights."""

    def __init__(self, state: dict[str, torch.Tensor], seen: dict[str, torch.Tensor]) -> None:
        super().__init__(state)
        self.state, self.seen = state, seen
        self.changes: dict[str, Change] = {}
        self.biases: dict[str, torch.Tensor] = {}
        for number in range(LAYERS):
            self.round(number)

    def round(self, number: int) -> None:
        """Keep the weights of one transformer layer in whole numbers, and its biases to match."""
        prefix = f"encoder.layer.{number}"
        own = f"{prefix}.attention"
        after = self.change_before(f"{own}.output.dense")
        for name in [f"{own}.self.{role}" for role in SELF]:
            before = self.change_before(name)
            weight, bias = before.into(*self.published(name))
            if name.endswith("value"):  # weights of attention add up to 1: a shift goes through
                weight, bias = weight / after.size[:, None], after.of(bias)
            self.keep(name, weight, bias, before.of(self.seen[name]))
        for name in (f"{own}.output.dense", f"{prefix}.intermediate.dense"):
            before = self.change_before(name)
            self.keep(name, *before.into(*self.published(name)), before.of(self.seen[name]))
        name = f"{prefix}.output.dense"
        self.keep(name, *self.published(name), self.seen[name])

    def keep(self, name: str, weight: torch.Tensor, bias: torch.Tensor, rows: torch.Tensor) -> None:
        whole, scale = rounded(weight, rows)
        self.own(f"{name}.whole", whole)
        self.own(f"{name}.scale", scale)
        self.biases[name] = bias

    def published(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        return self.state[f"{name}.weight"], self.state[f"{name}.bias"]

    def times(self, value: str, prefix: str) -> str:
        """Multiply rows by a weight kept in whole numbers; the bias is left to what follows."""
        rows, size, zero = self.whole(value)
        one = self.constant("one_scale", 1.0, FLOAT)
        factors = [rows, f"{prefix}.whole", one, f"{prefix}.scale", zero]
        part = self.add("MatMulIntegerToFloat", factors, f"{prefix}.part", domain=FUSED)
        return self.add("Mul", [part, size], f"{prefix}.sized")

    def norms(self, total: str, prefix: str, added: str, following: Sequence[str]) -> list[str]:
        """A LayerNorm several times over: with the bias `added` that its rows meet where they are
        next added to, and centred and evened out for each of the layers `following`.
        """
        scale, shift = self.published(prefix)
        kept = [(scale, shift + self.biases[added] if added else shift)]
        evened = [self.change_before(name) for name in following]
        kept += [(scale / each.size, each.of(shift)) for each in evened]
        outputs = []
        for number, (weight, bias) in enumerate(kept):
            out = f"{prefix}.{number}"
            inputs = [total, self.own(f"{out}.weight", weight.numpy())]
            inputs.append(self.own(f"{out}.bias", bias.numpy()))
            outputs.append(self.add("LayerNormalization", inputs, out, axis=-1, epsilon=EPSILON))
        return outputs

    def attend(self, number: int, evened: Sequence[str]) -> str:
        """What every token meets in its text, centred and evened out for the layer after it."""
        own = f"encoder.layer.{number}.attention"
        prefixes = [f"{own}.self.{role}" for role in SELF]
        flat = [self.times(each, prefix) for each, prefix in zip(evened, prefixes, strict=True)]
        heads = [self.add("Reshape", [rows, "text_shape"], f"{rows}.texts") for rows in flat]
        biases = torch.cat([self.biases[prefix] for prefix in prefixes])
        inputs = [*heads, self.own(f"{own}.biases", biases.numpy()), "mask32"]
        mixed = self.add(
            "MultiHeadAttention", inputs, f"{own}.mixed", domain=FUSED, num_heads=HEADS
        )
        return self.add("Reshape", [mixed, "row_shape"], f"{own}.rows")

    def transform(self, number: int, rows: str, *evened: str) -> list[str]:
        """One transformer layer on rows (with the bias to come) and the same evened out."""
        prefix = f"encoder.layer.{number}"
        own, inner, outer = (
            f"{prefix}.{part}.dense" for part in ("attention.output", "intermediate", "output")
        )
        mixed = self.attend(number, evened)
        total = self.add("Add", [self.times(mixed, own), rows], f"{own}.total")
        norm = f"{prefix}.attention.output.LayerNorm"
        rows, ready = self.norms(total, norm, outer, [inner])
        bias = self.own(f"{inner}.evened.bias", self.biases[inner].numpy())
        inputs = [self.times(ready, inner), bias]
        grown = self.add("BiasGelu", inputs, f"{prefix}.gelu", domain=FUSED)
        total = self.add("Add", [self.times(grown, outer), rows], f"{outer}.total")
        return self.before_layer(number + 1, total, f"{prefix}.output.LayerNorm")

    def before_layer(self, number: int, total: str, norm: str) -> list[str]:
        """What the layer of this number is given: nothing evened where there is none."""
        if number == LAYERS:
            return self.norms(total, norm, "", [])
        own = f"encoder.layer.{number}.attention"
        return self.norms(
            total, norm, f"{own}.output.dense", [f"{own}.self.{role}" for role in SELF]
        )

    def change_before(self, prefix: str) -> Change:
        """The change for the inputs of a layer."""
        if prefix not in self.changes:
            self.changes[prefix] = change(self.seen[prefix], self.state[f"{prefix}.weight"])
        return self.changes[prefix]


def embed(graph: Rounded) -> list[str]:
    """Given word embeddings with places and one segment; the same as the first layer wants them."""
    places = graph.weight("embeddings.position_embeddings.weight")
    segments = graph.weight("embeddings.token_type_embeddings.weight")
    zero, one = graph.constant("zero", 0, INT), graph.constant("one", 1, INT)
    graph.ints("row_shape", [-1, WIDTH])
    graph.add("Shape", ["embedded"], "text_shape")
    length = graph.add("Gather", ["text_shape", one], "length")
    positions = graph.add("Range", [zero, length, one], "positions")
    place = graph.add("Gather", [places, positions], "places")
    segment = graph.add("Gather", [segments, zero], "segment")
    place = graph.add("Add", [place, segment], "places.segment")
    total = graph.add("Add", ["embedded", place], "embedding")
    total = graph.add("Reshape", [total, "row_shape"], "embedding.rows")
    return graph.before_layer(0, total, "embeddings.LayerNorm")


def pool(graph: Rounded, rows: str) -> None:
    """Average over the tokens that are text, then scale to unit length."""
    texts = graph.add("Reshape", [rows, "text_shape"], "texts")
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", [mask, graph.ints("axis2", [2])], "mask3")
    kept = graph.add("Mul", [texts, mask], "kept")
    axis = graph.ints("axis1", [1])
    total = graph.add("ReduceSum", [kept, axis], "total", keepdims=0)
    count = graph.add("ReduceSum", [mask, axis], "count", keepdims=0)
    mean = graph.add("Div", [total, count], "mean")
    graph.add("LpNormalization", [mean], "vectors", axis=-1, p=2)


def build(state: dict[str, torch.Tensor], seen: dict[str, torch.Tensor]) -> onnx.ModelProto:
    """The whole model: embedded [n, tokens, 384] and attention_mask → vectors [n, 384]."""
    graph = Rounded(state, seen)
    given = embed(graph)
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    for number in range(LAYERS):
        given = graph.transform(number, *given)
    pool(graph, *given)
    texts = ["n", "tokens"]
    asked = [
        helper.make_tensor_value_info("embedded", FLOAT, [*texts, WIDTH]),
        helper.make_tensor_value_info("attention_mask", INT, texts),
    ]
    output = helper.make_tensor_value_info("vectors", FLOAT, ["n", WIDTH])
    return model(graph, DEFAULT, asked, [output])


def column(name: str, rows: slice) -> list[str]:
    """The texts of a table of the benchmark data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row[1] for row in csv.reader(file, delimiter="\t")][1:][rows]


def main() -> None:
    """Write minilm.onnx, minilm.weights and minilm.json beside the program's models."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    published = default_folder()
    tables = ("claims.tsv", "train.queries.tsv")
    texts = [text for name in tables for text in column(name, SEEN)]
    fragments = [" ".join(text.split()[:3]) for text in texts]
    seen = inputs_of(str(published), texts + fragments)
    state = {
        n: v for n, v in load_file(published / "model.safetensors").items() if v.is_floating_point()
    }
    graph = build(state, seen)
    digest = halve([graph], folder / "minilm.weights", WIDTH * WIDTH)
    operators = graph.SerializeToString()  # with scales and biases: pinned like the weights
    (folder / "minilm.onnx").write_bytes(operators)
    known = {"name": DEFAULT, "sha256": digest, "graph": sha256(operators).hexdigest()}
    (folder / "minilm.json").write_text(json.dumps(known) + "\n")
    texts = [text for name in tables for text in column(name, UNSEEN)]
    theirs = TorchEncoder(DEFAULT, "cpu", offline=True).encode(texts)
    cosines = (OnnxEncoder(folder=folder).encode(texts) * theirs).sum(axis=1)
    size = (folder / "minilm.weights").stat().st_size
    print(f"{size} bytes; cosine least {cosines.min():.5f}, median {np.median(cosines):.5f}")


if __name__ == "__main__":
    main()
