/* SPDX-License-Identifier: Apache-2.0 */
/*
 * overlay: a user's own folder laid over DATADIR/onto (`--ontology DIR`).
 *
 * It holds files of the same names and formats, each of them optional:
 * countries.txt, organisations.txt, armed-groups.txt, peoples.txt,
 * titles.txt, places.txt, contexts.txt, verbs/sets.txt, verbs/light.txt,
 * verbs/TYPE.txt; and dictionaries.txt, which names dictionaries of other
 * event coders. A row with the first field of a shipped row stands in its
 * place. Anything else in the folder is refused, so that a slip in a name
 * does not go unseen; hidden files and READMEs are passed over.
 */
#ifndef DLN_ONTO_OVERLAY_H
#define DLN_ONTO_OVERLAY_H

#include "base/buf.h"
#include "base/table.h"

/* The longest file of a user's folder. */
#define DLN_OVERLAY_MAX_BYTES ((size_t)32 << 20)
#define DLN_OVERLAY_MAX_FILES 200

/* Is `folder` one, with nothing in it but what may be? NULL is. */
DLN_NODISCARD dln_status dln_overlay_check(const char *folder,
                                           dln_error *error);
/* Reads `folder`/`name`, a regular file, into `text` (cleared first) and
 * its path into path[4096]. DLN_END when there is none; `folder` NULL has
 * none. */
dln_status dln_overlay_text(dln_buf *text, char *path, const char *folder,
                            const char *name, dln_error *error);
/* The same as a table, in `arena`. DLN_END: an empty table. */
dln_status dln_overlay_table(dln_table *out, dln_arena *arena,
                             const char *folder, const char *name,
                             uint32_t fields, dln_error *error);
/* Lays the rows of `over` over those of `base`: they stand first, and hide
 * those of the same name. */
DLN_NODISCARD dln_status dln_overlay_merge(dln_table *base,
                                           const dln_table *over,
                                           dln_arena *arena,
                                           dln_error *error);

#endif
