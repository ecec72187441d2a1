"""The reader network: a MiniLM encoder over windows of sentences, with heads for words and pairs.

It defines the shape that `training/reader.py` trains and exports; the program itself never
imports it (it runs the exported ONNX graphs).
"""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertConfig, BertModel

from verify.models.reader_input import TYPES

ARC, REL, NAME = 256, 128, 96
CUE_TAGS, ROLE_TAGS = 3, 5  # O B I; O B-source I-source B-content I-content
STATE, HEADS, NEAR = 256, 4, 24


class Biaffine(nn.Module):
    """Scores (batch, out, n, m) of every left with every right vector (Dozat & Manning 2017)."""

    def __init__(self, left: int, right: int, out: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(out, left + 1, right + 1))
        nn.init.normal_(self.weight, 0, 0.01)

    def forward(self, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
        a = torch.cat([a, torch.ones_like(a[..., :1])], -1)
        b = torch.cat([b, torch.ones_like(b[..., :1])], -1)
        return torch.einsum("bni,oij,bmj->bonm", a, self.weight, b)


def mlp(width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, out), nn.GELU())


class Encoder(nn.Module):
    """Word states: the mean of the first and the last piece's states."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)

    def forward(self, ids, mask, types, first, last):  # type: ignore[no-untyped-def]
        states = self.bert(input_ids=ids, attention_mask=mask, token_type_ids=types)
        states = states.last_hidden_state
        wide = (-1, -1, states.shape[-1])
        a = states.gather(1, first[:, :, None].expand(*wide))
        b = states.gather(1, last[:, :, None].expand(*wide))
        return (a + b) / 2


class Trees(nn.Module):
    """Parts of speech, arcs, relations and names from word states."""

    def __init__(self, width: int, tags: int, rels: int, names: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.upos = nn.Linear(width, tags)
        self.arc_dep, self.arc_head = mlp(width, ARC), mlp(width, ARC)
        self.arc = Biaffine(ARC, ARC, 1)
        self.root = nn.Linear(ARC, 1)
        self.rel_dep, self.rel_head = mlp(width, REL), mlp(width, REL)
        self.rel = Biaffine(REL, REL, rels)
        self.root_head = nn.Parameter(torch.zeros(REL))
        self.name_start, self.name_end = mlp(width, NAME), mlp(width, NAME)
        self.name = Biaffine(NAME, NAME, names + 1)

    def words(self, words: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Tag scores, arc scores (dependent, head), root scores, relation vectors."""
        words = self.drop(words)
        dep = self.arc_dep(words)
        arcs = self.arc(dep, self.arc_head(words))[:, 0]
        return (
            self.upos(words),
            arcs,
            self.root(dep)[..., 0],
            self.rel_dep(words),
            self.rel_head(words),
        )

    def names(self, words: torch.Tensor) -> torch.Tensor:
        """Scores (batch, kind, first word, last word); kind 0 is none."""
        words = self.drop(words)
        return self.name(self.name_start(words), self.name_end(words))

    def relations(self, dep: torch.Tensor, head: torch.Tensor) -> torch.Tensor:
        """Relation scores of (rows of) a dependent's and its head's vectors."""
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head = torch.cat([head, torch.ones_like(head[..., :1])], -1)
        return torch.einsum("ni,oij,nj->no", dep, self.rel.weight, head)


class Roles(nn.Module):
    """Cues from word states; then, for one cue at a time, each word's role (source, content).

    Conditioning on the cue links by construction, and lets content be nested or in pieces.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.cue = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Dropout(0.2), nn.Linear(width, CUE_TAGS)
        )
        self.word, self.of_cue = nn.Linear(width, STATE), nn.Linear(width, STATE)
        self.both = nn.Linear(STATE, STATE)
        self.near = nn.Embedding(2 * NEAR + 3, STATE)
        layer = nn.TransformerEncoderLayer(
            STATE,
            HEADS,
            3 * STATE,
            dropout=0.1,
            activation="gelu",
            batch_first=True,
            norm_first=True,
        )
        self.layers = nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
        self.norm = nn.LayerNorm(STATE)
        self.role = nn.Linear(STATE, ROLE_TAGS)

    def cues(self, words: torch.Tensor) -> torch.Tensor:
        return self.cue(self.drop(words))

    def roles(self, words, first, last, mask):  # type: ignore[no-untyped-def]
        """Role scores (cues, words, tags): words (cues, n, width), a cue is words first..last."""
        place = torch.arange(words.shape[1], device=words.device)[None, :]
        inside = (place >= first[:, None]) & (place <= last[:, None])
        share = inside.to(words.dtype) / (last - first + 1)[:, None].to(words.dtype)
        cue = self.of_cue((words * share[:, :, None]).sum(1, keepdim=True))
        before = (place - first[:, None]).clamp(-NEAR, 0)
        after = (place - last[:, None]).clamp(0, NEAR)
        where = torch.where(inside, torch.full_like(place, 2 * NEAR + 2), before + after + NEAR)
        own = self.word(words)
        states = own + cue + self.both(own * cue) + self.near(where)
        states = self.layers(states, src_key_padding_mask=~mask)
        return self.role(self.norm(states))


class ReaderNet(nn.Module):
    """Encoder and all heads."""

    def __init__(self, config: BertConfig, tags: int, rels: int, names: int) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.trees = Trees(config.hidden_size, tags, rels, names)
        self.roles = Roles(config.hidden_size)


def from_encoder(folder: str, tags: int, rels: int, names: int, dropout: float = 0.0) -> ReaderNet:
    """Start from a sentence encoder's weights; the type table is made anew for word shapes."""
    base = BertModel.from_pretrained(folder, add_pooling_layer=False)
    config = BertConfig.from_pretrained(folder)
    config.type_vocab_size = TYPES
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = dropout
    config._attn_implementation = "eager"  # 2x faster than sdpa in bf16 on CPU, backward included
    net = ReaderNet(config, tags, rels, names)
    weights = base.state_dict()
    types = weights.pop("embeddings.token_type_embeddings.weight")
    net.encoder.bert.load_state_dict(weights, strict=False)
    with torch.no_grad():
        table = net.encoder.bert.embeddings.token_type_embeddings.weight
        table.normal_(0, 0.02)
        table += types[0]
    return net
