// The page of a capture's conversations. Oracle of its rows: the side files of the recorded captures, made by tshark.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {CaptureInspector} from '../../../source/observe/capture-inspector.ts';
import {capturedQuic} from '../../../source/observe/quic-captured.ts';
import {capturedTls} from '../../../source/observe/tls-captured.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {Conversations} from '../../../source/view/inspect/selection.ts';
import {everything, rowIn} from '../../../source/view/picker/overview.ts';
import {overviewOf} from '../../../source/view/picker/overview-of.ts';
import {pickerScreen} from '../../../source/view/picker/picker-screen.ts';
import {pickerNews, pickerSentences} from '../../../source/view/picker/picker-sentences.ts';
import {
  markedIndex,
  moveTo,
  nextSort,
  type PickerState,
  startPicker,
  startTyping,
  stopTyping,
  typeFilter,
} from '../../../source/view/picker/picker-state.ts';
import {parseKeyLog} from '../../../source/wire/tls/key-log.ts';
import {textWidth} from '../../../source/words/width.ts';
import {todayFolder} from '../../helpers/captured-today.ts';
import {some, thorough} from '../../helpers/seeds.ts';
import {captureFolder, readBytes} from '../../wire/captures.ts';
import '../../helpers/meaning.ts';

const inspectedFolder = fileURLToPath(new URL('../../fixtures/inspected/', import.meta.url));
const mixed = `${inspectedFolder}18a-mixed-twelve.pcap`;

const inspectorOf = (file: string): CaptureInspector => {
  const inspector = new CaptureInspector();
  for (const record of readBytes(readFileSync(file)).records) inspector.add(record);
  inspector.finish();
  return inspector;
};

const pickerOf = (inspector: CaptureInspector, name = 'a.pcap'): PickerState =>
  startPicker(overviewOf(name, new Conversations(inspector, (each) => capturedTls([each], undefined)[0])));

const look = {columns: 80, rows: 24, glyphs: unicodeGlyphs, language: 'en', keyHints: []} as const;

const textOf = (
  state: PickerState,
  options: Partial<Parameters<typeof pickerScreen>[1]> = {},
): readonly string[] =>
  pickerScreen(state, {...look, ...options}).map((line) =>
    line
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  );

const rowsOf = ({overview, listed}: PickerState) => listed.flatMap((id) => rowIn(overview, id) ?? []);

test('rows are the connections of the side file, in its order', () => {
  const {connections} = JSON.parse(readFileSync(mixed.replace('.pcap', '.json'), 'utf8'));
  const rows = rowsOf(pickerOf(inspectorOf(mixed)));
  expect(rows.map(({label, client, server, packets}) => ({label, client, server, packets}))).toEqual(
    connections.map((each: {client: string; server: string; packets: number}, index: number) => ({
      label: `${index + 1}`,
      client: each.client,
      server: each.server,
      packets: each.packets,
    })),
  );
  const course = connections.map(({opening, closing}: {opening: string; closing: string}) => [
    opening === 'complete' ? 'yes' : 'no',
    opening === 'refused' || closing.startsWith('reset')
      ? 'RST'
      : closing === 'none'
        ? 'unknown'
        : closing.startsWith('half')
          ? 'half'
          : 'FIN',
  ]);
  expect(rows.map(({opened, closed}) => [opened, closed])).toEqual(course);
});

test('datagrams have rows of their own, named by what they ask; all packets are looked at first', () => {
  const state = pickerOf(inspectorOf(`${captureFolder}13f-dns-aaaa-and-a.pcap`));
  expect(state.marked).toBe(everything);
  expect(rowsOf(state).map(({label}) => label)).toEqual([
    'u1',
    'u2',
    'u3',
    'u4',
    'u5',
    'u6',
    'u7',
    'u8',
    'u9',
  ]);
  expect(textOf(state).join('\n')).toMatch(
    /u1 {2}10\.77\.93\.10:37975 {2}10\.77\.93\.53:53 +2 {2}www\.example\.com A/,
  );
});

test('connections of QUIC are connections, too', () => {
  const inspector = inspectorOf(`${todayFolder}22i-h3-three-connections.pcap`);
  const quic = capturedQuic(inspector, {crypto: nodeCrypto, log: parseKeyLog(new Uint8Array(0))});
  const conversations = new Conversations(
    inspector,
    () => undefined,
    () => quic,
  );
  // tshark: `quic` of the side file has three entries.
  const [title] = textOf(startPicker(overviewOf('a.pcap', conversations)));
  expect(title).toContain('86 packets · 3 connections');
});

test('connections come before datagrams, whichever was first in the file', () => {
  const inspector = new CaptureInspector();
  for (const file of [`${captureFolder}13f-dns-aaaa-and-a.pcap`, mixed])
    for (const record of readBytes(readFileSync(file)).records) inspector.add(record);
  inspector.finish();
  const labels = (state: PickerState) => rowsOf(state).map(({label}) => label);
  const state = pickerOf(inspector);
  const numbered = [
    ...Array.from({length: 12}, (_, n) => `${n + 1}`),
    ...Array.from({length: 9}, (_, n) => `u${n + 1}`),
  ];
  expect(labels(state)).toEqual(numbered);
  expect(labels(typeFilter(state, '10.'))).toEqual(numbered);
  // As among equals of any other order.
  const byPackets = rowsOf(nextSort(state));
  const twos = byPackets.filter(({packets}) => packets === 2).map(({id}) => Math.sign(id));
  expect(twos).toEqual(twos.toSorted((a, b) => b - a));
});

describe('order and filter', () => {
  const state = pickerOf(inspectorOf(mixed));
  const byPackets = nextSort(state);
  const byInterest = nextSort(byPackets);
  const byTime = nextSort(byInterest);

  test('most packets, most interest, longest first; then by number again', () => {
    const falling = (values: readonly number[]) => expect(values).toEqual(values.toSorted((a, b) => b - a));
    falling(rowsOf(byPackets).map(({packets}) => packets));
    falling(rowsOf(byInterest).map(({id}) => state.overview.telling.interestOf(state.overview, id)));
    falling(rowsOf(byTime).map(({lengthUs}) => lengthUs));
    expect(nextSort(byTime).listed).toEqual(state.listed);
    expect(textOf(byInterest)[0]).toContain('by interest');
  });

  test('the mark stays with its connection', () => {
    const marked = moveTo(state, 5);
    expect([marked.marked, nextSort(marked).marked, typeFilter(marked, 'RST').marked]).toEqual([5, 5, 5]);
    expect(typeFilter(moveTo(state, 2), 'rst').marked).toBe(1);
  });

  test('every word has to be in a row; esc takes back what was typed, enter keeps it', () => {
    const typed = [...'rst refused'].reduce(
      (now, key) => typeFilter(now, now.filter + key),
      startTyping(state),
    );
    expect(rowsOf(typed).map(({id}) => id)).toEqual(
      rowsOf(state).flatMap(({id, opened, closed}) => (opened === 'no' && closed === 'RST' ? [id] : [])),
    );
    expect(textOf(typed)[1]).toMatch(/\/ rst refused▏ +\d+ of 12/);
    expect(stopTyping(typed, false).listed).toEqual(state.listed);
    expect(stopTyping(typed, true).listed).toEqual(typed.listed);
    const none = typeFilter(typed, 'no such thing');
    expect(textOf(none).join('\n')).toContain('nothing here contains that');
    expect(moveTo(none, 1)).toBe(none);
  });
});

describe.each([
  [60, 15],
  [80, 24],
  [120, 40],
  [200, 60],
])('%i×%i', (columns, rows) => {
  test.each(['en', 'zh'] as const)('%s: every row fits, and no region moves with the mark', (language) => {
    for (const file of [
      mixed,
      `${inspectedFolder}18c-mixed-ipv6.pcapng`,
      `${captureFolder}13a-dns-full-walk.pcap`,
    ])
      for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
        const start = pickerOf(inspectorOf(file), 'a-capture-with-a-name-that-is-rather-long.pcapng');
        const also = new Set<number>();
        for (const index of some([...start.listed.keys()], 3)) {
          const state = moveTo(start, index);
          const lines = textOf(state, {columns, rows, glyphs, language});
          expect(lines).toHaveLength(rows);
          for (const line of lines) expect(textWidth(line), line).toBeLessThan(columns);
          expect(lines.filter((line) => line.startsWith(`  ${glyphs.selected} `))).toHaveLength(1);
          also.add(lines.findIndex((line) => /also:|另有：/.test(line)));
          if (glyphs === asciiGlyphs && language === 'en')
            expect(lines.join('')).toMatch(/^[\u0020-\u007e]*$/);
          const [{lesson} = {lesson: undefined}] = state.overview.telling.shownFor(
            state.overview,
            state.marked,
          );
          if (lesson !== undefined) expect(lines.join('\n')).toContain(lesson);
        }
        expect(also.size).toBe(1);
      }
  });
});

thorough('of twenty thousand connections those on the screen are looked at', () => {
  const inspector = new CaptureInspector();
  const {records} = readBytes(readFileSync(`${captureFolder}00a-handshake-only.pcap`));
  const record = records.find(({bytes}) => bytes[12] === 8 && bytes[13] === 0);
  if (!record) throw new Error('it has packets');
  for (let n = 0; n < 20_000; n++) {
    const bytes = record.bytes.slice();
    // Source port and source address, in an Ethernet frame with IPv4.
    bytes[34] = 0x40 + (n >> 8);
    bytes[35] = n & 0xff;
    inspector.add({...record, bytes, atUs: n});
  }
  const asked = new Set<number>();
  const state = startPicker(
    overviewOf('flood.pcap', new Conversations(inspector, ({id}) => void asked.add(id) as undefined)),
  );
  const rows = state.overview.rows.length;
  expect(rows).toBeGreaterThan(16_000);
  const last = moveTo(state, state.listed.length - 1);
  expect(textOf(last).join('\n')).toContain(`${rows}`);
  textOf(moveTo(last, 9000));
  expect(asked.size).toBeLessThan(40);
});

test('for ears: totals, a few rows, the marked one with its sentences; then only what has changed', () => {
  const state = pickerOf(inspectorOf(mixed));
  const lines = pickerSentences(state, 'en');
  expect(lines[0]).toBe('a.pcap, 136 packets, 12 connections, 1.024 s, by number');
  expect(lines).toContain('4 more');
  expect(lines.join('\n')).toSay({says: 'findings.openingTexts.refused'});
  expect(lines.join('')).not.toMatch(/[│▸✗◌]/);
  const moved = moveTo(state, markedIndex(state) + 1);
  expect(pickerNews(state, moved, 'en')[0]).toMatch(/^2 of 13: 1, /);
  expect(pickerNews(moved, moved, 'en')).toEqual([]);
  const typed = typeFilter(startTyping(moved), 'rst');
  expect(pickerNews(startTyping(moved), typed, 'zh')[0]).toMatch(/^筛选 rst，显示 \d+ 个，共 12 个$/);
  expect(markedIndex(typed)).toBe(0);
});

test('of a connection with HTTP/2 it is told how that began, and which frames passed', () => {
  const state = moveTo(pickerOf(inspectorOf(`${todayFolder}21k-h2-protocol-error.pcap`)), 1);
  expect(textOf(state, {columns: 120, rows: 40}).join('\n')).toContain(
    'HTTP/2 without negotiation (prior knowledge); SETTINGS 4, HEADERS 3, DATA 2, GOAWAY 1; GOAWAY',
  );
});
