// What is spoken inside QUIC (RFC 9114 §3.1, RFC 9250 §4.1), and which connection of a capture it belongs to; in packets that were sealed here.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import {DnsTransactions} from '../../source/observe/dns-transactions.ts';
import {capturedQuic, QuicReading, speaksHttp3, withDnsOf} from '../../source/observe/quic-captured.ts';
import {QuicConnection} from '../../source/observe/quic-connection.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {joinBytes, uint16} from '../../source/wire/tls/presentation.ts';
import {readBytes} from '../wire/captures.ts';
import {frames, hello, keysOf, long, madeLog, versionOf} from './quic-made.ts';
import {conversation, ids, opening, openingOf, quicFileOf, type SaidInQuic} from './quic-recorded.ts';

const keys = {crypto: nodeCrypto, log: madeLog()};
const noKeys = {crypto: nodeCrypto, log: {secrets: new Map(), unreadable: 0}};

describe('HTTP/3 is spoken', () => {
  const speaks = (offered: string | undefined, chosen: string | undefined) => {
    const connection = new QuicConnection({id: 1, ends: ['a:1', 'b:2'], frame: 1}, keys, () => undefined);
    if (offered !== undefined) connection.handshake.take(0, 0, {offset: 0, data: hello.client(offered)});
    if (chosen !== undefined) connection.handshake.take(1, 1, {offset: 0, data: hello.encrypted(chosen)});
    return speaksHttp3(connection);
  };

  test.each<readonly [offered: string | undefined, chosen: string | undefined, speaks: boolean]>([
    ['h3', undefined, true],
    ['h3-29', undefined, true],
    ['h30', undefined, false],
    ['hq-h3-', undefined, false],
    ['doq', undefined, false],
    [undefined, undefined, false],
    ['doq', 'h3', true],
    ['doq', 'h3-29', true],
    ['h3', 'doq', false],
    [undefined, 'h3', true],
  ])('offered %s, chosen %s: %s', (offered, chosen, expected) => {
    expect(speaks(offered, chosen)).toBe(expected);
  });
});

const question = '0377777704746573740000010001';
const query = (id: string) => octetsOf(`${id}01000001000000000000${question}`);
const answer = (id: string) =>
  octetsOf(`${id}81800001000100000000${question}c00c000100010000003c0004c0000201`);
const framed = (message: Uint8Array) => joinBytes([uint16.write(message.length), message]);

const read = (said: readonly SaidInQuic[]) => {
  const reading = new QuicReading(keys);
  for (const [index, [side, bytes]] of said.entries()) {
    const [from, to] = side === 0 ? ['a:5000', 'b:443'] : ['b:443', 'a:5000'];
    reading.connections.take({frame: index + 1, atUs: 1000 * index, from: from ?? '', to: to ?? '', bytes});
  }
  const [connection] = reading.connections.all;
  if (!connection) throw new Error('no connection');
  return {http3: reading.http3Of(connection), dns: reading.dnsOf(connection)};
};

describe('DNS', () => {
  const exchange = (alpn: string) => {
    const say = conversation();
    const [first, second] = [framed(query('0000')), framed(query('0001'))];
    return read([
      ...openingOf(alpn),
      // Each stream has its own octets, and each side.
      say(0, frames.stream(0, first.subarray(0, 5)), frames.stream(4, second.subarray(0, 9))),
      say(
        0,
        frames.stream(4, second.subarray(9), {offset: 9}),
        frames.stream(0, first.subarray(5), {offset: 5}),
      ),
      say(1, frames.stream(4, framed(answer('0001')))),
      say(1, frames.stream(0, framed(answer('0000')))),
    ]);
  };

  test.each(['doq', 'doq-i11'])('agreed on as %s', (alpn) => {
    const {dns, http3} = exchange(alpn);
    expect(http3).toBeUndefined();
    expect(dns).toMatchObject([
      {transport: 'quic', client: 'a:5000', server: 'b:443', queryFrame: 4, queryUs: 3000, responseFrame: 5},
      {transport: 'quic', client: 'a:5000', server: 'b:443', queryFrame: 4, queryUs: 3000, responseFrame: 6},
    ]);
  });

  test.each(['doqx', 'dot', 'hq'])('not as %s', (alpn) => {
    expect(exchange(alpn)).toEqual({http3: undefined, dns: []});
  });

  test('that in clear and that inside, in the order in which it was asked', () => {
    const asked = (...at: readonly number[]) => {
      const dns = new DnsTransactions();
      for (const frame of at)
        dns.take(query(`00${String(frame).padStart(2, '0')}`), {
          ...{transport: 'udp', from: `a:${frame}`, to: 'b:53', frame, atUs: frame},
        });
      return dns.all;
    };
    const [captured] = capturedOf(opening);
    if (!captured) throw new Error('no connection');
    const order = (inside: readonly (readonly number[])[], clear: readonly number[]) =>
      withDnsOf(
        inside.map((at) => ({...captured, dns: asked(...at)})),
        asked(...clear),
      ).map(({queryFrame}) => queryFrame);
    expect(order([[3, 7], [1]], [2, 5, 9])).toEqual([1, 2, 3, 5, 7, 9]);
    expect(order([[4]], [2, 5])).toEqual([2, 4, 5]);
    expect(order([[8], [4]], [])).toEqual([4, 8]);
    expect(order([[], []], [2, 5])).toEqual([2, 5]);
  });
});

/** `client`: the last octet of its address, which stands behind 12 or 16 others (RFC 791 §3.1). */
const capturedOf = (said: readonly SaidInQuic[], known = keys, client = 1) => {
  const inspector = new CaptureInspector();
  for (const [index, record] of readBytes(quicFileOf(said)).records.entries()) {
    const bytes = record.bytes.slice();
    bytes[said[index]?.[0] === 0 ? 15 : 19] = client;
    inspector.add({...record, bytes});
  }
  inspector.finish();
  return capturedQuic(inspector, known);
};

describe('connections of a capture', () => {
  const version = versionOf(1);
  const dcid = octetsOf('0909090909090909');
  const scid = octetsOf('d1d2d3d4');
  /** Another one between the same ports. */
  const second: SaidInQuic = [
    0,
    long({
      ...{version, kind: 'Initial', dcid, scid, keys: keysOf(version, 0x1301).initial(dcid).client},
      payload: joinBytes([frames.crypto(hello.client()), new Uint8Array(1000)]),
    }),
  ];

  test('their number between the ports, and that of the conversation', () => {
    const told = capturedOf([...opening, second]).map(({connection, nth, conversation: own, withSecrets}) => [
      ...[connection.id, nth, own, withSecrets],
    ]);
    expect(told).toEqual([
      [1, 1, 1, true],
      [2, 2, 1, true],
    ]);
  });

  test('whichever address is the higher one', () => {
    const [captured, other] = capturedOf([...opening, second], keys, 9);
    expect(captured?.connection.ends).toEqual(['10.0.0.9:50000', '10.0.0.2:443']);
    expect([captured, other]).toMatchObject([
      {nth: 1, conversation: 1},
      {nth: 2, conversation: 1},
    ]);
  });

  test('whoever was seen first', () => {
    const [, answered] = opening;
    if (!answered) throw new Error('no answer');
    const [captured] = capturedOf([answered]);
    expect(captured).toMatchObject({nth: 1, conversation: 1});
    expect(captured?.connection.ends).toEqual(['10.0.0.1:50000', '10.0.0.2:443']);
    expect(captured?.connection.sourceIds).toEqual([undefined, ids.server]);
  });

  test('without secrets', () => {
    const [captured] = capturedOf(opening, noKeys);
    expect(captured).toMatchObject({withSecrets: false, http3: undefined, dns: []});
  });

  test('with what was said inside', () => {
    const say = conversation();
    const [captured] = capturedOf([...opening, say(0, frames.stream(0, octetsOf('01040000d1c1')))]);
    expect(captured?.http3?.exchanges.map(({request}) => request.value(':path'))).toEqual(['/']);
  });
});
