// SPDX-License-Identifier: Apache-2.0
// Meetings by the mediator's track, who met whom, and each of them.
import {forceCenter, forceCollide, forceLink, forceManyBody,
        forceSimulation} from 'd3-force';
import {scaleUtc} from 'd3-scale';
import {useMemo} from 'preact/hooks';
import {useApi, type Row} from '../api';
import {sideIndex} from '../sides';
import {set, useAddress} from '../state';
import {S} from '../strings';
import {Csv, Ref, Section, Sources, Status, Table, Verdict, Wait, When,
        openRow, period, useGrowing, useWidth} from '../ui';
import {dates, label} from '../words';

const M = S.meetings;
const ROLES = ['participant', 'actor', 'recipient'];

function who(m: Row): Row[] {
    const seen = new Map<string, Row>();
    for (const p of m.parties as Row[])
        if (ROLES.includes(p.role))
            seen.set(p.actor_id, p);
    return [...seen.values()];
}

const mediatorOf = (m: Row) => m.mediator ?? m.mediators ?? '';

function Tracks({rows}: {rows: Row[]}) {
    const {box, width} = useWidth<HTMLDivElement>();
    const dated = rows.filter(m => m.date_start);
    const tracks = new Map<string, Row[]>();
    for (const m of dated) {
        const name = mediatorOf(m);
        tracks.set(name, [...tracks.get(name) ?? [], m]);
    }
    if (!dated.length)
        return null;
    const order = [...tracks.entries()].sort((a, b) =>
        b[1].length - a[1].length).slice(0, 12);
    const days = dated.map(m => Date.parse(m.date_start));
    const left = Math.min(190, width * .3), high = 34;
    const x = scaleUtc([Math.min(...days), Math.max(...days) + 1],
                       [left + 12, width - 14]);
    const height = order.length * high + 24;
    return <div ref={box} class="chart"><svg width={width} height={height}
        role="group" aria-label={M.tracks}>
        {x.ticks(Math.max(2, Math.floor(width / 140))).map(t =>
            <g key={+t}><line x1={x(t)} x2={x(t)} y1="0" y2={height - 18}
                class="rule" /><text x={x(t)} y={height - 4}
                text-anchor="middle">{x.tickFormat()(t)}</text></g>)}
        {order.map(([name, list], i) => <g key={name}>
            <text x="0" y={i * high + 21} class="name">{(name || M.direct)
                .slice(0, 28)} ({list.length})</text>
            <line x1={left} x2={width} y1={(i + 1) * high}
                y2={(i + 1) * high} class="rule" />
            {list.map(m => {
                const title = `${m.date_start}: ${m.summary ?? ''}`;
                return <g key={m.id} class="point" role="button"
                    tabIndex={0} aria-label={title}
                    data-ref={`event/${m.id}`}
                    onClick={() => openRow('event', m.id)}
                    onKeyDown={e => e.key === 'Enter'
                        && openRow('event', m.id)}>
                    <title>{title}</title>
                    <circle cx={x(Date.parse(m.date_start))}
                        cy={i * high + 17} r="12" class="target" />
                    <circle cx={x(Date.parse(m.date_start))}
                        cy={i * high + 17}
                        r={4 + Math.min(5, who(m).length)}
                        class={m.status === 'actual' ? 'held' : 'planned'}
                    /></g>;
            })}</g>)}</svg></div>;
}

interface Node {
    id: string; name: string; iso3: string | null; weight: number;
    x?: number; y?: number;
}

function Network({rows}: {rows: Row[]}) {
    const {params} = useAddress();
    const {box, width} = useWidth<HTMLDivElement>();
    const height = 420;
    const graph = useMemo(() => {
        const nodes = new Map<string, Node>();
        const take = (id: string, name: string, iso3: string | null,
                      weight: number) => {
            const n = nodes.get(id) ?? {id, name, iso3, weight: 0};
            n.weight += weight;
            nodes.set(id, n);
        };
        for (const r of rows) {
            take(r.a, r.a_name, r.a_iso3, r.meetings);
            take(r.b, r.b_name, r.b_iso3, r.meetings);
        }
        const list = [...nodes.values()].sort((a, b) => b.weight - a.weight)
            .slice(0, 45);
        const in_ = new Set(list.map(n => n.id));
        const links = rows.filter(r => in_.has(r.a) && in_.has(r.b))
            .map(r => ({source: r.a, target: r.b, row: r}));
        forceSimulation(list as any).force('charge',
            forceManyBody().strength(-260))
            .force('link', forceLink(links as any).id((d: any) => d.id)
                .distance(85))
            .force('collide', forceCollide(24))
            .force('center', forceCenter(0, 0)).stop().tick(220);
        return {list, links: links as any[]};
    }, [rows]);
    const xs = graph.list.map(n => n.x!), ys = graph.list.map(n => n.y!);
    const fitX = Math.min(2.6, (width - 230) / (Math.max(...xs)
        - Math.min(...xs) || 1));
    const fitY = Math.min(1.6, (height - 50) / (Math.max(...ys)
        - Math.min(...ys) || 1));
    const px = (v: number) => 40 + (v - Math.min(...xs)) * fitX;
    const py = (v: number) => 25 + (v - Math.min(...ys)) * fitY;
    const textOf = (n: Node) => n.iso3 && n.name.length < 24
        ? `${n.name} · ${n.iso3}` : n.name;
    return <div ref={box} class="chart"><svg width={width} height={height}
        role="group" aria-label={M.network}>
        {graph.links.map(l => {
            const title = `${M.between(l.source.name, l.target.name)}: ${
                S.times(l.row.meetings)}`;
            const pair = `${l.source.id}|${l.target.id}`;
            const open = () => set({pair: params.pair === pair ? '' : pair});
            return <line key={pair} tabIndex={0} role="button"
                aria-label={title} class={params.pair === pair
                    ? 'edge chosen' : 'edge'}
                x1={px(l.source.x)} y1={py(l.source.y)} x2={px(l.target.x)}
                y2={py(l.target.y)} stroke-width={1 + Math.min(9,
                    l.row.meetings)} onClick={open}
                onKeyDown={e => e.key === 'Enter' && open()}>
                <title>{title}</title></line>;
        })}
        {graph.list.map(n => <g key={n.id} class="point" role="button"
            tabIndex={0} aria-label={textOf(n)} data-ref={`actor/${n.id}`}
            onClick={() => openRow('actor', n.id)}
            onKeyDown={e => e.key === 'Enter' && openRow('actor', n.id)}>
            <circle cx={px(n.x!)} cy={py(n.y!)} r={4 + Math.sqrt(n.weight)}
                class={`fill-${sideIndex(n.iso3 ?? n.name)}`} />
            <text x={px(n.x!) + 7 + Math.sqrt(n.weight)} y={py(n.y!) + 4}
                class="name halo">{textOf(n)}</text></g>)}
    </svg></div>;
}

export function Meetings() {
    const {params} = useAddress();
    const [a, b] = (params.pair ?? '').split('|');
    const {limit, more} = useGrowing(500);
    const all = useApi('meetings', {...period(params), limit});
    const pair = useApi(a ? 'meetings' : null,
        {...period(params), actor: a, limit: 5000});
    const network = useApi('network', {...period(params), limit: 400});
    const rows = a ? (pair.data?.rows ?? []).filter(m => m.parties.some(
        (p: Row) => p.actor_id === b)) : all.data?.rows ?? [];
    return <>
        <Section title={M.tracks} aside={<Csv name="meetings"
            params={period(params)} />}>
            <Wait of={all} empty={S.nothing}>
                <Tracks rows={all.data?.rows ?? []} /></Wait></Section>
        <Section title={M.network}>
            <Wait of={network} empty={S.nothing}>
                <p class="hint">{M.network_hint}</p>
                {network.data && <Network rows={network.data.rows} />}
            </Wait></Section>
        <Section title={M.list} aside={a && <button type="button"
            class="button small" onClick={() => set({pair: ''})}>
            {S.all}</button>}>
            <Wait of={a ? pair : all} empty={S.nothing}>
                <Table caption={M.list} rows={rows} keyOf={m => m.id}
                    columns={[
                        {head: M.date, cell: m => <When row={m} />},
                        {head: M.who, wide: true, cell: m => <>
                            <Ref table="event" id={m.id}>{who(m).map(p =>
                                p.name).join(', ') || m.summary}</Ref>{' '}
                            <Status row={m} /><Verdict word={m.verdict} />
                            </>},
                        {head: M.mediator, cell: m => mediatorOf(m)},
                        {head: M.host, cell: m => m.host ?? m.hosts ?? ''},
                        {head: M.place, cell: m => m.place
                            && <Ref table="place" id={m.place_id}>
                                {m.place}</Ref>},
                        {head: M.outcome, cell: m => label(m.outcome)},
                        {head: M.next, cell: m => m.next_due
                            ? dates(m.next_due) : ''},
                        {head: S.evidence.quotes,
                            cell: m => <Sources row={m} />},
                    ]} />
                {!a && more(all.data)}
            </Wait></Section>
    </>;
}
