// What of TLS begins where in a stream. Oracle: RFC 9846 §5.1 and §5.2, RFC 5246 §6.2 and §7.1, RFC 5288 §3, for records that are written down:
// type, version 0303, length, then what is in it.
import {describe, expect, test} from 'vitest';
import {beginsTls, TlsStream, ToldRecords} from '../../../source/lesson/tls/stream.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {octetsOf} from '../../../source/wire/octets.ts';

const record = (type: number, hex: string): string =>
  `${type.toString(16).padStart(2, '0')}0303${(hex.length / 2).toString(16).padStart(4, '0')}${hex}`;
const [ccs, alert, handshake, data] = [20, 21, 22, 23];
const hello = '01000002aabb';
const done = '0e000000';
const finished = '14000004deadbeef';
const tag = 'f0'.repeat(16);

/** What the sender says it put into a protected record. */
const told = (type: number, whole: string, content: string): TraceEvent =>
  ({
    kind: 'tls',
    what: {kind: 'record', type, record: octetsOf(whole), content: octetsOf(content)},
  }) as unknown as TraceEvent;

const read = (pieces: readonly string[], ...known: readonly TraceEvent[]) => {
  const records = new ToldRecords();
  for (const event of known) records.learn(event);
  const stream = new TlsStream(records);
  const plain = pieces.flatMap((piece) => stream.feed(octetsOf(piece)));
  return {
    parts: stream.parts.map(
      ({name, encrypted, offset}) => `${offset} ${name}${encrypted ? ' protected' : ''}`,
    ),
    plain: plain.map(({bytes, offset}) => `${offset} ${Buffer.from(bytes).toString('hex')}`),
  };
};

describe('in clear', () => {
  test('each message where it begins; several in a record, one in several', () => {
    expect(read([record(handshake, hello + done)]).parts).toEqual(['5 ClientHello', '11 ServerHelloDone']);
    const [begin, end] = [hello.slice(0, 6), hello.slice(6) + done];
    expect(read([record(handshake, begin), record(handshake, end)]).parts).toEqual([
      '5 ClientHello',
      '16 ServerHelloDone',
    ]);
  });

  test('an alert and change_cipher_spec where their record begins', () => {
    expect(read([record(alert, '0228') + record(ccs, '01')]).parts).toEqual([
      '0 Alert',
      '7 ChangeCipherSpec',
    ]);
  });

  test('however the octets come', () => {
    const octets = record(handshake, hello) + record(alert, '0228');
    const whole = read([octets]);
    for (const size of [2, 6, 20])
      expect(read(octets.match(new RegExp(`.{1,${size}}`, 'g')) ?? [])).toEqual(whole);
  });

  test('behind what is no record nothing is read', () => {
    expect(read([record(alert, '0228'), 'ffff', record(alert, '0228')]).parts).toEqual(['0 Alert']);
  });
});

describe('protected', () => {
  const closed = record(data, `abcdef${tag}`);

  test('of which nobody told: that it is there', () => {
    expect(read([closed])).toEqual({parts: ['0 undefined protected'], plain: []});
    // TLS 1.2 protects what comes behind change_cipher_spec, but for a second hello (RFC 9846 §E.4).
    const behind = record(ccs, '01') + record(handshake, `77${tag}`) + record(handshake, hello);
    expect(read([behind]).parts).toEqual(['0 ChangeCipherSpec', '6 undefined protected', '33 ClientHello']);
  });

  test('the octets of the program, behind the header', () => {
    expect(read([closed], told(data, closed, 'c0ffee'))).toEqual({
      parts: ['0 ApplicationData protected'],
      plain: ['5 c0ffee'],
    });
    // An empty record is one as well.
    expect(read([closed], told(data, closed, ''))).toEqual({
      parts: ['0 ApplicationData protected'],
      plain: [],
    });
  });

  test('in TLS 1.2 behind eight octets of nonce', () => {
    const nonce = record(data, `${'00'.repeat(8)}c0ffee${tag}`);
    expect(read([nonce], told(data, nonce, 'c0ffee')).plain).toEqual(['13 c0ffee']);
    // TLS 1.3 hides the type: what is longer by padding has no nonce.
    const inner = record(data, `${'00'.repeat(8)}${finished}${tag}`);
    expect(read([inner], told(handshake, inner, finished)).parts).toEqual(['5 Finished protected']);
  });

  test('an alert: its record', () => {
    expect(read([record(alert, '0228') + closed], told(alert, closed, '0100')).parts).toEqual([
      '0 Alert',
      '7 Alert protected',
    ]);
  });
});

test('a stream of TLS begins with a known type and version 3', () => {
  const begins = (hex: string): boolean => beginsTls(octetsOf(hex));
  expect(['1403', '1603', '1703'].map(begins)).toEqual([true, true, true]);
  expect(['1303', '1803', '1602', '16', ''].map(begins)).toEqual(Array(5).fill(false));
});
