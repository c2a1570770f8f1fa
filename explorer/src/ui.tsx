// SPDX-License-Identifier: Apache-2.0
// Small pieces that every view is made of.
import type {ComponentChildren} from 'preact';
import {useEffect, useRef, useState} from 'preact/hooks';
import {pathOf, type Asked, type Page, type Params, type Row} from './api';
import {pathOfShape, sideIndex} from './sides';
import {set} from './state';
import {S} from './strings';
import {dates, label} from './words';

export const openRow = (table: string, id: string) =>
    set({open: `${table}/${id}`, report: ''});

// What leads to evidence.
export function Ref({table, id, children, className}: {
    table: string; id: string; children: ComponentChildren;
    className?: string}) {
    return <button type="button" class={`ref ${className ?? ''}`}
        data-ref={`${table}/${id}`}
        onClick={() => openRow(table, id)}>{children}</button>;
}

export function Side({code}: {code: string | null | undefined}) {
    if (!code)
        return null;
    const index = sideIndex(code);
    return <span class="side"><svg width="11" height="11" aria-hidden="true">
        <path d={pathOfShape(index, 5.5, 5.5, 4)}
            class={`fill-${index}`} /></svg>{code}</span>;
}

export function Sides({codes}: {codes: string | null | undefined}) {
    return <>{(codes ?? '').split('|').filter(Boolean)
        .map(c => <Side key={c} code={c} />)}</>;
}

export function When({row}: {row: Row}) {
    const text = dates(row.date_start, row.date_end, row.date_precision);
    return <time class={row.date_start ? 'when' : 'when faint'}
        dateTime={row.date_start ?? undefined}>{text}</time>;
}

export function Status({row}: {row: Row}) {
    const words = [row.status !== 'actual' ? row.status : '',
                   row.polarity && row.polarity !== 'asserted'
                       ? row.polarity : ''].filter(Boolean);
    return words.length
        ? <span class="tag">{words.map(label).join(', ')}</span> : null;
}

export function Verdict({word}: {word: string | null | undefined}) {
    if (!word)
        return null;
    const mark = word === 'right' ? '✓' : word === 'wrong' ? '✗' : '✎';
    return <span class={`verdict ${word}`}>{mark} {S.review.verdicts[word]
        ?? word}</span>;
}

export const Sources = ({row}: {row: Row}) =>
    <span class="faint sources">{S.reports(row.reports)}
        {row.independent !== undefined && row.independent !== row.reports
            ? `, ${S.independent(row.independent)}` : ''}</span>;

// What an answer is before it is there, or when it cannot be.
export function Wait({of, children, empty}: {
    of: Asked<any>; children: ComponentChildren; empty?: string}) {
    if (of.error)
        return <p class="error" role="alert">{S.failed}: {of.error}</p>;
    if (!of.data)
        return <p class="faint" role="status">{S.loading}</p>;
    if (empty && Array.isArray(of.data.rows) && !of.data.rows.length)
        return <p class="faint">{empty}</p>;
    return <>{children}</>;
}

export const Csv = ({name, params}: {name: string; params?: Params}) =>
    <a class="csv" href={pathOf(name, {...params, limit: undefined}, true)}
        download>{S.download}</a>;

export function Section({title, children, aside, level = 2, id}: {
    title: ComponentChildren; children: ComponentChildren;
    aside?: ComponentChildren; level?: 2 | 3; id?: string}) {
    const Head = level === 2 ? 'h2' : 'h3';
    return <section id={id}><header class="section"><Head>{title}</Head>
        {aside}</header>{children}</section>;
}

export interface Column {
    head: string; cell: (row: Row) => ComponentChildren; number?: boolean;
    wide?: boolean;
}

export function Table({rows, columns, caption, keyOf}: {
    rows: Row[]; columns: Column[]; caption: string;
    keyOf?: (row: Row) => string}) {
    return <div class="scroll" tabIndex={0} role="region"
        aria-label={caption}><table>
        <caption class="hidden">{caption}</caption>
        <thead><tr>{columns.map(c => <th key={c.head} scope="col"
            class={c.number ? 'num' : ''}>{c.head}</th>)}</tr></thead>
        <tbody>{rows.map((row, i) => <tr key={keyOf ? keyOf(row) : i}>
            {columns.map(c => <td key={c.head}
                class={`${c.number ? 'num' : ''} ${c.wide ? 'wide' : ''}`}>
                {c.cell(row)}</td>)}</tr>)}</tbody>
    </table></div>;
}

// A list that grows by a button.
export function useGrowing(step = 100, most = 5000) {
    const [limit, update] = useState(step);
    return {limit, more: (page?: Page) => page?.more && limit < most
        ? <p><button type="button" class="button"
            onClick={() => update(limit * 3)}>{S.more}</button></p> : null};
}

export function Choices({name, value, options, onChange}: {
    name: string; value: string;
    options: {value: string; label: ComponentChildren}[];
    onChange: (value: string) => void}) {
    return <div class="choices" role="group" aria-label={name}>
        {options.map(o => <button type="button" key={o.value}
            aria-pressed={o.value === value}
            onClick={() => onChange(o.value)}>{o.label}</button>)}</div>;
}

export function EventLine({row}: {row: Row}) {
    return <li class="line"><When row={row} />
        <Ref table="event" id={row.id}>{row.summary ?? label(row.type)}</Ref>
        <span class="meta"><span class="kind">{label(row.mode ?? row.type)
            .toLowerCase()}</span><Status row={row} /><Sources row={row} />
            <Verdict word={row.verdict} /></span></li>;
}

export function StatementLine({row}: {row: Row}) {
    return <li class="line"><time class="when">{row.day || S.undated}</time>
        <span><b>{row.speakers ?? row.source ?? S.unknown}</b>{' '}
            <span class="faint">{label(row.act)}</span>{' '}
            <Ref table="statement" id={row.id}><q>{row.content}</q></Ref>
        </span><span class="meta"><span class="faint">{row.outlet}</span>
            <Verdict word={row.verdict} /></span></li>;
}

export function useWidth<T extends Element>() {
    const box = useRef<T>(null);
    const [width, update] = useState(800);
    useEffect(() => {
        const observer = new ResizeObserver(entries =>
            update(Math.max(200, Math.floor(entries[0].contentRect.width))));
        if (box.current)
            observer.observe(box.current);
        return () => observer.disconnect();
    }, []);
    return {box, width};
}

export const period = (params: Record<string, string>) =>
    ({from: params.from, to: params.to});
