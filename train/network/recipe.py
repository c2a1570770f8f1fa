# SPDX-License-Identifier: Apache-2.0
"""What is trained: sizes, data, rates. `share` is how much of each pool of
sets a pass reads, from the pass of that number on (the first is 0); rates
fall along half a cosine over `steps` batches (default: as many as if all
passes were as the first). With DATELINE_TRAIN=small each mix is read once."""
import os

from net import Net, Student
from teacher import Teacher

NETS = {
    # Labels text for the student; not shipped.
    'teacher': dict(
        seed=1, passes=3, batch=450, rate=1.2e-3, pretrained_rate=2.5e-4,
        share={0: {'ewt+gum': 1, 'press+names+names': .1}},
        encoder=dict(embedding=32, drop=.15),
        heads=dict(arc=192, label=128, role=64, drop=.15)),
    'student': dict(
        seed=1, passes=14, batch=1000, rate=2.5e-3, steps=13900,
        share={0: {'ewt+gum': 1, 'press+names+names': .2},
               7: {'ewt+gum': 1, 'press+names+names': .2, 'silver0': .6},
               11: {'ewt+gum': 1, 'press+names+names': .2,
                    'silver0+silver1': .3}},
        encoder=dict(width=224, windows=[], recurrences=5,
                     embedding=48, drop=.25),
        heads=dict(arc=192, label=128, role=96, drop=.25)),
}

if os.environ.get('DATELINE_TRAIN') == 'small':
    for recipe in NETS.values():
        recipe['share'] = dict(enumerate(recipe['share'].values()))
        recipe['passes'] = len(recipe['share'])
        recipe.pop('steps', None)


def build(name, words, classes, work):
    """An untrained net (a teacher's encoder is pretrained)."""
    net = NETS[name]
    encoder = Teacher(os.path.join(work, 'pretrained'), **net['encoder']) \
        if name.startswith('teacher') else Student(words, **net['encoder'])
    return Net(encoder, classes, **net['heads'])
