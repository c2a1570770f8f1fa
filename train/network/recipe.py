# SPDX-License-Identifier: Apache-2.0
"""What is trained: sizes, data, rates. `share` is how much of each pool of
sets a pass reads; rates fall along half a cosine."""
from net import Net, Student

NETS = {
    'student': dict(
        seed=1, passes=10, batch=1000, rate=3e-3,
        share={'ewt+gum': 1, 'press+names+names': .3},
        encoder=dict(width=128, windows=[(1, 2)], recurrences=4,
                     embedding=48, drop=.2),
        heads=dict(arc=128, label=96, role=64, drop=.2)),
}


def build(name, words, classes):
    """An untrained net."""
    net = NETS[name]
    return Net(Student(words, **net['encoder']), classes, **net['heads'])
