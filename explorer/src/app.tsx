// SPDX-License-Identifier: Apache-2.0
import {render} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import {useApi, type Row} from './api';
import {setSides} from './sides';
import {hashOfView, set, start, takeToken, useAddress} from './state';
import {S} from './strings';
import {Actors} from './views/actors';
import {Brief} from './views/brief';
import {Evidence} from './views/evidence';
import {Figures} from './views/figures';
import {Map_} from './views/map';
import {Meetings} from './views/meetings';
import {Obligations} from './views/obligations';
import {Positions} from './views/positions';
import {Process} from './views/process';
import {Review} from './views/review';
import {Query, Search} from './views/search';
import {Wait} from './ui';

type View = (p: {record: Row}) => any;
const VIEWS: Record<string, View> = {
    process: Process, positions: Positions, obligations: Obligations,
    figures: Figures, meetings: Meetings, map: Map_, actors: Actors,
    search: Search, query: Query, review: Review, brief: Brief,
};

function theme(): string {
    return localStorage.getItem('theme')
        ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark'
            : 'light');
}

function Theme() {
    const [now, update] = useState(theme());
    useEffect(() => {
        document.documentElement.dataset.theme = now;
        dispatchEvent(new Event('theme'));
    }, [now]);
    return <button type="button" class="button small" title={S.theme}
        aria-label={S.theme} onClick={() => {
            const other = now === 'dark' ? 'light' : 'dark';
            localStorage.setItem('theme', other);
            update(other);
        }}>{now === 'dark' ? '☀' : '☾'}</button>;
}

function Period({record}: {record: Row}) {
    const {params} = useAddress();
    const days = record.lanes.map((l: Row) => [l.first, l.last]).flat()
        .filter(Boolean).sort();
    const field = (name: 'from' | 'to', label: string) =>
        <label>{label}<input type="date" value={params[name] ?? ''}
            min={days[0]} max={days.at(-1)}
            onChange={e => set({[name]: e.currentTarget.value})} /></label>;
    const on = params.from || params.to;
    return <div class={on ? 'period on' : 'period'} role="group"
        aria-label={S.period}>
        {field('from', S.from)}{field('to', S.to)}
        <button type="button" class="button small" disabled={!on}
            onClick={() => set({from: '', to: ''})}>{S.whole}</button>
    </div>;
}

function App() {
    const {view, params} = useAddress();
    const asked = useApi<Row>('record');
    const record = asked.data;
    if (record)
        setSides(record.sides.map((s: Row) => s.side));
    const name = VIEWS[view] ? view : 'process';
    const Shown = VIEWS[name];
    useEffect(() => {
        document.title = `${S.nav[name]} – ${S.name}`;
        scrollTo(0, 0);
    }, [name]);
    const counts = record?.counts[0];
    return <>
        <a class="skip" href="#main" onClick={e => {
            e.preventDefault();
            document.getElementById('main')?.focus();
        }}>{S.skip}</a>
        <header class="top">
            <h1><img src="icon.svg" alt="" width="22" height="22" />
                {S.name}</h1>
            {counts && <p class="faint about">{S.record(
                S.reports(counts.reports), counts.first_report ?? '?',
                counts.last_report ?? '?')}</p>}
            {record && <Period record={record} />}
            <Theme />
            <nav aria-label={S.views}><ul>{Object.keys(VIEWS).map(v =>
                <li key={v}><a href={hashOfView(v)}
                    aria-current={v === name ? 'page' : undefined}>
                    {S.nav[v]}</a></li>)}</ul></nav>
        </header>
        <div class={params.open ? 'page open' : 'page'}>
            <main id="main" tabIndex={-1} data-view={name}>
                <Wait of={asked}>{record && <Shown key={name}
                    record={record} />}</Wait></main>
            <Evidence />
        </div>
    </>;
}

document.documentElement.lang = S.language;
document.documentElement.dir = S.direction;
document.documentElement.dataset.theme = theme();
takeToken();
start();
render(<App />, document.getElementById('app')!);
