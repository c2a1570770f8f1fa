// SPDX-License-Identifier: Apache-2.0
// What was promised, by when, and what reports say of it since.
import {useApi, type Row} from '../api';
import {useAddress} from '../state';
import {S} from '../strings';
import {Csv, Ref, Section, Side, Wait, period} from '../ui';
import {dates, label, number} from '../words';

const O = S.obligations;
const COLUMNS = ['overdue', 'breached', 'none', 'minimal', 'partial', 'full',
                 'unknown'];
const MARKS: Record<string, string> = {
    overdue: '!', breached: '✗', none: '○', minimal: '◔', partial: '◑',
    full: '●', unknown: '?',
};

export function stateOf(o: Row, today: string) {
    const last = o.statuses.filter((s: Row) => s.level !== null
        && (!s.date || s.date <= today)).at(-1);
    const level = last?.level;
    if (level === -1)
        return 'breached';
    if (level === 3)
        return 'full';
    if (o.due_end && o.due_end < today)
        return 'overdue';
    return level === undefined ? 'unknown'
        : ['none', 'minimal', 'partial'][level] ?? 'unknown';
}

function Card({o}: {o: Row}) {
    return <li class="card">
        <p><Ref table="obligation" id={o.id}><b>{o.debtors ?? o.debtor
            ?? S.unknown}</b> {o.act} {o.object}</Ref></p>
        {o.condition && <p class="small">{O.condition} {o.condition}</p>}
        <p class="small faint">{o.due_end || o.due_start
            ? O.due(dates(o.due_start, o.due_end, '')) : O.noDue}
            {o.agreement && <> · <Ref table="agreement"
                id={o.agreement_id}>{o.agreement}</Ref></>}</p>
        {o.statuses.length > 0 && <ul class="plain small">
            {o.statuses.map((s: Row, i: number) => <li key={i}>
                <span aria-hidden="true">{MARKS[s.level === -1 ? 'breached'
                    : COLUMNS[s.level + 2]] ?? '?'}</span>{' '}
                {s.date ?? S.undated}{s.claimed_by
                    ? `, ${O.claimedBy(s.claimed_by)}` : ''}</li>)}</ul>}
    </li>;
}

export function Obligations({record}: {record: Row}) {
    const {params} = useAddress();
    const asked = useApi('obligations', {limit: 2000});
    const agreements = useApi('agreements', {...period(params),
                                             limit: 500});
    const mandates = useApi('mandates', {limit: 300});
    const today = params.to || record.counts[0].last_report
        || new Date().toISOString().slice(0, 10);
    const inPeriod = (o: Row) => !params.from || !o.due_end
        || o.due_end >= params.from;
    const rows = (asked.data?.rows ?? []).filter(inPeriod);
    const columns = COLUMNS.map(c => ({name: c, rows: rows.filter(o =>
        stateOf(o, today) === c)})).filter(c => c.rows.length);
    return <>
        <Section title={O.title} aside={<><span class="faint">
            {O.asOf(today)}</span><Csv name="obligations" /></>}>
            <Wait of={asked} empty={O.empty}>
                <div class="board">{columns.map(c => <section key={c.name}
                    class={`column ${c.name}`}>
                    <h3><span aria-hidden="true">{MARKS[c.name]}</span>{' '}
                        {O.columns[c.name]} <span class="faint">
                            {c.rows.length}</span></h3>
                    <ul class="plain">{c.rows.map(o =>
                        <Card key={o.id} o={o} />)}</ul></section>)}</div>
            </Wait>
        </Section>
        <Section title={O.agreements} aside={<Csv name="agreements"
            params={period(params)} />}>
            <Wait of={agreements} empty={S.nothing}><ol class="lines">
                {agreements.data?.rows.map(a => <li class="line"
                    key={a.id}><time class="when">{dates(a.date_start,
                        a.date_end, a.date_precision)}</time>
                    <span><Ref table="agreement" id={a.id}>{a.name
                        ?? label(a.kind)}</Ref>{' '}
                        {a.parties.map((p: Row) => p.iso3
                            ? <Side key={p.actor_id + p.role}
                                code={p.iso3} /> : null)}</span>
                    <span class="meta"><span class="kind">
                        {S.stages[a.stage] ?? label(a.stage)}</span>
                        <span class="faint">{S.reports(a.reports)}</span>
                    </span></li>)}</ol></Wait>
        </Section>
        {mandates.data && mandates.data.rows.length > 0 &&
            <Section title={O.mandates}><ol class="lines">
                {mandates.data.rows.map(m => <li class="line"
                    key={m.actor_id + m.n}>
                    <time class="when">{dates(m.term_start, m.term_end,
                                              '')}</time>
                    <span><Ref table="actor" id={m.actor_id}>{m.body}</Ref>
                        {' '}{m.task}</span>
                    <span class="meta">{number(m.size_low)}
                        {m.size_high !== m.size_low
                            ? `–${number(m.size_high)}` : ''}
                        {m.report_id && <Ref table="report"
                            id={m.report_id}>{S.tables.report}</Ref>}
                    </span></li>)}</ol></Section>}
    </>;
}
