// SPDX-License-Identifier: Apache-2.0
// Makes dist/ of src/: app.js, app.css, index.html, icon.svg, and SOURCES,
// the hash of all that went in (tools/check_page.py holds it to the sources).
import {build} from 'esbuild';
import {copyFileSync, mkdirSync, readFileSync, readdirSync,
        writeFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {execFileSync} from 'node:child_process';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const MAX_PACKED = 120 * 1024;
const at = (...parts) => join(here, ...parts);

mkdirSync(at('dist'), {recursive: true});
const {metafile} = await build({
    absWorkingDir: here, metafile: true,
    entryPoints: {app: 'src/app.tsx'},
    bundle: true, minify: true, format: 'esm', target: 'es2022',
    charset: 'utf8', legalComments: 'none', outdir: 'dist',
    jsx: 'automatic', jsxImportSource: 'preact',
    define: {'process.env.NODE_ENV': '"production"'},
});
await build({
    absWorkingDir: here,
    entryPoints: {app: 'src/app.css'}, minify: true, outdir: 'dist',
});
for (const name of ['index.html', 'icon.svg'])
    copyFileSync(at('src', name), at('dist', name));
// The licences of what is bundled travel with it.
const packages = new Set(Object.keys(metafile.inputs).map(path =>
    /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean));
writeFileSync(at('dist', 'LICENSES'), [...packages].sort().map(name => {
    const folder = at('node_modules', name);
    const file = readdirSync(folder).find(f => /^licen[cs]e/i.test(f));
    const {version, license} = JSON.parse(readFileSync(
        join(folder, 'package.json'), 'utf8'));
    return `${name} ${version}, ${license}\n\n${file ? readFileSync(
        join(folder, file), 'utf8').replace(/[ \t\r]+$/gm, '').trim()
        : ''}\n`;
}).join(`\n${'-'.repeat(72)}\n\n`));
writeFileSync(at('dist', 'SOURCES'), execFileSync(
    'python3', [at('..', 'tools', 'check_page.py'), '--hash', here]));
let packed = 0;
for (const name of ['app.js', 'app.css', 'index.html', 'icon.svg'])
    packed += gzipSync(readFileSync(at('dist', name)), {level: 9}).length;
console.log(`${packed} bytes compressed`);
if (packed > MAX_PACKED) {
    console.error(`more than ${MAX_PACKED}`);
    process.exit(1);
}
