// The bytes panel: the mock-up with a simulated packet, fields and hex that follow each other, any packet at any size.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import {putInspector, putInspectorTitle} from '../../../source/view/bytes/inspector.ts';
import {visibleRows} from '../../../source/view/bytes/inspector-rows.ts';
import {
  type InspectorAction,
  type InspectorState,
  inspect,
  inspectorState,
  selectedRow,
} from '../../../source/view/bytes/inspector-state.ts';
import {type PacketView, packetView} from '../../../source/view/bytes/inspector-view.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {type KeyHint, putKeyLine} from '../../../source/view/page-frame.ts';
import type {Line} from '../../../source/view/span.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {textWidth} from '../../../source/words/width.ts';
import {handshakeScenario, teardownScenario} from '../../helpers/scenarios.ts';
import {runs, some} from '../../helpers/seeds.ts';
import {run} from '../../helpers/traces.ts';
import {frames} from '../../wire/arbitrary.ts';
import {captureFiles, readCapture} from '../../wire/captures.ts';
import {oddities} from '../../wire/oddities.ts';
import {paneOn} from '../pane.ts';
import {grid, hints, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const trace = run(handshakeScenario());

const viewOf = (id: number, language: Language = 'en', hides: readonly string[] = []): PacketView =>
  packetView(trace, id, {language, cursor: trace.length, hides});

const keysFor = (language: Language) =>
  hints(
    language,
    ['↑↓', 'field', '字段'],
    ['←→', 'byte', '字节'],
    ['enter', 'fold', '折叠'],
    ['r', 'relative', '相对'],
    ['y', 'copy name', '复制名称'],
    ['esc', 'back', '返回'],
  );

const act = (
  view: PacketView,
  state: InspectorState,
  ...actions: readonly InspectorAction[]
): InspectorState => actions.reduce((before, action) => inspect(view, before, action), state);

const toField = (view: PacketView, name: string): InspectorState =>
  act(view, inspectorState(view), {kind: 'go to field', name});

const shape = (change: {columns?: number; rows?: number; glyphs?: Glyphs; language?: Language} = {}) => ({
  columns: 80,
  rows: 24,
  glyphs: unicodeGlyphs,
  language: 'en' as const,
  keyHints: [] as readonly KeyHint[],
  ...change,
});

/** A packet on a screen of its own: the row above the keys stays free. */
const composed = (view: PacketView, state: InspectorState, options: ReturnType<typeof shape>): Canvas => {
  const {columns, rows, glyphs, language, keyHints} = options;
  const canvas = new Canvas(columns, rows);
  const region = {row: 3, rows: Math.max(1, rows - 3), column: 2, columns: columns - 3};
  const pane = paneOn(canvas, {region, glyphs, language});
  putInspectorTitle(pane, view, undefined);
  putInspector(pane, view, state, true);
  putKeyLine(canvas, keyHints, {row: rows, column: 3, glyphs});
  return canvas;
};

const linesOf = (view: PacketView, state: InspectorState, change = {}): string[] =>
  textOf(composed(view, state, shape(change)));

describe('the mock-up', () => {
  test.each(['en', 'zh'] as const)('(g) %s', (language) => {
    const view = viewOf(2, language);
    const options = {...shape({language}), keyHints: keysFor(language)};
    const canvas = composed(view, toField(view, 'tcp.ack_raw'), options);
    expect(textOf(canvas)).toEqual(grid(`g-${language}`));
  });

  test('no byte of the dump moves, whatever is selected', () => {
    const view = viewOf(2);
    const dump = (state: InspectorState) =>
      linesOf(view, state)
        .slice(14, 19)
        .map((line) => line.replace(/[▐▌]/g, ' ').trimEnd());
    const [first, ...rest] = visibleRows(view, {'tcp#1': 'all', 'ip#1': 'all', 'eth#1': 'all'}).map(({key}) =>
      dump({...inspectorState(view), selected: key}),
    );
    for (const other of rest) expect(other).toEqual(first);
  });

  test('the marks stand around the selected bytes, in every row they take', () => {
    const view = viewOf(2);
    const [from, to] = linesOf(view, toField(view, 'tcp.options')).slice(17, 19);
    expect(from).toBe('  0030  fa f0 c4 1c 00 00▐02 04  05 b4 01 01 04 02 01 03▌  ················');
    expect(to).toBe('  0040 ▐03 07▌                                             ··');
    expect(linesOf(view, toField(view, 'eth.dst'))[14]).toMatch(/^ {2}0000 ▐02 00 00 00 00 01▌02 00/);
  });
});

describe('field and byte follow each other', () => {
  test('every byte of a packet leads to a field that holds it, and the field to its first byte', () => {
    const whole = run(teardownScenario());
    for (const id of [1, 2, 3, 4, 8]) {
      const view = packetView(whole, id, {language: 'en', cursor: whole.length, hides: []});
      for (let byte = 0; byte < view.bytes.length; byte++) {
        const state = act(view, inspectorState(view), {kind: 'go to byte', byte});
        const row = selectedRow(view, state);
        expect(row?.field).toBeDefined();
        expect(row?.start).toBeLessThanOrEqual(byte);
        expect(row?.end).toBeGreaterThan(byte);
        expect(state.byte).toBe(byte);
        expect(visibleRows(view, state.folds).map(({key}) => key)).toContain(state.selected);
        const again = act(view, inspectorState(view), {kind: 'go to field', name: row?.field?.name ?? ''});
        expect(selectedRow(view, again)?.field?.name).toBe(row?.field?.name);
      }
    }
  });

  test('→ stays in the field until its last byte, then goes to the next one', () => {
    const view = viewOf(2);
    let state = toField(view, 'tcp.seq_raw');
    const names: (string | undefined)[] = [];
    for (let i = 0; i < 9; i++) {
      names.push(selectedRow(view, state)?.field?.name.slice(4));
      state = act(view, state, {kind: 'byte', by: 1});
    }
    expect(names).toEqual([...Array(4).fill('seq_raw'), ...Array(4).fill('ack_raw'), 'hdr_len']);
    // Bytes that belong to several fields stay with the one that was chosen.
    const there = act(view, toField(view, 'tcp.flags'), {kind: 'byte', by: 1}, {kind: 'byte', by: -1});
    expect([selectedRow(view, there)?.field?.name, there.byte]).toEqual(['tcp.flags', 46]);
    const part = act(view, toField(view, 'tcp.options.mss_val'), {kind: 'byte', by: 1});
    expect(selectedRow(view, part)?.field?.name).toBe('tcp.options.mss_val');
    const back = act(view, toField(view, 'tcp.seq_raw'), {kind: 'byte', by: -1});
    expect(selectedRow(view, back)?.field?.name).toBe('tcp.dstport');
    expect(act(view, state, {kind: 'byte', by: -999}).byte).toBe(0);
    expect(act(view, state, {kind: 'byte', by: 999}).byte).toBe(65);
  });

  test('↑↓ walk the rows that can be seen; enter goes closed, main, all; on a leaf it closes what is around', () => {
    const view = viewOf(2);
    const names = (state: InspectorState) =>
      visibleRows(view, state.folds).map(({field, layer}) => field?.name ?? layer.protocol);
    const start = inspectorState(view);
    expect(selectedRow(view, start)?.field?.name).toBe('tcp.seq_raw');
    expect(names(start)).toHaveLength(10);
    const top = act(view, start, {kind: 'field', by: -99});
    expect(selectedRow(view, top)?.layer.protocol).toBe('eth');
    const ethernet = act(view, top, {kind: 'fold'});
    expect(names(ethernet).slice(0, 4)).toEqual(['eth', 'eth.dst', 'eth.src', 'eth.type']);
    expect(names(act(view, ethernet, {kind: 'fold'}))).toEqual(names(start));
    const tcp = act(view, start, {kind: 'field', by: -1}, {kind: 'fold'});
    expect(names(tcp)).toContain('tcp.srcport');
    expect(names(act(view, tcp, {kind: 'fold'}))).toHaveLength(3);
    const options = act(view, toField(view, 'tcp.options'), {kind: 'fold'});
    expect(names(options)).toContain('tcp.options.mss');
    const inside = act(view, options, {kind: 'field', by: 1});
    expect(selectedRow(view, inside)?.field?.name).toBe('tcp.options.mss');
    const deep = act(view, inside, {kind: 'fold'}, {kind: 'field', by: 1});
    expect(selectedRow(view, deep)?.field?.name).toBe('tcp.option_kind');
    expect(selectedRow(view, act(view, deep, {kind: 'fold'}))?.field?.name).toBe('tcp.options.mss');
  });

  test('the next packet keeps the field and the folds', () => {
    const one = viewOf(1);
    const two = viewOf(2);
    const state = {...toField(one, 'tcp.window_size_value'), relative: true};
    const next = inspectorState(two, state);
    expect(selectedRow(two, next)?.field?.name).toBe('tcp.window_size_value');
    expect(next.relative).toBe(true);
    const option = toField(two, 'tcp.options.wscale.shift');
    expect(selectedRow(viewOf(3), inspectorState(viewOf(3), option))?.field?.name).toBe('tcp.seq_raw');
  });
});

test('relative numbers have Wireshark’s names for them', () => {
  const view = viewOf(2);
  const lines = linesOf(view, {...toField(view, 'tcp.ack_raw'), relative: true});
  expect(lines[6]).toMatch(/^ {6}tcp\.seq +0 +38–41$/);
  expect(lines[7]).toMatch(/^ {2}▌ {3}tcp\.ack +1 +42–45$/);
  expect(lines[20]).toMatch(/^ {2}tcp\.ack = 1: /);
});

test('what a question asks for is nowhere: not in the field, not in the bytes, not in the checksum', () => {
  const view = viewOf(2, 'en', ['tcp.ack_raw']);
  const text = linesOf(view, toField(view, 'tcp.ack_raw')).join('\n');
  expect(text).toMatch(/tcp\.ack_raw +▐ \? ▌/);
  expect(text).toContain('23 28▐?? ?? ?? ??▌80 12');
  expect(text).not.toMatch(/1001|03 e9|c4 1c|0xc41c/);
  const flags = linesOf(viewOf(2, 'en', ['flags']), toField(view, 'tcp.flags')).join('\n');
  expect(flags).not.toMatch(/SYN|0x012|12 fa|80 12/);
  expect(flags.split('\n')[0]).toMatch(/packet 2 {2}\? /);
});

test('the title tells the fate: on its way, arrived, lost', () => {
  const lossy = run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 1}}]}));
  const title = (cursor: number, language: Language = 'en') => {
    const view = packetView(lossy, 1, {language, cursor, hides: []});
    return linesOf(view, inspectorState(view), {language})[0];
  };
  expect(title(lossy.packet(1).sendEvent)).toMatch(/ client ▸ server · sent 0 ms · due 50 ms$/);
  expect(title(lossy.length)).toMatch(/ sent 0 ms · ✗ lost 25 ms$/);
  expect(title(lossy.length, 'zh')).toMatch(/客户端 ▸ 服务器 · 0 ms 发出 · ✗ 25 ms 丢失$/);
});

test('of what the title tells a part goes whole, beside the word of a fork, too', () => {
  const late = run(handshakeScenario({faults: [{kind: 'drop', at: {packet: 2}}]}));
  let shortened = 0;
  for (const language of ['en', 'zh'] as const)
    for (let id = 1; id <= late.packetCount; id++)
      for (const cursor of [late.packet(id).sendEvent, late.length])
        for (let columns = 60; columns <= 100; columns++) {
          const view = packetView(late, id, {language, cursor, hides: []});
          const mark = language === 'en' ? 'your run' : '你的运行';
          const titled = (room: number): string => {
            const canvas = new Canvas(room, 1);
            putInspectorTitle(paneOn(canvas, {language}), view, mark);
            return textOf(canvas)[0] ?? '';
          };
          const [, kept = ''] = titled(columns).split(mark);
          if (!kept.endsWith('…') || !kept.slice(3).includes(' · ')) continue;
          expect(titled(200), `${columns}`).toContain(`${kept.slice(0, -1)} · `);
          shortened++;
        }
  expect(shortened).toBeGreaterThan(10);
});

/** A view of bytes that no run has. */
const bare = (bytes: Uint8Array, linkType: number, originalLength = bytes.length): PacketView => {
  const {layers, problem} = dissect(bytes, linkType, originalLength);
  return {...viewOf(1), bytes, originalLength, layers, problem, relative: undefined, hidden: new Set()};
};

const isFit = (
  view: PacketView,
  state: InspectorState,
  language: Language,
  size: {columns: number; rows: number},
  glyphs: Glyphs = unicodeGlyphs,
): void => {
  const canvas = composed(view, state, {...size, glyphs, language, keyHints: keysFor(language)});
  const lines = textOf(canvas);
  expect(lines).toHaveLength(size.rows);
  for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
  if (canvas.collisions > 0) expect.fail(`overlap at ${size.columns}×${size.rows}\n${lines.join('\n')}`);
  if (glyphs === asciiGlyphs && language === 'en') expect(lines.join('\n')).toMatch(/^[\n\u0020-\u007e]*$/);
};

test('every field of every packet fits at 40 sizes in both languages', () => {
  const whole = run(teardownScenario());
  const every = Math.ceil(4600 / runs(200));
  let turn = 0;
  for (const language of ['en', 'zh'] as const)
    for (let id = 1; id <= whole.packetCount; id += 2) {
      const view = packetView(whole, id, {
        language,
        cursor: whole.length,
        hides: id % 4 === 1 ? ['tcp.ack_raw'] : [],
      });
      const folds = {
        'eth#1': 'all',
        'ip#1': 'all',
        'tcp#1': 'all',
        'tcp#1:tcp.flags#1': 'all',
        'tcp#1:tcp.options#1': 'all',
      } as const;
      for (const {key, start} of visibleRows(view, folds)) {
        const state = {selected: key, byte: start, relative: id % 3 === 0, folds};
        for (const size of sizesTried())
          if (turn++ % every === 0)
            isFit(view, state, language, size, turn % 2 ? asciiGlyphs : unicodeGlyphs);
      }
    }
});

test('any frame, whole, cut or damaged, any keys, any size', () => {
  const action: fc.Arbitrary<InspectorAction> = fc.oneof(
    fc.integer({min: -3, max: 6}).map((by): InspectorAction => ({kind: 'field', by})),
    fc.integer({min: -20, max: 40}).map((by): InspectorAction => ({kind: 'byte', by})),
    fc.constant<InspectorAction>({kind: 'fold'}),
  );
  fc.assert(
    fc.property(
      fc.oneof(frames.map(encodeFrame), fc.uint8Array({maxLength: 120})),
      fc.nat(200),
      fc.array(action, {maxLength: 12}),
      fc.boolean(),
      fc.constantFrom(...sizesTried()),
      fc.constantFrom('en' as const, 'zh' as const),
      (bytes, cut, actions, relative, size, language) => {
        const view = bare(bytes.subarray(0, Math.max(0, bytes.length - cut)), 1, bytes.length);
        let state: InspectorState = {...inspectorState(view), relative};
        for (const each of actions) {
          state = inspect(view, state, each);
          isFit(view, state, language, size);
        }
      },
    ),
    {numRuns: runs(400)},
  );
});

test('the recorded captures and the odd frames are shown as far as they can be read', () => {
  const all = [...captureFiles.flatMap((file) => readCapture(file).records.slice(0, 40)), ...oddities];
  expect(all.length).toBeGreaterThan(200);
  for (const [index, record] of some(all, 60).entries()) {
    const view = bare(record.bytes, record.linkType, record.originalLength);
    const size = sizesTried()[index % sizesTried().length] ?? {columns: 80, rows: 24};
    const last = act(view, inspectorState(view), {kind: 'field', by: 99}, {kind: 'fold'});
    isFit(view, last, index % 2 ? 'en' : 'zh', size);
    isFit(view, last, index % 2 ? 'zh' : 'en', {columns: 80, rows: 24}, asciiGlyphs);
  }
});

test('a capture that was cut says so', () => {
  const bytes = trace.packet(2).bytes;
  const view = bare(bytes.subarray(0, 50), 1, bytes.length);
  const text = linesOf(view, inspectorState(view)).join('\n');
  expect(text).toContain('✗ the rest was not captured');
});

test('long packets scroll around the cursor and say what is cut', () => {
  const view = bare(new Uint8Array(1500).fill(0x41), 1);
  const middle = linesOf(view, act(view, inspectorState(view), {kind: 'go to byte', byte: 800})).join('\n');
  expect(middle).toMatch(/▴ \d+ more/);
  expect(middle).toMatch(/▾ \d+ more/);
  expect(middle).toContain('0320');
});

const selectedOf = (lines: readonly Line[]): number => lines.flat().filter(({selected}) => selected).length;

test('selection is painted on one row and one byte', () => {
  const view = viewOf(2);
  const lines = composed(view, toField(view, 'tcp.ack_raw'), shape()).lines();
  const rows = lines.map((line, index) => [index + 1, selectedOf([line])]).filter(([, count]) => count);
  expect(rows.map(([row]) => row)).toEqual([8, 17]);
});

test('as a panel it keeps to its region, and never stands where others are', () => {
  const view = viewOf(2);
  for (const language of ['en', 'zh'] as const)
    for (const columns of [20, 30, 46, 60, 76])
      for (let rows = 1; rows <= 30; rows++) {
        const region = {row: 4, column: 10, rows, columns};
        const canvas = new Canvas(100, 40);
        for (let row = 1; row <= 40; row++)
          for (let column = 1; column <= 100; column++) {
            const inside = row >= 4 && row < 4 + rows && column >= 10 && column < 10 + columns;
            if (!inside) canvas.put(row, column, 'x', {role: 'text'});
          }
        putInspector(paneOn(canvas, {region, language}), view, toField(view, 'tcp.options'), false);
        if (canvas.collisions > 0) expect.fail(`${columns}×${rows}\n${textOf(canvas).join('\n')}`);
      }
});
