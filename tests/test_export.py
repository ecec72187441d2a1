"""A model keeps what it computes when its weights move to a file of their own in half precision."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="exporting needs the extra `train`")
from onnx import TensorProto, helper, numpy_helper  # noqa: E402

from training.export import halve  # noqa: E402
from verify.models import runtime  # noqa: E402


def test_halved_weights_give_the_same_product(tmp_path: Path) -> None:
    weight = np.random.default_rng(1).normal(size=(32, 16)).astype(np.float32)
    bias = np.arange(16, dtype=np.float32)
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "weight", "bias"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 32])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 16])],
        [numpy_helper.from_array(weight, "weight"), numpy_helper.from_array(bias, "bias")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    file = tmp_path / "small.weights"
    digest = halve([model], file)
    (tmp_path / "small.onnx").write_bytes(model.SerializeToString())
    assert digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_size == 32 * 16 * 2
    files = runtime.Files(tmp_path / "small.onnx", file, file)
    x = np.ones((2, 32), dtype=np.float32)
    (y,) = runtime.open_session(files).run(None, {"x": x})
    assert y == pytest.approx(x @ weight.astype(np.float16).astype(np.float32) + bias, abs=1e-4)


@pytest.mark.parametrize("name", ["minilm", "stance"])
def test_no_two_neighbouring_weights_overflow_sixteen_bits(name: str) -> None:
    """Processors without VNNI add the products of two inputs (to 255) in sixteen bits."""
    folder = Path(runtime.__file__).parent
    graph = onnx.load(folder / f"{name}.onnx").graph
    whole = [
        numpy_helper.to_array(t).astype(int) for t in graph.initializer if t.name.endswith(".whole")
    ]
    assert len(whole) >= 36
    assert all(255 * (abs(w[0::2]) + abs(w[1::2])).max() <= 32767 for w in whole)
