// SPDX-License-Identifier: Apache-2.0
// Review with the keyboard: one row after the other, with its evidence.
import {useEffect, useState} from 'preact/hooks';
import {get, review, useApi, type Page, type Row} from '../api';
import {set, token, useAddress} from '../state';
import {S} from '../strings';
import {Choices, Csv, Section, Status, Wait, When, openRow,
        period} from '../ui';
import {amount, label} from '../words';

const R = S.review;
const TABLES: Record<string, string> = {
    event: 'events', statement: 'statements', figure: 'figures',
};

function headline(table: string, row: Row) {
    return table === 'event' ? row.summary ?? label(row.type)
        : table === 'figure' ? `${label(row.quantity)} ${amount(row)}`
            : `${row.speakers ?? row.source ?? S.unknown}, ${label(row.act)}`;
}

function One({table, row}: {table: string; row: Row}) {
    const asked = useApi<Row>(
        `rows/${table}/${encodeURIComponent(row.id)}`);
    return <article class="one">
        <p class="kicker">{S.tables[table]}</p>
        <h3><button type="button" class="ref" data-ref={`${table}/${row.id}`}
            onClick={() => openRow(table, row.id)}>
            {headline(table, row)}</button></h3>
        <p class="summary">{'date_start' in row && <When row={row} />}
            <span class="kind">{label(row.mode ?? row.type ?? row.act
                ?? row.status)}</span><Status row={row} />
            {row.place && <span>{row.place}</span>}</p>
        {row.parties && <p class="small">{row.parties.map((p: Row) =>
            `${p.role}: ${p.name}`).join(' · ')}</p>}
        <Wait of={asked}>{asked.data?.evidence.slice(0, 6).map((e: Row) =>
            <article class="quote" key={e.id + e.start}>
                <header><b>{e.outlet ?? e.uri}</b><span>{e.published
                    ?? S.undated}</span></header>
                <blockquote>{e.before}<mark>{e.marked}</mark>{e.after}
                </blockquote>
                {e.why && <p class="why"><b>{S.evidence.why}</b> {e.why}</p>}
            </article>)}</Wait>
    </article>;
}

export function Review() {
    const {params} = useAddress();
    const table = params.table ?? 'event';
    const [queue, setQueue] = useState<Page | null>(null);
    const [at, setAt] = useState(0);
    const [note, setNote] = useState('');
    const [said, setSaid] = useState('');
    const [by, setBy] = useState(localStorage.getItem('by') ?? '');
    const done = useApi('reviews', {table, limit: 200});
    const key = JSON.stringify([table, params.from, params.to]);
    useEffect(() => {
        setQueue(null);
        setAt(0);
        get<Page>(TABLES[table], {...period(params), unreviewed: 1,
                                  limit: 300}).then(setQueue);
    }, [key]);
    const row = queue?.rows[at];
    const step = (by: number) => {
        setAt(i => Math.max(0, Math.min(queue?.rows.length ?? 0, i + by)));
        setNote('');
    };
    // The field itself: what was typed last may not be drawn yet.
    const written = () => (document.getElementById('note') as
        HTMLInputElement | null)?.value ?? note;
    const judge = (verdict: string) => row && review(
        {table, row: row.id, verdict, note: written(), by}).then(() => {
        setSaid(R.kept(R.verdicts[verdict]));
        row.verdict = verdict;
        step(1);
    }, e => setSaid(`${S.failed}: ${e.message}`));
    useEffect(() => {
        const press = (e: KeyboardEvent) => {
            const target = e.target as HTMLElement;
            if (target.closest('input, textarea, select') || e.ctrlKey
                || e.metaKey || e.altKey)
                return;
            const act: Record<string, () => void> = {
                r: () => judge('right'), w: () => judge('wrong'),
                j: () => step(1), k: () => step(-1),
                n: () => {
                    e.preventDefault();
                    document.getElementById('note')?.focus();
                },
            };
            act[e.key]?.();
        };
        addEventListener('keydown', press);
        return () => removeEventListener('keydown', press);
    });
    const left = (queue?.rows ?? []).filter(r => !r.verdict).length;
    return <Section title={R.title} aside={<Csv name="reviews" />}>
        <Choices name={R.of} value={table} onChange={t => set({table: t})}
            options={Object.keys(TABLES).map(t => ({value: t,
                label: S.tables[t]}))} />
        {!token() && <p class="notice">{R.off}</p>}
        <div class="split"><div>
            <p class="hint">{R.left(`${left}${queue?.more ? '+' : ''}`)}
                {' '}{R.keys}</p>
            {row ? <>
                <One table={table} row={row} />
                <div class="judge" role="group" aria-label={R.of}>
                    <button type="button" class="button right"
                        data-verdict="right" disabled={!token()}
                        onClick={() => judge('right')}>✓ {R.right}</button>
                    <button type="button" class="button wrong"
                        data-verdict="wrong" disabled={!token()}
                        onClick={() => judge('wrong')}>✗ {R.wrong}</button>
                    <input id="note" class="note" aria-label={R.note}
                        placeholder={R.note} value={note}
                        onInput={e => setNote(e.currentTarget.value)}
                        onKeyDown={e => e.key === 'Escape'
                            && e.currentTarget.blur()} />
                    <button type="button" class="button"
                        onClick={() => step(-1)}>{S.back}</button>
                    <button type="button" class="button"
                        onClick={() => step(1)}>{R.next}</button>
                    <span role="status">{said}</span></div>
            </> : queue && <p>{R.done}</p>}</div>
            <aside><label class="field">{R.by}<input value={by}
                onInput={e => {
                    setBy(e.currentTarget.value);
                    localStorage.setItem('by', e.currentTarget.value);
                }} /></label>
            <ul class="plain small">{done.data?.rows.map(v =>
                <li key={v.row_id + v.at}>
                    <span class={`verdict ${v.verdict}`}>{v.verdict
                        === 'right' ? '✓' : '✗'} {R.verdicts[v.verdict]}
                    </span>{' '}<button type="button" class="ref"
                        onClick={() => openRow(v.table_name, v.row_id)}>
                        {v.row_id}</button> {v.note}</li>)}</ul></aside>
        </div></Section>;
}
