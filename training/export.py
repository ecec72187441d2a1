"""Make a trained network shippable: ONNX graphs beside one file of half-precision weights.

`halve` takes any ONNX model with its weights inside (built by hand or by `torch.onnx`), moves
the large ones to a file, floats as fp16 and whole numbers as they are, and lets the graph cast
the former back: onnxruntime does so once, at load. It never changes what a graph computes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALL = 256  # tensors of fewer numbers stay in the graph, in full precision
ALIGN = 64


def halve(models: Sequence[onnx.ModelProto], weights: Path, least: int = SMALL) -> str:
    """Move the models' tensors of `least` numbers to `weights`, floats as fp16; return its hash."""
    with weights.open("wb") as file:
        for model in models:
            kept, casts = [], []
            for tensor in model.graph.initializer:
                data = numpy_helper.to_array(tensor)
                if data.size < least or data.dtype not in (np.float32, np.int8):
                    kept.append(tensor)
                    continue
                file.write(b"\0" * (-file.tell() % ALIGN))
                if data.dtype == np.int8:
                    kept.append(_outside(tensor, tensor.name, weights.name, file.tell()))
                    file.write(data.tobytes())
                    continue
                half = _outside(tensor, f"{tensor.name}.half", weights.name, file.tell())
                file.write(data.astype("<f2").tobytes())
                kept.append(half)
                casts.append(
                    helper.make_node("Cast", [half.name], [tensor.name], to=TensorProto.FLOAT)
                )
            nodes = [*casts, *model.graph.node]
            del model.graph.initializer[:], model.graph.node[:]
            model.graph.initializer.extend(kept)
            model.graph.node.extend(nodes)
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _outside(tensor: TensorProto, name: str, location: str, offset: int) -> TensorProto:
    """The same tensor as data of another file, a float one in half precision."""
    whole = tensor.data_type == TensorProto.INT8
    kind = TensorProto.INT8 if whole else TensorProto.FLOAT16
    out = TensorProto(name=name, data_type=kind, dims=tensor.dims)
    out.data_location = TensorProto.EXTERNAL
    length = int(np.prod(tensor.dims)) * (1 if whole else 2)
    for key, value in {"location": location, "offset": offset, "length": length}.items():
        out.external_data.add(key=key, value=str(value))
    return out


def arrays_of(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Every weight of a shipped graph by its name, whole numbers multiplied by their scale."""
    found = {t.name.removesuffix(".half"): numpy_helper.to_array(t) for t in graph.initializer}
    for name in [n for n in found if n.endswith(".whole")]:
        prefix = name.removesuffix(".whole")
        found[f"{prefix}.weight"] = (found[name] * found[f"{prefix}.scale"]).T
    return found


def mean(paths: list[Path]) -> dict[str, Any]:
    """Return the mean of every floating-point weight; whole numbers are the first's."""
    import torch

    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: sum(s[name].float() for s in states) / len(states)
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }
