// What the inspector shows below encrypted records. Oracle: the side files' messages by packet, and for the bytes the
// requirement that what is shown lies where the ciphertext is.
import {describe, expect, test} from 'vitest';
import {exchangesAt} from '../../source/observe/http-exchanges.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {packetView} from '../../source/view/bytes/inspector-view.ts';
import type {Layer} from '../../source/wire/layer.ts';
import {handshakeTypeName} from '../../source/wire/tls/registry.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {some} from '../helpers/seeds.ts';
import {openedTrace, sideFileOf, tlsCaptures} from './tls-captured.ts';

const cursor = Number.POSITIVE_INFINITY;
const viewOf = (trace: ReturnType<typeof openedTrace>, id: number) =>
  packetView(trace, id, {language: 'en', cursor, hides: []});

const valuesIn = (layers: readonly Layer[], name: string): readonly string[] =>
  layers.flatMap(({fields}) => fields.filter((field) => field.name === name).map(({value}) => value));

const typeNames: Readonly<Record<string, string>> = {hello_retry_request: 'server_hello'};
const words = (type: string): string => handshakeTypeName(Number(type));
const fromTshark = (message: string): string => {
  const name = message.toLowerCase().replaceAll(' ', '_');
  return typeNames[name] ?? name;
};

describe.each(some(tlsCaptures, 3))('%s', (name) => {
  const trace = openedTrace(name);
  const side = sideFileOf(name);
  const sessions = side.tlsSessions ?? [side.tls];
  const overhead = side.tls.version === 'TLS 1.3' ? 5 : /CBC/.test(side.tls.cipherSuite ?? '') ? 21 : 13;

  test('each packet shows the messages that it completes, and its request or status', () => {
    const clear = tlsSessionsIn(capturedTrace(name)).flatMap(({messages}) => messages);
    const uris = new Map<number, string[]>();
    for (const {requestFrame, target} of side.http ?? [])
      uris.set(Number(requestFrame), [...(uris.get(Number(requestFrame)) ?? []), String(target)]);
    for (let id = 1; id <= trace.packetCount; id++) {
      const {layers} = viewOf(trace, id);
      const expected = sessions.flatMap(({handshake}) =>
        handshake.filter(({frame}) => frame === id).map(({message}) => fromTshark(message)),
      );
      const inClear = clear.filter(({frame}) => frame === id).length;
      const opened = layers.filter((layer) => layer.opened);
      expect(valuesIn(opened, 'tls.handshake.type').map(words)).toEqual(expected.slice(inClear));
      expect(valuesIn(layers, 'http.request.uri')).toEqual(side.http ? (uris.get(id) ?? []) : []);
    }
  });

  test('what was decrypted lies inside the ciphertext, in order; nothing is decrypted without secrets', () => {
    const closed = capturedTrace(name);
    for (let id = 1; id <= trace.packetCount; id++) {
      const {layers, bytes} = viewOf(trace, id);
      const records = layers.filter(({protocol, opened}) => protocol === 'tls' && !opened);
      const openedOnes = layers.filter(({opened}) => opened);
      for (const [at, layer] of openedOnes.entries()) {
        // One stands behind the other, and so does what each has of messages.
        expect(layer.start).toBeGreaterThanOrEqual(openedOnes[at - 1]?.end ?? 0);
        const types = layer.fields.filter((field) => field.name === 'tls.handshake.type');
        const starts = types.filter(({end}) => end > layer.start).map(({start}) => start);
        expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
        const around = records.filter(({start, end}) => start <= layer.start && layer.end <= end);
        expect(around).toHaveLength(1);
        const [record] = around;
        // Behind the header, and the explicit nonce of RFC 5288 §3 or the IV of RFC 5246 §6.2.3.2.
        const first = !layers.some((other) => other.opened && other.end === layer.start);
        const whole = record?.fields.some((field) => field.name === 'tls.record.length');
        if (record && whole && first && layer.start > record.start && layer.protocol === 'tls')
          expect(layer.start - record.start).toBe(overhead);
        for (const field of layer.fields) {
          expect(field.start).toBeGreaterThanOrEqual(layer.start);
          expect(field.end).toBeGreaterThanOrEqual(field.start);
          expect(field.end).toBeLessThanOrEqual(layer.end);
          expect(field.end).toBeLessThanOrEqual(bytes.length);
        }
      }
      expect(viewOf(closed, id).layers.filter(({opened}) => opened)).toEqual([]);
    }
  });
});

test('which bytes of a content a packet has is told by where their ciphertext is', () => {
  const trace = openedTrace('17a-url-to-page-tls13.pcap');
  const [script] = exchangesAt(trace, trace.length).slice(-1);
  expect(script?.response?.content.length).toBeGreaterThan(0);
  const parts = Array.from({length: trace.packetCount}, (_, at) => viewOf(trace, at + 1)).flatMap((view) =>
    view.parts.filter(({is}) => is === 'content').map((part) => ({part, view})),
  );
  expect(parts.length).toBeGreaterThan(0);
  for (const {part, view} of parts) {
    const record = view.layers.find(
      ({protocol, start, end}) => protocol === 'tls' && start <= part.start && part.end <= end,
    );
    expect(record).toBeDefined();
    // Where the packet completes the record, the content is shown there.
    for (const {start, end} of view.layers.filter(({opened, protocol}) => opened && protocol === 'data'))
      expect([start, end]).toEqual([part.start, part.end]);
  }
});
