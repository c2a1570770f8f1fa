# SPDX-License-Identifier: Apache-2.0
"""What the net is trained to lower: the sum of the tasks' cross entropies."""
import numpy as np
import torch
import torch.nn.functional as F

from batch import layer
from corpus import ENTITY_CLASSES, OUTSIDE, UNKNOWN

UNLABELLED = .2     # how much a kind counts that a set leaves unlabelled


def tree_loss(heads, x, batch, mask):
    n = mask.shape[1]
    dropped = heads.drop(x)

    def tag(head, name):
        return F.cross_entropy(head(dropped).flatten(0, 1),
                               layer(batch, name, n).flatten(),
                               ignore_index=-1)
    loss = tag(heads.upos, 'upos') + tag(heads.xpos, 'xpos') \
        + .5 * tag(heads.feats, 'feats')
    there, head = mask.flatten(), layer(batch, 'head', n, 0)
    rooted, arcs = heads.arcs(x, mask)
    loss = loss + F.cross_entropy(arcs.flatten(0, 1)[there],
                                  head.flatten()[there])
    labels = heads.labels(x, rooted, head).flatten(0, 1)[there]
    return loss + F.cross_entropy(
        labels, layer(batch, 'deprel', n).flatten()[there])


def role_loss(heads, x, batch, mask):
    rows = [i for i, s in enumerate(batch) if s.predicates is not None]
    if not rows:
        return 0
    is_one, sentence, place, gold = torch.zeros(mask.shape), [], [], []
    for i in rows:
        for token, arguments in batch[i].predicates:
            is_one[i, token] = 1
            sentence.append(i)
            place.append(token)
            gold.append(np.where(mask[i], 0, -1))
            for argument, role in arguments:
                gold[-1][argument] = role
    there = mask[rows]
    loss = F.binary_cross_entropy_with_logits(
        heads.predicate(x)[rows][..., 0][there], is_one[rows][there])
    if place:
        scores = heads.roles(x, torch.tensor(sentence), torch.tensor(place))
        loss = loss + .25 / len(place) * F.cross_entropy(
            scores.flatten(0, 1), torch.from_numpy(np.stack(gold)).flatten(),
            ignore_index=-1, reduction='sum')
    return loss


def entity_loss(heads, x, batch, mask):
    """What is OUTSIDE may be of any kind that the sentence's set does not
    label."""
    gold = layer(batch, 'entity', mask.shape[1])
    allowed = torch.zeros(len(batch), ENTITY_CLASSES)
    allowed[:, 0] = 1
    for i, s in enumerate(batch):
        for kind in s.unlabelled or ():
            allowed[i, 1 + 4 * kind:5 + 4 * kind] = UNLABELLED
    score = heads.entity(heads.drop(x)).log_softmax(-1)
    outside = (score + allowed[:, None].clamp_min(1e-30).log()).logsumexp(-1)
    inside = score.gather(-1, gold.clamp_min(0)[..., None])[..., 0]
    known = gold != UNKNOWN
    return -(torch.where(gold == OUTSIDE, outside, inside) * known).sum() \
        / known.sum().clamp_min(1)


def loss_of(net, batch, features, mask):
    """Batches hold sentences of one set: all have the layers of the first."""
    x, loss = net.encoder(features, mask), 0
    if batch[0].head is not None:
        loss = tree_loss(net.heads, x, batch, mask) \
            + role_loss(net.heads, x, batch, mask)
    if batch[0].entity is not None:
        loss = loss + entity_loss(net.heads, x, batch, mask)
    return loss
