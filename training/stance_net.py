"""The stance network: a MiniLM cross-encoder that is told which words the two texts share.

It defines the shape that `training/stance.py` trains and exports; the program itself never
imports it (it runs the exported ONNX graph).
"""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertConfig, BertModel

LABELS = ("supports", "refutes", "neutral")
TYPES = 6  # segment (statement, claim) x match (none, same word, same stem)


class StanceNet(nn.Module):
    """Three logits for a (statement, claim) pair.

    Beside [CLS], every claim token is softly aligned with the statement's tokens and compared
    with what it meets there (Parikh et al. 2016, "A Decomposable Attention Model"): a sentence
    encoder's token states already say which words correspond, [CLS] has to learn it.
    """

    def __init__(self, config: BertConfig, *, align: bool = True) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        width = config.hidden_size
        self.align = align
        if align:
            self.query = nn.Linear(width, width, bias=False)
            self.compare = nn.Sequential(nn.Linear(4 * width, width), nn.GELU())
        self.hidden = nn.Sequential(nn.Linear(3 * width if align else width, width), nn.GELU())
        self.out = nn.Linear(width, len(LABELS))

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        """Map (batch, tokens) integers to (batch, 3) logits in the order of LABELS."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        features = states[:, 0]
        if self.align:
            real = attention_mask.bool()
            claim = real & (token_type_ids >= TYPES // 2)
            statement = real & (token_type_ids < TYPES // 2)
            scores = self.query(states) @ states.transpose(1, 2) / states.shape[-1] ** 0.5
            scores = scores.masked_fill(~statement[:, None, :], -1e4)
            met = torch.softmax(scores.float(), -1).to(states.dtype) @ states
            pairs = torch.cat([states, met, (states - met).abs(), states * met], -1)
            compared = self.compare(pairs)
            weight = claim[:, :, None].to(compared.dtype)
            mean = (compared * weight).sum(1) / weight.sum(1).clamp(min=1)
            top = compared.masked_fill(~claim[:, :, None], -1e4).max(1).values
            features = torch.cat([features, mean, top], -1)
        return self.out(self.hidden(features))


def from_encoder(folder: str, *, align: bool = True, dropout: float = 0.0) -> StanceNet:
    """Start from a sentence encoder's weights; segment types are spread over the match types."""
    base = BertModel.from_pretrained(folder, add_pooling_layer=False)
    config = BertConfig.from_pretrained(folder)
    config.type_vocab_size = TYPES
    config.hidden_dropout_prob = dropout
    config.attention_probs_dropout_prob = dropout
    config._attn_implementation = "eager"  # 2x faster than sdpa in bf16 on CPU, backward included
    net = StanceNet(config, align=align)
    weights = base.state_dict()
    types = weights.pop("embeddings.token_type_embeddings.weight")
    net.bert.load_state_dict(weights, strict=False)
    with torch.no_grad():
        table = net.bert.embeddings.token_type_embeddings.weight
        table.normal_(0, 0.02)
        table[: TYPES // 2] += types[0]
        table[TYPES // 2 :] += types[1]
    return net
