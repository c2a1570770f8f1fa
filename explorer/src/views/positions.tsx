// SPDX-License-Identifier: Apache-2.0
// Who says what: issues by actors, each cell the latest line; then the quotes
// of a cell with what changed in their words.
import {diffWordsWithSpace} from 'diff';
import {useApi, type Row} from '../api';
import {sidesInOrder} from '../sides';
import {set, useAddress} from '../state';
import {S} from '../strings';
import {Choices, Csv, Ref, Section, Side, StatementLine, Wait, period,
        useGrowing} from '../ui';
import {label} from '../words';

const P = S.positions;
const ACTORS = 10;

function most(rows: Row[], key: string) {
    const count = new Map<string, number>();
    for (const r of rows)
        count.set(r[key], (count.get(r[key]) ?? 0) + r.statements);
    return [...count.entries()].sort((a, b) => b[1] - a[1])
        .map(([k]) => k);
}

function Matrix({rows, cell}: {rows: Row[]; cell: string}) {
    const actors = most(rows, 'actor_id').slice(0, ACTORS);
    const issues = most(rows, 'issue_id');
    const at = new Map(rows.map(r => [`${r.issue_id}|${r.actor_id}`, r]));
    const nameOf = new Map(rows.map(r => [r.actor_id, r]));
    const issueOf = new Map(rows.map(r => [r.issue_id, r.issue]));
    return <div class="scroll" tabIndex={0} role="region"
        aria-label={P.title}><table class="matrix"><thead><tr>
        <th scope="col">{P.issue}</th>
        {actors.map(a => <th scope="col" key={a}>
            <Ref table="actor" id={a}>{nameOf.get(a)!.actor}</Ref>
            {nameOf.get(a)!.iso3 && <Side code={nameOf.get(a)!.iso3} />}
        </th>)}</tr></thead>
        <tbody>{issues.map(i => <tr key={i}>
            <th scope="row">{issueOf.get(i) ?? i}</th>
            {actors.map(a => {
                const r = at.get(`${i}|${a}`), key = `${i}|${a}`;
                return <td key={a}>{r && <button type="button"
                    class={`cell ${label(r.stance)}`} title={r.content}
                    aria-pressed={cell === key}
                    onClick={() => set({cell: cell === key ? '' : key})}>
                    <b>{r.before !== null && <span title={P.changed}
                        aria-label={P.changed}>↻ </span>}
                        {label(r.stance) || P.said}</b>
                    <span class="faint">{r.date || S.undated}
                        {' · '}{r.statements}</span>
                    {r.before && <span class="faint">{P.before(
                        label(r.before))}</span>}
                </button>}</td>;
            })}</tr>)}</tbody></table></div>;
}

function Changed({before, after}: {before: string; after: string}) {
    return <q>{diffWordsWithSpace(before, after).map((part, i) =>
        part.added ? <ins key={i}>{part.value}</ins>
            : part.removed ? <del key={i}>{part.value}</del>
                : part.value)}</q>;
}

// Words differ usefully only where much is shared.
function alike(a: string, b: string) {
    const words = new Set(a.toLowerCase().split(/\W+/));
    const other = b.toLowerCase().split(/\W+/);
    return other.filter(w => words.has(w)).length > other.length * .4;
}

function Quotes({cell}: {cell: string}) {
    const [issue, actor] = cell.split('|');
    const asked = useApi('positions', {issue, actor, limit: 300});
    const rows = asked.data?.rows ?? [];
    return <Section level={3} title={rows[0]
        ? P.quotes(rows[0].issue, rows[0].actor) : P.issue}>
        <Wait of={asked} empty={S.nothing}><ol class="lines">
            {rows.map((r, i) => <li class="line" key={r.statement_id}>
                <time class="when">{r.date ?? S.undated}</time>
                <Ref table="statement" id={r.statement_id}>
                    {i && alike(rows[i - 1].content ?? '', r.content ?? '')
                        ? <Changed before={rows[i - 1].content}
                            after={r.content} />
                        : <q>{r.content}</q>}</Ref>
                <span class="meta"><b>{label(r.stance)}</b>
                    {i > 0 && rows[i - 1].stance !== r.stance
                        && <span class="tag">↻ {P.changed}</span>}
                    <span class="faint">{r.outlet}</span></span></li>)}
        </ol></Wait></Section>;
}

export function Positions() {
    const {params} = useAddress();
    const matrix = useApi('matrix', {...period(params), limit: 2000});
    const {limit, more} = useGrowing();
    const filter = {...period(params), side: params.side, act: params.act};
    const statements = useApi('statements', {...filter, limit});
    const acts = ['', 'say', 'demand', 'accuse', 'deny', 'promise',
                  'threaten', 'agree', 'reject', 'propose'];
    return <>
        <Section title={P.title}
            aside={<Csv name="matrix" params={period(params)} />}>
            <Wait of={matrix} empty={P.empty}>
                <p class="hint">{P.hint}</p>
                <Matrix rows={matrix.data?.rows ?? []}
                    cell={params.cell ?? ''} />
            </Wait>
            {params.cell && <Quotes cell={params.cell} />}
        </Section>
        <Section title={P.statements}
            aside={<Csv name="statements" params={filter} />}>
            <Choices name={P.speaker} value={params.side ?? ''}
                onChange={side => set({side})}
                options={[{value: '', label: S.all}, ...sidesInOrder()
                    .map(s => ({value: s, label: <Side code={s} />}))]} />
            <Choices name={P.act} value={params.act ?? ''}
                onChange={act => set({act})}
                options={acts.map(a => ({value: a,
                    label: label(a) || S.all}))} />
            <Wait of={statements} empty={S.nothing}><ol class="lines">
                {statements.data?.rows.map(r =>
                    <StatementLine key={r.id} row={r} />)}</ol>
                {more(statements.data)}</Wait>
        </Section>
    </>;
}
