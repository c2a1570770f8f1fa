// SPDX-License-Identifier: Apache-2.0
// Words in the reports; and a query of the reader's own.
import {useEffect, useRef, useState} from 'preact/hooks';
import {get, pathOf, useApi, type Page, type Row} from '../api';
import {set, useAddress} from '../state';
import {S} from '../strings';
import {Csv, Ref, Section, Wait, useGrowing} from '../ui';

const Q = S.query;

function Snippet({text}: {text: string}) {
    return <>{text.split(/\[\[|\]\]/).map((part, i) => i % 2
        ? <mark key={i}>{part}</mark> : part)}</>;
}

export function Search() {
    const {params} = useAddress();
    const [words, setWords] = useState(params.q ?? '');
    const {limit, more} = useGrowing(50);
    useEffect(() => setWords(params.q ?? ''), [params.q]);
    const asked = useApi(params.q?.trim() ? 'search' : null,
                         {q: params.q, limit});
    return <Section title={S.search.title} aside={params.q
        && <Csv name="search" params={{q: params.q}} />}>
        <form class="find" role="search" onSubmit={e => {
            e.preventDefault();
            set({q: words});
        }}>
            <input type="search" aria-label={S.search.label}
                placeholder={S.search.label} value={words}
                onInput={e => setWords(e.currentTarget.value)} />
            <button type="submit" class="button">{S.search.go}</button>
        </form>
        <p class="hint">{S.search.hint}</p>
        {params.q && <Wait of={asked} empty={S.search.none}>
            <ol class="hits">{asked.data?.rows.map(r => <li key={r.id}>
                <Ref table="report" id={r.id}>{r.title ?? r.uri}</Ref>
                <p class="faint small">{r.outlet}, {r.published
                    ?? S.undated}</p>
                <p><Snippet text={r.snippet} /></p></li>)}</ol>
            {more(asked.data)}</Wait>}
    </Section>;
}

const IDS: Record<string, string> = {
    e: 'event', m: 'event_mention', s: 'statement', f: 'figure',
    q: 'figure_series', r: 'report',
};

function Cell({value, column}: {value: unknown; column: string}) {
    if (value === null)
        return <span class="faint">NULL</span>;
    const text = typeof value === 'object' ? JSON.stringify(value)
        : String(value);
    const table = /^[emsfqr][0-9a-f]{16}$/.test(text) ? IDS[text[0]]
        : /actor_id$|^speaker_id$/.test(column) ? 'actor' : '';
    return table ? <Ref table={table} id={text}>{text}</Ref> : <>{text}</>;
}

function Result({page}: {page: Page}) {
    const names = Object.keys(page.rows[0] ?? {});
    return <><p role="status">{Q.rows(page.rows.length, page.more)}</p>
        {names.length > 0 && <div class="scroll tall" tabIndex={0}
            role="region" aria-label={Q.title}><table>
            <thead><tr>{names.map(n => <th scope="col" key={n}>{n}</th>)}
            </tr></thead>
            <tbody>{page.rows.map((row, i) => <tr key={i}>{names.map(n =>
                <td key={n} class={typeof row[n] === 'number' ? 'num' : ''}>
                    <Cell value={row[n]} column={n} /></td>)}</tr>)}</tbody>
        </table></div>}</>;
}

export function Query() {
    const {params} = useAddress();
    const [sql, setSql] = useState(params.sql ?? S.examples[0][1]);
    const [answer, setAnswer] = useState<Page | null>(null);
    const [error, setError] = useState('');
    const [busy, setBusy] = useState(false);
    const area = useRef<HTMLTextAreaElement>(null);
    const schema = useApi('schema');
    const run = (text: string) => {
        setSql(text);
        set({sql: text}, undefined, true);
        setBusy(true);
        setError('');
        get<Page>('sql', {sql: text}).then(setAnswer, e => {
            setAnswer(null);
            setError(e.message);
        }).finally(() => setBusy(false));
    };
    useEffect(() => {
        if (params.sql)
            run(params.sql);
    }, []);
    return <div class="split query">
        <Section title={Q.title}>
            <textarea ref={area} rows={9} spellcheck={false} class="sql"
                aria-label={Q.label} value={sql}
                onInput={e => setSql(e.currentTarget.value)}
                onKeyDown={e => (e.ctrlKey || e.metaKey)
                    && e.key === 'Enter' && run(sql)} />
            <p class="row"><button type="button" class="button primary"
                onClick={() => run(sql)} disabled={busy}>{Q.run}</button>
                <a class="csv" href={pathOf('sql', {sql}, true)} download>
                    {S.download}</a>
                <span class="hint">{Q.hint}</span></p>
            {error && <p class="error" role="alert">{error}</p>}
            {answer && <Result page={answer} />}
        </Section>
        <aside>
            <Section level={3} title={Q.examples}><ul class="plain">
                {S.examples.map(([name, text]) => <li key={name}>
                    <button type="button" class="ref"
                        onClick={() => run(text)}>{name}</button></li>)}
            </ul></Section>
            <Section level={3} title={Q.tables}>
                {schema.data?.rows.map((t: Row) => <details key={t.table}>
                    <summary>{t.table}{t.type === 'view'
                        && <span class="faint"> {t.type}</span>}</summary>
                    <p class="small mono">{t.columns.map((c: Row) => c.name)
                        .join(', ')}</p></details>)}
            </Section>
        </aside>
    </div>;
}
