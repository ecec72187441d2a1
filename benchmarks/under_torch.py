"""The shipped models under torch, for `benchmarks.speed` to compare with; no benchmark by itself.

The same weights, windows, batches of one length and decoding; the encoder goes through
sentence-transformers. Needs the extra `train`.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from training import reader_shipped, stance_graph
from verify.models import encoder, reader, stance
from verify.models.runtime import Feed
from verify.pipeline import Tools

WINDOWS = ("words", "upos", "arcs", "root", "rel_dep", "rel_head", "names", "cues")


class TorchSession:
    """Stands where a graph's session stands: named arrays in, arrays out."""

    def __init__(
        self, compute: Callable[..., Sequence[torch.Tensor]], outputs: Sequence[str] = ()
    ) -> None:
        self.outputs: dict[str, list[Any]] = {name: [] for name in outputs}
        self._compute = compute

    def run(self, inputs: Feed) -> list[np.ndarray]:
        """Return the outputs, in their order."""
        with torch.inference_mode():
            given = {name: torch.from_numpy(array) for name, array in inputs.items()}
            return [found.numpy() for found in self._compute(**given)]

    def run_each(
        self, groups: Sequence[list[int]], feed: Callable[[list[int]], Feed]
    ) -> Iterator[tuple[list[int], list[np.ndarray]]]:
        """Run every group's inputs one after the other: torch's own threads share each."""
        for group in groups:
            yield group, self.run(feed(group))


def read_with_torch(shipped: reader.Reader) -> reader.Reader:
    """The reader with the shipped weights in torch's own network, layers of whole numbers too."""
    net = reader_shipped.restore()
    other: Any = copy.copy(shipped)
    other._windows = TorchSession(lambda **feed: _windows(net, feed), WINDOWS)
    other._relations = TorchSession(lambda dep, head: [net.trees.relations(dep, head)])
    other._roles = TorchSession(lambda **feed: [_roles(net.roles, feed)])
    return other  # type: ignore[no-any-return]


def _windows(net: Any, feed: dict[str, torch.Tensor]) -> Sequence[torch.Tensor]:
    states = net.encoder.bert(
        inputs_embeds=feed["embedded"],
        attention_mask=feed["attention_mask"],
        token_type_ids=feed["types"],
    ).last_hidden_state
    ends = (feed[name][:, :, None].expand(-1, -1, states.shape[2]) for name in ("first", "last"))
    first, last = (states.gather(1, place) for place in ends)
    words = (first + last) / 2
    upos, arcs, root, dep, head = net.trees.words(words)
    names, cues = net.trees.names(words), net.roles.cues(words)
    return words, upos, arcs, root[..., None], dep, head, names, cues


def _roles(roles: Any, feed: dict[str, torch.Tensor]) -> torch.Tensor:
    own, cue = roles.word(feed["words"]), roles.of_cue(feed["cue"])[:, None]
    states = own + cue + roles.both(own * cue) + roles.near(feed["near"])
    states = roles.layers(states, src_key_padding_mask=feed["mask"] == 0)
    tags: torch.Tensor = roles.role(roles.norm(states))
    return tags


class TorchStance:
    """The shipped stance model's weights in torch's own network."""

    def __init__(self, shipped: stance.OnnxStance) -> None:
        self.name, self.thresholds = shipped.name, shipped.thresholds
        self._shipped, self._net = shipped, stance_graph.restore()

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return float32 [pairs, 3], as the shipped model does."""
        logits = stance_graph.run_torch(self._net, self._shipped.encode(pairs))
        return self._shipped.weighed(pairs, logits)


def under_torch(tools: Tools) -> Tools:
    """Give the same tools with every model under torch."""
    assert isinstance(tools.stance, stance.OnnxStance)
    return replace(
        tools,
        reader=read_with_torch(tools.reader),
        encoder=encoder.TorchEncoder(encoder.DEFAULT, "cpu", offline=True),
        stance=TorchStance(tools.stance),
    )
