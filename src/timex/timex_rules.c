/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rules: patterns over words, read from timex-rules.txt, compiled to a
 * small program and matched by backtracking.
 *
 * A row is NAME, PATTERN, TYPE, OP, arguments. A pattern is a sequence of
 *
 *     word  CLASS  $macro  (a b|c)  x?  [part]  !x  <!x  ~
 *
 * where !x says that x does not follow, <!x that x does not stand before,
 * ~ that no space stands here; [part] is what becomes the expression (all,
 * without brackets; each of several). A row whose name begins with $ is a
 * macro. Of the rules that match at a word the longest wins, then the first
 * in the file. Patterns have no loops, so a program's length bounds the
 * depth, and MAX_STEPS the work at one word.
 *
 * Method: classes and longest match after SynTime (Zhong et al., ACL 2017)
 * and HeidelTime (Strötgen and Gertz, LREJ 2013).
 */
#include "timex/timex_p.h"

#define MAX_STEPS 3000
#define MAX_DEPTH 12
#define MAX_TRAIL 40

/* ------------------------------------------------------- compiling */

typedef struct compiler {
    dln_timex *t;
    const dln_table *table;
    dln_error *error;
    uint32_t line;
    int depth;
} compiler;

static dln_status wrong(const compiler *c, const char *what, dln_str word)
{
    return dln_fail(c->error, DLN_BADDATA, "%.*s:%u: %s %.*s",
                    DLN_ARG(c->table->file), c->line, what, DLN_ARG(word));
}

/* The next word or mark of a pattern. */
static dln_str next_word(dln_str *rest)
{
    *rest = dln_str_trim(*rest);
    size_t n = 0;
    while (n < rest->len && !dln_is_space(rest->data[n])
           && !strchr("()[]|?", rest->data[n]))
        n++;
    if (!n && rest->len)
        n = 1;
    dln_str word = dln_str_sub(*rest, 0, n);
    *rest = dln_str_sub(*rest, n, rest->len);
    return word;
}

static uint32_t emit(compiler *c, dln_timex_step step, uint32_t a,
                     uint32_t b)
{
    dln_timex_instr *i = DLN_VEC_PUSH(c->t->arena, &c->t->code);
    if (!i)
        return DLN_NONE;
    *i = (dln_timex_instr){step, a, b};
    return c->t->code.count - 1;
}

static dln_status compile_choice(compiler *c, dln_str *rest, char until);

static dln_status compile_macro(compiler *c, dln_str name)
{
    const dln_row *row = dln_table_find(c->table, name);
    if (!row)
        return wrong(c, "unknown macro", name);
    if (++c->depth > MAX_DEPTH)
        return wrong(c, "macros too deep at", name);
    dln_str body = dln_row_field(row, 1);
    dln_status status = compile_choice(c, &body, 0);
    c->depth--;
    return status;
}

/* A word or class; `lit` and `cls` are the steps to use for them. */
static dln_status compile_word(compiler *c, dln_str word, dln_timex_step lit,
                               dln_timex_step cls)
{
    dln_timex_class class = dln_str_is(word, "-") ? DLN_TX_HYPH
                                                  : dln_timex__class_of(word);
    if (class < DLN_TX_COUNT) {
        emit(c, cls, class, 0);
        return DLN_OK;
    }
    if (dln_is_upper(word.data[0]))
        return wrong(c, "unknown class", word);
    uint32_t id = dln_timex__lexeme(c->t, word);
    if (id == DLN_NONE)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    if (!c->t->lexemes.at[id].literal) {
        if (c->t->literal_count == DLN_TIMEX_MAX_LITERALS)
            return wrong(c, "too many words, at", word);
        c->t->lexemes.at[id].literal = (uint16_t)++c->t->literal_count;
    }
    emit(c, lit, id, 0);
    return DLN_OK;
}

static dln_status compile_atom(compiler *c, dln_str word, dln_str *rest)
{
    if (dln_str_is(word, "("))
        return compile_choice(c, rest, ')');
    if (dln_str_is(word, "[")) {
        emit(c, DLN_TX_OPEN, 0, 0);
        DLN_TRY(compile_choice(c, rest, ']'));
        emit(c, DLN_TX_CLOSE, 0, 0);
        return DLN_OK;
    }
    if (dln_str_is(word, "~")) {
        emit(c, DLN_TX_GLUE, 0, 0);
        return DLN_OK;
    }
    if (word.data[0] == '$')
        return compile_macro(c, word);
    if (word.len > 1 && word.data[0] == '!')
        return compile_word(c, dln_str_sub(word, 1, word.len),
                            DLN_TX_NOT_LIT, DLN_TX_NOT_CLS);
    if (word.len > 2 && word.data[0] == '<')
        return compile_word(c, dln_str_sub(word, 2, word.len), DLN_TX_NO_LIT,
                            DLN_TX_NO_CLS);
    if (strchr(")]|?", word.data[0]))
        return wrong(c, "unexpected", word);
    return compile_word(c, word, DLN_TX_LIT, DLN_TX_CLS);
}

/* Shifts the code from `from` on by one, for a split before it. */
static void insert_split(compiler *c, uint32_t from)
{
    if (emit(c, DLN_TX_DONE, 0, 0) == DLN_NONE)
        return;
    dln_timex_instr *code = c->t->code.at;
    for (uint32_t i = c->t->code.count - 1; i > from; i--) {
        code[i] = code[i - 1];
        if (code[i].step == DLN_TX_SPLIT || code[i].step == DLN_TX_JUMP) {
            code[i].a += code[i].a >= from;
            code[i].b += code[i].b >= from;
        }
    }
    code[from] = (dln_timex_instr){DLN_TX_SPLIT, from + 1,
                                   c->t->code.count};
}

static bool optional_next(dln_str *rest)
{
    if (!rest->len || rest->data[0] != '?')
        return false;
    *rest = dln_str_sub(*rest, 1, rest->len);
    return true;
}

/* a b | c, up to the closing mark (0: the end). */
static dln_status compile_choice(compiler *c, dln_str *rest, char until)
{
    uint32_t start = c->t->code.count, jumps[64], jump_count = 0;
    for (;;) {
        dln_str word = next_word(rest);
        if (!word.len || (until && word.data[0] == until)) {
            if (until && !word.len)
                return wrong(c, "not closed:", dln_row_field(
                                 &c->table->rows[0], 0));
            break;
        }
        if (dln_str_is(word, "|")) {
            if (jump_count == 64)
                return wrong(c, "too many choices", word);
            insert_split(c, start);
            uint32_t jump = emit(c, DLN_TX_JUMP, 0, 0);
            if (jump == DLN_NONE)
                return dln_fail(c->error, DLN_NOMEM, "out of memory");
            jumps[jump_count++] = jump;
            c->t->code.at[start].b = jump + 1;
            start = jump + 1;
            continue;
        }
        uint32_t from = c->t->code.count;
        DLN_TRY(compile_atom(c, word, rest));
        if (optional_next(rest))
            insert_split(c, from);
    }
    for (uint32_t i = 0; i < jump_count; i++)
        c->t->code.at[jumps[i]].a = c->t->code.count;
    return DLN_OK;
}

static dln_status read_arguments(compiler *c, dln_timex_rule *rule,
                                 dln_str args)
{
    dln_str word;
    while (dln_str_cut(&args, ' ', &word)) {
        size_t eq = dln_str_find(word, DLN_STR("="), 0);
        dln_str key = dln_str_sub(word, 0, eq);
        dln_str value = dln_str_sub(word, eq + 1, word.len);
        dln_timex_class class = dln_timex__class_of(key);
        if (!word.len)
            continue;
        if (dln_str_is(key, "share")) {
            rule->share = true;
        } else if (dln_str_is(key, "value")) {
            rule->value = value;
        } else if (class < DLN_TX_COUNT && value.len) {
            bool minus = value.data[0] == '-';
            int32_t n = 0;
            if (minus || dln_is_digit(value.data[0])) {
                for (size_t i = minus; i < value.len && n < 10000; i++)
                    n = n * 10 + (value.data[i] - '0');
                n = minus ? -n : n;
            } else {
                n = dln_timex__code(value);
            }
            rule->given.has |= (uint64_t)1 << class;
            rule->given.at[class] = n;
        } else {
            return wrong(c, "unknown argument", word);
        }
    }
    return DLN_OK;
}

static dln_status compile_rule(compiler *c, const dln_row *row)
{
    static const char *const ops[] = {
#define X(name, text) [DLN_TX_OP_##name] = text,
        DLN_TIMEX_OP_LIST(X)
#undef X
    };
    dln_timex_rule rule = {.name = dln_row_field(row, 0),
                           .code = c->t->code.count,
                           .op = DLN_TX_OP_COUNT};
    dln_str pattern = dln_row_field(row, 1), type = dln_row_field(row, 2);
    for (int i = 0; i < DLN_TX_OP_COUNT; i++)
        if (dln_str_is(dln_row_field(row, 3), ops[i]))
            rule.op = (dln_timex_op)i;
    for (rule.type = DLN_TIME_DATE; rule.type <= DLN_TIME_SET; rule.type++)
        if (dln_str_is(type, dln_time_type_text(rule.type)))
            break;
    if (rule.op == DLN_TX_OP_COUNT || rule.type > DLN_TIME_SET)
        return wrong(c, "unknown type or operation in rule", rule.name);
    DLN_TRY(read_arguments(c, &rule, dln_row_field(row, 4)));
    DLN_TRY(compile_choice(c, &pattern, 0));
    emit(c, DLN_TX_DONE, 0, 0);
    dln_timex_rule *r = DLN_VEC_PUSH(c->t->arena, &c->t->rules);
    if (!r || dln_arena_oom(c->t->arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    *r = rule;
    return DLN_OK;
}

static void join(dln_timex_first *into, const dln_timex_first *from)
{
    into->classes |= from->classes;
    into->any |= from->any;
    for (int k = 0; k < DLN_TIMEX_MAX_LITERALS / 64; k++)
        into->literals[k] |= from->literals[k];
}

/* What the code from each step on may begin with, and what may be its
 * second word. Patterns only go forward, so the steps behind are done
 * first. */
static void find_firsts(dln_timex *t, dln_timex_first *seconds)
{
    for (uint32_t pc = t->code.count; pc-- > 0;) {
        const dln_timex_instr *i = &t->code.at[pc];
        dln_timex_first *f = &t->firsts[pc], *s = &seconds[pc];
        uint32_t literal;
        switch (i->step) {
        case DLN_TX_LIT:
            literal = t->lexemes.at[i->a].literal - 1u;
            f->literals[literal / 64] |= (uint64_t)1 << (literal % 64);
            *s = f[1];
            break;
        case DLN_TX_CLS:
            f->classes = (uint64_t)1 << i->a;
            *s = f[1];
            break;
        case DLN_TX_SPLIT:
            join(f, &t->firsts[i->a]);
            join(f, &t->firsts[i->b]);
            join(s, &seconds[i->a]);
            join(s, &seconds[i->b]);
            break;
        case DLN_TX_JUMP:
            *f = t->firsts[i->a];
            *s = seconds[i->a];
            break;
        case DLN_TX_DONE: f->any = s->any = true; break;
        default:
            *f = f[1];
            *s = s[1];
        }
    }
}

static bool begins(const dln_timex_first *f, const dln_timex_lexeme *l)
{
    uint32_t n = l->literal - 1u;
    return f->classes & l->classes
           || (n < DLN_TIMEX_MAX_LITERALS
               && f->literals[n / 64] >> (n % 64) & 1);
}

/* Which rules may begin, or have their second word, at a word of a class
 * and at a named word. */
static void index_rules(dln_timex *t, const dln_timex_first *seconds)
{
    for (uint32_t r = 0; r < t->rules.count; r++) {
        const dln_timex_first *f = &t->firsts[t->rules.at[r].code];
        const dln_timex_first *s = &seconds[t->rules.at[r].code];
        uint64_t bit = (uint64_t)1 << (r % 64);
        t->short_rules.bits[r / 64] |= s->any ? bit : 0;
        for (int c = 0; c < DLN_TX_COUNT; c++) {
            t->class_starts[c].bits[r / 64] |= f->classes >> c & 1 ? bit : 0;
            t->class_seconds[c].bits[r / 64] |= s->classes >> c & 1 ? bit
                                                                    : 0;
        }
        for (uint32_t i = 0; i < t->lexemes.count; i++) {
            dln_timex_lexeme *l = &t->lexemes.at[i];
            l->starts.bits[r / 64] |= begins(f, l) ? bit : 0;
            l->seconds.bits[r / 64] |= begins(s, l) ? bit : 0;
        }
    }
}

dln_status dln_timex__compile(dln_timex *t, const dln_table *table,
                              dln_error *error)
{
    compiler c = {.t = t, .table = table, .error = error};
    for (uint32_t i = 0; i < table->count; i++) {
        c.line = table->rows[i].line;
        if (dln_row_field(&table->rows[i], 0).data[0] == '$')
            continue;
        if (t->rules.count == DLN_TIMEX_MAX_RULES)
            return wrong(&c, "too many rules",
                         dln_row_field(&table->rows[i], 0));
        DLN_TRY(compile_rule(&c, &table->rows[i]));
    }
    t->firsts = dln_arena_array(t->arena, t->code.count,
                                sizeof *t->firsts);
    dln_timex_first *seconds = dln_arena_array(t->arena, t->code.count,
                                               sizeof *seconds);
    if (!t->firsts || !seconds)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    find_firsts(t, seconds);
    index_rules(t, seconds);
    return DLN_OK;
}

/* -------------------------------------------------------- matching */

typedef struct met {        /* a class met, or a mark */
    uint8_t class;          /* DLN_TX_COUNT: part opens; + 1: closes */
    uint32_t word;
    int32_t value;
} met;

typedef struct matcher {
    const dln_timex *t;
    const dln_timex_words *words;
    uint32_t begin, steps;
    met trail[MAX_TRAIL];
    met best[MAX_TRAIL];
    uint32_t best_len, best_end, best_rule, rule;
} matcher;

static bool class_here(const matcher *m, uint32_t w, uint32_t class,
                       int32_t *value)
{
    if (w >= m->words->count) {
        *value = 0;
        return class == DLN_TX_STOP;
    }
    return dln_timex__is(m->t, &m->words->at[w], (dln_timex_class)class,
                         value);
}

static bool literal_here(const matcher *m, uint32_t w, uint32_t lexeme)
{
    return w < m->words->count && m->words->at[w].lexeme == lexeme;
}

/* May the code from `pc` on begin at word `w`? */
static bool may_begin(const matcher *m, uint32_t pc, uint32_t w)
{
    const dln_timex_first *f = &m->t->firsts[pc];
    if (f->any)
        return true;
    if (w >= m->words->count)
        return false;
    const dln_timex_word *word = &m->words->at[w];
    if (f->classes & word->classes)
        return true;
    uint32_t n = word->lexeme == DLN_NONE
                     ? 0 : m->t->lexemes.at[word->lexeme].literal;
    return n && f->literals[(n - 1) / 64] >> ((n - 1) % 64) & 1;
}

static void keep(matcher *m, uint32_t w, uint32_t len)
{
    if (w <= m->best_end)
        return;
    m->best_end = w;
    m->best_len = len;
    m->best_rule = m->rule;
    memcpy(m->best, m->trail, len * sizeof *m->trail);
}

static void run(matcher *m, uint32_t pc, uint32_t w, uint32_t len)
{
    for (; m->steps < MAX_STEPS; pc++, m->steps++) {
        const dln_timex_instr *i = &m->t->code.at[pc];
        int32_t value = 0;
        switch (i->step) {
        case DLN_TX_LIT:
            if (!literal_here(m, w, i->a))
                return;
            w++;
            break;
        case DLN_TX_CLS:
            if (!class_here(m, w, i->a, &value) || len == MAX_TRAIL
                || w >= m->words->count)
                return;
            m->trail[len++] = (met){(uint8_t)i->a, w++, value};
            break;
        case DLN_TX_NOT_LIT:
            if (literal_here(m, w, i->a))
                return;
            break;
        case DLN_TX_NOT_CLS:
            if (class_here(m, w, i->a, &value))
                return;
            break;
        case DLN_TX_NO_LIT:
            if (w && literal_here(m, w - 1, i->a))
                return;
            break;
        case DLN_TX_NO_CLS:
            if (w && class_here(m, w - 1, i->a, &value))
                return;
            break;
        case DLN_TX_GLUE:
            if (w >= m->words->count || !m->words->at[w].glued)
                return;
            break;
        case DLN_TX_SPLIT:
            if (may_begin(m, i->a, w))
                run(m, i->a, w, len);
            if (!may_begin(m, i->b, w))
                return;
            pc = i->b - 1;
            break;
        case DLN_TX_JUMP: pc = i->a - 1; break;
        case DLN_TX_OPEN:
        case DLN_TX_CLOSE:
            if (len == MAX_TRAIL)
                return;
            m->trail[len++] = (met){
                (uint8_t)(DLN_TX_COUNT + (i->step == DLN_TX_CLOSE)), w, 0};
            break;
        case DLN_TX_DONE: keep(m, w, len); return;
        }
    }
}

static void set_slot(dln_timex_slots *slots, uint32_t class, int32_t value)
{
    if (class == DLN_TX_UNITS)
        class = DLN_TX_UNIT;
    if (class == DLN_TX_WDAYS)
        class = DLN_TX_WDAY;
    if (class == DLN_TX_FALL)
        class = DLN_TX_SEASON;
    if (slots->has >> class & 1)
        return; /* "two or three weeks": the first */
    slots->has |= (uint64_t)1 << class;
    slots->at[class] = value;
}

static void read_parts(const matcher *m, dln_timex_match *out)
{
    dln_timex_slots all = {0};
    dln_timex_part *part = NULL;
    out->part_count = 0;
    for (uint32_t i = 0; i < m->best_len; i++) {
        const met *e = &m->best[i];
        if (e->class == DLN_TX_COUNT) {
            if (out->part_count == DLN_TIMEX_MAX_PARTS)
                break;
            part = &out->parts[out->part_count++];
            *part = (dln_timex_part){.begin = e->word, .end = m->best_end};
        } else if (e->class == DLN_TX_COUNT + 1) {
            if (part)
                part->end = e->word;
            part = NULL;
        } else {
            set_slot(&all, e->class, e->value);
            if (part)
                set_slot(&part->slots, e->class, e->value);
        }
    }
    if (!out->part_count) {
        out->part_count = 1;
        out->parts[0] = (dln_timex_part){m->begin, m->best_end, all};
    }
    for (uint32_t p = 0; p < out->part_count; p++) {
        const dln_timex_slots *from[] = {&out->rule->given, &all};
        for (int f = 0; f < (out->rule->share ? 2 : 1); f++)
            for (uint32_t c = 0; c < DLN_TX_COUNT; c++)
                if (from[f]->has >> c & 1)
                    set_slot(&out->parts[p].slots, c, from[f]->at[c]);
    }
}

bool dln_timex__match(const dln_timex *t, const dln_timex_words *words,
                      uint32_t at, dln_timex_match *out)
{
    const dln_timex_word *w = &words->at[at];
    if (w->lexeme == DLN_NONE && !w->classes)
        return false;
    matcher m;
    m.t = t;
    m.words = words;
    m.begin = m.best_end = at;
    m.best_len = m.best_rule = 0;
    const dln_timex_word *next = at + 1 < words->count ? w + 1 : NULL;
    for (uint32_t b = 0; b <= (t->rules.count - 1) / 64; b++) {
        uint64_t bits = 0, on = t->short_rules.bits[b];
        if (w->lexeme != DLN_NONE)
            bits = t->lexemes.at[w->lexeme].starts.bits[b];
        if (w->lexeme == DLN_NONE
            || w->classes != t->lexemes.at[w->lexeme].classes)
            for (uint64_t c = w->classes; c; c &= c - 1)
                bits |= t->class_starts[__builtin_ctzll(c)].bits[b];
        if (next && next->lexeme != DLN_NONE)
            on |= t->lexemes.at[next->lexeme].seconds.bits[b];
        if (next && bits & ~on)
            for (uint64_t c = next->classes; c; c &= c - 1)
                on |= t->class_seconds[__builtin_ctzll(c)].bits[b];
        for (bits &= on; bits; bits &= bits - 1) {
            m.rule = b * 64 + (uint32_t)__builtin_ctzll(bits);
            m.steps = 0;
            run(&m, t->rules.at[m.rule].code, at, 0);
        }
    }
    if (m.best_end == at)
        return false;
    out->rule = &t->rules.at[m.best_rule];
    out->end = m.best_end;
    read_parts(&m, out);
    return true;
}
