/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words, phrases and the neighbourhood of a verb, as all steps of this room
 * ask for them. Every walk is bounded.
 */
#include <stddef.h>

#include "accord/accord_p.h"

static dln_str small(dln_str word, char buffer[DLN_ACC_WORD])
{
    if (word.len >= DLN_ACC_WORD)
        return (dln_str){NULL, 0};
    for (size_t i = 0; i < word.len; i++)
        buffer[i] = dln_lower(word.data[i]);
    return (dln_str){buffer, word.len};
}

bool dln_acc__is(const dln_accwork *w, uint32_t token, const char *word)
{
    return token < w->doc->tokens.count
           && dln_str_ieq(dln_token_str(w->doc, token), dln_str_of(word));
}

bool dln_acc__any(const dln_accwork *w, uint32_t token,
                  const char *const *words)
{
    for (; *words; words++)
        if (dln_acc__is(w, token, *words))
            return true;
    return false;
}

const dln_row *dln_acc__word(const dln_table *table, const dln_accwork *w,
                             uint32_t token)
{
    char buffer[DLN_ACC_WORD];
    dln_str name = small(dln_acc__tok(w, token)->lemma, buffer);
    const dln_row *row = name.len ? dln_table_find(table, name) : NULL;
    if (row)
        return row;
    name = small(dln_token_str(w->doc, token), buffer);
    return name.len ? dln_table_find(table, name) : NULL;
}

/* Words of `count` tokens: lemmas, or as they stand; hyphens join. */
static dln_str joined(const dln_accwork *w, uint32_t token, uint32_t count,
                      bool lemmas, char *out, size_t size)
{
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++) {
        const dln_token *t = dln_acc__tok(w, token + i);
        dln_str word = lemmas && t->lemma.len ? t->lemma
                                              : dln_token_str(w->doc,
                                                              token + i);
        if (len + word.len + 1 >= size)
            return (dln_str){NULL, 0};
        if (i && dln_acc__tok(w, token + i - 1)->space_after)
            out[len++] = ' ';
        for (size_t k = 0; k < word.len; k++)
            out[len++] = dln_lower(word.data[k]);
    }
    return (dln_str){out, len};
}

const dln_row *dln_acc__phrase(const dln_table *table, const dln_accwork *w,
                               uint32_t token, uint32_t end,
                               uint32_t *words)
{
    char text[160];
    uint32_t most = end > token ? end - token : 0;
    if (most > DLN_ACC_PHRASE)
        most = DLN_ACC_PHRASE;
    for (uint32_t n = most; n > 0; n--) {
        for (int lemmas = 1; lemmas >= 0; lemmas--) {
            dln_str name = joined(w, token, n, lemmas != 0, text,
                                  sizeof text);
            const dln_row *row = name.len ? dln_table_find(table, name)
                                          : NULL;
            if (row) {
                *words = n;
                return row;
            }
        }
    }
    *words = 1;
    return NULL;
}

dln_str dln_acc__issue(const dln_accwork *w, uint32_t begin, uint32_t end)
{
    struct { dln_str issue; uint32_t words; } seen[16];
    uint32_t count = 0, best = 0, n;
    for (uint32_t t = begin; t < end; t += n) {
        const dln_row *row = dln_acc__phrase(w->a->issues, w, t, end, &n);
        uint32_t i = 0;
        if (!row)
            continue;
        while (i < count && !dln_str_eq(seen[i].issue, row->field[1]))
            i++;
        if (i == 16)
            continue;
        if (i == count) {
            seen[count].issue = row->field[1];
            seen[count++].words = 0;
        }
        seen[i].words += n;
        if (seen[i].words > seen[best].words)
            best = i;
    }
    return count ? seen[best].issue : (dln_str){NULL, 0};
}

bool dln_acc__political(const dln_doc *doc, uint32_t actor)
{
    static const char *const sectors[] = {
        "GOV", "MIL", "REB", "UAF", "PRE", "OPP", "LEG", "IGO", "PTY",
        "PAR", "SEP", "INS", "PRM", "COP", "SPY", "PAT"};
    if (actor >= doc->actors.count)
        return false;
    const dln_actor *a = &doc->actors.at[actor];
    if (a->kind == DLN_ACTOR_COUNTRY || a->kind == DLN_ACTOR_ARMED_GROUP
        || a->kind == DLN_ACTOR_BODY)
        return true;
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (dln_str_is(a->sector, sectors[i]))
            return true;
    return false;
}

static void add_one(dln_accactors *to, uint32_t actor)
{
    for (uint32_t i = 0; i < to->count; i++)
        if (to->at[i] == actor)
            return;
    if (to->count < DLN_ACC_PARTIES)
        to->at[to->count++] = actor;
}

void dln_acc__add(const dln_doc *doc, dln_accactors *to, uint32_t actor)
{
    if (actor >= doc->actors.count)
        return;
    const dln_actor *a = &doc->actors.at[actor];
    for (uint32_t i = 0; i < a->member_count; i++)
        if (a->members[i] < doc->actors.count)
            add_one(to, a->members[i]);
    if (!a->member_count)
        add_one(to, actor);
}

void dln_acc__actors(const dln_accwork *w, uint32_t token,
                     dln_accactors *to)
{
    const dln_doc *doc = w->doc;
    uint32_t steps = 0;
    uint32_t m = dln_mention_at(doc, token);
    if (m != DLN_NONE)
        dln_acc__add(doc, to, doc->mentions.at[m].actor);
    for (uint32_t c = doc->tokens.at[token].child;
         c != DLN_NONE && steps < DLN_ACC_REACH;
         c = doc->tokens.at[c].sibling, steps++) {
        if (doc->tokens.at[c].deprel != DLN_REL_conj)
            continue;
        m = dln_mention_at(doc, c);
        if (m != DLN_NONE)
            dln_acc__add(doc, to, doc->mentions.at[m].actor);
    }
}

static uint32_t subject_of(const dln_accwork *w, uint32_t verb)
{
    static const dln_deprel kinds[] = {DLN_REL_nsubj, DLN_REL_nsubj_pass};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        uint32_t c = dln_child(w->doc, verb, kinds[i]);
        if (c != DLN_NONE)
            return c;
    }
    return DLN_NONE;
}

uint32_t dln_acc__subject(const dln_accwork *w, uint32_t verb)
{
    const dln_doc *doc = w->doc;
    for (uint32_t step = 0; step < DLN_ACC_STEPS; step++) {
        uint32_t subject = subject_of(w, verb);
        if (subject != DLN_NONE)
            return subject;
        const dln_token *t = &doc->tokens.at[verb];
        if (t->deprel == DLN_REL_acl_relcl || t->deprel == DLN_REL_acl)
            return t->head;
        if (t->head == DLN_NONE
            || (t->deprel != DLN_REL_conj && t->deprel != DLN_REL_xcomp
                && t->deprel != DLN_REL_advcl
                && t->deprel != DLN_REL_parataxis))
            return DLN_NONE;
        verb = t->head;
    }
    return DLN_NONE;
}

/* Token of a time's words that hangs outside them. */
static uint32_t time_head(const dln_doc *doc, const dln_time *time)
{
    for (uint32_t t = time->token_begin; t < time->token_end; t++) {
        uint32_t head = doc->tokens.at[t].head;
        if (head == DLN_NONE || head < time->token_begin
            || head >= time->token_end)
            return head;
    }
    return DLN_NONE;
}

uint32_t dln_acc__time_in(const dln_accwork *w, uint32_t begin, uint32_t end)
{
    const dln_doc *doc = w->doc;
    uint32_t i = dln_first_from(doc->times.at, doc->times.count,
                                sizeof(dln_time),
                                offsetof(dln_time, token_begin), begin);
    return i < doc->times.count && doc->times.at[i].token_end <= end
               ? i : DLN_NONE;
}

uint32_t dln_acc__time(const dln_accwork *w, uint32_t token,
                       dln_time_type type)
{
    const dln_doc *doc = w->doc;
    const dln_sentence *s =
        &doc->sentences.at[doc->tokens.at[token].sentence];
    uint32_t i = dln_acc__time_in(w, s->token_begin, s->token_end);
    for (uint32_t n = 0; i != DLN_NONE && i < doc->times.count
                         && n < DLN_ACC_REACH; i++, n++) {
        const dln_time *time = &doc->times.at[i];
        if (time->token_begin >= s->token_end)
            break;
        bool fits = time->type == type
                    || (type == DLN_TIME_DATE && time->type == DLN_TIME_TIME);
        uint32_t head = time_head(doc, time);
        for (int step = 0; fits && head != DLN_NONE && step < 2; step++) {
            const dln_token *t = &doc->tokens.at[head];
            if (head == token)
                return i;
            if (t->upos == DLN_UPOS_VERB || t->upos == DLN_UPOS_AUX)
                break;
            head = t->head;
        }
    }
    return DLN_NONE;
}

uint32_t dln_acc__statement(const dln_accwork *w, uint32_t token)
{
    return w->statement_of[token];
}

uint32_t dln_acc__speaker(const dln_accwork *w, uint32_t token)
{
    uint32_t s = dln_acc__statement(w, token);
    if (s == DLN_NONE || !w->doc->statements.at[s].speaker_count)
        return DLN_NONE;
    return w->doc->statements.at[s].speakers[0];
}

int32_t dln_acc__days(dln_str duration)
{
    int32_t n = 0;
    bool time = false;
    if (duration.len < 3 || duration.data[0] != 'P')
        return 0;
    for (size_t i = 1; i < duration.len; i++) {
        char c = duration.data[i];
        if (c == 'T')
            time = true;
        else if (dln_is_digit(c) && n < 10000)
            n = n * 10 + (c - '0');
        else if (c == 'Y')
            return n * 365 + n / 4;
        else if (c == 'M')
            return time ? 1 : n * 30 + n / 2;
        else if (c == 'W')
            return n * 7;
        else if (c == 'D')
            return n;
        else if (c == 'H')
            return (n + 23) / 24;
        else
            return 0;
    }
    return 0;
}

uint32_t *dln_acc__copy(dln_arena *arena, const dln_accactors *from)
{
    uint32_t *to = dln_arena_array(arena, from->count + 1u, sizeof *to);
    if (to)
        memcpy(to, from->at, from->count * sizeof *to);
    return to;
}

bool dln_acc__negated(const dln_accwork *w, uint32_t verb)
{
    static const char *const no[] = {"not", "n't", "n’t", "never", "no",
                                     NULL};
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++)
        if (dln_acc__any(w, c, no))
            return true;
    return false;
}

bool dln_acc__unreal(const dln_accwork *w, uint32_t verb)
{
    static const char *const modals[] = {"may", "might", "could", "would",
                                         "should", "can", NULL};
    static const char *const ifs[] = {"if", "whether", "unless", NULL};
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++) {
        const dln_token *t = dln_acc__tok(w, c);
        if ((t->deprel == DLN_REL_aux && dln_acc__any(w, c, modals))
            || (t->deprel == DLN_REL_mark && dln_acc__any(w, c, ifs)))
            return true;
    }
    return false;
}
