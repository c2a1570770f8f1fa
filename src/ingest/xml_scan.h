/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml_scan: start tags, end tags and text of XML one after the other, as
 * forgiving as feeds need it: an undeclared prefix, an unknown entity, a
 * stray '&' or '<' or an end tag too many is no error.
 *
 * Own code and no library: libxml2 in its recovering mode drops "&lt;" and
 * "&amp;" behind the first error of a file, which takes the markup out of
 * half a feed. No entity is ever expanded but the named characters of HTML,
 * and nothing is loaded, so no input grows.
 */
#ifndef DLN_INGEST_XML_SCAN_H
#define DLN_INGEST_XML_SCAN_H

#include "base/arena.h"

typedef enum dln_xml_kind {
    DLN_XML_END,
    DLN_XML_OPEN,           /* "<name ...>", also "<name/>" */
    DLN_XML_CLOSE,          /* "</name>"; comes behind "<name/>" too */
    DLN_XML_TEXT
} dln_xml_kind;

typedef struct dln_xml {
    dln_str source;
    size_t at;
    size_t start;           /* of what was last given */
    dln_str prefix, name;   /* of a tag: "dc", "date" */
    dln_str inside;         /* of a start tag: behind its name */
    dln_str text;           /* as it is written */
    bool literal;           /* text of a CDATA section */
    bool closing;           /* an end tag is due, of "<name/>" */
} dln_xml;

/* `source` is UTF-8. */
void dln_xml_init(dln_xml *xml, dln_str source);
dln_xml_kind dln_xml_next(dln_xml *xml);
/* Value of the start tag's attribute `name` (without its prefix), entities
 * undone; "" without. */
dln_str dln_xml_attribute(const dln_xml *xml, dln_arena *arena,
                          const char *name);
/* Behind a start tag: reads to its end tag; what lies between as it is
 * written. */
dln_str dln_xml_inner(dln_xml *xml);
/* Behind a start tag: reads to its end tag; the text inside, entities undone
 * once, CDATA as it is. */
dln_str dln_xml_text(dln_xml *xml, dln_arena *arena);
/* The same of what dln_xml_inner gave. */
dln_str dln_xml_content(dln_str inner, dln_arena *arena);
/* Entities of a piece of text undone. */
dln_str dln_xml_plain(dln_arena *arena, dln_str text);
/* Name of the first element of a file's first bytes, prefix and name; ""
 * when they are no XML. */
dln_str dln_xml_root(dln_str head);

#endif
