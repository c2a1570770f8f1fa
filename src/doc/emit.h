/* SPDX-License-Identifier: Apache-2.0 */
/*
 * emit: the layers of a document as the fields of the stage filters. Each
 * call writes one `"name": value` into the open object.
 */
#ifndef DLN_DOC_EMIT_H
#define DLN_DOC_EMIT_H

#include "base/json.h"
#include "doc/doc.h"

/* What a report is before it is cleaned: text, metadata, address. */
void dln_emit_item(const dln_doc *doc, dln_json *json);
void dln_emit_extract(const dln_doc *doc, dln_json *json);
void dln_emit_clean(const dln_doc *doc, dln_json *json);
void dln_emit_sentences(const dln_doc *doc, dln_json *json);
void dln_emit_entities(const dln_doc *doc, dln_json *json);
void dln_emit_predicates(const dln_doc *doc, dln_json *json);
void dln_emit_references(const dln_doc *doc, dln_json *json);
void dln_emit_times(const dln_doc *doc, dln_json *json);
void dln_emit_statements(const dln_doc *doc, dln_json *json);
void dln_emit_figures(const dln_doc *doc, dln_json *json);
void dln_emit_events(const dln_doc *doc, dln_json *json);
/* Agreements, obligations, compliance, mandates, issues, outcomes. */
void dln_emit_agreements(const dln_doc *doc, dln_json *json);

#endif
