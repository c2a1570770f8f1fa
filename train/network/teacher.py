# SPDX-License-Identifier: Apache-2.0
"""A teacher: a pretrained transformer encoder (BERT's shape, Devlin et al.
2019) under the same heads. It labels text for the student and is not shipped.

PATH holds model.safetensors, config.json and tokenizer.json of an uncased
WordPiece encoder. Its word embeddings stay as they are; case and the
surface's features are added, as the encoder has no capitals.
"""
import json
import os
import re
import struct
import unicodedata

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from net import Drop
from words import BIT_COUNT, BITS, TABLES

LONGEST_WORD, LONGEST = 8, 510      # pieces
SURFACE = range(4, len(TABLES))     # tables of suffixes and shape
LAYERS_READ = 4                     # the last ones, weighed


def read_tensors(path):
    """name → tensor of a safetensors file (32-bit floats only)."""
    with open(path, 'rb') as file:
        data = file.read()
    size, = struct.unpack('<Q', data[:8])
    found = {}
    for name, t in json.loads(data[8:8 + size]).items():
        if name != '__metadata__' and t['dtype'] == 'F32':
            begin, end = (8 + size + at for at in t['data_offsets'])
            values = np.frombuffer(data[begin:end], '<f4')
            found[name] = torch.from_numpy(values.reshape(t['shape']).copy())
    return found


class Pieces:
    """Words to WordPiece numbers (Wu et al. 2016 §4.1), lower case."""

    def __init__(self, path):
        with open(path, encoding='utf-8') as file:
            self.number = json.load(file)['model']['vocab']
        self.known = {}

    def part(self, part):
        found, begin = [], 0
        while begin < len(part):
            for end in range(len(part), begin, -1):
                piece = ('##' if begin else '') + part[begin:end]
                if piece in self.number:
                    break
            else:
                return [self.number['[UNK]']]
            found.append(self.number[piece])
            begin = end
        return found

    def __call__(self, word):
        if word not in self.known:
            low = ''.join(c for c in unicodedata.normalize('NFD',
                                                           word.lower())
                          if unicodedata.category(c) != 'Mn')
            parts = re.findall(r'[^\W_]+|[^\w\s]|_', low) or ['[UNK]']
            self.known[word] = [n for part in parts
                                for n in self.part(part)][:LONGEST_WORD]
        return self.known[word]


def case(word):
    return 1 if word.islower() else 2 if word.istitle() and len(word) > 1 \
        else 3 if word.isupper() else 4 if word[:1].isupper() \
        else 5 if any(c.isalpha() for c in word) else 6


class Block(nn.Module):
    def __init__(self, size, heads, inner):
        super().__init__()
        self.asked = nn.Linear(size, 3 * size)
        self.told = nn.Linear(size, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.inner = nn.Linear(size, inner)
        self.outer = nn.Linear(inner, size)
        self.last_norm = nn.LayerNorm(size, eps=1e-12)
        self.heads, self.drop = heads, Drop(.1)

    def forward(self, x, bias):
        b, n, size = x.shape
        q, k, v = self.asked(x).view(
            b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        score = q @ k.transpose(-1, -2) / q.shape[-1] ** .5 + bias
        y = (score.softmax(-1) @ v).transpose(1, 2).reshape(b, n, size)
        x = self.norm(x + self.drop(self.told(y)))
        y = self.outer(F.gelu(self.inner(x)))
        return self.last_norm(x + self.drop(y))


class Pretrained(nn.Module):
    def __init__(self, path):
        super().__init__()
        with open(os.path.join(path, 'config.json'),
                  encoding='utf-8') as file:
            c = json.load(file)
        t = read_tensors(os.path.join(path, 'model.safetensors'))
        size = c['hidden_size']
        self.words = nn.Embedding.from_pretrained(
            t['embeddings.word_embeddings.weight'], freeze=True)
        self.place = nn.Embedding.from_pretrained(
            t['embeddings.position_embeddings.weight']
            + t['embeddings.token_type_embeddings.weight'][0], freeze=False)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Block(size, c['num_attention_heads'], c['intermediate_size'])
            for _ in range(c['num_hidden_layers']))
        self.drop, self.size = Drop(.1), size
        self.fill(self.norm, t, 'embeddings.LayerNorm')
        for i, block in enumerate(self.layers):
            at = f'encoder.layer.{i}.'
            self.fill(block.asked, t, *(at + 'attention.self.' + part for part
                                        in ('query', 'key', 'value')))
            self.fill(block.told, t, at + 'attention.output.dense')
            self.fill(block.norm, t, at + 'attention.output.LayerNorm')
            self.fill(block.inner, t, at + 'intermediate.dense')
            self.fill(block.outer, t, at + 'output.dense')
            self.fill(block.last_norm, t, at + 'output.LayerNorm')

    @staticmethod
    def fill(module, tensors, *names):
        for kind in 'weight', 'bias':
            getattr(module, kind).data = torch.cat(
                [tensors[f'{name}.{kind}'] for name in names])

    def forward(self, pieces, extra, there):
        """States of the last layers [layers][b][n][size]."""
        x = self.words(pieces) + extra + self.place(
            torch.arange(pieces.shape[1]))
        x = self.drop(self.norm(x))
        bias = ((1 - there) * -1e9)[:, None, None]
        states = []
        for block in self.layers:
            x = block(x, bias)
            states.append(x)
        return torch.stack(states[-LAYERS_READ:])


class Teacher(nn.Module):
    """inputs (batch.py), mask [b][n] → [b][n][width]."""

    def __init__(self, path, embedding, drop):
        super().__init__()
        self.pieces = Pieces(os.path.join(path, 'tokenizer.json'))
        self.pretrained = Pretrained(path)
        self.width = size = self.pretrained.size
        self.case = nn.Embedding(8, size)
        nn.init.zeros_(self.case.weight)
        self.tables = nn.ModuleList(
            nn.Embedding(TABLES[i][2], embedding) for i in SURFACE)
        for table in self.tables:
            nn.init.normal_(table.weight, 0, .1)
        self.bits = nn.Linear(BIT_COUNT, 16)
        self.weigh = nn.Parameter(torch.zeros(LAYERS_READ, 1, 1, 1))
        self.mix = nn.Linear(2 * size + embedding * len(SURFACE) + 16, size)
        self.norm, self.drop = nn.LayerNorm(size), Drop(drop)

    def place(self, form, forms, mask):
        """Pieces and cases [b][pieces], and each word's first and last."""
        rows = []
        first = np.zeros(mask.shape, np.int64)
        last = np.zeros(mask.shape, np.int64)
        for b, (line, n) in enumerate(zip(form.tolist(),
                                          mask.sum(1).tolist())):
            pieces, cases = [self.pieces.number['[CLS]']], [0]
            for i, word in enumerate(forms[f] for f in line[:n]):
                new = self.pieces(word)
                if len(pieces) + len(new) <= LONGEST:
                    first[b, i], last[b, i] = len(pieces), \
                        len(pieces) + len(new) - 1
                    pieces += new
                    cases += [case(word)] * len(new)
            rows.append((pieces + [self.pieces.number['[SEP]']], cases + [0]))
        longest = max(len(pieces) for pieces, _ in rows)
        table = np.zeros((3, len(rows), longest), np.int64)
        for b, (pieces, cases) in enumerate(rows):
            table[:, b, :len(pieces)] = pieces, cases, [1] * len(pieces)
        return torch.from_numpy(table), torch.from_numpy(first), \
            torch.from_numpy(last)

    def forward(self, inputs, mask):
        features, form, forms = inputs
        (pieces, cases, there), first, last = self.place(form, forms, mask)
        states = self.pretrained(pieces, self.case(cases), there.float())
        x = (states * self.weigh.softmax(0)).sum(0)

        def pick(place):
            return x.gather(1, place[..., None].expand(-1, -1, x.shape[-1]))
        bits = features[:, BITS, None] >> torch.arange(BIT_COUNT) & 1
        surface = torch.cat([table(features[:, i]) for i, table in
                             zip(SURFACE, self.tables)]
                            + [self.bits(bits.float())], -1)
        x = torch.cat([pick(first), pick(last), surface[form]], -1)
        return self.norm(F.gelu(self.mix(self.drop(x))))
