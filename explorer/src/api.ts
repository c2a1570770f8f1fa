// SPDX-License-Identifier: Apache-2.0
// Asking the server. Answers are kept for the time the page is open, so going
// back is at once; a review empties what was kept.
import {useEffect, useState} from 'preact/hooks';
import {token} from './state';

export type Row = Record<string, any>;
export interface Page { rows: Row[]; more: boolean; offset: number }
export type Params = Record<string, string | number | undefined>;

const kept = new Map<string, Promise<any>>();
const MOST_KEPT = 80;

export function pathOf(name: string, params: Params = {}, csv = false) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(params))
        if (value !== undefined && value !== '')
            query.set(key, String(value));
    const text = query.toString();
    return `api/${name}${csv ? '.csv' : ''}${text ? `?${text}` : ''}`;
}

async function fetchJson(path: string) {
    const response = await fetch(path);
    const json = await response.json();
    if (!response.ok)
        throw new Error(json.error ?? response.statusText);
    return json;
}

export function get<T = Page>(name: string, params?: Params): Promise<T> {
    const path = pathOf(name, params);
    let found = kept.get(path);
    if (!found) {
        found = fetchJson(path);
        found.catch(() => kept.delete(path));
        kept.set(path, found);
        if (kept.size > MOST_KEPT)
            kept.delete(kept.keys().next().value!);
    }
    return found;
}

export interface Asked<T> { data?: T; error?: string; busy: boolean }

// Keeps showing what there was until the new answer is in.
export function useApi<T = Page>(name: string | null, params?: Params):
    Asked<T> {
    const [state, update] = useState<Asked<T>>({busy: true});
    const path = name === null ? '' : pathOf(name, params);
    useEffect(() => {
        let wanted = true;
        if (name === null) {
            update({busy: false});
            return;
        }
        update(s => ({...s, busy: true, error: undefined}));
        get<T>(name, params).then(
            data => wanted && update({data, busy: false}),
            error => wanted && update({error: String(error.message ?? error),
                                       busy: false}));
        return () => { wanted = false; };
    }, [path]);
    return state;
}

export async function review(body: Row) {
    const response = await fetch('api/reviews', {
        method: 'POST',
        headers: {'Content-Type': 'application/json',
                  'X-Dateline-Token': token()},
        body: JSON.stringify(body),
    });
    const json = await response.json();
    if (!response.ok)
        throw new Error(json.error ?? response.statusText);
    kept.clear();
}
