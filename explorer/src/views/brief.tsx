// SPDX-License-Identifier: Apache-2.0
// The period on paper: each line with a number, each number with its quote.
import {useApi, type Row} from '../api';
import {useAddress} from '../state';
import {S} from '../strings';
import {Ref, Section, Status, Wait, When, period} from '../ui';
import {amount, dates, label} from '../words';
import {stateOf} from './obligations';

const B = S.brief;
const MOST = 40;

interface Note { table: string; id: string }

export function Brief({record}: {record: Row}) {
    const {params} = useAddress();
    const p = period(params);
    const agreements = useApi('agreements', {...p, limit: MOST});
    const meetings = useApi('meetings', {...p, limit: MOST * 2});
    const incidents = useApi('events', {...p, quad: 4, limit: MOST});
    const steps = useApi('events', {...p, quad: 2, limit: MOST});
    const disputed = useApi('series', {...p, disputed: 1, limit: 15});
    const obligations = useApi('obligations', {limit: 500});
    const counts = record.counts[0];
    const from = params.from || counts.first_report || '…';
    const to = params.to || counts.last_report || '…';
    const notes: Note[] = [];
    const cite = (table: string, id: string) => {
        notes.push({table, id});
        return <Ref table={table} id={id} className="cite">
            [{notes.length}]</Ref>;
    };
    const line = (e: Row) => <li key={e.id} class="line"><When row={e} />
        <span>{e.summary ?? label(e.type)} <Status row={e} />{' '}
            {cite('event', e.id)}</span>
        <span class="meta faint">{S.reports(e.reports)}, {S.independent(
            e.independent)}</span></li>;
    const list = (asked: typeof meetings, title: string) => {
        const rows = (asked.data?.rows ?? []).filter(e =>
            e.status === 'actual' || e.status === 'ongoing'
            || e.status === 'planned');
        return rows.length > 0 && <Section level={3} title={title}>
            <ol class="lines">{rows.map(line)}</ol></Section>;
    };
    const open = (obligations.data?.rows ?? []).filter(o =>
        !['full'].includes(stateOf(o, to)));
    return <article class="brief">
        <header class="section"><h2>{B.of(from, to)}</h2>
            <button type="button" class="button noprint"
                onClick={() => print()}>{B.print}</button></header>
        <p class="faint">{B.made(record.program)}</p>
        <p>{S.reports(counts.reports)}; {record.lanes.map((l: Row) =>
            `${(S.lanes[l.lane] ?? l.lane).toLowerCase()}: ${l.items}`)
            .join('; ')}.</p>
        {(agreements.data?.rows.length ?? 0) > 0 && <Section level={3}
            title={B.agreements}><ol class="lines">
            {agreements.data!.rows.map(a => <li class="line" key={a.id}>
                <time class="when">{dates(a.date_start, a.date_end,
                                          a.date_precision)}</time>
                <span>{a.name ?? label(a.kind)} {cite('agreement', a.id)}
                </span><span class="meta faint">{S.stages[a.stage]
                    ?? ''}</span></li>)}</ol></Section>}
        <Wait of={meetings}>{list(meetings, B.meetings)}</Wait>
        {list(incidents, B.incidents)}
        {list(steps, B.steps)}
        {(disputed.data?.rows.length ?? 0) > 0 && <Section level={3}
            title={B.disputed}><ul class="plain">
            {disputed.data!.rows.map(q => <li key={q.id}>{q.about}:{' '}
                {q.values.map((v: Row, i: number) => <span key={v.id}>
                    {i ? `; ${B.claims} ` : ''}<b>{amount(v)}</b>{' '}
                    ({v.claimant}) {cite('figure', v.id)}</span>)}</li>)}
            </ul></Section>}
        {open.length > 0 && <Section level={3} title={B.obligations}>
            <ul class="plain">{open.slice(0, MOST).map(o => <li key={o.id}>
                <b>{o.debtors ?? o.debtor ?? S.unknown}</b> {o.act}{' '}
                {o.object} <span class="faint">({S.obligations.columns[
                    stateOf(o, to)]}{o.due_end ? `, ${S.obligations.due(
                    o.due_end)}` : ''})</span> {cite('obligation', o.id)}
            </li>)}</ul></Section>}
        <Section level={3} title={B.sources}><ol class="sources-list">
            {notes.map((n, i) => <Source key={`${n.table}/${n.id}/${i}`}
                note={n} />)}</ol></Section>
    </article>;
}

function Source({note}: {note: Note}) {
    const asked = useApi<Row>(`rows/${note.table}/${encodeURIComponent(
        note.id)}`);
    const first = asked.data?.evidence?.[0];
    return <li>{first ? <>{first.outlet ?? first.uri}, {first.published
        ?? S.undated}: <q>{first.quote.slice(0, 280)}</q></>
        : <span class="faint">{note.id}</span>}</li>;
}
