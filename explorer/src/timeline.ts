// SPDX-License-Identifier: Apache-2.0
// The lanes as drawn: 50,000 items a frame. Each lane counts its items by
// column of a few pixels; where columns hold few, every item is a mark of its
// own, stacked; where they hold many, the lane becomes bars by side. So the
// cost is one pass over the items in view and a drawing of bounded size.
import {OTHER, sideIndex, trace} from './sides';
import {S} from './strings';
import {dayOf, textOf} from './words';

export type Item = [start: string, end: string | null, id: string,
    side: string | null, who: string | null, kind: string | null,
    status: string | null, reports: number, low: number | null,
    high: number | null, label: string | null];
export type Bin = [day: string, side: string, items: number];
export interface LaneData { total: number; items?: Item[]; bins?: Bin[] }
export interface ProcessData {
    bin: 'day' | 'month'; lanes: Record<string, LaneData>;
}

export const LANES = ['agreement', 'due', 'meeting', 'incident', 'step',
                      'word', 'statement', 'figure'];
const HEIGHTS: Record<string, number> = {
    agreement: 92, due: 30, meeting: 62, incident: 62, step: 44, word: 52,
    statement: 74, figure: 84,
};
const TABLES: Record<string, string> = {
    statement: 'statement', figure: 'figure', agreement: 'agreement',
    due: 'obligation',
};
export const tableOf = (lane: string) => TABLES[lane] ?? 'event';
const STAGES = ['pre', 'ceasefire', 'partial', 'comprehensive',
                'implementation', 'renewal'];
const COLUMN = 7;       // pixels
export const LEFT = 132, AXIS = 22, COVER = 20;

// A lane's items in arrays of numbers, in the order of days.
interface Lane {
    name: string; y: number; height: number; data: LaneData;
    start: Float64Array; end: Float64Array; side: Uint8Array;
    hollow: Uint8Array; weight: Float64Array;
}
export interface Scene {
    lanes: Lane[]; height: number; first: number; last: number;
    shown: [number, number];    // where there are reports
    covered: Map<number, number>; bin: 'day' | 'month'; most: number;
}
export interface Mark {
    x: number; y: number; r: number; lane: string; index: number;
}
export interface Bar {
    x: number; width: number; lane: string; from: number; to: number;
    items: number;
}

const HOLLOW = new Set(['planned', 'hypothetical', 'denied', 'negated']);

function laneOf(name: string, data: LaneData, y: number): Lane {
    const rows: (Item | Bin)[] = data.items ?? data.bins ?? [];
    const count = rows.length, whole = !!data.items;
    const lane: Lane = {
        name, y, height: HEIGHTS[name] ?? 50, data,
        start: new Float64Array(count), end: new Float64Array(count),
        side: new Uint8Array(count), hollow: new Uint8Array(count),
        weight: new Float64Array(count),
    };
    for (let i = 0; i < count; i++) {
        const row = rows[i];
        lane.start[i] = dayOf(row[0]);
        if (whole) {
            const item = row as Item;
            lane.end[i] = item[1] ? dayOf(item[1]) : lane.start[i];
            lane.side[i] = sideIndex(item[3]);
            lane.hollow[i] = HOLLOW.has(item[6] ?? '') ? 1 : 0;
            lane.weight[i] = 1;
        } else {
            lane.end[i] = lane.start[i];
            lane.side[i] = sideIndex((row as Bin)[1] || null);
            lane.weight[i] = (row as Bin)[2];
        }
    }
    return lane;
}

export function sceneOf(data: ProcessData, coverage: {day: string;
    reports: number}[]): Scene {
    let y = 4, first = Infinity, last = -Infinity, most = 1;
    const lanes = LANES.filter(name => data.lanes[name]?.total).map(name => {
        const lane = laneOf(name, data.lanes[name], y);
        y += lane.height + 6;
        if (lane.start.length) {
            first = Math.min(first, lane.start[0]);
            last = Math.max(last, lane.start[lane.start.length - 1]);
        }
        return lane;
    });
    const covered = new Map<number, number>();
    for (const c of coverage) {
        const day = dayOf(c.day);
        covered.set(day, c.reports);
        most = Math.max(most, c.reports);
        first = Math.min(first, day);
        last = Math.max(last, day);
    }
    const days = [...covered.keys()];
    const shown: [number, number] = [Infinity, -Infinity];
    for (const day of days) {
        shown[0] = Math.min(shown[0], day);
        shown[1] = Math.max(shown[1], day + 1);
    }
    if (first > last)
        first = last = dayOf('2020-01-01');
    return {lanes, height: y + COVER + AXIS, first, last: last + 1, covered,
            shown: days.length ? shown : [first, last + 1], bin: data.bin,
            most};
}

// First index with start >= day.
function lower(days: Float64Array, day: number) {
    let a = 0, b = days.length;
    while (a < b) {
        const m = (a + b) >> 1;
        if (days[m] < day) a = m + 1; else b = m;
    }
    return a;
}

export interface Look {
    ink: string; faint: string; line: string; paper: string; hatch: string;
    sides: string[]; font: string;
}

export function lookOf(element: Element): Look {
    const style = getComputedStyle(element);
    const of = (name: string) => style.getPropertyValue(name).trim();
    return {ink: of('--ink'), faint: of('--faint'), line: of('--line'),
            paper: of('--paper'), hatch: of('--hatch'),
            sides: Array.from({length: 9}, (_, i) => of(`--side-${i}`)),
            font: style.fontFamily};
}

export interface View { from: number; to: number; width: number }
export const xOf = (v: View, day: number) =>
    LEFT + (day - v.from) / (v.to - v.from) * (v.width - LEFT - 8);
export const dayAt = (v: View, x: number) =>
    v.from + (x - LEFT) / (v.width - LEFT - 8) * (v.to - v.from);

function drawCoverage(c: CanvasRenderingContext2D, scene: Scene, v: View,
                      look: Look) {
    const bottom = scene.height - AXIS, top = bottom - COVER;
    const perPixel = (v.to - v.from) / (v.width - LEFT - 8);
    const days = [...scene.covered.keys()].sort((a, b) => a - b);
    c.fillStyle = look.hatch;
    // Hatched where a column has no day with a report.
    let at = 0, run = -1;
    for (let x = LEFT; x <= v.width - 8; x++) {
        const a = Math.floor(dayAt(v, x)), b = Math.max(a + 1,
            dayAt(v, x) + perPixel);
        while (at < days.length && days[at] < a) at++;
        const has = at < days.length && days[at] < b;
        if (has || x === v.width - 8) {
            if (run >= 0)
                hatch(c, run, 0, x - run, top - 2);
            run = -1;
        } else if (run < 0) {
            run = x;
        }
    }
    c.fillStyle = look.faint;
    for (const day of days.slice(lower(Float64Array.from(days), v.from))) {
        if (day > v.to)
            break;
        const h = Math.max(2, COVER * scene.covered.get(day)! / scene.most);
        c.fillRect(xOf(v, day), bottom - h,
                   Math.max(1, 1 / perPixel - .5), h);
    }
}

function hatch(c: CanvasRenderingContext2D, x: number, y: number, w: number,
               h: number) {
    c.save();
    c.beginPath();
    c.rect(x, y, w, h);
    c.clip();
    c.strokeStyle = c.fillStyle;
    c.lineWidth = 1;
    c.beginPath();
    for (let i = Math.floor((x - h) / 7) * 7; i < x + w; i += 7) {
        c.moveTo(i, y + h);
        c.lineTo(i + h, y);
    }
    c.stroke();
    c.restore();
}

const MONTHS = [1, 2, 3, 6];

function drawAxis(c: CanvasRenderingContext2D, scene: Scene, v: View,
                  look: Look) {
    const y = scene.height - AXIS;
    const pixels = (v.width - LEFT) / (v.to - v.from);
    c.strokeStyle = look.line;
    c.fillStyle = look.faint;
    c.font = `11px ${look.font}`;
    c.textBaseline = 'middle';
    const tick = (day: number, text: string) => {
        const x = Math.round(xOf(v, day)) + .5;
        if (x < LEFT || x > v.width - 8)
            return;
        c.beginPath();
        c.moveTo(x, 0);
        c.lineTo(x, y + 4);
        c.stroke();
        if (x < v.width - 60)
            c.fillText(text, x + 3, y + 12);
    };
    if (pixels > 9) {
        const step = pixels > 60 ? 1 : 7;
        for (let d = Math.ceil(v.from); d <= v.to; d++)
            if ((d + 3) % step === 0)
                tick(d, textOf(d));
        return;
    }
    const months = MONTHS.find(m => pixels * 30 * m > 64);
    const years = Math.max(1, Math.ceil(64 / (pixels * 365)));
    const first = new Date(v.from * 86400000);
    const step = months ?? 12 * years;
    let month = first.getUTCFullYear() * 12 + first.getUTCMonth();
    month = Math.ceil(month / step) * step;
    for (;; month += step) {
        const year = Math.floor(month / 12), m = month % 12;
        const day = Date.UTC(year, m, 1) / 86400000;
        if (day > v.to)
            break;
        tick(day, m ? `${year}-${String(m + 1).padStart(2, '0')}`
                    : String(year));
    }
}

// Bars by side where a lane is dense.
function drawBars(c: CanvasRenderingContext2D, lane: Lane, v: View,
                  look: Look, from: number, to: number, bars: Bar[],
                  wide: number) {
    const columns = Math.ceil((v.width - LEFT) / wide) + 1;
    const counts = new Float64Array(columns * 9);
    let most = 1;
    for (let i = from; i < to; i++) {
        const k = Math.floor((xOf(v, lane.start[i]) - LEFT) / wide);
        if (k >= 0 && k < columns)
            counts[k * 9 + lane.side[i]] += lane.weight[i];
    }
    for (let k = 0; k < columns; k++) {
        let sum = 0;
        for (let s = 0; s < 9; s++) sum += counts[k * 9 + s];
        most = Math.max(most, sum);
    }
    const base = lane.y + lane.height, scale = (lane.height - 8) / most;
    const tops = new Float64Array(columns).fill(base);
    for (let s = 0; s < 9; s++) {
        c.fillStyle = look.sides[s];
        c.beginPath();
        for (let k = 0; k < columns; k++) {
            const n = counts[k * 9 + s];
            if (!n) continue;
            const h = Math.max(1, n * scale);
            tops[k] -= h;
            c.rect(LEFT + k * wide, tops[k], wide - 1, h);
        }
        c.fill();
    }
    for (let k = 0; k < columns; k++) {
        let sum = 0;
        for (let s = 0; s < 9; s++) sum += counts[k * 9 + s];
        if (sum)
            bars.push({x: LEFT + k * wide, width: wide, lane: lane.name,
                       from: Math.floor(dayAt(v, LEFT + k * wide)),
                       to: Math.ceil(dayAt(v, LEFT + (k + 1) * wide)) - 1,
                       items: sum});
    }
    c.fillStyle = look.faint;
    c.font = `10px ${look.font}`;
    c.textAlign = 'right';
    c.fillText(`≤ ${most}`, LEFT - 6, lane.y + lane.height - 6);
    c.textAlign = 'left';
}

function heightIn(lane: Lane, i: number, column: Uint16Array, k: number,
                  range: [number, number]): number {
    const item = lane.data.items![i];
    if (lane.name === 'agreement') {
        const stage = STAGES.indexOf(item[3] ?? '');
        return lane.y + lane.height - 9
            - (stage < 0 ? 0 : stage) * (lane.height - 18) / 5;
    }
    if (lane.name === 'figure') {
        const value = Math.max(1, Math.abs(item[8] ?? item[9] ?? 1));
        const share = (Math.log10(value) - range[0])
            / Math.max(.5, range[1] - range[0]);
        return lane.y + lane.height - 8 - share * (lane.height - 16);
    }
    const room = Math.max(1, Math.floor((lane.height - 4) / 9));
    return lane.y + lane.height - 7 - (column[k]++ % room) * 9;
}

function drawMarks(c: CanvasRenderingContext2D, lane: Lane, v: View,
                   look: Look, from: number, to: number, marks: Mark[]) {
    const columns = Math.ceil((v.width - LEFT) / COLUMN) + 1;
    const column = new Uint16Array(columns);
    const items = lane.data.items!;
    const range: [number, number] = [Infinity, 0];
    for (let i = from; lane.name === 'figure' && i < to; i++) {
        const value = Math.log10(Math.max(1, Math.abs(items[i][8]
            ?? items[i][9] ?? 1)));
        range[0] = Math.min(range[0], value);
        range[1] = Math.max(range[1], value);
    }
    const ends = new Map<number, number>();     // of texts, by height
    const r = lane.name === 'meeting' || lane.name === 'agreement' ? 4.5
        : lane.name === 'figure' ? 3 : 3.6;
    let last: Mark | null = null;
    c.lineWidth = 1.4;
    c.font = `10.5px ${look.font}`;
    for (let i = from; i < to; i++) {
        const x = xOf(v, lane.start[i]), s = lane.side[i];
        const k = Math.min(columns - 1, Math.max(0,
            Math.floor((x - LEFT) / COLUMN)));
        const y = heightIn(lane, i, column, k, range);
        const meeting = lane.name === 'meeting';
        const agreement = lane.name === 'agreement';
        const color = look.sides[agreement ? 0 : s];
        const x2 = xOf(v, lane.end[i]);
        if (x2 - x > 6 && lane.name !== 'statement') {
            c.strokeStyle = look.line;
            c.beginPath();
            c.moveTo(x, y);
            c.lineTo(Math.min(x2, v.width - 8), y);
            c.stroke();
        }
        if (agreement && last) {
            c.strokeStyle = color;
            c.globalAlpha = .45;
            c.beginPath();
            c.moveTo(last.x, last.y);
            c.bezierCurveTo((last.x + x) / 2, last.y, (last.x + x) / 2, y,
                            x, y);
            c.stroke();
            c.globalAlpha = 1;
        }
        c.beginPath();
        trace(c, agreement ? 2 : meeting ? 0 : s, x, y, r);
        c.fillStyle = lane.hollow[i] ? look.paper
            : meeting ? look.faint : color;

        c.strokeStyle = color;
        c.fill();
        if (lane.hollow[i] || meeting) {
            c.lineWidth = meeting && s !== OTHER ? 2.4 : 1.4;
            c.stroke();
            c.lineWidth = 1.4;
        }
        if ((meeting || agreement) && i + 1 < to
            && xOf(v, lane.start[i + 1]) - x < 12)
            ends.set(y, Math.max(ends.get(y) ?? 0, x + 12));
        if ((meeting || agreement) && (ends.get(y) ?? 0) < x - r) {
            const text = agreement ? (items[i][10] ?? '').slice(0, 28)
                : (items[i][4] ?? '').split('|').filter(code =>
                    code.length === 3).slice(0, 4).join(' ');
            const wide = text.length * 6.4 + r + 4;
            let next = i + 1;
            while (next < to && heightIn(lane, next, column.slice(), Math.max(
                0, Math.floor((xOf(v, lane.start[next]) - LEFT) / COLUMN)),
                range) !== y && next < i + 6)
                next++;
            if (text && (next >= to || xOf(v, lane.start[next]) > x + wide)
                && x + wide < v.width) {
                c.fillStyle = look.ink;
                c.fillText(text, x + r + 3, y + .5);
                ends.set(y, x + wide);
            }
        }
        last = {x, y, r: r + 2, lane: lane.name, index: i};
        marks.push(last);
    }
}

export function draw(c: CanvasRenderingContext2D, scene: Scene, v: View,
                     look: Look, ratio: number) {
    const marks: Mark[] = [], bars: Bar[] = [];
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, v.width, scene.height);
    drawCoverage(c, scene, v, look);
    drawAxis(c, scene, v, look);
    c.textBaseline = 'middle';
    for (const lane of scene.lanes) {
        c.strokeStyle = look.line;
        c.beginPath();
        c.moveTo(0, lane.y + lane.height + 2.5);
        c.lineTo(v.width, lane.y + lane.height + 2.5);
        c.stroke();
        c.fillStyle = look.ink;
        c.font = `600 12px ${look.font}`;
        c.fillText(S.lanes[lane.name], 2, lane.y + 9);
        c.fillStyle = look.faint;
        c.font = `11px ${look.font}`;
        if (lane.height > 40)
            c.fillText(S.laneNotes[lane.name], 2, lane.y + 25);
        const long = 400;
        const from = lane.data.items
            ? lower(lane.start, v.from - (lane.name === 'figure'
                || lane.name === 'statement' ? 0 : long))
            : lower(lane.start, v.from);
        const to = lower(lane.start, v.to);
        c.save();
        c.beginPath();
        c.rect(LEFT - 1, 0, v.width - LEFT - 6, scene.height);
        c.clip();
        const room = (v.width - LEFT) / COLUMN
            * Math.max(1, Math.floor(lane.height / 16));
        const dense = !lane.data.items || (to - from > room
            && lane.name !== 'agreement');
        if (dense) {
            const pixels = (v.width - LEFT) / (v.to - v.from);
            const wide = scene.bin === 'month' && !lane.data.items
                ? Math.max(4, pixels * 31) : Math.max(4, Math.ceil(pixels));
            c.restore();
            c.save();
            drawBars(c, lane, v, look, from, to, bars, wide);
        } else {
            drawMarks(c, lane, v, look, from, to, marks);
        }
        c.restore();
    }
    c.fillStyle = look.faint;
    c.font = `11px ${look.font}`;
    c.fillText(S.process.coverage, 2, scene.height - AXIS - COVER / 2);
    return {marks, bars};
}

// The whole record in a strip, all lanes together.
export function drawOverview(c: CanvasRenderingContext2D, scene: Scene,
                             width: number, height: number, look: Look,
                             ratio: number) {
    const columns = Math.ceil((width - LEFT - 8) / 3);
    const counts = new Float64Array(columns);
    const span = scene.last - scene.first;
    for (const lane of scene.lanes)
        for (let i = 0; i < lane.start.length; i++)
            counts[Math.min(columns - 1, Math.floor(
                (lane.start[i] - scene.first) / span * columns))]
                += lane.weight[i];
    const most = Math.max(1, ...counts);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, height);
    c.fillStyle = look.faint;
    c.beginPath();
    counts.forEach((n, k) => {
        if (n) {
            const h = Math.max(1.5, Math.sqrt(n / most) * (height - 4));
            c.rect(LEFT + k * 3, height - h, 2, h);
        }
    });
    c.fill();
}
