# SPDX-License-Identifier: Apache-2.0
"""The network that the program runs, and its heads.

Type vector: hashed embeddings of a form's lower case, prefixes, suffixes and
shape (Lample et al. 2016 §4; hashing as in Svenstrup et al. 2017), a frozen
word vector and bits, mixed by a maxout layer. Encoder: a window layer
(Strubell et al. 2017) and gated linear recurrences in both directions (Lei
et al. 2018, SRU; Bradbury et al. 2017, QRNN): all products are one matrix a
layer, what runs along the sentence is elementwise. Heads: one linear layer a
tag; deep biaffine arcs (Dozat and Manning 2017), additive labels and roles.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from corpus import ENTITY_CLASSES
from words import BIT_COUNT, BITS, TABLES, VECTOR

DISTANCE = 16       # farther words count as this far


class Drop(nn.Module):
    """Dropout with one mask for all words of a sentence (Gal and Ghahramani
    2016)."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1])
        return x * ((mask >= self.p).float() / (1 - self.p))


class Maxout(nn.Module):
    def __init__(self, inputs, outputs, pieces):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs * pieces)
        self.norm, self.pieces = nn.LayerNorm(outputs), pieces

    def forward(self, x):
        y = self.linear(x)
        return self.norm(y.view(*y.shape[:-1], -1, self.pieces).amax(-1))


class Scan(torch.autograd.Function):
    """c[t] = f[t] c[t-1] + u[t] along the first dimension."""

    @staticmethod
    def forward(ctx, f, u):
        c, last = torch.empty_like(u), torch.zeros_like(u[0])
        for t in range(len(u)):
            last = torch.addcmul(u[t], f[t], last, out=c[t])
        ctx.save_for_backward(f, c)
        return c

    @staticmethod
    def backward(ctx, grad):
        f, c = ctx.saved_tensors
        du, last = torch.empty_like(grad), grad[-1]
        du[-1] = last
        for t in range(len(grad) - 2, -1, -1):
            last = torch.addcmul(grad[t], f[t + 1], last, out=du[t])
        df = torch.zeros_like(f)
        df[1:] = du[1:] * c[:-1]
        return df, du


class Recurrence(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear, self.norm = nn.Linear(width, 3 * width), \
            nn.LayerNorm(width)
        self.width = width
        with torch.no_grad():   # forget gates from quick to slow
            self.linear.bias[:width] += torch.linspace(
                -1, 2, width // 2).repeat(2)

    def forward(self, x, mask):
        w, half = self.width, self.width // 2
        y = self.linear(x)
        f = torch.sigmoid(y[..., :w])
        u = (1 - f) * y[..., w:2 * w] * mask

        def both(a):    # the second half of the channels runs backwards
            return torch.cat([a[..., :half], a[..., half:].flip(0)], -1)
        c = both(Scan.apply(both(f.transpose(0, 1)).contiguous(),
                            both(u.transpose(0, 1)).contiguous()))
        return c.transpose(0, 1) * torch.sigmoid(y[..., 2 * w:])


class Window(nn.Module):
    def __init__(self, width, distance, pieces):
        super().__init__()
        self.distance = distance
        self.maxout = Maxout(3 * width, width, pieces)

    def forward(self, x, mask):
        x, n, d = x * mask, x.shape[1], self.distance
        before = F.pad(x, (0, 0, d, 0))[:, :n]
        behind = F.pad(x, (0, 0, 0, d))[:, d:]
        return self.maxout(torch.cat([before, x, behind], -1))


class Student(nn.Module):
    """inputs (batch.py), mask [b][n] → [b][n][width]."""

    def __init__(self, words, width, windows, recurrences, embedding, drop):
        super().__init__()
        self.tables = nn.ModuleList(
            nn.Embedding(rows, embedding) for _, _, rows in TABLES)
        for table in self.tables:
            nn.init.normal_(table.weight, 0, .1)
        self.vectors = nn.Embedding.from_pretrained(
            torch.from_numpy(words.vectors), freeze=True)
        self.bits = nn.Linear(BIT_COUNT, 16)
        self.mix = Maxout(embedding * len(TABLES) + words.vectors.shape[1]
                          + 16, width, 3)
        self.windows = nn.ModuleList(Window(width, *w) for w in windows)
        self.recurrences = nn.ModuleList(
            Recurrence(width) for _ in range(recurrences))
        self.drop_in, self.drop = Drop(.15), Drop(drop)
        self.width = width

    def forward(self, inputs, mask):
        features, form, _ = inputs
        parts = [table(features[..., i])
                 for i, table in enumerate(self.tables)]
        vectors = self.vectors(features[..., VECTOR])
        if self.training:   # words as if never seen
            seen = (torch.rand(len(features), 1) > .06).float()
            parts[:2] = [p * seen for p in parts[:2]]
            vectors = vectors * seen
        bits = features[..., BITS, None] >> torch.arange(BIT_COUNT) & 1
        x = self.mix(self.drop_in(torch.cat(
            [*parts, vectors, self.bits(bits.float())], -1)))
        x, mask = self.drop(x[form]), mask[..., None].float()
        for layer in self.windows:
            x = x + self.drop(layer(x, mask))
        for layer in self.recurrences:
            x = layer.norm(x + self.drop(layer(x, mask)))
        return x


class Heads(nn.Module):
    def __init__(self, width, classes, arc, label, role, drop):
        super().__init__()
        self.upos = nn.Linear(width, len(classes['upos']))
        self.xpos = nn.Linear(width, len(classes['xpos']))
        self.feats = nn.Linear(width, len(classes['feats']))
        self.entity = nn.Linear(width, ENTITY_CLASSES)
        self.root = nn.Parameter(torch.randn(width) * .1)
        self.arc_head = nn.Linear(width, arc)
        self.arc_dep = nn.Linear(width, arc)
        self.arc_mix = nn.Linear(arc, arc, bias=False)
        self.arc_bias = nn.Linear(arc, 1, bias=False)
        self.arc_distance = nn.Embedding(2 * DISTANCE + 1, 1)
        nn.init.zeros_(self.arc_distance.weight)
        self.label_head = nn.Linear(width, label)
        self.label_dep = nn.Linear(width, label)
        self.label = nn.Linear(label, len(classes['deprel']))
        self.predicate = nn.Linear(width, 1)
        self.role_predicate = nn.Linear(width, role)
        self.role_argument = nn.Linear(width, role)
        self.role_distance = nn.Embedding(2 * DISTANCE + 1, role)
        nn.init.normal_(self.role_distance.weight, 0, .05)
        self.role = nn.Linear(role, len(classes['roles']))
        self.drop = Drop(drop)

    def arcs(self, x, mask):
        """The words with the root before them [b][1 + n][width], and scores
        of heads [b][n][1 + n]."""
        b, n, _ = x.shape
        heads = torch.cat([self.root.expand(b, 1, -1), x], 1)
        h = self.drop(F.relu(self.arc_head(heads)))
        d = self.drop(F.relu(self.arc_dep(x)))
        scale = 2 / math.sqrt(d.shape[-1])
        scores = (self.arc_mix(d) * scale) @ h.transpose(1, 2) \
            + self.arc_bias(h).transpose(1, 2)
        far = torch.arange(-1, n)[None] - torch.arange(n)[:, None]
        scores = scores + self.arc_distance(near(far))[None, ..., 0]
        there = F.pad(mask, (1, 0), value=True)
        return heads, scores.masked_fill(~there[:, None], -1e9)

    def labels(self, x, heads, head):
        """Scores of relations to the words `head` [b][n]."""
        h = self.label_head(heads)
        h = torch.gather(h, 1, head[..., None].expand(-1, -1, h.shape[-1]))
        return self.label(self.drop(F.relu(h + self.label_dep(x))))

    def roles(self, x, b, p):
        """Scores [predicates][n][roles] of the words p of sentences b."""
        far = torch.arange(x.shape[1])[None] - p[:, None]
        h = self.role_predicate(x)[b, p][:, None] \
            + self.role_argument(x)[b] + self.role_distance(near(far))
        return self.role(self.drop(F.relu(h)))


def near(distance):
    return distance.clamp(-DISTANCE, DISTANCE) + DISTANCE


class Net(nn.Module):
    def __init__(self, encoder, classes, **sizes):
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.width, classes, **sizes)
