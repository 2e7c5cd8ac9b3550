// Single events in single states, named test_<state>_<event>. Oracle: the clause of RFC 9293 or RFC 5961 beside each.
import {expect, test} from 'vitest';
import type {TcpEffect} from '../../../source/stack/tcp/effect.ts';
import {initialSequenceNumber} from '../../../source/stack/tcp/isn.ts';
import {acceptable} from '../../../source/stack/tcp/other-states.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {emptyRope, ropeFromBytes} from '../../../source/wire/rope.ts';
import {seq, seqDiff} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {
  A,
  AB,
  B,
  BA,
  brief,
  type Fate,
  flagNames,
  type HostName,
  IP,
  LISTENER,
  other,
  pattern,
  rope,
  World,
} from './two-hosts.ts';

const {FIN, SYN, RST, ACK} = TcpFlag;
const both = (profile: 'linux' | 'rfc', change = {}) => {
  const settings = {...profiles[profile], ...change};
  return {A: settings, B: settings};
};

type Made = {
  seq?: number;
  ack?: number;
  flags: number;
  data?: number;
  options?: readonly TcpOption[];
  window?: number;
};

const made = (
  to: HostName,
  {seq: s = 0, ack = 0, flags, data = 0, options = [], window = 5000}: Made,
): TcpSegment => ({
  srcPort: to === 'A' ? 80 : 40_000,
  dstPort: to === 'A' ? 40_000 : 80,
  seq: seq(s),
  ack: seq(ack),
  flags,
  window,
  urgent: 0,
  options,
  payload: rope(data),
});

/** Gives a host one segment and tells what it did: segments, state changes, signals. */
function arrives(world: World, to: HostName, segment: Made): readonly string[] {
  const event = {kind: 'segment', src: IP[other(to)], dst: IP[to], segment: made(to, segment)} as const;
  return told(to, world.step(to, event));
}

const told = (host: HostName, effects: readonly TcpEffect[]): readonly string[] =>
  effects.flatMap((e) => {
    if (e.kind === 'send') return [brief({from: host, segment: e.segment})];
    if (e.kind === 'state') return [`${e.from} > ${e.to}`];
    if (e.kind === 'signal') return [e.signal];
    if (e.kind === 'deliver') return [`deliver ${e.data.length}`];
    return e.kind === 'return' && e.result !== 'ok' ? [e.result] : [];
  });

const calls = (world: World, host: HostName, call: Parameters<World['call']>[2]) =>
  told(host, world.step(host, {kind: 'call', call}));

const none: Fate = () => [];

/** A in SYN-SENT with ISS 1000; nothing travels. */
function synSent(profile: 'linux' | 'rfc' = 'rfc', data = 0): World {
  const world = new World({settings: both(profile), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto', data: rope(data)});
  return world;
}

function listening(profile: 'linux' | 'rfc' = 'rfc'): World {
  const world = new World({settings: both(profile), fate: none});
  calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  return world;
}

/** B in SYN-RECEIVED: IRS 1000, ISS 9000. */
function synReceived(profile: 'linux' | 'rfc' = 'rfc'): World {
  const world = listening(profile);
  arrives(world, 'B', {seq: 1000, flags: SYN});
  return world;
}

/** A in ESTABLISHED: SND.NXT 1001, RCV.NXT 9001. */
function established(profile: 'linux' | 'rfc' = 'rfc', read: 'auto' | 'manual' = 'auto', change = {}): World {
  const world = new World({settings: both(profile, change), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK});
  expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
  return world;
}

const close = (world: World, reader: 'stays' | 'gone' = 'stays') =>
  calls(world, 'A', {call: 'CLOSE', connection: AB, reader});

/** A in each state from FIN-WAIT-1 on. */
function closing(
  state: 'FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSE-WAIT' | 'CLOSING' | 'LAST-ACK' | 'TIME-WAIT',
): World {
  const world = established();
  if (state === 'CLOSE-WAIT' || state === 'LAST-ACK') {
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK});
    if (state === 'LAST-ACK') close(world);
  } else {
    close(world);
    if (state === 'CLOSING') arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK});
    if (state === 'FIN-WAIT-2') arrives(world, 'A', {seq: 9001, ack: 1002, flags: ACK});
    if (state === 'TIME-WAIT') arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK});
  }
  expect(world.stateOf('A', AB)).toBe(state);
  return world;
}

// §3.10.7.1
test('test_closed_segments', () => {
  const world = new World({settings: both('rfc')});
  expect(arrives(world, 'B', {seq: 1000, flags: SYN})).toEqual(['B RST,ACK 0 1001 +0']);
  expect(arrives(world, 'B', {seq: 1000, flags: SYN | FIN, data: 10})).toEqual(['B RST,ACK 0 1012 +0']);
  expect(arrives(world, 'B', {seq: 1000, ack: 77, flags: ACK, data: 10})).toEqual(['B RST 77 0 +0']);
  expect(arrives(world, 'B', {seq: 1000, flags: RST})).toEqual([]);
});

// §3.10.7.2
test('test_listen_segments', () => {
  const world = listening();
  expect(arrives(world, 'B', {seq: 1, flags: RST})).toEqual([]);
  expect(arrives(world, 'B', {seq: 1, ack: 77, flags: SYN | ACK})).toEqual(['B RST 77 0 +0']);
  expect(arrives(world, 'B', {seq: 1, flags: FIN})).toEqual([]);
  expect(arrives(world, 'B', {seq: 1000, flags: SYN})).toEqual([
    'LISTEN > SYN-RECEIVED',
    'B SYN,ACK 9000 1001 +0',
  ]);
  expect(world.tcp.B.listeners.has(LISTENER)).toBe(true);
});

test('test_listen_close', () => {
  const world = listening();
  expect(calls(world, 'B', {call: 'CLOSE', connection: LISTENER, reader: 'stays'})).toEqual([
    'LISTEN > CLOSED',
  ]);
  expect(world.tcp.B.listeners.size).toBe(0);
});

// §3.10.7.3, first check
test('test_syn_sent_unacceptable_ack', () => {
  const world = synSent();
  expect(arrives(world, 'A', {seq: 9000, ack: 1000, flags: SYN | ACK})).toEqual(['A RST 1000 0 +0']);
  expect(arrives(world, 'A', {seq: 9000, ack: 1002, flags: SYN | ACK})).toEqual(['A RST 1002 0 +0']);
  expect(arrives(world, 'A', {seq: 0, ack: 500, flags: RST | ACK})).toEqual([]);
  expect(world.stateOf('A', AB)).toBe('SYN-SENT');
});

test('test_syn_sent_rst', () => {
  const world = synSent();
  expect(arrives(world, 'A', {seq: 0, flags: RST})).toEqual([]);
  expect(arrives(world, 'A', {seq: 0, ack: 1001, flags: RST | ACK})).toEqual([
    'ECONNREFUSED',
    'SYN-SENT > CLOSED',
  ]);
  expect(world.tcp.A.connections.size).toBe(0);
});

test('test_syn_sent_ack_without_syn', () => {
  expect(arrives(synSent(), 'A', {seq: 9000, ack: 1001, flags: ACK})).toEqual([]);
});

test('test_syn_sent_close', () => {
  const world = synSent();
  expect(close(world)).toEqual(['SYN-SENT > CLOSED']);
  expect(world.log.at(-1)?.effects.filter((e) => e.kind === 'timer' && e.op === 'cancel').length).toBe(1);
});

test('test_syn_sent_syn: simultaneous open, rfc four segments, linux six', () => {
  const open = (profile: 'linux' | 'rfc'): World => {
    const world = new World({settings: both(profile)});
    world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
    world.call(0, 'B', {call: 'OPEN', mode: 'active', local: B, remote: A, read: 'auto'});
    world.run();
    expect(world.stateOf('A', AB)).toBe('ESTABLISHED');
    expect(world.stateOf('B', BA)).toBe('ESTABLISHED');
    expect(world.signals('A')).toEqual(['connected']);
    return world;
  };
  const four = ['A SYN 1000 0 +0', 'B SYN 9000 0 +0', 'B SYN,ACK 9000 1001 +0', 'A SYN,ACK 1000 9001 +0'];
  expect(open('rfc').sent.map(brief).toSorted()).toEqual(four.toSorted());
  const six = [...four, 'A ACK 1001 9001 +0', 'B ACK 9001 1001 +0'];
  expect(open('linux').sent.map(brief).toSorted()).toEqual(six.toSorted());
});

test('test_syn_sent_syn_ack_with_text: text and FIN of the SYN,ACK are taken', () => {
  const world = synSent();
  expect(arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK | FIN, data: 5})).toEqual([
    'SYN-SENT > ESTABLISHED',
    'connected',
    'deliver 5',
    'ESTABLISHED > CLOSE-WAIT',
    'eof',
    'A ACK 1001 9007 +0',
  ]);
});

// §3.4: data on a SYN are legal; the receiver holds them until ESTABLISHED.
test('test_listen_syn_with_text', () => {
  const world = new World({settings: both('rfc')});
  world.call(0, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  world.call(0, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto', data: rope(700)});
  world.run();
  expect(world.sent.map(brief)).toEqual([
    'A SYN 1000 0 +536',
    'B SYN,ACK 9000 1001 +0',
    'A PSH,ACK 1537 9001 +164',
    'B ACK 9001 1701 +0',
  ]);
  expect(world.delivered('B')).toEqual(pattern(700, 0));
  const accepted = world.effects('B').findIndex((e) => e.kind === 'signal');
  const delivered = world.effects('B').findIndex((e) => e.kind === 'deliver');
  expect(accepted).toBeLessThan(delivered);
});

test('test_syn_sent_send: data wait for ESTABLISHED', () => {
  const world = synSent();
  expect(calls(world, 'A', {call: 'SEND', connection: AB, data: rope(10)})).toEqual([]);
  expect(arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK})).toEqual([
    'SYN-SENT > ESTABLISHED',
    'connected',
    'A PSH,ACK 1001 9001 +10',
  ]);
});

// §3.10.7.4, second check
test('test_syn_received_rst: passive back to LISTEN, active refused', () => {
  const passive = synReceived();
  expect(arrives(passive, 'B', {seq: 1001, flags: RST})).toEqual(['SYN-RECEIVED > LISTEN']);
  expect(passive.tcp.B.connections.size).toBe(0);
  const active = synSent();
  arrives(active, 'A', {seq: 9000, flags: SYN});
  expect(arrives(active, 'A', {seq: 9001, flags: RST})).toEqual(['ECONNREFUSED', 'SYN-RECEIVED > CLOSED']);
});

test('test_syn_received_same_syn: rfc answers with ACK, linux with SYN,ACK', () => {
  expect(arrives(synReceived('rfc'), 'B', {seq: 1000, flags: SYN})).toEqual(['B ACK 9001 1001 +0']);
  expect(arrives(synReceived('linux'), 'B', {seq: 1000, flags: SYN})).toEqual(['B SYN,ACK 9000 1001 +0']);
});

test('test_syn_received_other_syn: back to LISTEN', () => {
  expect(arrives(synReceived(), 'B', {seq: 1005, flags: SYN})).toEqual(['SYN-RECEIVED > LISTEN']);
});

test('test_syn_received_unacceptable_ack', () => {
  const world = synReceived();
  expect(arrives(world, 'B', {seq: 1001, ack: 9000, flags: ACK})).toEqual(['B RST 9000 0 +0']);
  expect(arrives(world, 'B', {seq: 1001, ack: 9002, flags: ACK})).toEqual(['B RST 9002 0 +0']);
  expect(world.stateOf('B', BA)).toBe('SYN-RECEIVED');
});

test('test_syn_received_close: FIN, FIN-WAIT-1 (figure 5)', () => {
  const world = synReceived();
  expect(calls(world, 'B', {call: 'CLOSE', connection: BA, reader: 'stays'})).toEqual([
    'SYN-RECEIVED > FIN-WAIT-1',
    'B FIN,ACK 9001 1001 +0',
  ]);
  expect(arrives(world, 'B', {seq: 1001, ack: 9001, flags: ACK})).toEqual([]);
  expect(arrives(world, 'B', {seq: 1001, ack: 9002, flags: ACK})).toEqual(['FIN-WAIT-1 > FIN-WAIT-2']);
});

// RFC 5961 §3.2
test('test_established_rst: exact resets, in the window a challenge, outside nothing', () => {
  const world = established();
  expect(arrives(world, 'A', {seq: 9002, flags: RST})).toEqual(['A ACK 1001 9001 +0']);
  expect(arrives(world, 'A', {seq: 9001 + 70_000, flags: RST})).toEqual([]);
  expect(arrives(world, 'A', {seq: 9000, flags: RST})).toEqual([]);
  expect(arrives(world, 'A', {seq: 9001, flags: RST})).toEqual(['ECONNRESET', 'ESTABLISHED > CLOSED']);
  expect(world.tcp.A.connections.size).toBe(0);
});

for (const state of ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const) {
  test(`test_${state}_rst`, () => {
    const world = closing(state);
    const nxt = state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2' ? 9001 : 9002;
    const heard = ['CLOSING', 'LAST-ACK', 'TIME-WAIT'].includes(state) ? 'closed' : 'ECONNRESET';
    expect(arrives(world, 'A', {seq: nxt, flags: RST})).toEqual([heard, `${state} > CLOSED`]);
  });

  // RFC 5961 §4.2
  test(`test_${state}_syn`, () => {
    const world = closing(state);
    const nxt = state === 'FIN-WAIT-1' || state === 'FIN-WAIT-2' ? 9001 : 9002;
    const position = state === 'CLOSE-WAIT' ? 1001 : 1002;
    for (const at of [nxt, nxt + 10, nxt - 500]) {
      expect(arrives(world, 'A', {seq: at, flags: SYN})).toEqual([`A ACK ${position} ${nxt} +0`]);
    }
    expect(world.stateOf('A', AB)).toBe(state);
  });
}

test('test_established_ack: beyond SND.NXT and older than the largest window are answered, not used', () => {
  const world = established();
  expect(arrives(world, 'A', {seq: 9001, ack: 1002, flags: ACK, data: 5})).toEqual(['A ACK 1001 9001 +0']);
  expect(arrives(world, 'A', {seq: 9001, ack: 1001 - 5001, flags: ACK, data: 5})).toEqual([
    'A ACK 1001 9001 +0',
  ]);
  expect(arrives(world, 'A', {seq: 9001, ack: 1001 - 5000, flags: ACK, data: 5})).toEqual([
    'deliver 5',
    'A ACK 1001 9006 +0',
  ]);
  expect(arrives(world, 'A', {seq: 9006, flags: 0, data: 5})).toEqual([]);
});

test('test_any_acceptability: table 6 of RFC 9293, four cases', () => {
  const at = (start: number, length: number, wnd: number) =>
    acceptable({nxt: seq(100), wnd}, made('A', {seq: start, data: length, flags: ACK}));
  // Length 0, window 0: SEG.SEQ = RCV.NXT.
  expect([99, 100, 101].map((s) => at(s, 0, 0))).toEqual([false, true, false]);
  // Length 0, window 10: RCV.NXT ≤ SEG.SEQ < RCV.NXT+RCV.WND, and the right edge (see source/readme.md).
  expect([99, 100, 109, 110, 111].map((s) => at(s, 0, 10))).toEqual([false, true, true, true, false]);
  // Length > 0, window 0: never.
  expect([99, 100, 101].map((s) => at(s, 5, 0))).toEqual([false, false, false]);
  // Length 5, window 10: first or last byte inside.
  expect([95, 96, 100, 109, 110].map((s) => at(s, 5, 10))).toEqual([false, true, true, true, false]);
  // The same across the wrap.
  const wrapped = acceptable({nxt: seq(2 ** 32 - 2), wnd: 10}, made('A', {seq: 3, data: 1, flags: ACK}));
  expect(wrapped).toBe(true);
});

test('test_established_text: trimmed on both sides, out of order kept, duplicates answered', () => {
  const world = established('rfc', 'auto', {rcvBufferBytes: 1000});
  const text = (at: number, data: number) => arrives(world, 'A', {seq: at, ack: 1001, flags: ACK, data});
  expect(text(9001, 100)).toEqual(['deliver 100', 'A ACK 1001 9101 +0']);
  expect(text(9001, 100)).toEqual(['A ACK 1001 9101 +0']);
  expect(text(9051, 100)).toEqual(['deliver 50', 'A ACK 1001 9151 +0']);
  expect(text(9301, 100)).toEqual(['A ACK 1001 9151 +0']);
  expect(text(9201, 150)).toEqual(['A ACK 1001 9151 +0']);
  expect(text(9151, 50)).toEqual(['deliver 250', 'A ACK 1001 9401 +0']);
  expect(text(9401, 2000)).toEqual(['deliver 1000', 'A ACK 1001 10401 +0']);
});

test('test_established_fin: beyond a gap it waits', () => {
  const world = established();
  expect(arrives(world, 'A', {seq: 9011, ack: 1001, flags: FIN | ACK, data: 10})).toEqual([
    'A ACK 1001 9001 +0',
  ]);
  expect(arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10})).toEqual([
    'deliver 20',
    'ESTABLISHED > CLOSE-WAIT',
    'eof',
    'A ACK 1001 9022 +0',
  ]);
});

// SND.WND follows only newer segments: SND.WL1, SND.WL2.
test('test_established_window: an old segment does not change SND.WND', () => {
  const world = established();
  const wnd = () => world.tcp.A.connections.get(AB)?.snd.wnd;
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10, window: 4000});
  expect(wnd()).toBe(4000);
  arrives(world, 'A', {seq: 9011, ack: 1001, flags: ACK, window: 3000});
  expect(wnd()).toBe(3000);
  // Begins before the last one: older, though part of it is new.
  arrives(world, 'A', {seq: 9005, ack: 1001, flags: ACK, data: 10, window: 9000});
  expect(wnd()).toBe(3000);
});

test('test_established_abort: RST at SND.NXT, with ACK on linux', () => {
  const abort = (profile: 'linux' | 'rfc') =>
    calls(established(profile), 'A', {call: 'ABORT', connection: AB});
  expect(abort('rfc')).toEqual(['A RST 1001 0 +0', 'ESTABLISHED > CLOSED']);
  expect(abort('linux')).toEqual(['A RST,ACK 1001 9001 +0', 'ESTABLISHED > CLOSED']);
});

// RFC 2525 §2.17
test('test_established_close: unread data make it a reset', () => {
  const world = established('rfc', 'manual');
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10});
  expect(close(world, 'gone')).toEqual(['A RST 1001 0 +0', 'ESTABLISHED > CLOSED']);
});

// §3.6.1
test('test_fin_wait_2_text: data for a reader that is gone are refused', () => {
  const stays = closing('FIN-WAIT-2');
  expect(arrives(stays, 'A', {seq: 9001, ack: 1002, flags: ACK, data: 9})).toEqual([
    'deliver 9',
    'A ACK 1002 9010 +0',
  ]);
  const gone = established();
  close(gone, 'gone');
  arrives(gone, 'A', {seq: 9001, ack: 1002, flags: ACK});
  expect(arrives(gone, 'A', {seq: 9001, ack: 1002, flags: ACK, data: 9})).toEqual([
    'A RST 1002 0 +0',
    'FIN-WAIT-2 > CLOSED',
  ]);
});

test('test_fin_wait_1_fin_ack: TIME-WAIT at once', () => {
  const world = closing('FIN-WAIT-1');
  expect(arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK})).toEqual([
    'FIN-WAIT-1 > FIN-WAIT-2',
    'FIN-WAIT-2 > TIME-WAIT',
    'eof',
    'A ACK 1002 9002 +0',
  ]);
});

test('test_close_wait_close: FIN rides on data that are still unsent', () => {
  const world = established();
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 100});
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(150)});
  expect(close(world)).toEqual(['ESTABLISHED > FIN-WAIT-1']);
  expect(arrives(world, 'A', {seq: 9001, ack: 1101, flags: ACK, window: 100})).toEqual([
    'A FIN,PSH,ACK 1101 9001 +50',
  ]);
});

test('test_any_call: the error of each call in each state', () => {
  const results = (world: World) => [
    calls(world, 'A', {call: 'SEND', connection: AB, data: rope(1)}).at(0),
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'}).at(0),
    calls(world, 'A', {call: 'CLOSE', connection: AB, reader: 'stays'}).at(0),
  ];
  expect(results(new World({settings: both('rfc'), fate: none}))[0]).toBe('ENOTCONN');
  for (const state of ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const) {
    expect(results(closing(state))).toEqual(['EPIPE', 'EISCONN', 'EPIPE']);
  }
  const world = listening();
  expect(calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'})).toEqual(['EADDRINUSE']);
  expect(calls(world, 'B', {call: 'SEND', connection: LISTENER, data: rope(1)})).toEqual(['ENOTCONN']);
  for (const call of ['CLOSE', 'ABORT', 'STATUS'] as const) {
    const wanted =
      call === 'CLOSE'
        ? ({call, connection: BA, reader: 'stays'} as const)
        : ({call, connection: BA} as const);
    expect(calls(world, 'B', wanted)).toEqual(['ENOTCONN']);
  }
});

test('test_established_receive: manual reading, end of file after the last byte', () => {
  const world = established('rfc', 'manual');
  const receive = (maxBytes: number) => calls(world, 'A', {call: 'RECEIVE', connection: AB, maxBytes});
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: FIN | ACK, data: 10});
  expect(receive(7)).toEqual(['deliver 7']);
  expect(receive(7)).toEqual(['deliver 3']);
  expect(receive(7)).toEqual(['eof']);
  const early = established('rfc', 'manual');
  expect(calls(early, 'A', {call: 'RECEIVE', connection: AB, maxBytes: 4})).toEqual([]);
  expect(arrives(early, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 10}).at(0)).toBe('deliver 4');
});

// RFC 7323 §2.2, §2.3: the window of a SYN is never scaled; scaling needs both offers.
test('test_listen_syn_options', () => {
  const options = (profile: 'linux' | 'rfc', offered: readonly TcpOption[]) => {
    const world = listening(profile);
    arrives(world, 'B', {seq: 1000, flags: SYN, options: offered});
    const sent = world.sent.at(-1)?.segment;
    return {
      kinds: sent?.options.map((o) => o.kind),
      window: sent?.window,
      tcb: world.tcp.B.connections.get(BA),
    };
  };
  const scale: TcpOption = {kind: 'windowScale', shift: 3};
  const full = options('linux', [{kind: 'mss', mss: 1000}, {kind: 'sackPermitted'}, scale]);
  expect(full.kinds).toEqual(['mss', 'nop', 'nop', 'sackPermitted', 'nop', 'windowScale']);
  expect(full.window).toBe(64_240);
  expect(full.tcb).toMatchObject({mss: 1000, scale: {snd: 3, rcv: 7}, sackPermitted: true});
  const bare = options('linux', []);
  expect(bare.kinds).toEqual(['mss']);
  expect(bare.tcb).toMatchObject({mss: 536, scale: {snd: 0, rcv: 0}, sackPermitted: false});
  const byRfc = options('rfc', [{kind: 'sackPermitted'}, scale]);
  expect(byRfc.kinds).toEqual(['mss']);
  expect(byRfc.tcb).toMatchObject({scale: {snd: 0, rcv: 0}, sackPermitted: false});
});

// RFC 2018 §4: the block with the newest segment first.
test('test_established_sack', () => {
  const world = new World({settings: both('linux'), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options: [{kind: 'sackPermitted'}]});
  const blocks = (at: number, data: number) => {
    arrives(world, 'A', {seq: at, ack: 1001, flags: ACK, data});
    const option = world.sent.at(-1)?.segment.options.find((o) => o.kind === 'sack');
    return option?.kind === 'sack' ? option.blocks.map(({left, right}) => `${left}-${right}`) : [];
  };
  expect(blocks(9101, 100)).toEqual(['9101-9201']);
  expect(blocks(9301, 100)).toEqual(['9301-9401', '9101-9201']);
  expect(blocks(9201, 50)).toEqual(['9101-9251', '9301-9401']);
  expect(blocks(9001, 100)).toEqual(['9301-9401']);
  expect(blocks(9251, 50)).toEqual([]);
});

// §3.4.1: 4 µs ticks; another secret, another port, another sequence.
test('test_any_isn', () => {
  const secret = Uint8Array.of(1, 2, 3);
  const ends = {local: A, remote: B};
  const at = (us: number) => initialSequenceNumber(secret, us, ends);
  expect(seqDiff(at(1_000_000), at(0))).toBe(250_000);
  expect(at(3)).toBe(at(0));
  expect(initialSequenceNumber(Uint8Array.of(1, 2, 4), 0, ends)).not.toBe(at(0));
  expect(initialSequenceNumber(secret, 0, {local: {...A, port: 40_001}, remote: B})).not.toBe(at(0));
});

test('test_any_payload: a retransmission carries the same bytes', () => {
  const world = established();
  const bytes = Uint8Array.of(1, 2, 3);
  calls(world, 'A', {call: 'SEND', connection: AB, data: ropeFromBytes(bytes)});
  world.run({untilUs: 2_000_000});
  const [first, again] = world.sent.slice(-2);
  expect(first && again && brief(first) === brief(again)).toBe(true);
  expect(flagNames(again?.segment.flags ?? 0)).toEqual(['PSH', 'ACK']);
  expect(again?.segment.payload).toEqual(first?.segment.payload);
  expect(emptyRope.length).toBe(0);
});
