// Fast Open at the server (RFC 7413 §4.1.2, §5.1): cookies, and how many children may wait. What they do: test/fixtures/kernel/own.
import {describe, expect, test} from 'vitest';
import {
  cookieOption,
  cookieOptionIn,
  keysOf,
  keysText,
  makeCookie,
} from '../../../source/stack/tcp/fast-open-cookie.ts';
import {sipHash} from '../../../source/stack/tcp/siphash.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {verdict} from '../../drills/packetdrill/bench.ts';
import {twinsOf} from '../../drills/packetdrill/twins.ts';
import {strangerDials} from '../../helpers/tcp/fast-opening.ts';
import {Server, synAck} from '../../helpers/tcp/server.ts';

const {SYN, ACK, RST} = TcpFlag;
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
const counted = (length: number): Uint8Array => Uint8Array.from({length}, (_, index) => index);

// Appendix A of the paper, and of the first vectors of its reference implementation.
test.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
])('SipHash-2-4 of %d octets', (length, wanted) => {
  expect(hex(sipHash(counted(16), counted(length)))).toBe(wanted);
});

const key = 'a0bf63f7-ed803d81-cd641d30-cebc4a90';

describe('cookies', () => {
  // What the kernel makes, as packetdrill's public suite says it.
  test.each([
    [key, '10.248.0.2', '192.168.0.2', '00abaaabe8e954c2'],
    [key, '10.248.0.3', '192.168.0.3', '76d2c1c530f51f79'],
    ['0-0-0-0', '10.248.0.2', '192.168.0.2', '93b7aa4f550f8a1a'],
  ])('with the key %s, to %s from %s', (text, remote, local, wanted) => {
    const [octets = counted(16)] = keysOf(text) ?? [];
    const ends = {local: {ip: local, port: 80}, remote: {ip: remote, port: 4}};
    expect(hex(makeCookie(octets, ends))).toBe(wanted);
  });

  test('keys as the system writes them and as a socket takes them; nothing else is a key', () => {
    const two = `${key},00112233-44556677-8899aabb-ccddeeff`;
    const octets = (keysOf(two) ?? []).flatMap((each) => [...each]);
    expect(hex(Uint8Array.from(octets)).slice(0, 8)).toBe('f763bfa0');
    expect(keysText(Uint8Array.from(octets))).toBe(two);
    for (const text of ['', '1-2-3', '1-2-3-4-5', '1-2-3-g', '123456789-0-0-0', `${two},${key}`])
      expect(keysOf(text), text).toBe(undefined);
    expect(keysText(counted(15))).toBe(undefined);
  });

  test('sizes that a cookie may have, under either number', () => {
    for (const experimental of [false, true])
      for (const [length, wanted] of [
        [0, 0],
        [2, undefined],
        [4, 4],
        [5, undefined],
        [16, 16],
        [18, undefined],
      ] as const) {
        const options = cookieOption({cookie: counted(length), experimental});
        expect(cookieOptionIn(options)?.cookie.length, `${length}`).toBe(wanted);
        const bytes = options.reduce(
          (sum, each) => sum + (each.kind === 'raw' ? 2 + each.data.length : 1),
          0,
        );
        if (wanted !== undefined) expect(bytes % 4).toBe(0);
      }
  });
});

/** Any SYN with data will do. */
const open = {synCookies: 'off', fastOpen: 0x602, listenerText: 'drop', endedInQueue: 'stays'} as const;
const early = ['LISTEN > SYN-RECEIVED', 'B SYN,ACK 9000 1011 +0'];

describe('children whose handshake is not complete', () => {
  const withOne = () => {
    const server = new Server({...open, fastOpenQueue: 1}, {accept: 'manual', read: 'manual'});
    expect(server.hears(1, SYN, {data: 10})).toEqual(early);
    return server;
  };

  // As the kernel does it: recorded with two clients, which a script cannot have.
  const next = (server: Server) => ({seq: server.connection(1)?.rcv.nxt ?? seq(0)});

  test('no more than TCP_FASTOPEN says; the next gets an ordinary handshake', () => {
    const server = withOne();
    expect(server.hears(2, SYN, {data: 10})).toEqual(synAck);
    server.hears(1, ACK, next(server));
    expect(server.hears(3, SYN, {data: 10})).toEqual(early);
  });

  test('a reset after ACCEPT keeps its place for a minute, one before does not', () => {
    for (const accepted of [true, false]) {
      const server = withOne();
      if (accepted) server.accepts();
      server.hears(1, RST, next(server));
      expect(server.connection(1)).toBe(undefined);
      server.nowUs = 59_999_999;
      expect(server.hears(2, SYN, {data: 10})).toEqual(accepted ? synAck : early);
      server.nowUs = 60_000_000;
      if (accepted) expect(server.hears(3, SYN, {data: 10})).toEqual(early);
    }
  });

  test('they stand in the accept queue, not in the SYN queue', () => {
    const server = new Server({...open, fastOpenQueue: 9}, {accept: 'manual', read: 'manual', backlog: 1});
    for (const client of [1, 2]) expect(server.hears(client, SYN, {data: 10})).toEqual(early);
    const [listener] = server.tcp.listeners.values();
    expect(listener).toMatchObject({halfOpen: 0, ready: [server.idOf(1), server.idOf(2)]});
    expect(server.hears(3, SYN, {data: 10})).toEqual([]);
  });

  test('a program that takes and reads at once has the data with the SYN', () => {
    const server = new Server({...open, fastOpenQueue: 9});
    const effects = server.segment(1, SYN, {data: 10});
    const kinds = effects.map((effect) => (effect.kind === 'signal' ? effect.signal : effect.kind));
    expect(kinds.indexOf('accepted')).toBeGreaterThan(kinds.indexOf('send'));
    expect(kinds.indexOf('deliver')).toBeGreaterThan(kinds.indexOf('accepted'));
  });

  test('another SYN draws a reset and ends nothing', () => {
    expect(verdict(strangerDials)).toBe('pass');
    for (const {what, source} of twinsOf(strangerDials)) expect(verdict(source), what).not.toBe('pass');
  });
});
