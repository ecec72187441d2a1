"""Make a trained network shippable: ONNX graphs beside one file of half-precision weights.

`halve` takes any ONNX model with its weights inside (from `torch.onnx` or built by hand), moves the
large ones to a file as fp16 and lets the graph cast them back: onnxruntime does so once, at load,
so a score is the same in any batch. It never changes what a graph computes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALL = 256  # tensors of fewer numbers stay in the graph, in full precision
ALIGN = 64


def halve(models: Sequence[onnx.ModelProto], weights: Path) -> str:
    """Move the models' large float tensors into `weights` as fp16, in place; return its sha256."""
    with weights.open("wb") as file:
        for model in models:
            kept, casts = [], []
            for tensor in model.graph.initializer:
                if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < SMALL:
                    kept.append(tensor)
                    continue
                data = numpy_helper.to_array(tensor).astype("<f2").tobytes()
                file.write(b"\0" * (-file.tell() % ALIGN))
                half = _outside(tensor, weights.name, file.tell(), len(data))
                file.write(data)
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


def _outside(tensor: TensorProto, location: str, offset: int, length: int) -> TensorProto:
    half = TensorProto(name=f"{tensor.name}.half", data_type=TensorProto.FLOAT16, dims=tensor.dims)
    half.data_location = TensorProto.EXTERNAL
    for key, value in {"location": location, "offset": offset, "length": length}.items():
        half.external_data.add(key=key, value=str(value))
    return half
