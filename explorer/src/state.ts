// SPDX-License-Identifier: Apache-2.0
// The page's address is its state: "#/figures?from=2021-01-01&open=...". What
// is pasted into another browser shows the same thing. The token for reviews
// comes in the address once and is kept for the tab alone.
import {useEffect, useState} from 'preact/hooks';

export interface Address {
    view: string;
    params: Record<string, string>;
}

function parse(hash: string): Address {
    const [path, query] = hash.replace(/^#\/?/, '').split('?');
    const params: Record<string, string> = {};
    new URLSearchParams(query ?? '').forEach((value, key) => {
        params[key] = value;
    });
    return {view: path || 'process', params};
}

export function takeToken() {
    const found = /^#token=([0-9a-f]+)$/.exec(location.hash);
    if (found) {
        sessionStorage.setItem('token', found[1]);
        history.replaceState(null, '', '#/process');
    }
}

export const token = () => sessionStorage.getItem('token') ?? '';

let current: Address = {view: 'process', params: {}};
const listeners = new Set<(a: Address) => void>();

function tell() {
    current = parse(location.hash);
    listeners.forEach(f => f(current));
}

export function start() {
    current = parse(location.hash);
    addEventListener('hashchange', tell);
}

export function hashOf(view: string, params: Record<string, string>) {
    const query = new URLSearchParams(
        Object.entries(params).filter(([, v]) => v)).toString();
    return `#/${view}${query ? `?${query}` : ''}`;
}

// Changes parameters of the address; "" removes one.
export function set(change: Record<string, string>, view?: string,
                    replace = false) {
    const hash = hashOf(view ?? current.view, {...current.params, ...change});
    if (hash === location.hash)
        return;
    if (replace) {
        history.replaceState(null, '', hash);
        tell();
    } else {
        location.hash = hash;
    }
}

// Another view keeps the period and the open evidence.
export function hashOfView(view: string) {
    const {from = '', to = '', open = ''} = current.params;
    return hashOf(view, {from, to, open});
}

export function useAddress(): Address {
    const [address, update] = useState(current);
    useEffect(() => {
        listeners.add(update);
        update(current);
        return () => void listeners.delete(update);
    }, []);
    return address;
}
