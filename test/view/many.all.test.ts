// Three to seven hosts: who stands where, where packets begin and end, what folds. The oracle is the run itself.
import {expect, test} from 'vitest';
import type {Trace} from '../../source/sim/trace.ts';
import {momentLines} from '../../source/tell/spoken/moments.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {manyColumns} from '../../source/view/ladder/lanes.ts';
import {castOf} from '../../source/view/ladder/scene-hosts.ts';
import {focusables, untouched} from '../../source/view/panels/fixed.ts';
import {compose} from '../../source/view/screen.ts';
import type {PlaybackState} from '../../source/view/time/playback-state.ts';
import {textWidth} from '../../source/words/width.ts';
import {floodScenario, routedScenario, starScenario} from '../helpers/networks.ts';
import {few} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {canvasOf, type Opened, open, playingAt, sceneOf, started, textOf} from './player.ts';
import {sizesTried} from './sizes.ts';

const lossOn = (link: string, from: string) =>
  [{kind: 'drop', at: {link, from, nth: {first: 1, last: 1}}}] as const;

/** A firewall that rejects makes the router a host of the picture. */
const refused = (): Trace =>
  run(
    routedScenario([], {
      actors: [{kind: 'firewall', host: 'r1', rules: [{verdict: 'port', at: {port: 81}}]}],
      script: [
        ...routedScenario().script,
        {
          when: {kind: 'at', atUs: 600_000},
          host: 'client',
          action: {call: 'connect', to: {host: 'server', port: 81}, from: 41000, as: 'd', read: 'auto'},
        },
      ],
    }),
  );

const traces: readonly (readonly [string, Trace])[] = [
  ['a router that rejects', refused()],
  ['a flood', run(floodScenario({limitUs: 3_000_000}))],
  ...[3, 4, 5, 6, 7].map((hosts) => [`a star of ${hosts}`, run(starScenario(hosts))] as const),
];

const cellsOf = (line: string): string[] =>
  [...line].flatMap((character) => [
    character,
    ...Array<string>(Math.max(0, textWidth(character) - 1)).fill(''),
  ]);

/** Every moment, and a place half-way to the next one. */
const places = ({pacing}: Opened): number[] =>
  [...pacing.viewMs].flatMap((viewMs, index) => [
    viewMs,
    (viewMs + (pacing.viewMs.at(index + 1) ?? viewMs)) / 2,
  ]);

const looks = (viewMs: number): PlaybackState[] =>
  (['en', 'zh'] as const).flatMap((language) => {
    const plain = started({viewMs, language, playing: true});
    return [plain, {...plain, playing: false, relative: true, motion: 'reduced' as const}];
  });

test.each(traces)('%s: 40 sizes, every moment', (_name, trace) => {
  const opened = open({trace});
  for (const [index, viewMs] of few(places(opened), 10).entries())
    for (const [look, state] of looks(viewMs).entries()) {
      const scene = sceneOf(opened, state);
      for (const [turn, size] of sizesTried().entries()) {
        // By turns, so that each size sees every twentieth place in each look.
        if ((index + turn + look) % 20 !== 0) continue;
        const canvas = compose(scene, {
          ...size,
          glyphs: turn % 2 === 0 ? unicodeGlyphs : asciiGlyphs,
          keyHints: [],
        });
        const lines = textOf(canvas);
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0) expect.fail(`overlap at ${viewMs} ms\n${lines.join('\n')}`);
      }
    }
});

/** First speaker first, then as links connect them; who only forwards is left out. */
const order = (trace: Trace): string[] => {
  const met: string[] = [];
  const makes = new Set<string>();
  for (const event of trace.events()) {
    if (event.kind !== 'send') continue;
    if (event.hop === 0) makes.add(event.host);
    for (const host of [event.host, event.to]) if (!met.includes(host)) met.push(host);
  }
  return met.filter((host) => makes.has(host));
};

test.each(traces)('%s: first speaker at the left, then by first contact', (_name, trace) => {
  expect(castOf(trace).map(({id}) => id)).toEqual(order(trace));
});

test('a router that only forwards is not drawn: the picture of two hosts', () => {
  const {hosts} = sceneOf(open({trace: run(routedScenario())}), started());
  expect(hosts.map(({id}) => id)).toEqual(['client', 'server']);
  const lossy = run(routedScenario(lossOn('far', 'server')));
  expect(sceneOf(open({trace: lossy}), started()).hosts).toHaveLength(2);
});

test('whoever is meant by a packet is of the cast, though it never says a word', () => {
  const {script} = routedScenario();
  const crash = {when: {kind: 'at', atUs: 0}, host: 'server', action: {call: 'crash'}} as const;
  const trace = run(routedScenario([], {script: [crash, ...script.slice(1)], limitUs: 2_000_000}));
  expect(castOf(trace).map(({id}) => id)).toEqual(['client', 'server']);
});

const lineCells = new Set(
  [
    ...['lifeline', 'folded', 'crossed', 'leaveRight', 'leaveLeft', 'arrivedRight', 'arrivedLeft'],
    ...['cometBody', 'tailRight', 'tailLeft', 'headRight', 'headLeft', 'lost', 'burst'],
  ].map((name) => unicodeGlyphs[name as keyof typeof unicodeGlyphs]),
);

/** Columns of the lifelines, from the last row of the ladder. */
const lifelines = (lines: readonly string[], bottom: number): number[] =>
  cellsOf(lines[bottom - 1] ?? '').flatMap((cell, index) =>
    cell === '│' || cell === '┊' ? [index + 1] : [],
  );

const wide = {columns: 120, rows: 40, bottom: 22};
const medium = {columns: 80, rows: 24, bottom: 13};

test.each(traces.filter(([, trace]) => castOf(trace).length <= 5))(
  '%s: lines and lifelines',
  (_name, trace) => {
    const opened = open({trace});
    const names = order(trace);
    let seen = 0;
    for (const viewMs of opened.pacing.viewMs)
      for (const {bottom, ...shape} of [wide, medium]) {
        const lines = textOf(canvasOf(opened, started({viewMs, playing: true}), shape));
        const columns = lifelines(lines, bottom).slice(0, names.length);
        if (columns.length < names.length) continue;
        for (let row = 6; row <= bottom; row++) {
          const cells = cellsOf(lines[row - 1] ?? '');
          const right = (columns.at(-1) ?? 0) + 3;
          const label = /^ *(\d+) {2}/.exec(cells.slice(right - 1).join(''));
          const packet = label && trace.packet(Number(label[1]));
          if (!packet || (lines[row - 1] ?? '').includes('═')) continue;
          for (const column of columns) expect(lineCells).toContain(cells[column - 1]);
          const at = (host: string): number => columns[names.indexOf(host)] ?? 0;
          const [from, to] = [at(packet.from), at(packet.to)];
          expect(cells[from - 1]).toBe(from < to ? '├' : '┤');
          expect(['│', '✗']).toContain(cells[to - 1]);
          const end = packet.endEvent === undefined ? undefined : trace.event(packet.endEvent);
          if (
            end?.kind === 'arrive' &&
            end.n <= (opened.pacing.event.at([...opened.pacing.viewMs].indexOf(viewMs)) ?? 0)
          )
            expect(cells[to - 1 + (from < to ? -1 : 1)]).toBe(from < to ? '▸' : '◂');
          // Between its ends every lifeline is crossed, none beyond them is.
          for (const column of columns) {
            const inside = column > Math.min(from, to) && column < Math.max(from, to);
            if (!inside && column !== from && column !== to) expect(cells[column - 1]).toBe('│');
            if (inside && end?.kind === 'arrive') expect(cells[column - 1]).not.toBe('│');
          }
          seen++;
        }
      }
    expect(seen).toBeGreaterThan(20);
  },
);

test('at 80×24 four hosts have their labels beside them, more have them below, seven fit', () => {
  for (const hosts of [3, 4, 5, 6, 7]) {
    const {view} = sceneOf(open({trace: run(starScenario(hosts))}), started());
    const plan = manyColumns(view, {last: 79, small: false}, untouched);
    expect(plan.lifelines).toHaveLength(hosts);
    expect(plan.labelColumn !== undefined).toBe(hosts <= 4);
    expect(plan.distance).toBeGreaterThanOrEqual(9);
    expect(plan.distance).toBeLessThanOrEqual(14);
  }
});

test('five hosts in 120 columns stand where they were drawn by hand', () => {
  const {view} = sceneOf(open({trace: run(starScenario(5))}), started());
  const plan = manyColumns(view, {last: 119, small: false}, untouched);
  expect(plan.lifelines.map(({column}) => column)).toEqual([15, 28, 41, 54, 67]);
  expect(plan.labelColumn).toBe(70);
});

test('those with the fewest packets fold first; enter unfolds each in its turn and folds another', () => {
  const {script} = starScenario(7);
  const busy = {
    when: {kind: 'at', atUs: 2_000_000},
    host: 'h6',
    action: {call: 'send', bytes: 20_000},
  } as const;
  const trace = run(starScenario(7, {script: [...script, busy]}));
  const {view} = sceneOf(open({trace}), started());
  const count = (host: string): number =>
    Array.from({length: trace.packetCount}, (_, index) => trace.packet(index + 1)).filter(
      ({from, to}) => from === host || to === host,
    ).length;
  const folded = (turns: number): string[] => {
    const {lifelines: all} = manyColumns(view, {last: 58, small: true}, {selected: true, turns});
    expect(all).toHaveLength(5);
    return all.at(-1)?.hosts.map(({id}) => id) ?? [];
  };
  const first = folded(0);
  const most = Math.max(...first.map(count));
  for (const host of order(trace))
    if (!first.includes(host)) expect(count(host)).toBeGreaterThanOrEqual(most);
  expect(first).not.toContain('h6');
  const seen = new Set<string>();
  for (let turns = 1; turns <= 7; turns++) {
    const [before, after] = [folded(turns - 1), folded(turns)];
    const unfolded = before.filter((host) => !after.includes(host));
    expect(unfolded).toHaveLength(1);
    for (const host of unfolded) seen.add(host);
  }
  expect(seen.size).toBeGreaterThanOrEqual(6);
});

test('a packet to a folded host ends at the folded lifeline, and its label names the ends', () => {
  const trace = run(starScenario(7));
  const opened = open({trace});
  const last = order(trace).at(-1) ?? '';
  const id = Array.from({length: trace.packetCount}, (_, index) => index + 1).find((each) => {
    const {from, to} = trace.packet(each);
    return from === 'h1' && to === last ? true : to === 'h1' && from === last;
  });
  const packet = trace.packet(id ?? 0);
  const half = (packet.sentUs + packet.dueUs) / 2;
  const lines = textOf(canvasOf(opened, playingAt(opened, half), {columns: 60, rows: 15}));
  expect(lines.join('\n')).toContain('+3 hosts');
  const row = lines.findIndex((line) => line.includes(` ${id}  ${packet.from} > ${packet.to} `));
  expect(lines[row - 1]).toMatch(packet.from === 'h1' ? /├─+┼.*┈┊$/ : /│┈+┼.*─┤$/);
});

test('states are those of the connection at hand: a server that refuses one and serves another', () => {
  const trace = run(floodScenario());
  const opened = open({trace});
  const stateOf = (us: number, packet: number): (string | undefined)[] =>
    sceneOf(opened, {
      ...playingAt(opened, us),
      selection: {...started().selection, packet},
    }).states.map((state) => state?.text);
  const ids = order(trace);
  const server = ids.indexOf('server');
  const syn = Array.from({length: trace.packetCount}, (_, index) => index + 1).find(
    (id) => trace.packet(id).from === 'client',
  );
  const end = 900_000;
  expect(stateOf(end, 1)[server]).toBe('SYN-RECEIVED');
  expect(stateOf(end, syn ?? 0)[server]).toBe('ESTABLISHED');
  // The attacker has no TCP behind its addresses.
  expect(stateOf(end, 1)[ids.indexOf('attacker')]).toBeUndefined();
});

test('the list tells both ends where there are more than two hosts', () => {
  const trace = run(floodScenario());
  const opened = open({trace});
  const lines = textOf(canvasOf(opened, playingAt(opened, 700_000), {columns: 120, rows: 40}));
  expect(lines.some((line) => /#\s+sent\s+from\s+to\s+flags/.test(line))).toBe(true);
  expect(lines.some((line) => /500 ms\s+client\s+server\s+SYN/.test(line))).toBe(true);
});

test('enter opens bytes until a head is selected; H selects it, esc leaves it', () => {
  const [ladder] = focusables.first;
  const {view} = sceneOf(open({trace: run(starScenario(7))}), started());
  expect(ladder?.command(view, untouched, 'unfold')).toBeUndefined();
  const selected = ladder?.command(view, untouched, 'select')?.own;
  expect(selected).toEqual({selected: true, turns: 0});
  expect(ladder?.command(view, selected, 'unfold')?.own).toEqual({selected: true, turns: 1});
  expect(ladder?.command(view, selected, 'leave')?.own).toEqual(untouched);
  const pair = sceneOf(open({trace: run(routedScenario())}), started()).view;
  expect(ladder?.command(pair, untouched, 'select')).toBeUndefined();
});

test('a packet through a router is said to go to whom it is for', () => {
  const opened = open({trace: refused()});
  const run_ = {trace: opened.trace, pacing: opened.pacing, language: 'en', relative: false} as const;
  const said = [...opened.pacing.viewMs]
    .map((_, moment) => moment)
    .flatMap((moment) => momentLines(run_, moment));
  expect(said[0]).toMatch(/listen/i);
  expect(said.find((line) => line.includes('client sends packet 1'))).toContain('to server');
  expect(said.some((line) => /r1 passes .*packet 1.* to server/.test(line))).toBe(true);
});

test('120×40: numbers of ten digits, and the time a packet is due, are never cut', () => {
  const opened = open({trace: run(floodScenario({limitUs: 3_000_000}))});
  for (const viewMs of places(opened))
    for (const language of ['en', 'zh'] as const) {
      const lines = textOf(canvasOf(opened, started({viewMs, language}), {columns: 120, rows: 40}));
      for (const line of lines.slice(0, 23).map((each) => each.slice(0, 97))) {
        const due = language === 'en' ? /\bdue\b/ : /预计/;
        if (due.test(line)) expect(line).toMatch(language === 'en' ? /due [\d.]+ m?s/ : /预计 [\d.]+ m?s/);
        if (/SYN,ACK/.test(line)) expect(line).toMatch(/seq=\d+ ack=\d+/);
      }
    }
});

test('a chosen packet that shares its row with others is marked in that row', () => {
  const {script} = starScenario(4);
  const busy = {
    when: {kind: 'at', atUs: 2_000_000},
    host: 'h3',
    action: {call: 'send', bytes: 20_000},
  } as const;
  const opened = open({trace: run(starScenario(4, {script: [...script, busy]}))});
  let seen = 0;
  for (const viewMs of opened.pacing.viewMs) {
    const state = started({viewMs});
    const burst = sceneOf(opened, state).ladder.items.find(({kind}) => kind === 'burst');
    if (burst?.kind !== 'burst') continue;
    const chosen = {...state, selection: {...state.selection, packet: burst.first + 1}};
    const lines = textOf(canvasOf(opened, chosen, {columns: 120, rows: 40}));
    const row = lines.find((line) => line.includes('═ ') && line.includes(`${burst.count} more`));
    if (row === undefined) continue;
    expect(row).toMatch(/^▸/);
    seen++;
  }
  expect(seen).toBeGreaterThan(0);
});
