// SPDX-License-Identifier: Apache-2.0
// Dates, numbers and quotes as text.
import {S} from './strings';
import type {Row} from './api';

const DAY = 86400000;

export const dayOf = (text: string) => Math.round(Date.parse(
    `${text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01`
        : text.slice(0, 10)}T00:00:00Z`) / DAY);
export const textOf = (day: number) =>
    new Date(day * DAY).toISOString().slice(0, 10);

// "2021-01-11", "2021-01", "2020-11-10/12", "no date"
export function dates(start?: string | null, end?: string | null,
                      precision?: string | null): string {
    if (!start)
        return end ? `…${end}` : S.undated;
    if (!end || end === start)
        return start;
    if (precision === 'decade')
        return `${start.slice(0, 3)}0s`;
    if (precision === 'year' && start.slice(0, 4) === end.slice(0, 4))
        return start.slice(0, 4);
    if (precision === 'month' && start.slice(0, 7) === end.slice(0, 7))
        return start.slice(0, 7);
    if (start.slice(0, 8) === end.slice(0, 8))
        return `${start}/${end.slice(8)}`;
    return start.slice(0, 5) === end.slice(0, 5)
        ? `${start}/${end.slice(5)}` : `${start}/${end}`;
}

export const number = (value: number | null | undefined) =>
    value === null || value === undefined ? ''
        : value.toLocaleString('en', {maximumFractionDigits: 2});

// "≥ 200", "10–12"
export function amount(f: Row): string {
    const mark = S.figures.relations[f.relation] ?? '';
    if (f.low !== null && f.high !== null && f.low !== f.high)
        return `${number(f.low)}–${number(f.high)}`;
    const value = f.low ?? f.high;
    return value === null || value === undefined ? S.unknown
        : `${mark ? `${mark} ` : ''}${number(value)}`;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// Spans are bytes of UTF-8; strings here are not.
export class Bytes {
    private bytes: Uint8Array;
    constructor(text: string) { this.bytes = encoder.encode(text); }
    slice(start: number, end?: number) {
        return decoder.decode(this.bytes.subarray(start, end));
    }
    get length() { return this.bytes.length; }
}

export function citation(e: Row, link: string): string {
    const title = e.title ? ` “${e.title}”,` : '';
    return `“${e.quote}” — ${e.outlet ?? e.uri},${title} `
        + `${e.published ?? S.undated}${e.uri ? `, ${e.uri}` : ''} `
        + `(bytes ${e.start}–${e.end} of report ${e.report_id}). ${link}`;
}

export const label = (word: string | null | undefined) =>
    (word ?? '').replace(/_/g, ' ');
