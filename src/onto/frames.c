/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DATADIR/onto/verbs → frames. One row a frame:
 *
 *     trigger[|trigger...] TAB v|n|a TAB TYPE[:mode]|none TAB pattern
 *
 * The pattern is a list of items SLOT[,SLOT...][=WORD|WORD...][*][>ROLE+...]
 * with `!` before an item that must not be there. See the folder's README.
 * The shape of a pattern follows the verb dictionaries of event coders since
 * KEDS (Schrodt 1994), put on dependency roles instead of word order.
 *
 * Limits: 16 slots, 400 words and 16 items a row.
 */
#include "onto/frames.h"

#include <stdio.h>
#include <stdlib.h>

#include "onto/overlay.h"

#define MAX_ITEMS 16
#define MAX_FRAMES 200000

struct dln_frames {
    dln_arena *arena;
    const dln_plover *plover;
    DLN_VEC(dln_frame) frames;
    DLN_VEC(dln_map) sets;
    dln_map set_names;          /* "@talks" -> index in sets */
    dln_map triggers;           /* lemma -> first frame */
    dln_map known;              /* triggers and words of sets */
    DLN_VEC(uint32_t) last;     /* [triggers] last frame, for appending */
    DLN_VEC(uint32_t) types;    /* [triggers] plain types, bits */
    /* Where we are, for errors. */
    dln_str file;
    const char *name;
    uint32_t line;
    bool own;                   /* the user's file */
};

static dln_status bad(const dln_frames *f, dln_error *error,
                      const char *what, dln_str word)
{
    return dln_fail(error, DLN_BADDATA, "%.*s:%u: %s \"%.*s\"",
                    DLN_ARG(f->file), f->line, what, DLN_ARG(word));
}

/* Adds the words of `list` (cut at `sep`) to a set; "@name" adds that set,
 * a word in capitals a PLOVER type if `types` is given. */
static dln_status add_words(dln_frames *f, dln_map *set, uint32_t *types,
                            dln_str list, char sep, dln_error *error)
{
    dln_str word;
    while (dln_str_cut(&list, sep, &word)) {
        word = dln_str_trim(word);
        if (!word.len)
            continue;
        if (word.data[0] == '@') {
            uint32_t other = dln_map_get(&f->set_names, word);
            if (other == DLN_NONE)
                return bad(f, error, "no set", word);
            const dln_map *from = &f->sets.at[other];
            for (uint32_t i = 0; i < from->count; i++)
                dln_map_set(set, from->at[i].key, 1);
        } else if (types && word.len > 2 && dln_is_upper(word.data[0])
                   && dln_is_upper(word.data[1])) {
            const dln_plover_type *type = dln_plover_find(f->plover, word);
            if (!type)
                return bad(f, error, "no type", word);
            *types |= 1u << type->index;
        } else {
            dln_map_set(set, word, 1);
            dln_map_set(&f->known, word, 1);
        }
    }
    return DLN_OK;
}

static dln_status read_sets(dln_frames *f, const dln_table *table,
                            dln_error *error)
{
    f->file = table->file;
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        dln_map set;
        f->line = row->line;
        if (row->field[0].data[0] != '@')
            return bad(f, error, "a set's name begins with @:",
                       row->field[0]);
        if (dln_table_find(table, row->field[0]) != row
            || (!f->own && dln_map_get(&f->set_names, row->field[0])
                               != DLN_NONE))
            return bad(f, error, "set given twice:", row->field[0]);
        dln_map_init(&set, f->arena);
        DLN_TRY(add_words(f, &set, NULL, row->field[1], ' ', error));
        dln_map_set(&f->set_names, row->field[0], f->sets.count);
        dln_map *slot = DLN_VEC_PUSH(f->arena, &f->sets);
        if (slot)
            *slot = set;
    }
    return DLN_OK;
}

static dln_status read_slot(dln_frames *f, dln_str word, dln_frame_slot *out,
                            dln_error *error)
{
    static const char *const names[] = {"subj", "obj", "iobj", "comp", "prt",
                                        "poss", "mod", NULL, "any"};
    if (!word.len)
        return bad(f, error, "empty slot", word);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i] && dln_str_is(word, names[i])) {
            *out = (dln_frame_slot){(dln_slot)i, {NULL, 0}};
            return DLN_OK;
        }
    }
    for (size_t i = 0; i < word.len; i++)
        if (!dln_is_lower(word.data[i]) && word.data[i] != '_')
            return bad(f, error, "not a slot or preposition:", word);
    /* "ahead_of" stands for the two words. */
    char copy[32];
    if (word.len >= sizeof copy)
        return bad(f, error, "preposition too long:", word);
    for (size_t i = 0; i < word.len; i++)
        copy[i] = word.data[i] == '_' ? ' ' : word.data[i];
    *out = (dln_frame_slot){DLN_SLOT_PREP,
                            dln_arena_str(f->arena,
                                          (dln_str){copy, word.len})};
    return DLN_OK;
}

static dln_status read_roles(dln_frames *f, dln_str list, uint32_t *out,
                             dln_error *error)
{
    static const char *const names[] = {"actor", "recipient", "mediator",
                                        "host", "place"};
    dln_str word;
    while (dln_str_cut(&list, '+', &word)) {
        uint32_t bit = 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (dln_str_is(word, names[i]))
                bit = 1u << i;
        if (!bit)
            return bad(f, error, "no role", word);
        *out |= bit;
    }
    return DLN_OK;
}

static dln_status read_item(dln_frames *f, dln_str item, dln_frame_arg *out,
                            dln_error *error)
{
    *out = (dln_frame_arg){.words = DLN_NONE};
    if (item.data[0] == '!') {
        out->forbidden = true;
        item = dln_str_sub(item, 1, item.len);
    }
    size_t role = dln_str_find(item, DLN_STR(">"), 0);
    if (role < item.len)
        DLN_TRY(read_roles(f, dln_str_sub(item, role + 1, item.len),
                           &out->roles, error));
    item = dln_str_sub(item, 0, role);
    if (dln_str_ends(item, DLN_STR("*"))) {
        out->required = true;
        item.len--;
    }
    size_t words = dln_str_find(item, DLN_STR("="), 0);
    if (words < item.len) {
        dln_map set;
        dln_map_init(&set, f->arena);
        DLN_TRY(add_words(f, &set, &out->types,
                          dln_str_sub(item, words + 1, item.len), '|',
                          error));
        if (!set.count && !out->types)
            return bad(f, error, "no words in", item);
        out->worded = true;
        out->required = !out->forbidden;
        out->words = f->sets.count;
        dln_map *slot = DLN_VEC_PUSH(f->arena, &f->sets);
        if (slot)
            *slot = set;
    }
    dln_str list = dln_str_sub(item, 0, words), word;
    DLN_VEC(dln_frame_slot) slots = {0};
    while (dln_str_cut(&list, ',', &word)) {
        dln_frame_slot slot;
        DLN_TRY(read_slot(f, word, &slot, error));
        dln_frame_slot *at = DLN_VEC_PUSH(f->arena, &slots);
        if (at)
            *at = slot;
    }
    if (!slots.count)
        return bad(f, error, "item without a slot:", item);
    if (out->forbidden && out->roles)
        return bad(f, error, "a forbidden item has no role:", item);
    out->slots = slots.at;
    out->slot_count = slots.count;
    return DLN_OK;
}

static dln_status read_pattern(dln_frames *f, dln_str pattern,
                               dln_frame *frame, dln_error *error)
{
    DLN_VEC(dln_frame_arg) args = {0};
    dln_str item;
    while (dln_str_cut(&pattern, ' ', &item)) {
        dln_frame_arg arg;
        if (!item.len)
            continue;
        if (args.count == MAX_ITEMS)
            return bad(f, error, "too many items at", item);
        DLN_TRY(read_item(f, item, &arg, error));
        dln_frame_arg *at = DLN_VEC_PUSH(f->arena, &args);
        if (at)
            *at = arg;
    }
    for (uint32_t i = 0; i < args.count; i++)
        for (uint32_t k = 0; k < args.at[i].slot_count; k++)
            frame->worded |= args.at[i].worded && !args.at[i].forbidden
                             && (args.at[i].slots[k].slot == DLN_SLOT_OBJ
                                 || args.at[i].slots[k].slot
                                        == DLN_SLOT_PREP);
    frame->args = args.at;
    frame->arg_count = args.count;
    return DLN_OK;
}

/* Plain: nothing but the trigger is asked for. */
static bool is_plain(const dln_frame *frame)
{
    for (uint32_t i = 0; i < frame->arg_count; i++)
        if (frame->args[i].required)
            return false;
    return true;
}

static dln_status append(dln_frames *f, dln_str trigger, dln_frame frame,
                         dln_error *error)
{
    if (f->frames.count == MAX_FRAMES)
        return bad(f, error, "too many frames at", trigger);
    uint32_t index = f->frames.count;
    uint32_t at = dln_map_index(&f->triggers, trigger);
    if (at == DLN_NONE) {
        at = dln_map_set(&f->triggers, trigger, index);
        dln_map_set(&f->known, trigger, 1);
        uint32_t *last = DLN_VEC_PUSH(f->arena, &f->last);
        uint32_t *types = DLN_VEC_PUSH(f->arena, &f->types);
        if (at == DLN_NONE || !last || !types)
            return dln_fail(error, DLN_NOMEM, "out of memory");
    } else {
        f->frames.at[f->last.at[at]].next = index;
    }
    dln_frame *slot = DLN_VEC_PUSH(f->arena, &f->frames);
    if (!slot)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    *slot = frame;
    slot->trigger = f->triggers.at[at].key;
    slot->next = DLN_NONE;
    slot->own = f->own;
    f->last.at[at] = index;
    if (frame.type != DLN_FRAME_NO_EVENT && frame.pos != DLN_FRAME_LIGHT
        && is_plain(&frame))
        f->types.at[at] |= 1u << frame.type;
    return DLN_OK;
}

static dln_status read_code(dln_frames *f, dln_str code, dln_str only,
                            dln_frame *frame, dln_error *error)
{
    if (dln_str_is(code, "none")) {
        frame->type = DLN_FRAME_NO_EVENT;
        return DLN_OK;
    }
    size_t colon = dln_str_find(code, DLN_STR(":"), 0);
    dln_str name = dln_str_sub(code, 0, colon);
    const dln_plover_type *type = dln_plover_find(f->plover, name);
    if (!type)
        return bad(f, error, "no type", name);
    if (only.len && !dln_str_eq(only, name))
        return bad(f, error, "this file is of another type than", name);
    frame->type = type->index;
    frame->mode = (dln_str){"", 0};
    if (colon < code.len) {
        dln_str mode = dln_str_sub(code, colon + 1, code.len);
        const dln_plover_mode *known = dln_plover_mode_find(type, mode);
        if (!known)
            return bad(f, error, "no mode", mode);
        frame->mode = known->name;
    }
    return DLN_OK;
}

static dln_status append_all(dln_frames *f, dln_str triggers,
                             const dln_frame *frame, dln_error *error)
{
    dln_str trigger;
    while (dln_str_cut(&triggers, '|', &trigger)) {
        trigger = dln_str_trim(trigger);
        if (!trigger.len)
            return bad(f, error, "empty trigger in", triggers);
        DLN_TRY(append(f, trigger, *frame, error));
    }
    return DLN_OK;
}

static dln_status read_frames(dln_frames *f, const dln_table *table,
                              const char *name, dln_str only,
                              dln_error *error)
{
    f->file = table->file;
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        dln_frame frame = {.mode = {"", 0}, .file = name, .line = row->line};
        dln_str pos = row->field[1];
        f->line = row->line;
        DLN_TRY(read_code(f, row->field[2], only, &frame, error));
        DLN_TRY(read_pattern(f, dln_row_field(row, 3), &frame, error));
        for (size_t k = 0; k < pos.len; k++) {
            const char *known = "vna";
            const char *at = strchr(known, pos.data[k]);
            if (!at)
                return bad(f, error, "part of speech is not v, n, a:", pos);
            frame.pos = (dln_frame_pos)(at - known);
            DLN_TRY(append_all(f, row->field[0], &frame, error));
        }
        if (!pos.len)
            return bad(f, error, "no part of speech at", row->field[0]);
    }
    return DLN_OK;
}

/* verb | slot of the noun | effect | pattern */
static dln_status read_light(dln_frames *f, const dln_table *table,
                             dln_error *error)
{
    f->file = table->file;
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        dln_frame frame = {.pos = DLN_FRAME_LIGHT, .mode = {"", 0},
                           .type = DLN_FRAME_NO_EVENT, .file = "light.txt",
                           .line = row->line};
        f->line = row->line;
        frame.effect = dln_effect_of(row->field[2]);
        if (frame.effect == DLN_EFFECT_COUNT)
            return bad(f, error, "no effect", row->field[2]);
        DLN_TRY(read_pattern(f, dln_row_field(row, 3), &frame, error));
        dln_str slots = row->field[1], slot;
        while (dln_str_cut(&slots, ',', &slot)) {
            DLN_TRY(read_slot(f, slot, &frame.carries, error));
            DLN_TRY(append_all(f, row->field[0], &frame, error));
        }
    }
    return DLN_OK;
}

static dln_status table_at(dln_frames *f, dln_table *out, const char *datadir,
                           const char *name, uint32_t fields,
                           dln_error *error)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/onto/verbs/%s", datadir, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return dln_fail(error, DLN_BADARG, "path too long");
    return dln_table_read(out, f->arena, path, fields, error);
}

/* "CONSULT" -> "consult.txt" */
static const char *file_of(dln_frames *f, dln_str type)
{
    char *name = dln_arena_alloc(f->arena, type.len + sizeof ".txt");
    if (!name)
        return NULL;
    for (size_t k = 0; k < type.len; k++)
        name[k] = dln_lower(type.data[k]);
    memcpy(name + type.len, ".txt", sizeof ".txt");
    return name;
}

static dln_status own_table(dln_frames *f, dln_table *out,
                            const char *folder, const char *name,
                            uint32_t fields, dln_error *error)
{
    char path[32];
    snprintf(path, sizeof path, "verbs/%s", name);
    return dln_overlay_table(out, f->arena, folder, path, fields, error);
}

/* The user's: his sets may name shipped ones, and stand in for them. */
static dln_status read_own(dln_frames *f, const char *folder,
                           dln_error *error)
{
    dln_table table;
    f->own = true;
    DLN_TRY(own_table(f, &table, folder, "sets.txt", 2, error));
    DLN_TRY(read_sets(f, &table, error));
    DLN_TRY(own_table(f, &table, folder, "light.txt", 3, error));
    DLN_TRY(read_light(f, &table, error));
    for (uint32_t i = 0; i < dln_plover_count(f->plover); i++) {
        dln_str type = dln_plover_at(f->plover, i)->name;
        const char *name = file_of(f, type);
        if (!name)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        DLN_TRY(own_table(f, &table, folder, name, 3, error));
        DLN_TRY(read_frames(f, &table, name, type, error));
    }
    f->own = false;
    return DLN_OK;
}

static dln_status read_folder(dln_frames *f, const char *datadir,
                              const char *folder, dln_error *error)
{
    dln_table table;
    DLN_TRY(table_at(f, &table, datadir, "sets.txt", 2, error));
    DLN_TRY(read_sets(f, &table, error));
    if (folder)
        DLN_TRY(read_own(f, folder, error));
    DLN_TRY(table_at(f, &table, datadir, "light.txt", 3, error));
    DLN_TRY(read_light(f, &table, error));
    for (uint32_t i = 0; i < dln_plover_count(f->plover); i++) {
        dln_str type = dln_plover_at(f->plover, i)->name;
        const char *name = file_of(f, type);
        if (!name)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        DLN_TRY(table_at(f, &table, datadir, name, 3, error));
        DLN_TRY(read_frames(f, &table, name, type, error));
    }
    return DLN_OK;
}

static dln_status begin(dln_frames **out, const dln_plover *plover,
                        dln_error *error)
{
    dln_frames *f = *out = calloc(1, sizeof *f);
    if (f)
        f->arena = dln_arena_new(0);
    if (!f || !f->arena) {
        dln_frames_close(f);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    f->plover = plover;
    dln_map_init(&f->set_names, f->arena);
    dln_map_init(&f->triggers, f->arena);
    dln_map_init(&f->known, f->arena);
    return DLN_OK;
}

static dln_status finish(dln_frames **out, dln_status status,
                         dln_error *error)
{
    if (status == DLN_OK && dln_arena_oom((*out)->arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status != DLN_OK) {
        dln_frames_close(*out);
        *out = NULL;
    }
    return status;
}

dln_status dln_frames_open(dln_frames **out, const char *datadir,
                           const char *folder, const dln_plover *plover,
                           dln_error *error)
{
    DLN_TRY(begin(out, plover, error));
    return finish(out, read_folder(*out, datadir, folder, error), error);
}

static dln_status parse_both(dln_frames *f, dln_str sets, dln_str frames,
                             dln_error *error)
{
    dln_table table;
    DLN_TRY(dln_table_parse(&table, f->arena, DLN_STR("sets"), sets, 2,
                            error));
    DLN_TRY(read_sets(f, &table, error));
    DLN_TRY(dln_table_parse(&table, f->arena, DLN_STR("frames"), frames, 3,
                            error));
    return read_frames(f, &table, "frames", (dln_str){NULL, 0}, error);
}

dln_status dln_frames_parse(dln_frames **out, const dln_plover *plover,
                            dln_str sets, dln_str frames, dln_error *error)
{
    DLN_TRY(begin(out, plover, error));
    return finish(out, parse_both(*out, sets, frames, error), error);
}

void dln_frames_close(dln_frames *frames)
{
    if (!frames)
        return;
    dln_arena_free(frames->arena);
    free(frames);
}

uint32_t dln_frames_count(const dln_frames *frames)
{
    return frames->frames.count;
}

uint32_t dln_frames_find(const dln_frames *frames, dln_str lemma)
{
    return dln_map_get(&frames->triggers, lemma);
}

const dln_frame *dln_frames_at(const dln_frames *frames, uint32_t index)
{
    return &frames->frames.at[index];
}

bool dln_frames_has(const dln_frames *frames, uint32_t words, dln_str lemma)
{
    return words < frames->sets.count
           && dln_map_get(&frames->sets.at[words], lemma) != DLN_NONE;
}

uint32_t dln_frames_types(const dln_frames *frames, dln_str lemma)
{
    uint32_t at = dln_map_index(&frames->triggers, lemma);
    return at == DLN_NONE ? 0 : frames->types.at[at];
}

bool dln_frames_known(const dln_frames *frames, dln_str word)
{
    return dln_map_get(&frames->known, word) != DLN_NONE;
}

dln_effect dln_effect_of(dln_str text)
{
    static const char *const names[DLN_EFFECT_COUNT] = {
        "none", "ongoing", "planned", "hypothetical", "negated", "denied"};
    for (int i = 0; i < DLN_EFFECT_COUNT; i++)
        if (dln_str_is(text, names[i]))
            return (dln_effect)i;
    return DLN_EFFECT_COUNT;
}
