// SPDX-License-Identifier: Apache-2.0
// The process: lanes on one axis of time, the period as the filter of every
// view, and the same events as a list.
import {useEffect, useMemo, useRef, useState} from 'preact/hooks';
import {useApi, type Page, type Row} from '../api';
import {sidesInOrder} from '../sides';
import {set, useAddress} from '../state';
import {S} from '../strings';
import * as T from '../timeline';
import {Csv, EventLine, Section, Side, Wait, openRow, period, useGrowing,
        useWidth} from '../ui';
import {dayOf, textOf} from '../words';

interface Tip { x: number; y: number; text: string }

const OVERVIEW = 40;

function describe(scene: T.Scene, mark: T.Mark) {
    const lane = scene.lanes.find(l => l.name === mark.lane)!;
    const item = lane.data.items![mark.index];
    const who = [item[3], (item[4] ?? '').replace(/\|/g, ', ')]
        .filter(Boolean).join(' · ');
    const value = item[8] ?? item[9];
    return [item[0], lane.name === 'figure'
        ? `${item[5]} ${value ?? ''}` : item[10] ?? item[5], who,
        item[6] && item[6] !== 'actual' ? item[6] : '']
        .filter(Boolean).join('\n');
}

function nearest(marks: T.Mark[], x: number, y: number) {
    let best: T.Mark | null = null, most = 81;
    for (const m of marks) {
        const d = (m.x - x) ** 2 + (m.y - y) ** 2;
        if (d < most) {
            most = d;
            best = m;
        }
    }
    return best;
}

function Lanes({scene}: {scene: T.Scene}) {
    const {params} = useAddress();
    const {box, width} = useWidth<HTMLDivElement>();
    const canvas = useRef<HTMLCanvasElement>(null);
    const strip = useRef<HTMLCanvasElement>(null);
    const shown = useRef<{marks: T.Mark[]; bars: T.Bar[]}>(
        {marks: [], bars: []});
    const drag = useRef<{from: number; x: number} | null>(null);
    const [brush, showBrush] = useState<[number, number] | null>(null);
    const brushed = useRef<[number, number] | null>(null);
    const setBrush = (to: [number, number] | null) => {
        brushed.current = to;
        showBrush(to);
    };
    const [tip, setTip] = useState<Tip | null>(null);
    const chosen: [number, number] = [
        params.from ? dayOf(params.from) : scene.shown[0],
        params.to ? dayOf(params.to) + 1 : scene.shown[1]];
    const margin = Math.max(3, (chosen[1] - chosen[0]) * .02);
    const key = chosen.join();
    const [view, setView] = useState<T.View>(
        {from: chosen[0] - margin, to: chosen[1] + margin, width});
    const [theme, setTheme] = useState(0);

    useEffect(() => setView({from: chosen[0] - margin,
                             to: chosen[1] + margin, width}), [key, width]);
    useEffect(() => {
        const again = () => setTheme(t => t + 1);
        addEventListener('theme', again);
        return () => removeEventListener('theme', again);
    }, []);

    useEffect(() => {
        const element = canvas.current;
        if (!element)
            return;
        const frame = requestAnimationFrame(() => {
            const ratio = devicePixelRatio || 1, began = performance.now();
            element.width = view.width * ratio;
            element.height = scene.height * ratio;
            shown.current = T.draw(element.getContext('2d')!, scene, view,
                                   T.lookOf(element), ratio);
            const mark = shown.current.marks.find(m => m.x > T.LEFT
                && T.tableOf(m.lane) === 'event');
            element.dataset.mark = mark ? `${mark.x},${mark.y}` : '';
            element.dataset.frame = (performance.now() - began).toFixed(1);
        });
        return () => cancelAnimationFrame(frame);
    }, [view, scene, theme]);

    useEffect(() => {
        const element = strip.current!, ratio = devicePixelRatio || 1;
        element.width = width * ratio;
        element.height = OVERVIEW * ratio;
        T.drawOverview(element.getContext('2d')!, scene, width, OVERVIEW,
                       T.lookOf(element), ratio);
    }, [scene, width, theme]);

    const whole: T.View = {from: scene.first, to: scene.last, width};
    const place = (event: PointerEvent) => {
        const rect = (event.currentTarget as Element)
            .getBoundingClientRect();
        return [event.clientX - rect.left, event.clientY - rect.top];
    };
    const choose = (a: number, b: number) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        set({from: textOf(Math.floor(low)),
             to: textOf(Math.max(Math.floor(low), Math.ceil(high) - 1))});
    };

    const down = (event: PointerEvent) => {
        const [x] = place(event);
        if (x < T.LEFT || event.button)
            return;
        drag.current = {from: T.dayAt(view, x), x};
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
    };
    const move = (event: PointerEvent) => {
        const [x, y] = place(event);
        if (drag.current) {
            if (Math.abs(x - drag.current.x) > 4)
                setBrush([drag.current.from, T.dayAt(view, x)]);
            setTip(null);
            return;
        }
        const mark = nearest(shown.current.marks, x, y);
        const bar = mark ? null : barAt(x, y);
        (event.currentTarget as HTMLElement).style.cursor =
            mark || bar ? 'pointer' : 'crosshair';
        setTip(mark ? {x, y, text: describe(scene, mark)}
            : bar ? {x, y, text: `${textOf(bar.from)}\n`
                + S.process.bin(S.lanes[bar.lane], bar.items)} : null);
    };
    const barAt = (x: number, y: number) => {
        const lane = scene.lanes.find(l => y >= l.y
            && y <= l.y + l.height);
        return shown.current.bars.find(b => b.lane === lane?.name
            && x >= b.x && x < b.x + b.width) ?? null;
    };
    const up = (event: PointerEvent) => {
        const [x, y] = place(event), from = drag.current;
        drag.current = null;
        if (brushed.current) {
            choose(...brushed.current);
            setBrush(null);
            return;
        }
        if (!from)
            return;
        const mark = nearest(shown.current.marks, x, y);
        const bar = mark ? null : barAt(x, y);
        if (mark) {
            const lane = scene.lanes.find(l => l.name === mark.lane)!;
            openRow(T.tableOf(mark.lane), lane.data.items![mark.index][2]);
        } else if (bar) {
            choose(bar.from, bar.to + 1);
        }
    };
    const zoom = (factor: number, about: number) => setView(v => {
        const span = Math.min(Math.max((v.to - v.from) * factor, 3),
                              (scene.last - scene.first) * 1.2 + 20);
        const share = (about - v.from) / (v.to - v.from);
        return {...v, from: about - span * share,
                to: about + span * (1 - share)};
    });
    const wheel = (event: WheelEvent) => {
        if (!event.ctrlKey && Math.abs(event.deltaX)
            <= Math.abs(event.deltaY) && !event.shiftKey
            && document.activeElement !== canvas.current)
            return;     // scrolls the page, until the chart has the focus
        event.preventDefault();
        const rect = canvas.current!.getBoundingClientRect();
        if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
            pan(event.deltaX / width);
            return;
        }
        zoom(Math.exp(event.deltaY * .0015),
             T.dayAt(view, event.clientX - rect.left));
    };
    const pan = (share: number) => setView(v => {
        const by = (v.to - v.from) * share;
        return {...v, from: v.from + by, to: v.to + by};
    });
    const keys = (event: KeyboardEvent) => {
        const middle = (view.from + view.to) / 2;
        const act: Record<string, () => void> = {
            ArrowLeft: () => pan(-.15), ArrowRight: () => pan(.15),
            '+': () => zoom(.7, middle), '=': () => zoom(.7, middle),
            '-': () => zoom(1.4, middle),
            Enter: () => choose(view.from, view.to),
            Escape: () => set({from: '', to: ''}),
        };
        if (act[event.key]) {
            event.preventDefault();
            act[event.key]();
        }
    };

    const stripDrag = useRef<number | null>(null);
    const stripMove = (event: PointerEvent) => {
        if (stripDrag.current === null)
            return;
        const [x] = place(event), span = view.to - view.from;
        const middle = T.dayAt(whole, x);
        setView(v => ({...v, from: middle - span / 2,
                       to: middle + span / 2}));
    };
    const shades = (brush ?? (params.from || params.to
        ? chosen : null))?.map(d => Math.min(width - 8,
            Math.max(T.LEFT, T.xOf(view, d))));
    const window_ = [view.from, view.to].map(d => Math.min(width - 8,
        Math.max(T.LEFT, T.xOf(whole, d))));
    const total = scene.lanes.reduce((n, l) => n + l.data.total, 0);

    return <div class="lanes" ref={box}>
        <div class="canvas">
            <canvas ref={canvas} tabIndex={0} role="img" class="main"
                style={{width: `${width}px`, height: `${scene.height}px`}}
                aria-label={S.process.label(total, textOf(scene.first),
                                            textOf(scene.last - 1))}
                onPointerDown={down} onPointerMove={move} onPointerUp={up}
                onPointerLeave={() => setTip(null)} onKeyDown={keys}
                onWheel={wheel} />
            {shades && <div class={brush ? 'brush live' : 'brush'}
                style={{left: `${Math.min(...shades)}px`,
                        width: `${Math.abs(shades[1] - shades[0])}px`,
                        height: `${scene.height - T.AXIS}px`}} />}
            {tip && <div class="tip" role="status" style={{
                left: `${Math.min(tip.x + 12, width - 250)}px`,
                top: `${tip.y + 14}px`}}>{tip.text}</div>}
        </div>
        <div class="canvas" title={S.process.overview}
            onPointerDown={e => { stripDrag.current = 1; stripMove(e); }}
            onPointerMove={stripMove}
            onPointerUp={() => {
                stripDrag.current = null;
            }}>
            <canvas ref={strip} class="strip" aria-hidden="true"
                style={{width: `${width}px`, height: `${OVERVIEW}px`}} />
            <div class="window" style={{
                left: `${window_[0]}px`, height: `${OVERVIEW}px`,
                width: `${Math.max(2, window_[1] - window_[0])}px`}} />
        </div>
    </div>;
}

function Legend() {
    return <p class="legend"><b>{S.process.legend}</b>
        {sidesInOrder().map(s => <Side key={s} code={s} />)}
        <span class="side"><svg width="11" height="11" aria-hidden="true">
            <circle cx="5.5" cy="5.5" r="3" class="fill-8" /></svg>
            {S.other}</span>
        <span class="side"><span class="hatched" />{S.process.noReports}
        </span><span class="faint">{S.process.planned}</span></p>;
}

export function Process({record}: {record: Row}) {
    const {params} = useAddress();
    // The whole record once; a period of its own where it comes as counts.
    const all = useApi<T.ProcessData>('process');
    const binned = !!all.data && Object.values(all.data.lanes)
        .some(l => l.bins);
    const near = useApi<T.ProcessData>(
        binned && (params.from || params.to) ? 'process' : null,
        period(params));
    const coverage = useApi('coverage', {limit: 20000});
    const data = binned && near.data && (params.from || params.to)
        ? near.data : all.data;
    const scene = useMemo(() => data && coverage.data
        ? T.sceneOf(data, coverage.data.rows as any) : null,
        [data, coverage.data, record]);
    const {limit, more} = useGrowing();
    const events = useApi('events', {...period(params), limit});
    const undated = (record.lanes as Row[]).reduce(
        (n, l) => n + l.undated, 0);
    return <>
        <Section title={S.process.title} aside={
            <span class="faint">{undated
                ? S.process.undated(undated) : ''}</span>}>
            <Wait of={{...all, data: scene}}>
                {scene && <Lanes scene={scene} />}
            </Wait>
            <Legend />
            <p class="hint">{S.process.hint}</p>
        </Section>
        <Section title={S.process.list}
            aside={<Csv name="events" params={period(params)} />}>
            <Wait of={events} empty={S.nothing}>
                <ol class="lines">{(events.data as Page)?.rows.map(row =>
                    <EventLine key={row.id} row={row} />)}</ol>
                {more(events.data)}
            </Wait>
        </Section>
    </>;
}
