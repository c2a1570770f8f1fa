// SPDX-License-Identifier: Apache-2.0
// The panel that is always one click away: a row, where reports differ, every
// quote with its report, the report's whole text, its line of descent.
import {useEffect, useRef, useState} from 'preact/hooks';
import type {ComponentChildren} from 'preact';
import {review, useApi, type Row} from '../api';
import {hashOf, set, token, useAddress} from '../state';
import {S} from '../strings';
import {Ref, Section, Status, Wait, When, openRow} from '../ui';
import {Bytes, amount, citation, dates, label} from '../words';

const E = S.evidence;

const TITLES: Record<string, (row: Row) => string> = {
    event: r => r.summary ?? r.type, event_mention: r => label(r.type),
    statement: r => `${r.speakers?.map?.((s: Row) => s.name).join(', ')
        || r.source || S.unknown}: ${label(r.act)}`,
    figure: r => `${label(r.quantity)} ${amount(r)}`,
    figure_series: r => r.about ?? label(r.quantity),
    report: r => r.title ?? r.uri, actor: r => r.name, place: r => r.name,
    agreement: r => r.name ?? label(r.kind),
    obligation: r => [r.act, r.object].filter(Boolean).join(' '),
    issue: r => r.label ?? r.id,
};

// Fields said elsewhere in the panel, or of no use to a reader.
const HIDDEN = new Set([
    'table', 'id', 'summary', 'date_start', 'date_end', 'date_precision',
    'reports', 'independent', 'status', 'polarity', 'place_id', 'why',
    'actors', 'recipients', 'participants', 'hosts', 'mediators', 'mentions',
    'span_start', 'span_end', 'lineage_id', 'report_id', 'quote', 'content',
    'sha256', 'copy_of', 'version_of', 'story_id', 'host_id', 'mediator_id',
    'side_id', 'event_id', 'series_id', 'claimed_by', 'speaker_id',
    'addressee_id', 'parent_id', 'geonameid', 'attributed_to', 'low', 'high',
    'relation', 'quantity', 'about', 'disputed', 'figures', 'name', 'title',
    'uri', 'source_start', 'source_end', 'cue_start', 'cue_end',
    'content_start', 'content_end', 'trigger_start', 'trigger_end',
    'number_start', 'number_end', 'time_id', 'attributed_n', 'addressee_n',
    'statement_id', 'inside_id', 'side_n', 'claimed_n', 'claim_start',
    'claim_end', 'event_mention_id', 'series_why', 'copy_why', 'story_why',
    'actor_n', 'agreement_id', 'debtor_id', 'beneficiary_id', 'issue_id',
    'merge_why', 'story', 'text']);

function Fields({row}: {row: Row}) {
    const shown = Object.entries(row).filter(([key, value]) =>
        !HIDDEN.has(key) && value !== null && value !== ''
        && typeof value !== 'object');
    return shown.length ? <dl class="fields">{shown.map(([key, value]) =>
        <div key={key}><dt>{label(key)}</dt>
            <dd>{label(String(value))}</dd></div>)}</dl> : null;
}

const TELLING = ['type', 'mode', 'status', 'polarity', 'date_start',
                 'date_end', 'place', 'attributed_to'];

function Tellings({rows}: {rows: Row[]}) {
    const differ = TELLING.filter(key =>
        new Set(rows.map(r => r[key] ?? '')).size > 1);
    if (rows.length < 2)
        return null;
    return <Section title={E.tellings} level={3}>
        {!differ.length ? <p class="faint">{E.same}</p> :
            <div class="scroll" tabIndex={0} role="region"
                aria-label={E.tellings}><table><thead><tr>
                <th scope="col">{S.tables.report}</th>
                {differ.map(k => <th scope="col" key={k}>{label(k)}</th>)}
            </tr></thead><tbody>{rows.map(r => <tr key={r.id}>
                <th scope="row"><Ref table="event_mention" id={r.id}>
                    {r.outlet ?? r.report_id}</Ref></th>
                {differ.map(k => <td key={k}>{r[k] === null
                    ? <span class="faint">–</span>
                    : label(String(r[k]))}</td>)}
            </tr>)}</tbody></table></div>}
    </Section>;
}

function Values({rows}: {rows: Row[]}) {
    return <Section title={E.values} level={3}>
        <ul class="values">{rows.map(v => <li key={v.id}>
            <Ref table="figure" id={v.id}><b>{amount(v)}</b></Ref>
            <span>{v.claimant ?? <i>{S.figures.itself}</i>}</span>
            <span class="faint">{v.outlet}{v.as_of
                ? `, ${v.as_of}` : ''}</span></li>)}</ul></Section>;
}

function useCopy(): [string, (text: string, what: string) => void] {
    const [done, update] = useState('');
    return [done, (text, what) => {
        navigator.clipboard?.writeText(text).then(() => {
            update(what);
            setTimeout(() => update(''), 1500);
        }, () => prompt('', text));
    }];
}

function Quotes({rows, row}: {rows: Row[]; row: Row}) {
    const {params} = useAddress();
    const [done, copy] = useCopy();
    const groups = new Map<string, Row[]>();
    for (const r of rows) {
        const key = r.lineage_id ?? r.report_id;
        groups.set(key, [...groups.get(key) ?? [], r]);
    }
    const link = location.href.split('#')[0]
        + hashOf('process', {open: `${row.table}/${row.id}`});
    return <>{[...groups.values()].map(group => <div class="lineage"
        key={group[0].id}>
        {group.length > 1 && <p class="faint small">{S.reports(
            new Set(group.map(g => g.report_id)).size)}, {E.copies}</p>}
        {group.map(e => <article class="quote" key={`${e.id}${e.start}`}>
            <header><b>{e.outlet ?? e.uri}</b>
                <span>{e.published ?? S.undated}</span>
                {e.copy_kind && <span class="tag">{E.copyOf(
                    e.copy_kind)}</span>}</header>
            <blockquote>{e.before}<mark>{e.marked}</mark>{e.after}
            </blockquote>
            {e.why && <p class="why"><b>{E.why}</b> {e.why}
                {e.detail ? `; ${e.detail}` : ''}</p>}
            <footer>
                <button type="button" class="button small"
                    onClick={() => set({open: params.open, report:
                        `${e.report_id}:${e.start}-${e.end}`})}>
                    {E.report}</button>
                <button type="button" class="button small"
                    onClick={() => copy(citation(e, link), e.id)}>
                    {done === e.id ? E.copied : E.cite}</button>
            </footer>
        </article>)}
    </div>)}</>;
}

function linked(rows: Row[], table: string, id: string, text: (r: Row) =>
    ComponentChildren) {
    return <ul class="plain">{rows.map((r, i) => <li key={i}>
        {r[id] ? <Ref table={table} id={r[id]}>{text(r)}</Ref>
            : text(r)}</li>)}</ul>;
}

// Lists that belong to a row, by name.
const LISTS: Record<string, (rows: Row[], row: Row) =>
    ComponentChildren> = {
    parties: rows => linked(rows, 'actor', 'actor_id', r =>
        <><span class="faint">{r.role}</span> {r.name ?? S.unknown}</>),
    speakers: rows => linked(rows, 'actor', 'actor_id', r => r.name),
    links: (rows, row) => linked(rows.map(r => ({...r, other:
        r.from_event === row.id ? r.to_event : r.from_event})), 'event',
        'other', r => <>{label(r.kind)} {r.other}</>),
    figures: rows => linked(rows, 'figure', 'id', r =>
        <>{label(r.quantity)} {amount(r)} <span class="faint">
            {r.claimant ?? r.outlet}</span></>),
    names: rows => <p>{rows.map(r => r.name).join(' · ')}</p>,
    roles: rows => linked(rows, '', '', r => <>{r.title}{r.of
        ? ` of ${r.of}` : ''} <span class="faint">{r.former
        ? S.actors.former : ''} {dates(r.first_seen, r.last_seen)}
        </span></>),
    events: rows => linked(rows, 'event', 'id', r => <>
        <When row={r} /> {r.summary ?? label(r.type)}
        <Status row={r} /></>),
    copies: rows => linked(rows, 'report', 'id', r =>
        <>{r.outlet}: {r.title} {r.copy_kind && <span class="tag">
            {r.copy_kind}</span>}</>),
    notes: rows => linked(rows, '', '', r => <><span class="faint">
        {r.room}, {r.severity}</span> {r.text}</>),
    debtors: rows => linked(rows, 'actor', 'actor_id', r => r.name),
    positions: rows => linked(rows, 'statement', 'statement_id', r =>
        <>{r.date ?? S.undated} {r.name}: {label(r.stance)}</>),
    obligations: rows => linked(rows, 'obligation', 'id', r =>
        <>{r.act} {r.object} <span class="faint">{r.due_end
            ? S.obligations.due(r.due_end) : ''}</span></>),
    statuses: rows => linked(rows, 'report', 'report_id', r => <>{r.date ?? S.undated}{' '}
        {r.level}{' '}<span class="faint">{r.claimed_by_name
            ?? r.claimed_by}</span></>),
};
const OWN = new Set(['evidence', 'tellings', 'values', 'others', 'reviews',
                     'copies']);

function Lists({row}: {row: Row}) {
    return <>{Object.entries(row).filter(([k, v]) => Array.isArray(v)
        && v.length && !OWN.has(k)).map(([k, v]) =>
        <Section key={k} level={3} title={label(k)}>
            {LISTS[k] ? LISTS[k](v, row) : linked(v, '', '', r =>
                Object.values(r).filter(x => x !== null
                    && typeof x !== 'object').join(' · '))}
        </Section>)}</>;
}

export function Judge({table, row, onKept}: {table: string; row: string;
    onKept?: (verdict: string) => void}) {
    const [note, setNote] = useState('');
    const [said, setSaid] = useState('');
    if (!token())
        return null;
    const keep = (verdict: string) => review({
        table, row, verdict, note, by: localStorage.getItem('by') ?? '',
    }).then(() => {
        setSaid(S.review.kept(S.review.verdicts[verdict]));
        onKept?.(verdict);
    }, error => setSaid(`${S.failed}: ${error.message}`));
    return <div class="judge" role="group" aria-label={S.review.of}>
        <button type="button" class="button right" data-verdict="right"
            onClick={() => keep('right')}>✓ {S.review.right}</button>
        <button type="button" class="button wrong" data-verdict="wrong"
            onClick={() => keep('wrong')}>✗ {S.review.wrong}</button>
        <input aria-label={S.review.note} placeholder={S.review.note}
            value={note} class="note"
            onInput={e => setNote(e.currentTarget.value)} />
        <span role="status">{said}</span>
    </div>;
}

function Reviews({rows}: {rows: Row[]}) {
    return rows.length ? <ul class="plain">{rows.map(r => <li key={r.at}>
        <span class={`verdict ${r.verdict}`}>{r.verdict === 'right' ? '✓'
            : '✗'} {S.review.verdicts[r.verdict]}</span> {r.note}
        <span class="faint"> {r.by}, {r.at.slice(0, 10)}</span></li>)}</ul>
        : null;
}

function Spans({text, spans, mark}: {text: string; spans: Row[];
    mark: [number, number]}) {
    const bytes = new Bytes(text);
    const element = useRef<HTMLElement>(null);
    useEffect(() => element.current?.scrollIntoView({block: 'center'}),
              [text, mark[0]]);
    const cuts = new Set([0, bytes.length, ...mark]);
    for (const s of spans) {
        cuts.add(s.span_start);
        cuts.add(s.span_end);
    }
    const at = [...cuts].sort((a, b) => a - b);
    let first = true;
    return <div class="text">{at.slice(0, -1).map((start, i) => {
        const part = bytes.slice(start, at[i + 1]);
        const on = start >= mark[0] && start < mark[1];
        const s = spans.find(x => x.span_start <= start
            && x.span_end > start);
        const inner = s && !on
            ? <span class="found" title={s.title}
                onClick={() => s.id && openRow(s.table, s.id)}>{part}</span>
            : part;
        if (!on)
            return inner;
        const own = first;
        first = false;
        return <mark ref={own ? element : undefined}>{inner}</mark>;
    })}</div>;
}

export function Report({id, mark}: {id: string; mark: [number, number]}) {
    const asked = useApi<Row>(`reports/${encodeURIComponent(id)}`);
    const data = asked.data;
    const report = data?.report[0];
    const spans: Row[] = data ? [
        ...data.events.map((e: Row) => ({...e, table: 'event',
            title: e.summary ?? label(e.type)})),
        ...data.statements.map((s: Row) => ({...s, table: 'statement',
            title: `${s.speaker ?? ''} ${label(s.act)}`})),
        ...data.figures.map((f: Row) => ({...f, table: 'figure',
            title: `${label(f.quantity)} ${f.low ?? f.high}`}))] : [];
    return <Wait of={asked}>{report && <>
        <p class="kicker">{S.tables.report}</p>
        <h2>{report.title ?? report.uri}</h2>
        <p class="faint">{[report.outlet, report.agency !== report.outlet
            ? report.agency : null, report.byline, report.published
            ?? S.undated, report.dateline_place].filter(Boolean)
            .join(' · ')}</p>
        {report.uri && <p class="faint small breaks">{report.uri}</p>}
        <Spans text={report.text} spans={spans} mark={mark} />
        <Section title={E.lineage} level={3}>
            {data!.lineage.length < 2 ? <p class="faint">{E.alone}</p>
                : linked(data!.lineage, 'report', 'id', r => <>
                    {r.outlet}, {r.published ?? S.undated}
                    <span class="tag">{r.copy_kind ? E.copyOf(r.copy_kind)
                        : E.source}</span></>)}
        </Section>
        {data!.story.length > 0 && <Section title={E.story} level={3}>
            {linked(data!.story, 'report', 'id', r =>
                <>{r.outlet}, {r.published}: {r.title}</>)}</Section>}
    </>}</Wait>;
}

function Detail({table, id}: {table: string; id: string}) {
    const [, again] = useState(0);
    const asked = useApi<Row>(
        `rows/${encodeURIComponent(table)}/${encodeURIComponent(id)}`);
    const row = asked.data;
    const [done, copy] = useCopy();
    const link = location.href;
    return <Wait of={asked}>{row && <>
        <p class="kicker">{S.tables[row.table] ?? row.table}</p>
        <h2>{TITLES[row.table]?.(row) ?? row.id}</h2>
        <p class="summary">
            {'date_start' in row && <When row={row} />}
            {row.place && <Ref table="place" id={row.place_id}>
                {row.place}</Ref>}
            <Status row={row} />
            {row.reports > 0 && <span>{S.reports(row.reports)}
                {row.independent ? `, ${S.independent(row.independent)}`
                    : ''}</span>}
            <button type="button" class="button small"
                onClick={() => copy(link, 'link')}>
                {done === 'link' ? E.copied : E.link}</button></p>
        <Judge table={row.table} row={row.id}
            onKept={() => again(x => x + 1)} />
        <Reviews rows={row.reviews} />
        {row.tellings && <Tellings rows={row.tellings} />}
        {row.values?.length > 0 && <Values rows={row.values} />}
        {row.others?.length > 0 && <Values rows={row.others} />}
        {row.evidence?.length > 0 && <Section title={E.quotes} level={3}>
            <Quotes rows={row.evidence} row={row} /></Section>}
        <Lists row={row} />
        <Fields row={row} />
        <p class="faint small breaks">{row.id}</p>
    </>}</Wait>;
}

export function Evidence() {
    const {params} = useAddress();
    const panel = useRef<HTMLElement>(null);
    const back = useRef<Element | null>(null);
    const open = params.open ?? '';
    const slash = open.indexOf('/');
    const table = open.slice(0, slash), id = open.slice(slash + 1);
    const report = params.report?.match(/^([^:]+):(\d+)-(\d+)$/);
    useEffect(() => {
        if (!open)
            return;
        back.current = document.activeElement;
        panel.current?.focus({preventScroll: true});
        panel.current?.scrollTo(0, 0);
    }, [open, params.report]);
    if (!open)
        return null;
    const close = () => {
        set({open: '', report: ''});
        (back.current as HTMLElement | null)?.focus?.();
    };
    return <aside class="evidence" aria-label={E.title} tabIndex={-1}
        ref={panel} onKeyDown={e => e.key === 'Escape' && close()}>
        <div class="bar">
            {params.report ? <button type="button" class="button small"
                onClick={() => set({report: ''})}>← {S.back}</button>
                : <span class="faint">{E.title}</span>}
            <button type="button" class="button small close"
                onClick={close} aria-label={S.close}>✕</button></div>
        {report ? <Report id={report[1]} mark={[+report[2], +report[3]]} />
            : table === 'report' ? <Report id={id} mark={[0, 0]} />
                : <Detail key={open} table={table} id={id} />}
    </aside>;
}
