"""Scores of the reader on dev while it trains; the figures to quote come from `benchmarks`."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from training.reader_batches import Example, batches, collate
from training.reader_data import MENTIONS
from training.reader_net import ReaderNet
from training.reader_roles import role_batch


@torch.no_grad()
def trees(
    net: ReaderNet, dev: Sequence[Example], tags: list[str], rels: list[str]
) -> dict[str, float]:
    """Greedy UPOS, UAS, LAS (universal relations) and names' micro F1."""
    right = dict.fromkeys(("upos", "uas", "las", "full"), 0)
    total, hit, said, gold = 0, 0, 0, 0
    for part in batches([len(e.coded.ids) for e in dev], 4096, None):
        data = collate([dev[k].coded for k in part])
        sentence = data.pop("sentence")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = net.encoder(**data)
            upos, arcs, root, dep, head = net.trees.words(words)
            names = net.trees.names(words).argmax(1)
        apart = sentence[:, :, None] != sentence[:, None, :]
        arcs = torch.cat([root[..., None], arcs.masked_fill(apart, -1e4)], -1).argmax(-1)
        for row, k in enumerate(part):
            at = 0
            for tree in dev[k].trees:
                n = len(tree.words)
                place = slice(at, at + n)
                found = [int(h) - 1 - at if h else -1 for h in arcs[row, place]]
                states = [
                    head[row, h + at] if h >= 0 else net.trees.root_head.to(head.dtype)
                    for h in found
                ]
                kinds = net.trees.relations(
                    dep[row, place].float(), torch.stack(states).float()
                ).argmax(-1)
                for i in range(n if tree.upos else 0):
                    kind, good = rels[kinds[i]], found[i] == tree.heads[i]
                    right["upos"] += tags[upos[row, at + i].argmax()] == tree.upos[i]
                    right["uas"] += good
                    right["las"] += good and kind.split(":")[0] == tree.rels[i].split(":")[0]
                    right["full"] += good and kind == tree.rels[i]
                    total += 1
                if tree.names is not None:
                    block = names[row, place, place].triu()
                    guess = {
                        (int(a), int(b), MENTIONS[block[a, b] - 1]) for a, b in block.nonzero()
                    }
                    guess = {g for g in guess if g[2] in MENTIONS[:3]}
                    true = {t for t in tree.names if t[2] in MENTIONS[:3]}
                    hit, said, gold = hit + len(guess & true), said + len(guess), gold + len(true)
                at += n
    out = {k: v / max(1, total) for k, v in right.items()}
    return {**out, "names": 2 * hit / max(1, said + gold)}


@torch.no_grad()
def roles(net: ReaderNet, dev: Sequence[Example]) -> dict[str, float]:
    """Exact word-span F1 of cues, and of source, content and both given the gold cue."""
    hits = dict.fromkeys(("cue", "source", "content", "both"), 0)
    said, gold, total = 0, 0, 0
    for part in batches([len(e.coded.ids) for e in dev], 4096, None):
        rows = [dev[k] for k in part]
        data = collate([e.coded for e in rows])
        sentence = data.pop("sentence")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words = net.encoder(**data)
            tags = net.roles.cues(words).argmax(-1)
        for row, example in enumerate(rows):
            guess = set(runs(tags[row, : len(example.coded.first)].tolist(), 1))
            true = {span for span, _ in example.roles or []}
            hits["cue"] += len(guess & true)
            said, gold = said + len(guess), gold + len(true)
        batch = role_batch(rows, sentence.shape[1], None)
        if not len(batch["row"]):
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            mask = (sentence >= 0)[batch["row"]]
            found = net.roles.roles(
                words[batch["row"]], batch["first"], batch["last"], mask
            ).argmax(-1)
        for k in range(len(found)):
            keep = batch["gold"][k] >= 0
            a, b = found[k][keep].tolist(), batch["gold"][k][keep].tolist()
            source, content = runs(a, 1) == runs(b, 1), runs(a, 3) == runs(b, 3)
            hits["source"], hits["content"] = hits["source"] + source, hits["content"] + content
            hits["both"] += source and content
            total += 1
    out = {"cue": 2 * hits["cue"] / max(1, said + gold)}
    return {**out, **{k: hits[k] / max(1, total) for k in ("source", "content", "both")}}


def runs(tags: Sequence[int], begin: int) -> list[tuple[int, int]]:
    """Spans (first, last) of a tag sequence: begin starts one, begin + 1 goes on or starts one."""
    out: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag == begin + 1 and out and out[-1][1] == i - 1:
            out[-1] = (out[-1][0], i)
        elif tag in (begin, begin + 1):
            out.append((i, i))
    return out
