#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the scorers over the labelled data; prints `set figure value` lines.

Usage: run.py PROGRAM [NAME...]   NAME: a row of RUNS below (default: all).
The data and the scorers are not part of the project: DATELINE_SHARED names
the folder with data/ and score/ (default ../shared). Without it nothing is
scored and the exit status is 0. Packed sets are unpacked to .data once.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get('DATELINE_SHARED', ROOT.parent / 'shared'))
DATA, SCORE = SHARED / 'data', SHARED / 'score'
UNPACKED = ROOT / '.data'

# name: scorer, its arguments, stage, figures kept
RUNS = {
    'parse-ewt': ('parse', [DATA / 'parse/ewt/dev.conllu'], 'parse',
                  'Tokens Sentences UPOS Lemmas UAS LAS'),
    'parse-gum': ('parse', [DATA / 'parse/gum/dev.conllu'], 'parse',
                  'Tokens Sentences UPOS Lemmas UAS LAS'),
    'roles-ewt': ('roles', ['@program', '@propbank',
                            DATA / 'parse/ewt/dev.conllu'], None,
                  'f1 core.f1 unlabelled.f1 verbs.f1 nouns.f1 adjectives.f1 '
                  'f1.ARG0 f1.ARG1 f1.ARG2 f1.ARGM-TMP f1.ARGM-LOC '
                  'f1.ARGM-NEG f1.ARGM-MOD'),
    'roles-raw-ewt': ('roles', ['--raw', '@program', '@propbank',
                                DATA / 'parse/ewt/dev.conllu'], None,
                      'f1 core.f1 predicates.f1'),
    'coref-gum': ('coref', [DATA / 'parse/gum/dev.conllu'], 'parse',
                  'conll_f1 muc_f1 b3_f1 ceafe_f1 chains.conll_f1 '
                  'mentions_f1 pronouns_right sources_right'),
    'coref-gum-news': ('coref', ['--only', '_news_',
                                 DATA / 'parse/gum/dev.conllu'], 'parse',
                       'conll_f1 muc_f1 b3_f1 ceafe_f1 chains.conll_f1 '
                       'mentions_f1 pronouns_right sources_right'),
    'entities-uner': ('entities',
                      [DATA / 'entities/uner_ewt/en_ewt-ud-dev.iob2'],
                      'parse', 'f1 f1.PER f1.ORG f1.LOC untyped_f1'),
    'entities-worldwide': ('entities', ['@worldwide'], 'parse',
                           'f1 f1.PER f1.ORG f1.LOC untyped_f1'),
    # The set nests names; the scorer reads what is innermost, this is of
    # the outermost ones.
    'entities-worldwide-outer': ('entities', ['@worldwide-outer'], 'parse',
                                 'f1 f1.PER f1.ORG f1.LOC untyped_f1'),
    'times-timebank': ('times', [DATA / 'time/timebank.jsonl'], 'times',
                       'strict_f1 relaxed_f1 type_f1 value_f1'),
    'times-aquaint': ('times', [DATA / 'time/aquaint.jsonl'], 'times',
                      'strict_f1 relaxed_f1 type_f1 value_f1'),
    'times-wikiwars': ('times', ['--values-ignore-type',
                                 DATA / 'time/wikiwars.jsonl'], 'times',
                       'strict_f1 relaxed_f1 value_f1'),
    'statements-polnear': ('statements',
                           [DATA / 'statements/polnear_dev.jsonl'],
                           'statements',
                           'content_exact_f1 content_overlap_f1 '
                           'cue_exact_f1 source_exact_f1 triple_exact_f1 '
                           'direct_content_overlap_recall'),
    'figures-newsquant': ('figures', [DATA / 'figures/newsquant.jsonl'],
                          'figures', 'value_f1 value_bound_f1'),
    'figures-incidents': ('figures', ['--mode', 'incidents',
                                      DATA / 'incidents/reports.jsonl',
                                      DATA / 'incidents/incidents.jsonl'],
                          'figures',
                          'killed_accuracy killed_accuracy_ge2 '
                          'injured_accuracy injured_accuracy_ge2'),
    'events-pairs': ('events', [DATA / 'events/plv_train.jsonl'], 'events',
                     'root_accuracy root_macro_f1 quad_macro_f1 '
                     'binary_macro_f1 coverage'),
    'events-records': ('events', ['--mode', 'records', '@petrarch'],
                       'events', 'type_found actor_found '
                       'recipient_found all_right all_exact extra_per_sentence'),
    'extract-wcxb': ('extract', ['@wcxb'], 'extract',
                     'word_f1 title_exact author_exact date_exact'),
    'stories-incidents': ('stories', ['@incidents',
                                      DATA / 'incidents/reports.jsonl'],
                          None, 'b3_f1 b3_precision b3_recall singletons.b3_f1'),
    'incidents-merged': ('incidents', ['@incidents',
                                       DATA / 'incidents/reports.jsonl',
                                       DATA / 'incidents/incidents.jsonl'],
                         None, 'killed injured date date_near city '
                         'city_named killed_multi injured_multi date_multi '
                         'city_multi'),
    'event-coref-ecb': ('event_coref', [
        '@program', 'ecb', DATA / 'coreference/ECB_Dev_corpus.txt',
        DATA / 'coreference/ECB_Dev_Event_gold_mentions.json'], None,
        'found joined.conll_f1 stories.conll_f1 events.conll_f1 '
        'lemma.conll_f1 alone.conll_f1'),
    'event-coref-gvc': ('event_coref', [
        '@program', 'gvc', DATA / 'coreference/gvc_dev.json'], None,
        'found joined.conll_f1 stories.conll_f1 events.conll_f1 '
        'lemma.conll_f1 alone.conll_f1'),
    'lineage-copies': ('lineage', ['@lineage copies', '@pairs copies'],
                       None, 'copy_f1 copy_precision copy_recall'),
    'lineage-wire': ('lineage', ['@lineage wire', '@pairs wire'], None,
                     'copy_f1 copy_precision copy_recall'),
    'lineage-rewrites': ('lineage', ['@lineage rewrites', '@pairs rewrites'],
                         None, 'copy_f1 copy_precision copy_recall'),
    'record-seeds': ('record', ['@seeds'], None, 'violations'),
}


def unpack(name):
    """A packed set, unpacked once; its place under .data."""
    if not (UNPACKED / name).exists():
        subprocess.run([DATA / 'unpack', UNPACKED, name], check=True,
                       stdout=subprocess.DEVNULL)
    return UNPACKED / name


def build(program, inputs, work, name):
    record = Path(work) / f'{name}.db'
    subprocess.run([program, 'build', '-j', '2', *map(str, inputs), '-o',
                    str(record)], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    return record


def incident_reports(work):
    """The incident reports with an address that ends in their id."""
    path = Path(work) / 'incidents.jsonl'
    with open(DATA / 'incidents/reports.jsonl') as gold, \
            open(path, 'w') as out:
        for line in gold:
            report = json.loads(line)
            print(json.dumps({'id': report['id'],
                              'uri': f'incident/{report["id"]}',
                              'title': report['title'],
                              'date': report['date'],
                              'text': report['text']}), file=out)
    return path


def petrarch(work):
    path = Path(work) / 'petrarch.jsonl'
    source = DATA / 'events/universalpetrarch/PETR_Validate_records_2_02.xml'
    with open(path, 'w') as out:
        subprocess.run([sys.executable, SCORE / 'convert_petrarch.py',
                        source], stdout=out, check=True)
    return path


def outermost(work):
    """The worldwide set with the first of a token's tags alone."""
    folder = Path(work) / 'outer'
    folder.mkdir(exist_ok=True)
    for path in sorted((DATA / 'entities/worldwide').glob('*.tsv')):
        with open(path, encoding='utf-8') as file, \
                open(folder / path.name, 'w', encoding='utf-8') as out:
            for line in file:
                print(*line.rstrip('\n').split('\t')[:2], sep='\t',
                      file=out)
    return sorted(folder.glob('*.tsv'))


def propbank(work):
    """PropBank joined with the treebank's dev part."""
    path = Path(work) / 'roles.jsonl'
    if not path.exists():
        subprocess.run([sys.executable, ROOT / 'train/roles.py',
                        unpack('parse/propbank_ewt'),
                        DATA / 'parse/ewt/dev.conllu', path], check=True,
                       stdout=subprocess.DEVNULL)
    return path


def argument(arg, program, work):
    if arg == '@program':
        return [program]
    if arg == '@propbank':
        return [propbank(work)]
    if arg == '@worldwide':
        return sorted((DATA / 'entities/worldwide').glob('*.tsv'))
    if arg == '@worldwide-outer':
        return outermost(work)
    if arg == '@petrarch':
        return [petrarch(work)]
    if arg == '@wcxb':
        return [unpack('extraction/wcxb')]
    if arg == '@seeds':
        return [build(program, [SHARED / 'seeds'], work, 'seeds')]
    if arg == '@incidents':
        return [build(program, [incident_reports(work)], work, 'incidents')]
    if str(arg).startswith(('@lineage ', '@pairs ')):
        kind = arg.split()[1]
        reports = Path(work) / f'{kind}.jsonl'
        pairs = Path(work) / f'{kind}-pairs.jsonl'
        if not reports.exists():
            subprocess.run([sys.executable, ROOT / 'eval/lineage_set.py',
                            kind, SHARED, UNPACKED, reports, pairs],
                           check=True)
        if arg.startswith('@pairs'):
            return [pairs]
        return [build(program, [reports], work, kind)]
    return [arg]


def run(name, program, work):
    scorer, args, stage, figures = RUNS[name]
    args = [a for arg in args for a in argument(arg, program, work)]
    own = ROOT / 'eval' / f'{scorer}.py'
    command = [sys.executable,
               own if own.exists() else SCORE / f'{scorer}.py', '--json']
    if stage:
        command += ['--run', f'{program} stage {stage}']
    done = subprocess.run([*map(str, command), *map(str, args)],
                          capture_output=True, text=True)
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f'{name} failed: {(done.stderr or done.stdout)[-300:]}')
        return
    answer = answer.get('figures', answer)
    for figure in figures.split():
        value = answer.get(figure)
        if isinstance(value, dict):
            value = value.get('value')
        print(f'{name} {figure} '
              + ('missing' if value is None else f'{value:.4f}'))
    speed = answer.get('run.mb_per_s')
    if isinstance(speed, dict):
        speed = speed.get('value')
    if speed:
        print(f'{name} mb_per_s {speed:.3f}')
    sys.stdout.flush()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not SCORE.is_dir():
        print('eval: no labelled data; set DATELINE_SHARED', file=sys.stderr)
        return
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as work:
        for name in sys.argv[2:] or RUNS:
            run(name, program, work)


if __name__ == '__main__':
    main()
