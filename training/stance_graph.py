"""Write the trained stance network as an ONNX graph beside one file of fp16 weights.

    python -m training.stance_graph [--whole] CHECKPOINT.pt … [FOLDER]

Several checkpoints of one training are averaged weight by weight (Izmailov et al. 2018). Word
embeddings stay in the encoder's own package, whence the program looks them up. Temperature, marks
and thresholds already in FOLDER/stance.json are kept: `training.stance_calibration` sets them. It
never alters a weight beyond rounding it to half precision; with `--whole`, the transformer's dense
layers to whole numbers of eight bits, a scale for each output, as the reader's are: half the size,
and less than half the time.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from training.export import arrays_of, halve, mean
from training.graph import LAYERS, WIDTH, Graph
from training.reader_graph import FLOAT, FOLDER, INT, Heads, embed, model
from training.stance import collate
from training.stance_net import LABELS, TYPES, StanceNet, from_encoder
from verify.models.encoder import default_folder
from verify.models.runtime import batches

NAME = "verify-stance-2"
UNTUNED = {"temperature": 1.0, "supports": 0.8, "refutes": 0.8, "tuned_on": "nothing"}


class Whole(Heads):
    """Keeps the layer that compares tokens in whole numbers too: it is the widest."""

    also_whole = frozenset({"compare.0"})


class Halved(Heads):
    """Keeps every dense layer a float one."""

    linear = Graph.linear
    attention = Graph.attention


def sides(graph: Heads) -> tuple[str, str]:
    """Masks [n, tokens] of the statement's and of the claim's tokens."""
    real = graph.add("Cast", ["attention_mask"], "real", to=TensorProto.BOOL)
    first = graph.constant("first_of_claim", TYPES // 2, INT)
    statement = graph.add("Less", ["types", first], "of_statement")
    claim = graph.add("Not", [statement], "of_claim")
    return (
        graph.add("And", [real, statement], "statement"),
        graph.add("And", [real, claim], "claim"),
    )


def align(graph: Heads, rows: str) -> str:
    """What every token meets in the statement, and how the two compare, [n, tokens, width]."""
    statement, _ = sides(graph)
    states = graph.add("Reshape", [rows, "text_shape"], "states")
    asked = graph.add("Gemm", [rows, graph.weight("query.weight")], "asked", transB=1)
    asked = graph.add("Reshape", [asked, "text_shape"], "asked.texts")
    turned = graph.add("Transpose", [states], "states.turned", perm=[0, 2, 1])
    scores = graph.add("MatMul", [asked, turned], "scores")
    scale = graph.constant("scale", WIDTH**-0.5, FLOAT)
    scores = graph.add("Mul", [scores, scale], "scores.scaled")
    least = graph.constant("least", -1e4, FLOAT)
    seen = graph.add("Unsqueeze", [statement, graph.ints("axis1", [1])], "statement.each")
    scores = graph.add("Where", [seen, scores, least], "scores.seen")
    weights = graph.add("Softmax", [scores], "weights", axis=-1)
    met = graph.add("MatMul", [weights, states], "met")
    gap = graph.add("Abs", [graph.add("Sub", [states, met], "difference")], "gap")
    product = graph.add("Mul", [states, met], "product")
    both = graph.add("Concat", [states, met, gap, product], "both", axis=-1)
    both = graph.add("Reshape", [both, graph.ints("both_shape", [-1, 4 * WIDTH])], "both.rows")
    compared = graph.mlp(both, "compare")
    return graph.add("Reshape", [compared, "text_shape"], "compared")


def pool(graph: Heads, rows: str) -> str:
    """[CLS] beside mean and maximum of the claim's compared tokens, [n, 3 * width]."""
    compared = align(graph, rows)
    axis1, axis2 = "axis1", graph.ints("axis2", [2])
    claim = graph.add("Unsqueeze", ["claim", axis2], "claim.each")
    weight = graph.add("Cast", [claim], "claim.weight", to=FLOAT)
    kept = graph.add("Mul", [compared, weight], "claim.kept")
    total = graph.add("ReduceSum", [kept, axis1], "claim.total", keepdims=0)
    count = graph.add("ReduceSum", [weight, axis1], "claim.count", keepdims=0)
    count = graph.add("Max", [count, graph.constant("one.token", 1.0, FLOAT)], "claim.some")
    mean = graph.add("Div", [total, count], "claim.mean")
    only = graph.add("Where", [claim, compared, "least"], "claim.only")
    top = graph.add("ReduceMax", [only, axis1], "claim.top", keepdims=0)
    cls = graph.add("Gather", ["states", graph.constant("place.cls", 0, INT)], "cls", axis=1)
    return graph.add("Concat", [cls, mean, top], "features", axis=-1)


def build(state: dict[str, torch.Tensor], whole: bool = False) -> onnx.ModelProto:
    """The whole network: embedded words, mask and types → three logits in the order of LABELS."""
    graph = (Whole if whole else Halved)({k.removeprefix("bert."): v for k, v in state.items()})
    rows = embed(graph)
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    for number in range(LAYERS):
        rows = graph.layer(rows, number)
    hidden = graph.mlp(pool(graph, rows), "hidden")
    inputs = [hidden, graph.weight("out.weight"), graph.weight("out.bias")]
    graph.add("Gemm", inputs, "logits", transB=1)
    texts = ["n", "tokens"]
    asked = [helper.make_tensor_value_info("embedded", FLOAT, [*texts, WIDTH])]
    asked += [helper.make_tensor_value_info(x, INT, texts) for x in ("attention_mask", "types")]
    outputs = [helper.make_tensor_value_info("logits", FLOAT, ["n", len(LABELS)])]
    return model(graph, "stance", asked, outputs)


def restore(folder: Path = FOLDER) -> StanceNet:
    """The torch network of a shipped model's weights, half precision as they are."""
    arrays = arrays_of(onnx.load(folder / "stance.onnx").graph)
    net = from_encoder(str(default_folder()))
    state = net.state_dict()
    for name in state:
        array = arrays.get(name.removeprefix("bert."))
        if array is not None:
            state[name] = torch.from_numpy(array.astype("float32"))
    net.load_state_dict(state)
    return net.eval()


@torch.no_grad()
def run_torch(net: StanceNet, coded: list) -> np.ndarray:  # type: ignore[type-arg]
    """Logits of encoded pairs, batched by length as the program does."""
    out = np.zeros((len(coded), len(LABELS)), dtype=np.float32)
    for batch in batches([len(ids) for ids, _ in coded]):
        out[batch] = net(*collate([coded[k] for k in batch])).numpy()
    return out


def main() -> None:
    """Write stance.onnx, stance.weights and stance.json beside the program's models."""
    given = [Path(argument) for argument in sys.argv[1:] if argument != "--whole"]
    folder = next((path for path in given if path.suffix != ".pt"), FOLDER)
    checkpoints = [path for path in given if path.suffix == ".pt"]
    graph = build(mean(checkpoints), whole="--whole" in sys.argv)
    digest = halve([graph], folder / "stance.weights")
    (folder / "stance.onnx").write_bytes(graph.SerializeToString())
    kept = folder / "stance.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else UNTUNED
    known |= {"name": NAME, "sha256": digest}
    kept.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    print(digest, (folder / "stance.weights").stat().st_size)


if __name__ == "__main__":
    main()
