/* SPDX-License-Identifier: Apache-2.0 */
/*
 * traits: what a phrase shows by itself: its form, number, gender, whether
 * a living being is meant, its class, its words. From tags, names found,
 * and the word lists; unknown stays unknown.
 */
#include "coref/coref_p.h"

/* Which pronoun: forms of one word are one. */
static const struct {
    const char *form;
    uint8_t which;
    char person;
} which[] = {
    {"i", 1, '1'}, {"me", 1, '1'}, {"my", 1, '1'}, {"mine", 1, '1'},
    {"myself", 1, '1'}, {"we", 2, '1'}, {"us", 2, '1'}, {"our", 2, '1'},
    {"ours", 2, '1'}, {"ourselves", 2, '1'}, {"you", 3, '2'},
    {"your", 3, '2'}, {"yours", 3, '2'}, {"yourself", 3, '2'},
    {"yourselves", 3, '2'}, {"he", 4, '3'}, {"him", 4, '3'},
    {"his", 4, '3'}, {"himself", 14, '3'}, {"she", 5, '3'}, {"her", 5, '3'},
    {"hers", 5, '3'}, {"herself", 15, '3'}, {"it", 6, '3'},
    {"its", 16, '3'}, {"itself", 17, '3'}, {"they", 7, '3'},
    {"them", 7, '3'}, {"their", 18, '3'}, {"theirs", 18, '3'},
    {"themselves", 19, '3'}, {"this", 8, '3'}, {"that", 9, '3'},
    {"these", 10, '3'}, {"those", 10, '3'}, {"who", 11, '3'},
    {"whom", 11, '3'}, {"whose", 11, '3'}, {"which", 12, '3'},
};

static void read_pronoun(const dln_corefs *c, dln_coref_phrase *p)
{
    dln_str form = dln_token_str(c->doc, p->head);
    p->type = DLN_COREF_PRONOUN;
    p->person = '3';
    for (size_t i = 0; i < sizeof which / sizeof *which; i++)
        if (dln_str_ieq(form, dln_str_of(which[i].form))) {
            p->type = (uint8_t)(DLN_COREF_PRONOUN + which[i].which);
            p->person = which[i].person;
        }
    if (p->person == '3') {
        char low[16] = "";
        for (size_t k = 0; k < form.len && k < sizeof low; k++)
            low[k] = dln_lower(form.data[k]);
        const dln_row *row = dln_table_find(
            c->room->pronouns,
            (dln_str){low, form.len < sizeof low ? form.len : sizeof low});
        dln_str gender = row ? dln_row_field(row, 1) : DLN_STR("-");
        p->gender = gender.data[0] == '-' ? (char)0 : gender.data[0];
        if (row)
            p->number = dln_row_field(row, 2).data[0];
    } else if (p->person == '1') {
        p->number = p->type - DLN_COREF_PRONOUN == 1 ? 's' : 'p';
    }
    if (p->person != '3' || p->gender == 'm' || p->gender == 'f')
        p->animate = 'y';
    else if (p->gender == 'n')
        p->animate = 'n';
    p->class = p->animate == 'y' ? DLN_COREF_PERSON : DLN_COREF_UNKNOWN;
}

static uint8_t class_of_kind(uint8_t kind)
{
    switch (kind) {
    case DLN_ENT_PERSON: return DLN_COREF_PERSON;
    case DLN_ENT_NORP: return DLN_COREF_PEOPLE;
    case DLN_ENT_ORG: return DLN_COREF_ORGANISATION;
    case DLN_ENT_GPE: case DLN_ENT_LOC: case DLN_ENT_FAC:
        return DLN_COREF_PLACE;
    case DLN_ENT_DATE: return DLN_COREF_TIME;
    case DLN_ENT_EVENT: case DLN_ENT_MONEY: case DLN_ENT_MISC:
        return DLN_COREF_THING;
    default: return DLN_COREF_UNKNOWN;
    }
}

static char sex_of(dln_str field)
{
    return field.len && (field.data[0] == 'm' || field.data[0] == 'f')
               ? field.data[0] : (char)0;
}

static void is_person(dln_coref_phrase *p, char sex)
{
    p->class = p->number == 'p' ? DLN_COREF_PEOPLE : DLN_COREF_PERSON;
    p->animate = 'y';
    if (sex && !p->gender)
        p->gender = sex;
}

/* The word lists on the head noun. */
static void read_noun(const dln_corefs *c, dln_coref_phrase *p)
{
    const dln_coref *room = c->room;
    dln_str lemma = dln_coref_token(c, p->head)->lemma;
    dln_str form = dln_token_str(c->doc, p->head);
    const dln_row *row = dln_table_find(room->person_nouns, lemma);
    if (row) {
        is_person(p, sex_of(dln_row_field(row, 1)));
        return;
    }
    row = dln_table_find(room->people, lemma);
    if (!row)
        row = dln_table_find(room->people, form);
    if (row) {
        is_person(p, sex_of(dln_row_field(row, 5)));
        return;
    }
    dln_str key = dln_onto_key(c->scratch, lemma);
    uint32_t title = dln_onto_sense(room->onto, key, DLN_SENSE_TITLE);
    if (title != DLN_NONE) {
        is_person(p, dln_onto_title(room->onto, title)->gender);
        return;
    }
    row = dln_table_find(room->actor_nouns, lemma);
    if (!row)
        row = dln_table_find(room->actor_nouns, form);
    if (!row)
        return;
    dln_str class = dln_row_field(row, 1);
    bool people = dln_str_is(class, "people") || dln_str_is(class, "police");
    p->class = people ? DLN_COREF_PEOPLE : DLN_COREF_ORGANISATION;
    if (people)
        p->animate = 'y';
    if (dln_str_is(dln_row_field(row, 4), "pl"))
        p->number = 'p';
}

/* Sex by a given name or a way of address: "Ms", "King". */
static void read_name(const dln_corefs *c, dln_coref_phrase *p)
{
    for (uint32_t t = p->begin; t <= p->head + 4 && t < p->end; t++) {
        if (dln_coref_token(c, t)->upos != DLN_UPOS_PROPN
            && dln_coref_token(c, t)->upos != DLN_UPOS_NOUN)
            continue;
        dln_str key = dln_onto_key(c->scratch, dln_token_str(c->doc, t));
        uint32_t title = dln_onto_sense(c->room->onto, key,
                                        DLN_SENSE_TITLE);
        if (title != DLN_NONE && !p->gender)
            p->gender = dln_onto_title(c->room->onto, title)->gender;
        if (title != DLN_NONE && p->kind == DLN_ENT_COUNT)
            p->class = DLN_COREF_PERSON;
        const dln_row *row = dln_table_find(c->room->given_names, key);
        if (row && p->class != DLN_COREF_ORGANISATION
            && p->class != DLN_COREF_PLACE) {
            if (!p->gender)
                p->gender = sex_of(dln_row_field(row, 1));
            if (p->class == DLN_COREF_UNKNOWN)
                p->class = DLN_COREF_PERSON;
        }
    }
    if (p->class == DLN_COREF_PERSON)
        p->animate = 'y';
    else
        p->gender = 0;
}

static uint8_t nominal_type(const dln_corefs *c, const dln_coref_phrase *p)
{
    for (uint32_t k = dln_coref_token(c, p->head)->child; k != DLN_NONE;
         k = dln_coref_token(c, k)->sibling) {
        uint8_t rel = dln_coref_token(c, k)->deprel;
        dln_str lemma = dln_coref_token(c, k)->lemma;
        if (rel == DLN_REL_nmod_poss)
            return DLN_COREF_POSSESSIVE;
        if (rel != DLN_REL_det && rel != DLN_REL_det_predet)
            continue;
        if (dln_str_ieq(lemma, DLN_STR("the"))
            || dln_str_ieq(lemma, DLN_STR("both")))
            return DLN_COREF_DEFINITE;
        if (dln_str_ieq(lemma, DLN_STR("this"))
            || dln_str_ieq(lemma, DLN_STR("that"))
            || dln_str_ieq(lemma, DLN_STR("these"))
            || dln_str_ieq(lemma, DLN_STR("those")))
            return DLN_COREF_DEMONSTRATIVE;
        return DLN_COREF_INDEFINITE;
    }
    return DLN_COREF_BARE;
}

static bool is_content(const dln_corefs *c, uint32_t token)
{
    switch (dln_coref_token(c, token)->upos) {
    case DLN_UPOS_ADJ: case DLN_UPOS_NOUN: case DLN_UPOS_NUM:
    case DLN_UPOS_PROPN: case DLN_UPOS_VERB: case DLN_UPOS_ADV:
        return true;
    default:
        return false;
    }
}

static void read_words(const dln_corefs *c, dln_coref_phrase *p)
{
    uint32_t begin = p->begin;
    uint64_t acronym = 0;
    uint32_t capitals = 0;
    p->text = 0;
    while (begin < p->head
           && dln_coref_role(c, begin) == DLN_REL_det)
        begin++;
    uint32_t end = p->end;
    while (end > p->head + 1
           && dln_coref_token(c, end - 1)->xpos == DLN_XPOS_POS)
        end--;
    for (uint32_t t = begin; t < end; t++) {
        p->text = dln_mix(p->text, c->token_forms[t]);
        dln_str form = dln_token_str(c->doc, t);
        if (form.len && dln_is_upper(form.data[0]) && form.len > 1) {
            acronym = dln_mix(acronym, (uint64_t)form.data[0]);
            capitals++;
        }
        if (t != p->head && is_content(c, t)
            && p->word_count < DLN_COREF_WORDS)
            p->words[p->word_count++] = c->token_words[t];
        if (t < p->head && dln_coref_token(c, t)->upos == DLN_UPOS_NUM)
            p->number_word = t;
    }
    p->acronym = capitals > 1 ? acronym : 0;
    /* One word in capitals spells an acronym. */
    dln_str only = dln_token_str(c->doc, p->head);
    if (end - begin == 1 && only.len > 1 && only.len < 9) {
        p->acronym = 0;
        for (size_t k = 0; k < only.len; k++)
            if (only.data[k] != '.')
                p->acronym = dln_mix(p->acronym, (uint64_t)only.data[k]);
    }
}

/* The name's last word names it: "Nikol Pashinyan". */
static void read_head(const dln_corefs *c, dln_coref_phrase *p)
{
    uint32_t last = p->head;
    for (uint32_t k = dln_coref_token(c, p->head)->child; k != DLN_NONE;
         k = dln_coref_token(c, k)->sibling)
        if (dln_coref_role(c, k) == DLN_REL_flat && k < p->end)
            last = k;
    p->word = c->token_words[last];
    p->country = DLN_NONE;
    dln_str key = dln_onto_key(c->scratch, dln_token_str(c->doc, last));
    for (dln_sense s = dln_onto_find(c->room->onto, key);
         s.kind && p->country == DLN_NONE;
         s = dln_onto_next(c->room->onto, s))
        if (s.kind == DLN_SENSE_COUNTRY || s.kind == DLN_SENSE_ADJECTIVE
            || s.kind == DLN_SENSE_PEOPLE)
            p->country = s.index;
}

void dln_coref__traits(dln_corefs *c, dln_coref_phrase *p)
{
    const dln_token *head = dln_coref_token(c, p->head);
    uint32_t entity = head->entity;
    p->kind = entity < c->doc->entities.count
                  ? (uint8_t)c->doc->entities.at[entity].kind
                  : (uint8_t)DLN_ENT_COUNT;
    p->verb = head->head;
    p->role = dln_coref_role(c, p->head);
    p->quote = c->quotes[p->head];
    p->person = '3';
    p->number_word = DLN_NONE;
    p->class = class_of_kind(p->kind);
    p->number = head->xpos == DLN_XPOS_NNS || head->xpos == DLN_XPOS_NNPS
                    || p->group
                    ? 'p'
                    : head->xpos == DLN_XPOS_NN
                              || head->xpos == DLN_XPOS_NNP
                          ? 's' : (char)0;
    read_head(c, p);
    if (p->group) {
        p->type = DLN_COREF_BARE;
    } else if ((head->upos == DLN_UPOS_PRON || head->upos == DLN_UPOS_DET)) {
        read_pronoun(c, p);
    } else if (head->upos == DLN_UPOS_PROPN) {
        p->type = DLN_COREF_NAME;
        read_name(c, p);
    } else if (head->upos == DLN_UPOS_NUM || p->kind == DLN_ENT_DATE
               || p->kind == DLN_ENT_MONEY) {
        p->type = DLN_COREF_NUMBER;
    } else {
        p->type = nominal_type(c, p);
        read_noun(c, p);
    }
    read_words(c, p);
}
