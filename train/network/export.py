#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a trained student into a model file.

    export.py WORK NAME BASE.dlm OUT.dlm

The net is WORK/NAME.pt. BASE.dlm gives the sections that are trained
elsewhere (all but those written here). The formats are those of
src/model/weights.h and tensors.h; names and shapes of the tensors
are in src/analyse/network_p.h.
"""
import math
import os
import struct
import sys

import numpy as np
import torch

import recipe
from words import TABLES

M64 = (1 << 64) - 1


# ---- model/weights.h ------------------------------------------------------
def checksum(data):
    def total(b):
        h = 0x9e3779b97f4a7c15 ^ len(b)
        n = len(b) // 8
        for v in struct.unpack(f'<{n}Q', b[:8 * n]):
            h = ((h ^ v) * 0xff51afd7ed558ccd) & M64
            h ^= h >> 29
        tail = int.from_bytes(b[8 * n:].ljust(8, b'\0'), 'little')
        h = ((h ^ tail) * 0xc4ceb9fe1a85ec53) & M64
        return h ^ (h >> 32)
    return (total(data[:24]) + total(data[32:])) & M64


def write_model(path, sections):
    at = 32 + 24 * len(sections)
    table, body = b'', b''
    for name, data in sections:
        pad = -(at + len(body)) % 64
        body += b'\0' * pad
        table += struct.pack('<8sQQ', name.encode(), at + len(body),
                             len(data))
        body += data
    head = struct.pack('<8sIIQ', b'DLNMODEL', 1, len(sections),
                       at + len(body))
    data = bytearray(head + b'\0' * 8 + table + body)
    struct.pack_into('<Q', data, 24, checksum(bytes(data)))
    open(path, 'wb').write(data)


def read_model(path):
    d = open(path, 'rb').read()
    out = {}
    for i in range(struct.unpack_from('<I', d, 12)[0]):
        name, at, size = struct.unpack_from('<8sQQ', d, 32 + 24 * i)
        out[name.rstrip(b'\0').decode()] = d[at:at + size]
    return out


# ---- model/tensors.h ------------------------------------------------------
class Tensors:
    def __init__(self):
        self.list = []

    def floats(self, name, x):
        x = np.atleast_2d(np.asarray(x, np.float32))
        self.list.append((name, 1, *x.shape, x.tobytes()))

    def codes(self, name, x, each_row=False):
        x = np.asarray(x, np.float32)
        most = np.abs(x).max(1) if each_row \
            else np.full(len(x), np.abs(x).max())
        step = np.maximum(most, 1e-8).astype(np.float32) / np.float32(127)
        q = np.rint(x / step[:, None]).clip(-127, 127).astype(np.int8)
        self.list.append((name, 2, *x.shape, step.tobytes() + q.tobytes()))

    def dense(self, name, w, b):
        w = np.asarray(w, np.float32)
        out, cols = w.shape
        w = np.pad(w, ((0, 0), (0, -cols % 4)))
        step = np.maximum(np.abs(w).max(1), 1e-8) / np.float32(63)
        q = np.rint(w / step[:, None]).clip(-63, 63).astype(np.int8)
        pad = -out % 16
        q = np.pad(q, ((0, pad), (0, 0)))
        step = np.pad(step.astype(np.float32), (0, pad))
        bias = np.pad(np.asarray(b, np.float32), (0, pad))
        zero = 128 * q.astype(np.int32).sum(1, dtype=np.int32)
        packed = q.reshape(-1, 16, w.shape[1] // 4, 4).transpose(0, 2, 1, 3)
        self.list.append((name, 3, out, w.shape[1],
                          step.tobytes() + bias.tobytes() + zero.tobytes()
                          + np.ascontiguousarray(packed).tobytes()))

    def section(self):
        at = 8 + 48 * len(self.list)
        head, body = struct.pack('<II', len(self.list), 0), b''
        for name, kind, rows, cols, data in self.list:
            body += b'\0' * (-(at + len(body)) % 64)
            head += struct.pack('<16sIIIIQQ', name.encode(), kind, rows,
                                cols, 0, at + len(body), len(data))
            body += data
        return head + body


# ---- the network ----------------------------------------------------------
def planes(w, pieces):
    """Rows pieces*j + p → p*n + j."""
    n = len(w) // pieces
    return w.reshape(n, pieces, *w.shape[1:]).swapaxes(0, 1).reshape(w.shape)


def encoder(t, g, r):
    """The encoder's tensors; its list of layers."""
    for i, (name, _, _) in enumerate(TABLES):
        t.codes(name, g[f'encoder.tables.{i}.weight'])
    t.codes('words', g['encoder.vectors.weight'], each_row=True)
    t.floats('bits', np.concatenate([g['encoder.bits.weight'].T,
                                     g['encoder.bits.bias'][None]]))

    def norm(name, key):
        t.floats(name + '.norm', np.stack([g[key + '.norm.weight'],
                                           g[key + '.norm.bias']]))

    def maxout(name, key, pieces):
        t.dense(name, planes(g[key + '.linear.weight'], pieces),
                planes(g[key + '.linear.bias'], pieces))
        norm(name, key)
    maxout('mix', 'encoder.mix', 3)
    layers, n = b'', 0
    for i, (distance, pieces) in enumerate(r['windows']):
        layers += struct.pack('<III', ord('c'), distance, pieces)
        maxout(f'L{n}', f'encoder.windows.{i}.maxout', pieces)
        n += 1
    for i in range(r['recurrences']):
        layers += struct.pack('<III', ord('r'), r['width'], 0)
        key = f'encoder.recurrences.{i}'
        t.dense(f'L{n}', g[key + '.linear.weight'], g[key + '.linear.bias'])
        norm(f'L{n}', key)
        n += 1
    return layers


def heads(t, g):
    def dense(name, key):
        t.dense(name, g[f'heads.{key}.weight'], g[f'heads.{key}.bias'])
    t.floats('root', g['heads.root'])
    for name, key in (
            ('h.upos', 'upos'), ('h.xpos', 'xpos'), ('h.feats', 'feats'),
            ('h.entity', 'entity'), ('h.pred', 'predicate'),
            ('arc.head', 'arc_head'), ('arc.dep', 'arc_dep'),
            ('label.head', 'label_head'), ('label.dep', 'label_dep'),
            ('label', 'label'), ('role.pred', 'role_predicate'),
            ('role.arg', 'role_argument'), ('role', 'role')):
        dense(name, key)
    w = g['heads.arc_mix.weight']
    t.dense('arc.mix', w * 2 / math.sqrt(len(w)),
            g['heads.arc_bias.weight'][0])
    t.floats('arc.dist', g['heads.arc_distance.weight'].T)
    t.floats('role.dist', g['heads.role_distance.weight'])


def names(values):
    return '\n'.join(values).encode()


def main(work, name, base, out):
    state = torch.load(os.path.join(work, name + '.pt'))
    g = {k: v.numpy() for k, v in state['net'].items()}
    tensors = Tensors()
    layers = encoder(tensors, g, recipe.NETS[name]['encoder'])
    heads(tensors, g)
    sections = {k: names(state['classes'][k]) for k in
                 ('upos', 'xpos', 'feats', 'deprel', 'entity', 'roles')}
    sections |= {'layers': layers, 'net': tensors.section()}
    kept = {k: v for k, v in read_model(base).items() if k not in sections}
    write_model(out, [*kept.items(), *sections.items()])


if __name__ == '__main__':
    main(*sys.argv[1:5])
