// The list: every packet can be reached, searches are told and marked, and nothing is found that may not be known yet.
import {expect, test} from 'vitest';
import type {Trace} from '../../../source/sim/trace.ts';
import {unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {foundBy, noSearch, searchOn} from '../../../source/view/list/list-search.ts';
import {listPanel} from '../../../source/view/panels/list.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {selectedPacket, viewOf} from '../../../source/view/view.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {captured} from '../../helpers/opened-capture.ts';
import {handshakeScenario, pairScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {thorough} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {handshakeBeats} from '../beats.ts';
import {act, canvasOf, type Opened, open, playingAt, started, textOf} from '../player.ts';
import {filterPackets} from './filtered.ts';

const at = (atUs: number) => ({kind: 'at', atUs}) as const;

const sending = (bytes: number): Trace =>
  run(
    pairScenario([
      {when: at(0), host: 'server', action: {call: 'listen', port: 80, read: 'auto'}},
      {
        when: at(0),
        host: 'client',
        action: {call: 'connect', to: {host: 'server', port: 80}, from: 40000, as: 'c', read: 'auto'},
      },
      {
        when: {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0},
        host: 'client',
        action: {call: 'send', bytes},
      },
    ]),
  );

const viewAt = (opened: Opened, playback: PlaybackState) => viewOf({...opened, playback, message: undefined});

const atEnd = (opened: Opened, change: Partial<PlaybackState> = {}): PlaybackState =>
  started({viewMs: opened.pacing.durationMs, focus: 'list', ...change});

/** What the panel makes of a command, its search carried on to the end. */
const after = (opened: Opened, state: PlaybackState, command: string): PlaybackState => {
  const move = listPanel.command(viewAt(opened, state), state.own.list ?? listPanel.start, command);
  if (!move) return state;
  const selected = move.selection ? act(opened, state, {kind: 'select', selection: move.selection}) : state;
  return 'own' in move ? act(opened, selected, {kind: 'remember', panel: 'list', own: move.own}) : selected;
};

const searching = (opened: Opened, state: PlaybackState, text: string): PlaybackState => {
  const move = listPanel.typing?.accept(viewAt(opened, state), noSearch, text);
  const selected = move?.selection ? act(opened, state, {kind: 'select', selection: move.selection}) : state;
  return act(opened, selected, {kind: 'remember', panel: 'list', own: move?.own});
};

const shown = (opened: Opened, state: PlaybackState, rows = 24): string[] =>
  textOf(canvasOf(opened, state, {columns: 80, rows}));

test('every packet can be selected, and the selected one is on the screen', () => {
  const opened = open({trace: sending(60_000)});
  const {packetCount} = opened.trace;
  expect(packetCount).toBeGreaterThan(40);
  let state = atEnd(opened);
  for (let id = packetCount; id > 1; id--) {
    expect(selectedPacket(viewAt(opened, state))).toBe(id);
    const marked = shown(opened, state).filter((line) => line.startsWith('  ▸ '));
    expect(marked).toHaveLength(1);
    expect(marked[0]).toMatch(new RegExp(`^ {2}▸ ${id} `));
    state = after(opened, state, 'up');
  }
  expect(after(opened, state, 'up')).toBe(state);
  expect(selectedPacket(viewAt(opened, after(opened, state, 'pageDown')))).toBe(11);
});

test('what does not fit is counted: rows shown and rows counted are all packets', () => {
  const opened = open({trace: sending(60_000)});
  const {packetCount} = opened.trace;
  for (const packet of [1, 9, 20, packetCount]) {
    const lines = shown(opened, atEnd(opened, {selection: {...started().selection, packet}}));
    const rows = lines.filter((line) => /^ {2}[▸ ] \d+ +\d+.* (client|server) /.test(line)).length;
    const counted = lines.flatMap((line) => [...line.matchAll(/[▴▾] (\d+) more/g)].map(([, n]) => Number(n)));
    expect(rows + counted.reduce((sum, n) => sum + n, 0)).toBe(packetCount);
  }
});

test('words mark their hits, n and N go to them, esc clears', () => {
  const opened = open({trace: run(teardownScenario())});
  const wanted = filterPackets(opened.trace, 'FIN');
  const ids = wanted.kind === 'found' ? wanted.ids : [];
  let state = searching(opened, atEnd(opened), 'FIN');
  expect(shown(opened, state).find((line) => line.startsWith('    /FIN'))).toBe(
    `    /FIN  ${ids.length} of ${opened.trace.packetCount} packets`,
  );
  const marked = shown(opened, state, 40).filter((line) => /^ {2}[▸ ]•\d/.test(line));
  expect(marked).toHaveLength(ids.length);
  const seen = new Set<number | undefined>();
  for (let turn = 0; turn < ids.length; turn++) {
    seen.add(selectedPacket(viewAt(opened, state)));
    state = after(opened, state, 'next');
  }
  expect([...seen].toSorted((a = 0, b = 0) => a - b)).toEqual(ids);
  expect(after(opened, state, 'clear').own.list).toEqual(noSearch);
  expect(listPanel.command(viewAt(opened, atEnd(opened)), noSearch, 'clear')).toBeUndefined();
});

test('a filter leaves only what it lets through', () => {
  const opened = open({trace: run(teardownScenario())});
  const wanted = filterPackets(opened.trace, 'tcp.len > 0');
  const ids = wanted.kind === 'found' ? wanted.ids : [];
  const state = searching(opened, atEnd(opened), 'tcp.len > 0');
  const rows = shown(opened, state).flatMap((line) => /^ {2}[▸ ] (\d+) /.exec(line)?.[1] ?? []);
  expect(rows.map(Number)).toEqual(ids);
  expect(ids).toContain(selectedPacket(viewAt(opened, after(opened, state, 'up'))));
});

test('what cannot be read says so with its place, and stays on the line', () => {
  const opened = open({trace: run(handshakeScenario())});
  const view = viewAt(opened, atEnd(opened));
  const text = 'tcp.len > 0 && tcp.flgs.syn == 1';
  expect(listPanel.typing?.problem?.(view, text)).toMatchObject({at: text.indexOf('tcp.flgs')});
  expect(listPanel.typing?.accept(view, noSearch, text)).toEqual({type: text});
  const typing = {panel: 'list', text};
  const canvas = canvasOf(
    opened,
    {...atEnd(opened), typing},
    {columns: 200, rows: 60, glyphs: unicodeGlyphs},
  );
  const line = canvas.lines()[58] ?? [];
  expect(line.find(({selected}) => selected)).toMatchObject({text: 't', role: 'warning'});
  expect(line.map((span) => span.text).join('')).toContain(text);
});

test('a packet in flight is not found by what will become of it', () => {
  const trace = run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 1}}]}));
  const opened = open({trace});
  const flying = viewAt(opened, playingAt(opened, 10_000));
  const search = searchOn(flying, {text: 'lost', searched: 0})?.() ?? noSearch;
  expect(foundBy(flying, search).ids).toEqual([]);
  expect(foundBy(viewAt(opened, atEnd(opened)), search).ids).toEqual([1]);
});

test('what an open question asks for cannot be searched for, nor read in the list', () => {
  const trace = run(handshakeScenario());
  const beats = handshakeBeats(trace);
  const opened = open({trace, beats});
  const asked = act(opened, playingAt(opened, 40_000, {answers: {}}), {kind: 'tick', ms: 400});
  const [question] = viewAt(opened, asked).hidden;
  expect(question?.hides?.packet).toBe(2);
  // As if the packet had left already.
  const later = viewOf({
    ...opened,
    playback: {...asked, viewMs: opened.pacing.durationMs},
    message: undefined,
  });
  const search = {text: 'server', searched: 0};
  searchOn(later, search)?.();
  const {ids} = foundBy(later, search);
  expect(ids).toContain(1);
  expect(ids).not.toContain(2);
  const text = textOf(
    canvasOf(opened, {...asked, viewMs: opened.pacing.durationMs, focus: 'list'}, {columns: 80, rows: 24}),
  );
  expect(text.join('\n')).not.toMatch(/ 1001 +0 +✓ 100 ms/);
});

thorough('a long run is searched in stretches, each of them short, and as a whole', {timeout: 60_000}, () => {
  const opened = open({trace: sending(6_000_000)});
  const view = viewAt(opened, atEnd(opened));
  const {packetCount} = opened.trace;
  let search = {text: 'seq=1001', searched: 0};
  let stretches = 0;
  for (let stretch = searchOn(view, search); stretch; stretch = searchOn(view, search)) {
    search = stretch();
    stretches += 1;
    expect(foundBy(view, search).isWhole).toBe(search.searched === packetCount);
  }
  expect(search.searched).toBe(packetCount);
  expect(stretches).toBe(Math.ceil(packetCount / 2000));
  const wanted = filterPackets(opened.trace, 'seq=1001');
  expect(foundBy(view, search).ids).toEqual(wanted.kind === 'found' ? wanted.ids : []);
});

test('a filter that no packet fits says so, in both languages, and how all come back', () => {
  const opened = open({trace: run(handshakeScenario())});
  for (const [language, words] of [
    ['en', 'No packet matches the filter; esc shows all again.'],
    ['zh', '没有符合过滤条件的分组；按 esc 恢复全部。'],
  ] as const) {
    const state = searching(opened, atEnd(opened, {language}), 'tcp.len > 5000');
    expect(shown(opened, state).join('\n')).toContain(words);
    expect(shown(opened, atEnd(opened, {language})).join('\n')).not.toContain(words);
  }
});

test('what a packet says is whole where the panel has the room, under a heading of its own without segments', () => {
  const bogus = open({trace: todayTrace('23e-dnssec-bogus.pcap'), source: 'bogus'});
  const state = atEnd(bogus);
  const lines = textOf(canvasOf(bogus, state, {columns: 120, rows: 40}));
  expect(lines.join('\n')).toContain('DNS www.bogus.test A 10.77.89.66 +1 AA=0');
  expect(lines.join('\n')).toMatch(/from +what it says +fate/);
  const big = open({trace: todayTrace('27e-packet-too-big.pcap'), source: 'big'});
  expect(textOf(canvasOf(big, atEnd(big), {columns: 120, rows: 40})).join('\n')).toMatch(
    /ms +fd77:84:3::40 +FIN,ACK/,
  );
});

test('at 80×24 senders whose addresses begin alike are told apart, and no part of an address is cut in two', async () => {
  const opened = await captured('08h-rto-four-times.pcap');
  const from = new Map<string, Set<string>>();
  for (const line of shown(opened, atEnd(opened))) {
    const [, id, sender] = /^ .. +(\d+) +\S+(?: m?s)? +(…\S+|\d+\.\S+) /.exec(line) ?? [];
    if (id === undefined || sender === undefined) continue;
    const packet = opened.trace.packet(Number(id));
    from.set(packet.from, (from.get(packet.from) ?? new Set()).add(sender));
  }
  const told = [...from.values()].map((names) => [...names]);
  expect(told.map((names) => names.length)).toEqual([1, 1]);
  expect(told.flat()).toEqual(['…77.34.2', '…77.34.80']);
});

test('at 80×24 no time of a fate is cut, and no word of it', () => {
  const opened = open({trace: sending(60_000)});
  for (const language of languages)
    for (const viewMs of opened.pacing.viewMs.slice(0, 60)) {
      const lines = shown(opened, started({viewMs, language, focus: 'list'}));
      for (const line of lines.filter((line) => /(due|预计)/.test(line)))
        expect(line).toMatch(/(due|预计) ≈?[\d.]+ m?s$/);
    }
});
