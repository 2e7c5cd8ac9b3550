// Fast Open at the server (RFC 7413 §4.1.2, §5.1): how many children may wait. What they do: test/fixtures/kernel/own.
import {describe, expect, test} from 'vitest';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {verdict} from '../../drills/packetdrill/bench.ts';
import {twinsOf} from '../../drills/packetdrill/twins.ts';
import {strangerDials} from '../../helpers/tcp/fast-opening.ts';
import {Server, synAck} from '../../helpers/tcp/server.ts';

const {SYN, ACK, RST} = TcpFlag;
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
