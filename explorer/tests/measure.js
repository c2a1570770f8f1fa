// SPDX-License-Identifier: Apache-2.0
// How fast the page is: first paint, a frame while brushing, each view's
// requests.   node tests/measure.js PROGRAM RECORD
import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {chromium} from 'playwright-core';

const [program, record] = process.argv.slice(2);
const VIEWS = ['process', 'positions', 'obligations', 'figures', 'meetings',
               'map', 'actors', 'search?q=border', 'query', 'review',
               'brief'];
const child = spawn(program, ['serve', record, '--port', '0'],
                    {stdio: ['ignore', 'pipe', 'inherit']});
process.on('exit', () => child.kill('SIGKILL'));
const base = await new Promise(done => child.stdout.once('data', t =>
    done(String(t).trim())));
const browser = await chromium.launch({
    executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser']
        .find(existsSync),
    args: ['--no-sandbox', '--disable-gpu']});
const page = await browser.newPage({viewport: {width: 1360, height: 860}});
const say = (what, value, unit) =>
    console.log(`explorer ${what} ${value.toFixed(1)} ${unit}`);
const middle = list => [...list].sort((a, b) => a - b)[list.length >> 1];
const settled = () => page.waitForFunction(() =>
    document.querySelector('main h2')
    && !document.querySelector('main p[role=status].faint'));

const paints = [], drawn = [];
for (let i = 0; i < 5; i++) {
    await page.goto('about:blank');
    await page.goto(base);
    await page.waitForFunction(() => document.querySelector('canvas.main')
        ?.dataset.frame);
    paints.push(await page.evaluate(() => performance
        .getEntriesByName('first-contentful-paint')[0].startTime));
    drawn.push(await page.evaluate(() => performance.now()));
}
say('first_paint', middle(paints), 'ms');
say('lanes_drawn_by', middle(drawn), 'ms');

await settled();
const box = await page.locator('canvas.main').boundingBox();
await page.mouse.move(box.x + 300, box.y + 120);
await page.mouse.down();
await page.evaluate(() => {
    window.frames_ = [];
    let last = performance.now();
    const next = now => {
        window.frames_.push(now - last);
        last = now;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
});
await page.mouse.move(box.x + 900, box.y + 120, {steps: 60});
const frames = await page.evaluate(() => window.frames_.slice(1));
await page.mouse.up();
say('brush_frame_median', middle(frames), 'ms');
say('brush_frame_worst', Math.max(...frames), 'ms');
await settled();
await page.locator('canvas.main').focus();
const zooms = [];
for (let i = 0; i < 24; i++) {
    await page.keyboard.press(i % 2 ? '-' : '+');
    await page.waitForTimeout(40);
    zooms.push(Number(await page.locator('canvas.main')
        .getAttribute('data-frame')));
}
say('draw_frame_median', middle(zooms), 'ms');
say('draw_frame_worst', Math.max(...zooms), 'ms');

let slowest = 0;
for (const view of VIEWS) {
    const fresh = await browser.newPage({viewport: {width: 1360,
                                                    height: 860}});
    const times = [];
    fresh.on('requestfinished', r => {
        if (r.url().includes('/api/')) {
            const t = r.timing();
            times.push([t.responseEnd - t.requestStart, r.url()]);
        }
    });
    await fresh.goto(`${base}#/${view}`);
    await fresh.waitForLoadState('networkidle');
    times.sort((a, b) => b[0] - a[0]);
    say(`${view.split('?')[0]}_slowest_request`, times[0]?.[0] ?? 0,
        `ms ${(times[0]?.[1] ?? '').replace(base, '')}`);
    slowest = Math.max(slowest, times[0]?.[0] ?? 0);
    await fresh.close();
}
say('slowest_request', slowest, 'ms');
await browser.close();
process.exit(0);
