// SPDX-License-Identifier: Apache-2.0
// The page in a real browser: every view on the sample record, a click
// followed from lane to quote, a review saved, a query refused, axe-core on
// everything in both themes, screenshots kept.
//
//   node tests/browser.js PROGRAM REPORTS OUT     TAP on standard output
import {spawn, execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const [program, reports, out] = process.argv.slice(2);
const VIEWS = ['process', 'positions', 'obligations', 'figures', 'meetings',
               'map', 'actors', 'search', 'query', 'review', 'brief'];
const axe = readFileSync(createRequire(import.meta.url).resolve(
    'axe-core/axe.min.js'), 'utf8');

let count = 0, failed = 0;
function ok(fine, what, more = '') {
    count++;
    failed += !fine;
    console.log(`${fine ? '' : 'not '}ok ${count} - ${what}`);
    if (!fine && more)
        console.log(`# ${String(more).replace(/\n/g, '\n# ')}`);
    return fine;
}

function serve(record) {
    const child = spawn(program, ['serve', record, '--port', '0',
                                  '--review'], {stdio: ['ignore', 'pipe',
                                                        'inherit']});
    return new Promise((done, fail) => {
        child.once('exit', code => fail(new Error(`serve ended: ${code}`)));
        child.stdout.once('data', text => done(
            {child, address: String(text).trim()}));
    });
}

async function check(page, name, only = ['wcag2a', 'wcag2aa', 'wcag21a',
                                         'wcag21aa']) {
    const found = await page.evaluate(async only => (await window.axe.run(
        document, {runOnly: only}))
        .violations.map(v => `${v.id}: ${v.help}\n  ${v.nodes.slice(0, 3)
            .map(n => `${n.html.slice(0, 140)}`).join('\n  ')}`), only);
    ok(!found.length, `axe: ${name}`, found.join('\n'));
}

async function settled(page) {
    await page.waitForFunction(() => document.querySelector('main h2')
        && !document.querySelector('main p[role=status].faint'));
    await page.waitForTimeout(150);
}

async function views(page, base, theme) {
    for (const view of VIEWS) {
        await page.goto(`${base}#/${view}${view === 'search'
            ? '?q=lachin' : ''}`);
        await settled(page);
        ok(await page.locator(`main[data-view=${view}] h2`).first()
            .isVisible(), `${view} opens, ${theme}`);
        ok(!await page.locator('.error').count(), `${view} has no error`);
        await check(page, `${view}, ${theme}`, theme === 'dark'
            ? {type: 'rule', values: ['color-contrast']} : undefined);
        if (theme === 'light' || ['process', 'map'].includes(view))
            await page.screenshot({path: join(out, `${view}-${theme}.png`)});
    }
}

// A mark of the lane is found by moving over it until the tip shows.
async function laneToQuote(page, base) {
    await page.goto(`${base}#/process`);
    await settled(page);
    await page.evaluate(() => scrollTo(0, 0));
    const box = await page.locator('canvas.main').boundingBox();
    const [x, y] = (await page.locator('canvas.main').getAttribute(
        'data-mark')).split(',').map(Number);
    await page.mouse.move(box.x + x, box.y + y);
    const found = await page.locator('.tip').count() > 0;
    ok(found, 'a mark on the canvas has a tip');
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForSelector('.evidence h2');
    ok(await page.evaluate(() => location.hash.includes('open=')),
       'a click on a mark is an address');
    // An event, for its quote: from the list.
    await page.locator('.lines .ref[data-ref^="event/"]').first().click();
    await page.waitForSelector('.evidence blockquote mark');
    const quoted = await page.locator('.evidence blockquote mark').first()
        .textContent();
    await page.screenshot({path: join(out, 'evidence.png')});
    await check(page, 'evidence');
    await page.locator('.evidence .quote footer button').first().click();
    await page.waitForSelector('.evidence .text mark');
    const marked = (await page.locator('.evidence .text mark')
        .allTextContents()).join('');
    ok(marked.includes(quoted), 'the whole report marks the quote',
       `${marked} / ${quoted}`);
    await page.screenshot({path: join(out, 'report.png')});
    await check(page, 'report');
    const address = page.url();
    const other = await page.context().browser().newPage();
    await other.goto(address);
    await other.waitForSelector('.evidence .text mark');
    ok((await other.locator('.evidence .text mark').allTextContents())
        .join('') === marked, 'the address shows the same elsewhere');
    await other.close();
    await page.keyboard.press('Escape');
    ok(!await page.locator('.evidence').count(), 'Escape closes the panel');
}

async function brush(page, base) {
    await page.goto(`${base}#/process`);
    await settled(page);
    await page.evaluate(() => scrollTo(0, 0));
    const box = await page.locator('canvas.main').boundingBox();
    const before = await page.locator('.lines > li').count();
    await page.mouse.move(box.x + box.width * .5, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * .7, box.y + 100, {steps: 6});
    await page.mouse.up();
    await page.waitForFunction(() => /from=\d{4}/.test(location.hash));
    await settled(page);
    const after = await page.locator('.lines > li').count();
    ok(after < before, 'a brush filters the list', `${before} ${after}`);
    await page.locator('nav a', {hasText: 'Meetings'}).click();
    ok(/from=\d{4}/.test(page.url()), 'and other views');
    await page.screenshot({path: join(out, 'brushed.png')});
}

async function reviewed(page, base) {
    await page.goto(`${base}#/review`);
    await page.waitForSelector('.one blockquote');
    const id = await page.locator('.one .ref').getAttribute('data-ref');
    await page.keyboard.press('n');
    await page.keyboard.type('checked by the test');
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    await page.waitForFunction(was => document.querySelector('.one .ref')
        ?.getAttribute('data-ref') !== was, id);
    const kept = await page.evaluate(async row => (await (await fetch(
        `api/reviews?row=${row}`)).json()).rows, id.split('/')[1]);
    ok(kept.length === 1 && kept[0].verdict === 'wrong'
        && kept[0].note === 'checked by the test', 'a review is kept',
       JSON.stringify(kept));
    const refused = await page.evaluate(async row => (await fetch(
        'api/reviews', {method: 'POST', headers: {'Content-Type':
            'application/json', 'X-Dateline-Token': 'no'},
            body: JSON.stringify({table: 'event', row,
                                  verdict: 'right'})})).status,
        id.split('/')[1]);
    ok(refused === 403, 'and refused without the token');
}

async function console_(page, base) {
    await page.goto(`${base}#/query`);
    await page.waitForSelector('textarea');
    await page.fill('textarea', 'DELETE FROM event');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.error');
    ok(/not authorized/.test(await page.locator('.error').textContent()),
       'the console refuses a write');
    await page.fill('textarea', 'SELECT id, summary FROM event LIMIT 3');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('tbody tr');
    ok(await page.locator('tbody tr').count() === 3, 'and answers a query');
    await page.locator('tbody .ref').first().click();
    await page.waitForSelector('.evidence blockquote');
    ok(true, 'an id in the answer opens its evidence');
    await page.screenshot({path: join(out, 'console.png')});
}

// Every number that counts evidence leads to it.
async function numbers(page, base) {
    for (const view of ['figures', 'meetings', 'map', 'positions',
                        'obligations']) {
        await page.goto(`${base}#/${view}`);
        await settled(page);
        const ref = page.locator('main [data-ref]:visible').last();
        await ref.scrollIntoViewIfNeeded();
        await ref.click({force: true});
        const opened = await page.waitForSelector('.evidence h2',
            {timeout: 4000}).catch(() => null);
        ok(!!opened, `${view}: one click opens evidence`);
        if (view === 'figures')
            await page.screenshot({path: join(out, 'figure-evidence.png')});
    }
    const cell = page.locator('.cell').first();
    await page.goto(`${base}#/positions`);
    await settled(page);
    await cell.click();
    await page.waitForSelector('main h3');
    await settled(page);
    ok(await page.locator('main .lines q').count() > 0,
       'a cell of the matrix shows its quotes');
    await page.screenshot({path: join(out, 'positions-cell.png'),
                           fullPage: true});
}

async function narrow(browser, base) {
    const page = await browser.newPage({viewport: {width: 390,
                                                   height: 800}});
    await page.addInitScript(axe);
    for (const view of ['process', 'figures']) {
        await page.goto(`${base}#/${view}`);
        await settled(page);
        const wide = await page.evaluate(() =>
            document.documentElement.scrollWidth);
        ok(wide <= 392, `${view} fits a telephone`, wide);
    }
    await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await check(page, 'right to left');
    await page.screenshot({path: join(out, 'narrow-rtl.png')});
    await page.close();
}

async function main() {
    mkdirSync(out, {recursive: true});
    const record = join(out, 'record.db');
    execFileSync('python3', [join(here, 'make_record.py'), program, reports,
                             record]);
    const {child, address} = await serve(record);
    process.on('exit', () => child.kill('SIGKILL'));
    const browser = await chromium.launch({
        executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser']
            .find(existsSync),
        args: ['--no-sandbox', '--disable-gpu']});
    const page = await browser.newPage({viewport: {width: 1360,
                                                   height: 860}});
    const problems = [];
    page.on('pageerror', e => problems.push(e.message));
    page.on('console', m => m.type() === 'error'
        && !/400|403|404/.test(m.text()) && problems.push(m.text()));
    await page.addInitScript(axe);
    await page.goto(address);
    await settled(page);
    const base = address.split('#')[0];
    ok(page.url() === `${base}#/process`, 'the token leaves the address');
    await views(page, base, 'light');
    await laneToQuote(page, base);
    await brush(page, base);
    await numbers(page, base);
    await console_(page, base);
    await reviewed(page, base);
    await page.evaluate(() => localStorage.setItem('theme', 'dark'));
    await page.reload();
    await views(page, base, 'dark');
    await narrow(browser, base);
    ok(!problems.length, 'no error in the page', problems.join('\n'));
    await browser.close();
    child.removeAllListeners('exit');
    const ended = new Promise(done => child.once('exit', done));
    child.kill('SIGTERM');
    ok(await ended === 0, 'the server stops when told to');
    console.log(`1..${count}`);
    process.exit(failed ? 1 : 0);
}

main().catch(error => {
    console.log(`Bail out! ${error.stack}`);
    process.exit(1);
});
