// A WebSocket between two programs of Node, recorded. Oracle: tshark 4.0.17, `-Y websocket -T fields` and `-V` of the same capture.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, it} from 'vitest';
import {carriedText, plainHand} from '../../source/account/notation.ts';
import {websocketPartIn} from '../../source/account/websocket-parts.ts';
import {packetLayers} from '../../source/observe/packet-layers.ts';
import {traceOfFile} from '../helpers/captured.ts';
import {todayTrace} from '../helpers/captured-today.ts';
import {canvasOf, open, playingAt, textOf} from '../view/player.ts';

const file = fileURLToPath(new URL('../fixtures/captures-today/28k-websocket.pcap', import.meta.url));
const trace = traceOfFile(readFileSync(file), 'websocket.pcap');

const short = ['fin', 'opcode', 'mask', 'payload_length', 'masking_key', 'payload.text'].map(
  (name) => `websocket.${name}`,
);

const shown = (
  packet: number,
  names: readonly string[],
  of = trace,
): readonly (readonly (string | undefined)[])[] =>
  packetLayers(of, packet)
    .layers.filter(({protocol}) => protocol === 'websocket')
    .map(({fields}) => names.map((wanted) => fields.find(({name}) => name === wanted)?.value));

it('has the fields of each frame as Wireshark does, unmasked', () => {
  const key = '37fa213d';
  expect(shown(8, short)).toEqual([['1', '1', '0', '7', undefined, 'welcome']]);
  expect(shown(10, short)).toEqual([['1', '1', '1', '13', key, 'hello, 世界']]);
  expect(shown(14, short)).toEqual([
    ['0', '1', '0', '7', undefined, 'two in '],
    ['1', '0', '0', '11', undefined, undefined],
  ]);
  expect(shown(13, ['websocket.opcode', 'websocket.payload.pong'])).toEqual([['10', '70696e673f']]);
  expect(shown(17, ['websocket.opcode', 'websocket.payload_length_ext_16'])).toEqual([['2', '3000']]);
  const close = ['status_code', 'reason'].map((name) => `websocket.payload.close.${name}`);
  for (const packet of [19, 21]) expect(shown(packet, close)).toEqual([['1000', 'done']]);
});

const said = new Map([
  [8, 'WebSocket text 7 B "welcome"'],
  [11, 'WebSocket ping 5 B'],
  [14, 'WebSocket text 7 B "two in ", continuation 11 B'],
  [15, 'WebSocket binary 3000 B …'],
  [17, 'WebSocket … binary 3000 B'],
  [21, 'WebSocket close 1000 "done"'],
]);

it('says on a line what each packet carries, and nothing of the handshake’s packets', () => {
  for (const [packet, words] of said) {
    const part = websocketPartIn(trace, packet);
    expect(part && carriedText(part, plainHand), `packet ${packet}`).toBe(words);
  }
  for (const packet of [4, 6, 7, 20]) expect(websocketPartIn(trace, packet)).toBeUndefined();
});

it.each(['en', 'zh'] as const)('%s: ladder and stream panel show them', (language) => {
  const opened = open({trace, source: 'websocket'});
  const state = playingAt(opened, trace.durationUs, {language, focus: 'stream', opened: ['stream']});
  const screen = textOf(canvasOf(opened, state, {columns: 120, rows: 40})).join('\n');
  for (const words of said.values()) expect(screen).toContain(words.replace(/, .*/, ''));
  const ladder = canvasOf(opened, playingAt(opened, trace.durationUs, {language}), {columns: 120, rows: 40});
  expect(textOf(ladder).join('\n')).toContain('WebSocket close 1000 "done"');
});

it('in records of TLS, too: two in one, one in two', () => {
  const opened = todayTrace('28o-websocket-tls.pcap');
  const key = '37fa213d';
  expect(shown(11, short, opened)).toEqual([['1', '1', '0', '7', undefined, 'welcome']]);
  expect(shown(13, short, opened)).toEqual([['1', '1', '1', '13', key, 'hello, 世界']]);
  expect(shown(15, short, opened)).toEqual([
    ['0', '1', '0', '7', undefined, 'two in '],
    ['1', '0', '0', '10', undefined, undefined],
  ]);
  expect(shown(19, ['websocket.opcode', 'websocket.payload_length_ext_16'], opened)).toEqual([['2', '300']]);
  const close = ['mask', 'payload.close.status_code', 'payload.close.reason'].map(
    (name) => `websocket.${name}`,
  );
  expect(shown(21, close, opened)).toEqual([['0', '1000', 'done']]);
  expect(shown(26, close, opened)).toEqual([['1', '1000', 'done']]);
  for (const packet of [4, 6, 8, 9]) expect(shown(packet, short, opened)).toEqual([]);
});
