// SPDX-License-Identifier: Apache-2.0
// Where it happened: no tiles, circles as wide as the place is known, every
// place by all its names. An overlay of the reader's own stays in the page.
import {geoCircle, geoDistance, geoGraticule10, geoMercator, geoPath} from 'd3-geo';
import {feature, mesh} from 'topojson-client';
import land from 'world-atlas/countries-110m.json';
import {useMemo, useState} from 'preact/hooks';
import {useApi, type Row} from '../api';
import {useAddress} from '../state';
import {S} from '../strings';
import {Csv, Ref, Section, Table, Wait, openRow, period,
        useWidth} from '../ui';
import {dates, label, number} from '../words';

const M = S.map;
const HEIGHT = 520;
// How far from its point a place may lie, in degrees of arc.
const RADIUS: Record<string, number> = {
    point: .02, building: .02, village: .03, town: .05, city: .08,
    district: .25, region: .6, province: .6, country: 1.8, area: .8,
};
const radiusOf = (p: Row) => RADIUS[p.precision] ?? RADIUS[p.kind] ?? .2;

const namesOf = (p: Row) => {
    const latin = (p.names as string[]).filter(n => /^[\p{Script=Latin}\s'’.-]+$/u
        .test(n) && n.toLowerCase() !== p.name.toLowerCase());
    return latin.slice(0, 2);
};

function Drawing({places, overlay}: {places: Row[]; overlay: any}) {
    const {box, width} = useWidth<HTMLDivElement>();
    const [at, setAt] = useState<{k: number; x: number; y: number}>(
        {k: 1, x: 0, y: 0});
    const [drag, setDrag] = useState<{x: number; y: number} | null>(null);
    const {path, outline, borders, graticule, project} = useMemo(() => {
        // Fit to the three quarters of it that lie closest together.
        const middle = (key: 'lon' | 'lat') => {
            const list = [...places].sort((a, b) => a[key] - b[key]);
            let left = places.reduce((n, p) => n + p.events, 0) / 2;
            return list.find(p => (left -= p.events) <= 0)?.[key] ?? 0;
        };
        const center: [number, number] = [middle('lon'), middle('lat')];
        const near = [...places].sort((a, b) =>
            geoDistance(center, [a.lon, a.lat])
            - geoDistance(center, [b.lon, b.lat]));
        let left = near.reduce((n, p) => n + p.events, 0) * .75;
        const core = near.filter(p => {
            const take = left > 0;
            left -= p.events;
            return take;
        });
        const points = {type: 'MultiPoint' as const,
            coordinates: (core.length > 1 ? core : near)
                .map(p => [p.lon, p.lat])};
        const project = geoMercator().fitExtent(
            [[70, 50], [width - 110, HEIGHT - 50]], points);
        if (project.scale() > 30000)
            project.scale(30000);
        const topology = land as any;
        return {
            project, path: geoPath(project),
            outline: feature(topology, topology.objects.land),
            borders: mesh(topology, topology.objects.countries,
                          (a: any, b: any) => a !== b),
            graticule: geoGraticule10(),
        };
    }, [places, width]);
    const most = Math.max(1, ...places.map(p => p.events));
    const spots = places.map(p => ({p, at: project([p.lon, p.lat])!}))
        .filter(s => s.at);
    // Labels: the larger first, none over another.
    const taken: [number, number, number, number][] = [];
    const labelled = new Set<string>();
    for (const {p, at: [x, y]} of spots) {
        const w = (p.name.length + 12) * 6 / at.k, h = 26 / at.k;
        if (taken.some(([a, b, c, d]) => x < c && x + w > a && y < d
            && y + h > b))
            continue;
        taken.push([x, y, x + w, y + h]);
        labelled.add(p.place_id);
    }
    const zoom = (f: number) => setAt(a => {
        const k = Math.min(40, Math.max(.4, a.k * f)), g = k / a.k;
        return {k, x: width / 2 - (width / 2 - a.x) * g,
                y: HEIGHT / 2 - (HEIGHT / 2 - a.y) * g};
    });
    return <div ref={box} class="chart map">
        <div class="zoom"><button type="button" class="button small"
            aria-label="+" onClick={() => zoom(1.5)}>+</button>
            <button type="button" class="button small" aria-label="−"
                onClick={() => zoom(1 / 1.5)}>−</button></div>
        <svg width={width} height={HEIGHT} role="group"
            aria-label={M.label(places.length)}
            onPointerDown={e => setDrag({x: e.clientX - at.x,
                                         y: e.clientY - at.y})}
            onPointerMove={e => drag && e.buttons && setAt(a => ({...a,
                x: e.clientX - drag.x, y: e.clientY - drag.y}))}
            onPointerUp={() => setDrag(null)}>
            <g transform={`translate(${at.x} ${at.y}) scale(${at.k})`}
                style={{strokeWidth: `${1 / at.k}`}}>
                <path d={path(graticule) ?? ''} class="graticule" />
                <path d={path(outline) ?? ''} class="land" />
                <path d={path(borders) ?? ''} class="border" />
                {overlay && <path d={path(overlay) ?? ''}
                    class="overlay" />}
                {spots.map(({p, at: [x, y]}) => {
                    const share = p.incidents / p.events;
                    const title = `${[p.name, ...namesOf(p)].join(' / ')}: `
                        + `${p.events} ${M.events}, ${p.incidents} `
                        + M.incidents;
                    return <g key={p.place_id} class="point" role="button"
                        tabIndex={0} aria-label={title}
                        data-ref={`place/${p.place_id}`}
                        onClick={() => openRow('place', p.place_id)}
                        onKeyDown={e => e.key === 'Enter'
                            && openRow('place', p.place_id)}>
                        <title>{title}</title>
                        <path class="precision" d={path(geoCircle()
                            .center([p.lon, p.lat]).radius(radiusOf(p))())
                            ?? ''} />
                        <circle cx={x} cy={y} class="count" r={(3 + 13
                            * Math.sqrt(p.events / most)) / at.k} />
                        {share > 0 && <circle cx={x} cy={y} class="force"
                            r={(3 + 13 * Math.sqrt(p.incidents / most))
                                / at.k} />}
                        {labelled.has(p.place_id) && <text class="halo name"
                            x={x + (6 + 13 * Math.sqrt(p.events / most))
                                / at.k} y={y + 4 / at.k}
                            style={{fontSize: `${11.5 / at.k}px`}}>
                            {p.name}<tspan class="second">{namesOf(p)
                                .slice(0, 1).map(n => ` / ${n}`)}</tspan>
                        </text>}
                    </g>;
                })}</g></svg></div>;
}

export function Map_() {
    const {params} = useAddress();
    const asked = useApi('map', {...period(params), limit: 600});
    const [overlay, setOverlay] = useState<any>(null);
    const [said, setSaid] = useState('');
    const rows = asked.data?.rows ?? [];
    const placed = useMemo(() => rows.filter(p => p.lat !== null
        && p.lon !== null), [asked.data]);
    const read = async (file?: File) => {
        try {
            const json = file && JSON.parse(await file.text());
            setOverlay(json?.type ? json : null);
            setSaid(json?.type ? '' : M.badOverlay);
        } catch {
            setSaid(M.badOverlay);
        }
    };
    return <>
        <Section title={M.title} aside={<label class="file">{M.overlay}
            <input type="file" accept=".json,.geojson"
                onChange={e => read(e.currentTarget.files?.[0])} />
            <span role="status">{said}</span></label>}>
            <Wait of={asked} empty={S.nothing}>
                {placed.length > 0 && <Drawing places={placed}
                    overlay={overlay} />}
                <p class="legend"><span class="side"><span
                    class="dot count" />{M.events}</span>
                    <span class="side"><span class="dot force" />
                        {M.incidents}</span></p>
                <p class="hint">{M.hint}</p></Wait>
        </Section>
        <Section title={M.list}
            aside={<Csv name="map" params={period(params)} />}>
            <Table caption={M.list} rows={rows} keyOf={p => p.place_id}
                columns={[
                    {head: M.place, cell: p => <Ref table="place"
                        id={p.place_id}>{p.name}</Ref>},
                    {head: M.names, wide: true, cell: p =>
                        (p.names as string[]).join(' · ')},
                    {head: 'ISO', cell: p => p.country},
                    {head: S.actors.kind, cell: p => label(p.precision
                        ?? p.kind)},
                    {head: M.events, number: true, cell: p =>
                        <Ref table="place" id={p.place_id}>
                            {number(p.events)}</Ref>},
                    {head: M.incidents, number: true, cell: p =>
                        number(p.incidents)},
                    {head: S.period, cell: p => dates(p.first, p.last, '')},
                ]} />
        </Section>
    </>;
}
