// SPDX-License-Identifier: Apache-2.0
// Who is in it: a list, and a dossier with offices over time.
import {scaleUtc} from 'd3-scale';
import {useState} from 'preact/hooks';
import {useApi, type Row} from '../api';
import {set, useAddress} from '../state';
import {S} from '../strings';
import {Choices, Csv, EventLine, Section, Side, StatementLine, Wait,
        openRow, period, useGrowing, useWidth} from '../ui';
import {dates, label, number} from '../words';

const A = S.actors;
const KINDS = ['', 'person', 'country', 'organisation', 'armed_group',
               'population', 'body'];

function Offices({rows}: {rows: Row[]}) {
    const {box, width} = useWidth<HTMLDivElement>();
    const dated = rows.filter(r => r.first_seen);
    const days = dated.flatMap(r => [Date.parse(r.first_seen),
                                     Date.parse(r.last_seen
                                         ?? r.first_seen)]);
    const left = Math.min(260, width * .45), high = 26;
    const x = scaleUtc([Math.min(...days) - 2e9, Math.max(...days) + 2e9],
                       [left, width - 10]);
    return <div ref={box} class="chart">
        {dated.length > 0 && <svg width={width} role="group"
            height={dated.length * high + 20} aria-label={A.offices}>
            {x.ticks(Math.max(2, Math.floor((width - left) / 130))).map(t =>
                <g key={+t}><line x1={x(t)} x2={x(t)} y1="0"
                    y2={dated.length * high} class="rule" />
                    <text x={x(t)} y={dated.length * high + 14}
                        text-anchor="middle">{x.tickFormat()(t)}</text>
                </g>)}
            {dated.map((r, i) => {
                const a = x(Date.parse(r.first_seen));
                const b = x(Date.parse(r.last_seen ?? r.first_seen));
                const name = `${r.title}${r.of ? `, ${r.of}` : ''}`;
                const open = () => set({open: `actor/${r.actor_id}`, report:
                    `${r.report_id}:${r.span_start ?? 0}-${r.span_end
                        ?? 0}`});
                return <g key={r.n} class="point" role="button" tabIndex={0}
                    aria-label={`${name}: ${dates(r.first_seen,
                        r.last_seen)}`} onClick={open}
                    data-ref={`report/${r.report_id}`}
                    onKeyDown={e => e.key === 'Enter' && open()}>
                    <title>{dates(r.first_seen, r.last_seen)}</title>
                    <text x="0" y={i * high + 16} class="name">
                        {name.slice(0, 40)}</text>
                    <rect x={a - 5} y={i * high + 6} rx="5"
                        width={b - a + 10} height="11"
                        class={r.former ? 'planned' : 'held'} /></g>;
            })}</svg>}
        {rows.filter(r => !r.first_seen).map(r => <p key={r.n} class="small">
            {r.title}{r.of ? `, ${r.of}` : ''}{' '}
            <span class="faint">{r.former ? A.former : S.undated}</span>
        </p>)}
        {!rows.length && <p class="faint">{A.noOffice}</p>}</div>;
}

function Dossier({id}: {id: string}) {
    const {params} = useAddress();
    const who = useApi<Row>(`rows/actor/${encodeURIComponent(id)}`);
    const offices = useApi('offices', {actor: id});
    const events = useApi('events', {...period(params), actor: id,
                                     limit: 60});
    const said = useApi('statements', {...period(params), speaker: id,
                                       limit: 60});
    const a = who.data;
    return <Wait of={who}>{a && <article class="dossier">
        <h2>{a.name} {a.iso3 && <Side code={a.iso3} />}</h2>
        <p class="faint">{[label(a.kind), a.sector, a.parent].filter(Boolean)
            .join(' · ')}</p>
        <p>{S.reports(a.reports ?? 0)}, <button type="button" class="ref"
            data-ref={`actor/${id}`}
            onClick={() => openRow('actor', id)}>{number(a.mentions)}{' '}
            {A.mentions.toLowerCase()}</button></p>
        <p class="small"><span class="faint">{A.names}:</span>{' '}
            {a.names.map((n: Row) => n.name).join(' · ')}</p>
        <Section level={3} title={A.offices}><Wait of={offices}>
            <Offices rows={offices.data?.rows ?? []} /></Wait></Section>
        <Section level={3} title={A.events} aside={<Csv name="events"
            params={{...period(params), actor: id}} />}>
            <Wait of={events} empty={S.nothing}><ol class="lines">
                {events.data?.rows.map(r => <EventLine key={r.id}
                    row={r} />)}</ol></Wait></Section>
        <Section level={3} title={A.statements} aside={<Csv
            name="statements" params={{...period(params), speaker: id}} />}>
            <Wait of={said} empty={S.nothing}><ol class="lines">
                {said.data?.rows.map(r => <StatementLine key={r.id}
                    row={r} />)}</ol></Wait></Section>
    </article>}</Wait>;
}

export function Actors() {
    const {params} = useAddress();
    const [name, setName] = useState('');
    const {limit, more} = useGrowing();
    const asked = useApi('actors', {name, kind: params.kind, limit});
    const first = asked.data?.rows[0]?.id;
    const id = params.actor ?? first;
    return <div class="split">
        <Section title={A.title} aside={<Csv name="actors"
            params={{kind: params.kind}} />}>
            <p><input type="search" aria-label={A.find} placeholder={A.find}
                value={name} onInput={e => setName(e.currentTarget.value)} />
            </p>
            <Choices name={A.kind} value={params.kind ?? ''}
                onChange={kind => set({kind, actor: ''})}
                options={KINDS.map(k => ({value: k,
                    label: label(k) || S.all}))} />
            <Wait of={asked} empty={S.nothing}><ul class="people">
                {asked.data?.rows.map(r => <li key={r.id}>
                    <button type="button" aria-current={r.id === id}
                        onClick={() => set({actor: r.id})}>
                        <b>{r.name}</b>{r.iso3 && <Side code={r.iso3} />}
                        <span class="faint">{r.roles ?? label(r.kind)}
                        </span><span class="num faint">{number(r.mentions)}
                        </span></button></li>)}</ul>
                {more(asked.data)}</Wait>
        </Section>
        <div>{id && <Dossier key={id} id={id} />}</div>
    </div>;
}
