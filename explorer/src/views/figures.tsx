// SPDX-License-Identifier: Apache-2.0
// One quantity: a line a claimant, ranges and bounds kept; then what
// contradicts what, largest first.
import {scaleLinear, scaleLog, scaleUtc} from 'd3-scale';
import {useApi, type Row} from '../api';
import {pathOfShape} from '../sides';
import {set, useAddress} from '../state';
import {S} from '../strings';
import {Choices, Csv, Ref, Section, Side, Wait, openRow, period, useGrowing,
        useWidth} from '../ui';
import {amount, label, number} from '../words';

const F = S.figures;
const CLAIMANTS = 8, HEIGHT = 300, LEFT = 56, RIGHT = 190;

// Steps from value to value of what is counted alike.
function stepsOf(list: Row[], at: number[][]) {
    return list.map((r, k) => {
        const before = list.findLastIndex((o, i) => i < k
            && o.series_id === r.series_id);
        return before < 0 ? '' : `M${at[before][0]} ${at[before][1]}H${
            at[k][0]}V${at[k][1]}`;
    }).join('');
}

function Chart({rows, name}: {rows: Row[]; name: string}) {
    const {box, width} = useWidth<HTMLDivElement>();
    const dated = rows.filter(r => r.day && (r.low ?? r.high) !== null)
        .sort((a, b) => a.day < b.day ? -1 : 1);
    const by = new Map<string, Row[]>();
    for (const r of dated) {
        const who = r.claimant ?? r.outlet ?? S.unknown;
        by.set(who, [...by.get(who) ?? [], r]);
    }
    const claimants = [...by.entries()].sort((a, b) =>
        b[1].length - a[1].length);
    const values = dated.flatMap(r => [r.low ?? r.high, r.high ?? r.low])
        .map(v => Math.max(1, v));
    if (!dated.length)
        return <p class="faint">{S.nothing}</p>;
    const days = dated.map(r => Date.parse(r.day));
    const x = scaleUtc([Math.min(...days) - 864e5, Math.max(...days)
        + 864e5], [LEFT, width - RIGHT]);
    const top = Math.max(...values), low = Math.min(...values);
    const y = (top / low > 30 ? scaleLog : scaleLinear)(
        [top / low > 30 ? low * .8 : 0, top * 1.05], [HEIGHT - 26, 10]);
    const yTicks = y.ticks(5).filter((_, i, a) => a.length < 9
        || i % Math.ceil(a.length / 6) === 0);
    const labels: {y: number; who: string; i: number}[] = [];
    claimants.slice(0, CLAIMANTS).forEach(([who, list], i) => {
        const last = list[list.length - 1];
        labels.push({y: y(Math.max(1, last.low ?? last.high)), who, i});
    });
    labels.sort((a, b) => a.y - b.y);
    labels.forEach((l, k) => {
        if (k && l.y < labels[k - 1].y + 13)
            l.y = labels[k - 1].y + 13;
    });
    return <div ref={box} class="chart">
        <svg width={width} height={HEIGHT} role="group"
            aria-label={F.chart(label(name))}>
            {yTicks.map(t => <g key={t}><line x1={LEFT} x2={width - RIGHT}
                y1={y(t)} y2={y(t)} class="rule" />
                <text x={LEFT - 6} y={y(t) + 4} text-anchor="end">
                    {number(t)}</text></g>)}
            {x.ticks(Math.max(2, Math.floor(width / 160))).map(t =>
                <text key={+t} x={x(t)} y={HEIGHT - 6}
                    text-anchor="middle">{x.tickFormat()(t)}</text>)}
            {claimants.map(([who, list], c) => {
                const i = Math.min(c, CLAIMANTS);
                const at = list.map(r => [x(Date.parse(r.day)),
                    y(Math.max(1, r.low ?? r.high))]);
                return <g key={who} class={`line-${i}`}>
                    {c < CLAIMANTS && <path class="step"
                        d={stepsOf(list, at)} />}
                    {list.map((r, k) => {
                        const [a, b] = at[k];
                        const up = r.high === null, down = r.low === null;
                        const far = y(Math.max(1, r.high ?? r.low));
                        const title = `${who}, ${r.day}: ${amount(r)} — `
                            + `${r.quote}`;
                        return <g key={r.id} class="point" role="button"
                            tabIndex={0} aria-label={title}
                            data-ref={`figure/${r.id}`}
                            onClick={() => openRow('figure', r.id)}
                            onKeyDown={e => e.key === 'Enter'
                                && openRow('figure', r.id)}>
                            <title>{title}</title>
                            <circle cx={a} cy={b} r="12" class="target" />
                            {far !== b && <line x1={a} x2={a} y1={b}
                                y2={far} />}
                            {(up || down) && <path class="bound"
                                d={`M${a} ${b}v${up ? -13 : 13}m-3 ${up
                                    ? 4 : -4}l3 ${up ? -4 : 4}l3 ${up ? 4
                                    : -4}`} />}
                            <path d={pathOfShape(i, a, b, 4.5)} />
                        </g>;
                    })}</g>;
            })}
            {labels.map(l => <text key={l.who} x={width - RIGHT + 10}
                y={l.y + 4} class={`name fill-${l.i}`}>
                {l.who.slice(0, 30)}</text>)}
        </svg></div>;
}

function Series({rows}: {rows: Row[]}) {
    return <ul class="series">{rows.map(q => <li key={q.id}>
        <p><Ref table="figure_series" id={q.id}><b>{q.about
            ?? label(q.quantity)}</b></Ref> <Side code={q.side_iso3} />
            {q.spread > 0 && <span class="faint"> {F.spread}{' '}
                {number(q.spread)}</span>}</p>
        <ul class="values">{q.values.map((v: Row) => <li key={v.id}>
            <Ref table="figure" id={v.id}><b>{amount(v)}</b></Ref>
            <span>{v.claimant}</span>
            <span class="faint">{v.day}{v.said ? `, ${v.outlet}` : ''}
            </span></li>)}</ul></li>)}</ul>;
}

export function Figures() {
    const {params} = useAddress();
    const quantities = useApi('quantities', {...period(params), limit: 40});
    const names: string[] = (quantities.data?.rows ?? [])
        .map((q: Row) => q.quantity);
    const chosen = params.quantity
        || names.find(n => n === 'killed') || names[0] || 'killed';
    const filter = {...period(params), quantity: chosen};
    const {limit, more} = useGrowing(200);
    const figures = useApi('figures', {...filter, limit: 1500});
    const disputed = useApi('series', {...period(params), disputed: 1,
                                       limit});
    const several = useApi('series', {...filter, several: 1, limit: 60});
    return <>
        <Section title={F.title}
            aside={<Csv name="figures" params={filter} />}>
            <Choices name={F.quantity} value={chosen}
                onChange={quantity => set({quantity})}
                options={(quantities.data?.rows ?? []).map((q: Row) => ({
                    value: q.quantity, label: <>{label(q.quantity)}
                        <span class="faint"> {number(q.figures)}</span></>,
                }))} />
            <Wait of={figures} empty={S.nothing}>
                <Chart rows={figures.data?.rows ?? []} name={chosen} />
            </Wait>
        </Section>
        <Section title={F.contradictions} aside={<Csv name="series"
            params={{...period(params), disputed: 1}} />}>
            <Wait of={disputed} empty={F.noContradiction}>
                <Series rows={disputed.data?.rows ?? []} />
                {more(disputed.data)}</Wait>
        </Section>
        <Section title={F.agreed}>
            <Wait of={several} empty={S.nothing}>
                <Series rows={(several.data?.rows ?? [])
                    .filter(q => !q.disputed)} /></Wait>
        </Section>
    </>;
}
