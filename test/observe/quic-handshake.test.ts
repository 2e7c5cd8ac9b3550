// What CRYPTO frames say of TLS (RFC 9001 §4): messages in order, by side and level, whatever pieces they come in.
import {describe, expect, test} from 'vitest';
import {type Level, QuicHandshake} from '../../source/observe/quic-handshake.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {hello} from './quic-made.ts';

/** Octets of CRYPTO frames, one behind the other. */
type Said = readonly [side: 0 | 1, level: Level, ...pieces: readonly Uint8Array[]];

const heard = (...said: readonly Said[]) => {
  const handshake = new QuicHandshake();
  const isNew = said.map(([side, level, ...pieces]) => {
    let offset = 0;
    return pieces.map((data) => {
      const told = handshake.take(side, level, {offset, data});
      offset += data.length;
      return told;
    });
  });
  return {handshake, isNew};
};

const client = hello.client();
const server = hello.server(0x1301);
const encrypted = hello.encrypted();
/** A Finished of one octet, and a type that RFC 9846 does not know. */
const finished = octetsOf('1400000100');
const strange = octetsOf('63000000');

describe('messages', () => {
  test('by side and level, each up to its end in its own stream', () => {
    const {handshake, isNew} = heard(
      ...[
        [0, 0, client] as const,
        [1, 0, server] as const,
        [1, 1, joinBytes([encrypted, finished])] as const,
      ],
      ...[[0, 1, finished] as const, [1, 2, strange] as const],
    );
    expect(handshake.messages).toEqual([
      {side: 0, level: 0, name: 'client_hello', end: client.length},
      {side: 1, level: 0, name: 'server_hello', end: server.length},
      {side: 1, level: 1, name: 'encrypted_extensions', end: encrypted.length},
      {side: 1, level: 1, name: 'finished', end: encrypted.length + 5},
      {side: 0, level: 1, name: 'finished', end: 5},
      {side: 1, level: 2, name: expect.any(String), end: 4},
    ]);
    expect(isNew).toEqual([[true], [true], [false], [false], [false]]);
    expect(handshake).toMatchObject({serverName: 'made.example', alpn: 'h3', alpnOffered: ['h3']});
  });

  test('whole with the last of their pieces', () => {
    const {handshake, isNew} = heard([
      0,
      0,
      client.subarray(0, 3),
      client.subarray(3, 9),
      client.subarray(9),
    ]);
    expect(isNew).toEqual([[false, false, true]]);
    expect(handshake.messages).toHaveLength(1);
  });

  test('a hello is new with whatever stands behind it', () => {
    expect(heard([0, 0, joinBytes([client, finished])]).isNew).toEqual([[true]]);
    expect(heard([0, 0, joinBytes([finished, client])]).isNew).toEqual([[true]]);
  });

  test('of 256, later ones are not told', () => {
    const {handshake} = heard([1, 1, joinBytes(Array.from({length: 300}, () => finished))]);
    expect(handshake.messages).toHaveLength(256);
  });

  // RFC 9846 §4: a hello is that of its side alone.
  test('what the wrong side says is no hello of the other', () => {
    const {handshake} = heard([1, 0, client], [0, 0, server], [0, 1, encrypted]);
    expect([handshake.client, handshake.server, handshake.encrypted]).toEqual([
      ...[undefined, undefined, undefined],
    ]);
  });

  test('a new attempt begins with nothing (RFC 9000 §6.2)', () => {
    const {handshake} = heard([0, 0, client.subarray(0, 20)], [1, 0, server]);
    handshake.restart();
    expect([handshake.messages, handshake.server, handshake.resumed]).toEqual([[], undefined, undefined]);
    expect(handshake.take(0, 0, {offset: 0, data: client})).toBe(true);
    expect(handshake.messages).toEqual([{side: 0, level: 0, name: 'client_hello', end: client.length}]);
    handshake.restart();
    expect(handshake.client).toBeUndefined();
  });
});

describe('what was agreed on', () => {
  test.each<readonly [string, readonly Said[], object]>([
    [
      'nothing was seen',
      [],
      {
        serverName: undefined,
        alpn: undefined,
        alpnOffered: [],
        resumed: undefined,
        earlyDataAccepted: undefined,
      },
    ],
    [
      'a new session',
      [
        [1, 0, server],
        [1, 1, encrypted],
      ],
      {resumed: false, earlyDataAccepted: false},
    ],
    [
      'resumed, with early data',
      [
        [1, 0, hello.server(0x1301, true)],
        [1, 1, hello.encrypted('h3', true)],
      ],
      {resumed: true, earlyDataAccepted: true},
    ],
    [
      'another protocol',
      [
        [0, 0, client],
        [1, 1, hello.encrypted('doq')],
      ],
      {alpn: 'doq', alpnOffered: ['h3']},
    ],
  ])('%s', (_, said, expected) => {
    const {serverName, alpn, alpnOffered, resumed, earlyDataAccepted} = heard(...said).handshake;
    const all = {serverName, alpn, alpnOffered, resumed, earlyDataAccepted};
    expect(all).toMatchObject(expected);
  });
});

// RFC 9000 §10.1, §18.2: the shorter of both, where 0 is none.
describe('the idle timeout', () => {
  const parameters = (ms: number) => {
    const value = [{id: 1, value: Uint8Array.of(0x40 | (ms >> 8), ms & 0xff)}];
    return {name: 'quic_transport_parameters', value} as const;
  };
  type Extensions = readonly ReturnType<typeof parameters>[];
  const of = (own: Extensions, far: Extensions | undefined) => {
    const asked = tls13.encode({
      type: 'client_hello',
      body: {
        ...{legacyVersion: 0x0303, random: new Uint8Array(32), legacySessionId: new Uint8Array()},
        ...{cipherSuites: [0x1301], legacyCompressionMethods: [0], extensions: own},
      },
    });
    const answered = far && tls13.encode({type: 'encrypted_extensions', body: {extensions: far}});
    return heard([0, 0, asked], [1, 1, ...(answered ? [answered] : [])]).handshake.idleTimeoutMs;
  };

  test.each<readonly [own: number | undefined, far: number | undefined, ms: number | undefined]>([
    [300, 200, 200],
    [200, 300, 200],
    [0, 300, 300],
    [300, 0, 300],
    [1, 300, 1],
    [0, 0, undefined],
    [300, undefined, 300],
    [undefined, 300, 300],
    [undefined, undefined, undefined],
  ])('%s and %s ms', (own, far, ms) => {
    const said = (value: number | undefined) => (value === undefined ? [] : [parameters(value)]);
    expect(of(said(own), said(far))).toBe(ms);
  });

  test('as far as it can be seen', () => {
    expect(of([parameters(300)], undefined)).toBe(300);
  });
});
