// Single events in ESTABLISHED and later states, named test_<state>_<event>. Oracle: the clause of RFC 9293 or RFC 5961 beside each.
import {describe, expect, test} from 'vitest';
import {acceptable} from '../../../source/stack/tcp/acceptance.ts';
import {emptyRope, ropeFromBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {
  arrives,
  both,
  calls,
  close,
  closing,
  established,
  listening,
  made,
  none,
} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, brief, flagNames, LISTENER, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {FIN, SYN, RST, ACK} = TcpFlag;

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
  // Length 0, window 10: RCV.NXT ≤ SEG.SEQ < RCV.NXT+RCV.WND, and the right edge (see source/deviations.md).
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

// Oracle: test/fixtures/kernel/own/close.json, close-wait-data-*, closing-data-*, last-ack-data-*, *-old-ack.
describe('text after the peer’s FIN', () => {
  const errors = {'CLOSE-WAIT': 'EPIPE', CLOSING: 'ECONNRESET', 'LAST-ACK': 'ECONNRESET'} as const;
  test.each(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const)(
    '%s: it ends a Linux connection if it begins below RCV.NXT',
    (state) => {
      const text = {ack: 1001, flags: ACK, data: 9};
      const linux = closing(state, 'linux');
      expect(arrives(linux, 'A', {...text, seq: 9002})).toEqual([]);
      expect(arrives(linux, 'A', {...text, seq: 8993})).not.toContain(`${state} > CLOSED`);
      expect(arrives(linux, 'A', {...text, seq: 9001})).toEqual([
        'A RST 1001 0 +0',
        errors[state],
        `${state} > CLOSED`,
      ]);
      const rfc = closing(state);
      arrives(rfc, 'A', {...text, seq: 9001});
      expect(rfc.stateOf('A', AB)).toBe(state);
    },
  );

  test('if it acknowledges this end’s FIN, the connection only enters TIME-WAIT', () => {
    expect(arrives(closing('CLOSING', 'linux'), 'A', {seq: 9001, ack: 1002, flags: ACK, data: 9})).toEqual([
      'CLOSING > TIME-WAIT',
    ]);
  });
});

test('test_fin_wait_2_text: the RST has the number that the text acknowledges, even an old one', () => {
  const world = established();
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(20)});
  arrives(world, 'A', {seq: 9001, ack: 1021, flags: ACK});
  close(world, 'gone');
  expect(arrives(world, 'A', {seq: 9001, ack: 1011, flags: ACK, data: 9})).toEqual([
    'A RST 1011 0 +0',
    'FIN-WAIT-1 > CLOSED',
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
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 1072});
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(1122)});
  expect(close(world)).toEqual(['ESTABLISHED > FIN-WAIT-1']);
  expect(arrives(world, 'A', {seq: 9001, ack: 2073, flags: ACK, window: 100})).toEqual([
    'A FIN,PSH,ACK 2073 9001 +50',
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
