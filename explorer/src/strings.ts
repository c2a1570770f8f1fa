// SPDX-License-Identifier: Apache-2.0
// Every word the page shows. A translation is another file of this shape.

const n = (count: number, one: string, many: string) =>
    `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

export const S = {
    language: 'en', direction: 'ltr',
    name: 'Dateline', skip: 'Skip to content',
    nav: {
        process: 'Process', positions: 'Positions',
        obligations: 'Obligations', figures: 'Figures',
        meetings: 'Meetings', map: 'Map', actors: 'Actors',
        search: 'Search', query: 'Query', review: 'Review', brief: 'Brief',
    } as Record<string, string>,
    views: 'Views', period: 'Period', from: 'From', to: 'To',
    whole: 'Whole record', close: 'Close', back: 'Back', more: 'More',
    loading: 'Loading…', nothing: 'Nothing in this period.',
    none: 'none', unknown: 'unknown', undated: 'no date', other: 'others',
    all: 'all', theme: 'Light or dark', failed: 'That did not work',
    retry: 'Try again', download: 'CSV', help: 'Keys',
    reports: (c: number) => n(c, 'report', 'reports'),
    independent: (c: number) => `${c.toLocaleString('en')} independent`,
    items: (c: number) => n(c, 'item', 'items'),
    times: (c: number) => n(c, 'time', 'times'),
    record: (r: string, a: string, z: string) => `${r}, ${a} to ${z}`,
    lanes: {
        agreement: 'Agreements', due: 'Due', meeting: 'Meetings',
        incident: 'Incidents', step: 'Steps', word: 'Words between sides',
        statement: 'Statements', figure: 'Figures',
    } as Record<string, string>,
    laneNotes: {
        agreement: 'by stage', due: 'what falls due',
        meeting: 'ring: mediator', incident: 'force, coercion, sanctions',
        step: 'withdrawals, releases, aid',
        word: 'promises, demands, refusals', statement: 'by side',
        figure: 'height: size, log scale',
    } as Record<string, string>,
    stages: {
        pre: 'Pre-negotiation', ceasefire: 'Ceasefire', partial: 'Partial',
        comprehensive: 'Comprehensive', implementation: 'Implementation',
        renewal: 'Renewal',
    } as Record<string, string>,
    process: {
        title: 'The process',
        label: (c: number, a: string, z: string) =>
            `Timeline of ${c} items from ${a} to ${z}. The list below holds `
            + 'the same events. Arrow keys move, plus and minus zoom.',
        hint: 'Drag to choose a period; it filters every view. Wheel zooms, '
            + 'a click opens the evidence. Hatched: no reports of those '
            + 'days, so nothing can be said of them.',
        list: 'In this period', undated: (c: number) => `${c} without a date`,
        coverage: 'Reports a day', overview: 'Overview: drag to move the '
            + 'period',
        bin: (lane: string, c: number) => `${lane}: ${c}`,
        legend: 'Sides', noReports: 'no reports', planned: 'hollow: planned, '
            + 'denied or hypothetical',
    },
    evidence: {
        title: 'Evidence', tellings: 'Where reports differ',
        same: 'All reports agree on these fields.',
        quotes: 'In the reports', why: 'why', report: 'Whole report',
        cite: 'Copy citation', link: 'Copy link', copied: 'Copied',
        lineage: 'Line of descent', story: 'Other reports of the same story',
        copies: 'copies of one report count once', fields: 'Fields',
        alone: 'Nobody copied it, and it is no copy.', parties: 'Parties',
        values: 'Values side by side', reviews: 'Reviews', links: 'Linked to',
        found: 'Found in this report', notes: 'Notes', text: 'Text',
        lists: {} as Record<string, string>,
        copyOf: (k: string) => `${k} copy`, claimed: 'according to',
        source: 'first of its line',
    },
    tables: {
        event: 'Event', event_mention: 'Telling', statement: 'Statement',
        figure: 'Figure', figure_series: 'Count', report: 'Report',
        actor: 'Actor', place: 'Place', time_mention: 'Time',
        actor_mention: 'Mention', agreement: 'Agreement',
        obligation: 'Obligation', issue: 'Issue', mandate: 'Mandate',
        story: 'Story', position: 'Position',
    } as Record<string, string>,
    positions: {
        title: 'Who says what', issue: 'Issue', hint: 'A cell holds an '
            + 'actor’s latest line on an issue; ↻ marks a change. Open it '
            + 'for all quotes with what changed in their words.',
        before: (s: string) => `before: ${s}`, changed: 'changed',
        empty: 'No positions are known in this period. Statements by '
            + 'speaker are below.', statements: 'Statements',
        quotes: (i: string, a: string) => `${a} on ${i}`,
        speaker: 'Side', act: 'Act', said: 'said',
    },
    obligations: {
        title: 'Obligations', asOf: (d: string) => `as of ${d}`,
        columns: {
            overdue: 'Overdue', breached: 'Breached', none: 'Not begun',
            minimal: 'Begun', partial: 'Under way', full: 'Done',
            unknown: 'No report',
        } as Record<string, string>,
        due: (d: string) => `due ${d}`, noDue: 'no date set',
        empty: 'No obligations are known in this record.',
        agreements: 'Agreements', mandates: 'Mandates',
        claimedBy: (a: string) => `says ${a}`, condition: 'if',
    },
    figures: {
        title: 'Figures', quantity: 'Quantity', contradictions:
            'Contradictions, largest first', chart: (q: string) =>
            `${q}: one line a claimant. The table below has every value.`,
        about: 'What is counted', values: 'Values and claimants',
        spread: 'Spread', noContradiction: 'No contradictions.',
        agreed: 'Counts told more than once', log: 'Logarithmic',
        relations: {
            exactly: '', about: '≈', more_than: '>', at_least: '≥',
            less_than: '<', at_most: '≤', between: '',
        } as Record<string, string>,
        by: 'according to', itself: 'the report itself',
    },
    meetings: {
        title: 'Meetings', tracks: 'By mediator', direct: 'No mediator named',
        network: 'Who met whom', list: 'Meetings', date: 'Date',
        who: 'Who', host: 'Host', mediator: 'Mediator', place: 'Place',
        outcome: 'Outcome', next: 'Next', network_hint: 'Line width: number '
            + 'of meetings. A line or a name opens them.',
        between: (a: string, b: string) => `${a} and ${b}`,
    },
    map: {
        title: 'Map', hint: 'A circle is as wide as the place is known: a '
            + 'town is a point, a region an area. Outlines are coarse and '
            + 'no statement on the status of any territory.',
        overlay: 'Overlay (GeoJSON)', list: 'Places', events: 'events',
        incidents: 'incidents', names: 'Other names', unplaced:
            'without coordinates', label: (c: number) => `Map of ${c} places; `
            + 'the table has the same.', badOverlay: 'No GeoJSON in it.',
        place: 'Place',
    },
    actors: {
        title: 'Actors', name: 'Name', find: 'Find by name', kind: 'Kind',
        offices: 'Offices over time', names: 'Called', mentions: 'Mentions',
        events: 'Events', statements: 'Statements', positions: 'Positions',
        former: 'former', noOffice: 'No office is named in the reports.',
        role: 'Office', seen: 'first and last said',
    },
    search: {
        title: 'Search', label: 'Words in the reports', go: 'Search',
        hint: '"in quotes" is a phrase, word* a beginning.',
        none: 'No report has all these words.',
    },
    query: {
        title: 'Query', label: 'SQL, one statement that reads', run: 'Run',
        hint: 'Ctrl+Enter runs it. At most 1,000 rows and three seconds. '
            + 'Ids open their evidence.', tables: 'Tables', examples:
            'Examples', rows: (c: number, more: boolean) =>
            `${n(c, 'row', 'rows')}${more ? ', more were cut off' : ''}`,
    },
    review: {
        title: 'Review', off: 'Reviews are off. Start with: dateline serve '
            + '--review, and open the address it prints.', right: 'Right',
        wrong: 'Wrong', note: 'Note', keep: 'Keep', of: 'Review', by: 'Your '
            + 'name', kept: (v: string) => `Kept: ${v}`, keys:
            'Keys: r right, w wrong, n note, j next, k back.',
        done: 'All reviewed.', left: (c: string) => `${c} to review`,
        next: 'Next', verdicts: {right: 'right', wrong: 'wrong',
            edited: 'edited'} as Record<string, string>,
    },
    brief: {
        title: 'Brief', print: 'Print', of: (a: string, z: string) =>
            `The record, ${a} to ${z}`, agreements: 'Agreements',
        meetings: 'Meetings', incidents: 'Incidents', steps: 'Steps taken',
        statements: 'Statements', disputed: 'Figures in dispute',
        obligations: 'Open obligations', sources: 'Sources',
        made: (v: string) => `Made by Dateline ${v} from the record. Each `
            + 'line is as the reports tell it; numbers in brackets lead to '
            + 'the sources.',
        claims: 'against',
    },
    examples: [
        ['Events with the most independent reports',
            'SELECT id, date_start, summary, independent\nFROM event\n'
            + 'ORDER BY independent DESC, date_start\nLIMIT 20'],
        ['Who is quoted by whom',
            'SELECT outlet, speakers, count(*) AS statements\n'
            + 'FROM statement_line\nGROUP BY outlet, speakers\n'
            + 'ORDER BY statements DESC\nLIMIT 50'],
        ['Figures that contradict each other',
            'SELECT q.about, f.id, f.relation, f.low, f.claimant, f.quote\n'
            + 'FROM figure_series q JOIN figure_line f ON f.series_id = q.id\n'
            + 'WHERE q.disputed\nORDER BY q.about, f.low'],
        ['Days with reports and without events',
            'SELECT c.day, sum(c.reports) AS reports\nFROM coverage c\n'
            + 'WHERE NOT EXISTS (SELECT 1 FROM event e\n'
            + '  WHERE e.date_start = c.day)\nGROUP BY c.day'],
        ['Why each telling of an event was joined to it',
            'SELECT event_id, id, why, merge_why\nFROM event_mention\n'
            + 'ORDER BY event_id\nLIMIT 100'],
    ] as [string, string][],
};
