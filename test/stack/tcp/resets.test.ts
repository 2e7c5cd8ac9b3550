// RST, SYN and TIME-WAIT where systems differ: RFC 5961 §3, §4, §7; RFC 1337 §4; RFC 6191 §2; FreeBSD tcp_input.c, tcp_timewait.c.

import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, both, calls, close, established, none} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, World} from '../../helpers/tcp/two-hosts.ts';

const {FIN, SYN, RST, ACK} = TcpFlag;
const challengeAck = ['A ACK 1001 9001 +0'];
const wnd = profiles.rfc.rcvBufferBytes;

describe('RST (RFC 5961 §3.2)', () => {
  const places = [
    {at: 9000, secure: [], insecure: []},
    {
      at: 9001,
      secure: ['ECONNRESET', 'ESTABLISHED > CLOSED'],
      insecure: ['ECONNRESET', 'ESTABLISHED > CLOSED'],
    },
    {at: 9002, secure: challengeAck, insecure: ['ECONNRESET', 'ESTABLISHED > CLOSED']},
    {at: 9000 + wnd, secure: challengeAck, insecure: ['ECONNRESET', 'ESTABLISHED > CLOSED']},
    {at: 9001 + wnd, secure: [], insecure: []},
  ];
  test.each(places)('number $at', ({at, secure, insecure}) => {
    expect(arrives(established(), 'A', {seq: at, flags: RST})).toEqual(secure);
    expect(arrives(established('rfc', 'auto', {insecureRst: true}), 'A', {seq: at, flags: RST})).toEqual(
      insecure,
    );
  });
});

describe('SYN (RFC 5961 §4)', () => {
  test.each([9001, 9000 + wnd])('number %i', (at) => {
    expect(arrives(established(), 'A', {seq: at, flags: SYN})).toEqual(challengeAck);
    const insecure = established('rfc', 'auto', {insecureSyn: true});
    const ended = ['A RST 1001 0 +0', 'ECONNRESET', 'ESTABLISHED > CLOSED'];
    expect(arrives(insecure, 'A', {seq: at, flags: SYN})).toEqual(ended);
  });

  test.each([9000, 9001 + wnd])('number %i is outside', (at) => {
    const insecure = established('rfc', 'auto', {insecureSyn: true});
    expect(arrives(insecure, 'A', {seq: at, flags: SYN})).toEqual(challengeAck);
  });

  test('number 9000 is outside, though its text reaches into the window', () => {
    const insecure = established('rfc', 'auto', {insecureSyn: true});
    expect(arrives(insecure, 'A', {seq: 9000, flags: SYN, data: 5})).toEqual(challengeAck);
  });

  test('SYN and FIN together are dropped in every state where the host says so', () => {
    const world = established('rfc', 'auto', {dropSynFin: true});
    expect(arrives(world, 'A', {seq: 9001, flags: SYN | FIN})).toEqual([]);
    expect(arrives(world, 'B', {seq: 1000, flags: SYN | FIN})).toEqual([]);
    expect(arrives(established(), 'A', {seq: 9001, flags: SYN | FIN})).toEqual(challengeAck);
  });
});

describe('answers to unacceptable segments (RFC 5961 §7)', () => {
  test('one in the interval, data always', () => {
    const world = established('rfc', 'auto', {challengeAckIntervalUs: 500_000});
    const old = {seq: 8000, ack: 1001, flags: ACK};
    const answers = (atUs: number, data = 0) => {
      world.nowUs = atUs;
      return arrives(world, 'A', {...old, data}).length;
    };
    expect([answers(0), answers(1), answers(499_999), answers(400_000, 10)]).toEqual([1, 0, 0, 1]);
    expect([answers(500_000), answers(999_999), answers(1_000_000)]).toEqual([1, 0, 1]);
  });

  test('a FIN is no part of a loop, either (Linux tcp_oow_rate_limited)', () => {
    const world = established('rfc', 'auto', {challengeAckIntervalUs: 500_000});
    const old = {seq: 8000, ack: 1001, flags: FIN | ACK};
    expect([1, 2, 3].map(() => arrives(world, 'A', old).length)).toEqual([1, 1, 1]);
  });

  test('a SYN that comes again and again draws one SYN,ACK in the interval (Linux tcp_check_req)', () => {
    const world = new World({settings: both('linux'), fate: none});
    calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
    const syn = {seq: 1000, flags: SYN};
    expect([1, 2, 3].map(() => arrives(world, 'B', syn).length)).toEqual([2, 1, 0]);
    world.nowUs += 500_000;
    expect(arrives(world, 'B', syn)).toHaveLength(1);
  });

  test('no limit without an interval', () => {
    const world = established();
    for (let n = 0; n < 5; n += 1) expect(arrives(world, 'A', {seq: 9002, flags: RST})).toEqual(challengeAck);
  });
});

/** A in TIME-WAIT: SND.NXT 1002, RCV.NXT 9002. */
function timeWait(change = {}, listening = false): World {
  const world = new World({settings: both('rfc', change), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK});
  if (listening) calls(world, 'A', {call: 'OPEN', mode: 'passive', local: A, read: 'auto'});
  close(world);
  arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK});
  expect(world.stateOf('A', AB)).toBe('TIME-WAIT');
  return world;
}

describe('TIME-WAIT', () => {
  test('RST ends it, the hazard of RFC 1337 §2, unless the host ignores it (§4 F1)', () => {
    expect(arrives(timeWait(), 'A', {seq: 9002, flags: RST})).toEqual(['closed', 'TIME-WAIT > CLOSED']);
    expect(arrives(timeWait({timeWaitReset: 'ignored'}), 'A', {seq: 9002, flags: RST})).toEqual([]);
  });

  test('a new SYN beyond the old numbers takes its place (RFC 6191 §2), with an ISN beyond them (RFC 9293 §3.6.1)', () => {
    const world = timeWait({timeWaitReuse: true}, true);
    expect(arrives(world, 'A', {seq: 9003, flags: SYN})).toEqual([
      'closed',
      'TIME-WAIT > CLOSED',
      'LISTEN > SYN-RECEIVED',
      `A SYN,ACK ${1002 + 65_537} 9004 +0`,
    ]);
    expect(world.stateOf('A', AB)).toBe('SYN-RECEIVED');
  });

  test('SYN and FIN together do not take its place where the host drops them', () => {
    const world = timeWait({timeWaitReuse: true, dropSynFin: true}, true);
    expect(arrives(world, 'A', {seq: 9003, flags: SYN | FIN})).toEqual([]);
    expect(world.stateOf('A', AB)).toBe('TIME-WAIT');
  });

  test('an ISN that is beyond the old numbers already stays', () => {
    const world = timeWait({timeWaitReuse: true}, true);
    const later = new World({...world.options, isn: () => seq(2_000_000)});
    later.tcp = world.tcp;
    expect(arrives(later, 'A', {seq: 9003, flags: SYN}).at(-1)).toBe('A SYN,ACK 2000000 9004 +0');
  });

  test('so does the one that the listener was given', () => {
    const world = timeWait({timeWaitReuse: true});
    calls(world, 'A', {call: 'OPEN', mode: 'passive', local: A, read: 'auto', iss: seq(3_000_000)});
    expect(arrives(world, 'A', {seq: 9003, flags: SYN}).at(-1)).toBe('A SYN,ACK 3000000 9004 +0');
  });

  test.each([
    ['an old SYN', {timeWaitReuse: true}, true, 9002],
    ['nobody listens', {timeWaitReuse: true}, false, 9003],
    ['no reuse', {timeWaitReuse: false}, true, 9003],
  ] as const)('%s: challenge ACK', (_, change, listening, at) => {
    const world = timeWait(change, listening);
    expect(arrives(world, 'A', {seq: at, flags: SYN})).toEqual(['A ACK 1002 9002 +0']);
    expect(world.stateOf('A', AB)).toBe('TIME-WAIT');
  });
});

describe('TIME-WAIT of BSD', () => {
  const bsd = (listening = false) => timeWait({timeWaitReuse: true, timeWaitAnswers: 'bsd'}, listening);
  const again = ['A ACK 1002 9002 +0'];

  test.each([
    ['RST', {seq: 9002, flags: RST}, []],
    ['no ACK', {seq: 9002, flags: FIN}, []],
    ['old SYN', {seq: 9002, flags: SYN}, []],
    ['nothing new', {seq: 9002, ack: 1002, flags: ACK}, []],
    ['an old ACK', {seq: 9002, ack: 1001, flags: ACK}, again],
    ['beyond', {seq: 9003, ack: 1002, flags: ACK}, again],
    ['data', {seq: 9002, ack: 1002, flags: ACK, data: 1}, again],
    ['SYN,ACK', {seq: 9500, ack: 1002, flags: SYN | ACK}, again],
    ['the FIN again', {seq: 9001, ack: 1002, flags: FIN | ACK}, again],
  ] as const)('%s', (_, segment, answer) => {
    expect(arrives(bsd(), 'A', segment)).toEqual(answer);
  });

  test('the FIN again restarts 2 MSL, another FIN does not', () => {
    const dueAfter = (at: number) => {
      const world = bsd();
      world.nowUs = 5_000_000;
      arrives(world, 'A', {seq: at, ack: 1002, flags: FIN | ACK});
      return world.tcp.A.connections.get(AB)?.timers['2MSL'];
    };
    expect([dueAfter(9001), dueAfter(9100)]).toEqual([245_000_000, 240_000_000]);
  });

  test('a new SYN without a listener ends the wait and meets a closed port', () => {
    expect(arrives(bsd(), 'A', {seq: 9003, flags: SYN})).toEqual([
      'closed',
      'TIME-WAIT > CLOSED',
      'A RST,ACK 0 9004 +0',
    ]);
  });
});

test('on the way to CLOSING the FIN goes along again, where the host does so; later answers are plain', () => {
  const world = established('rfc', 'auto', {closingRepeatsFin: true});
  close(world);
  const crossing = {seq: 9001, ack: 1001, flags: FIN | ACK};
  expect(arrives(world, 'A', crossing)).toEqual(['FIN-WAIT-1 > CLOSING', 'eof', 'A FIN,ACK 1001 9002 +0']);
  expect(arrives(world, 'A', crossing)).toEqual(['A ACK 1002 9002 +0']);
});

test('text on a SYN to a listener that keeps none is sent again by the peer', () => {
  const world = new World({settings: both('rfc', {listenerText: 'drop'}), fate: none});
  calls(world, 'B', {call: 'OPEN', mode: 'passive', local: B, read: 'auto'});
  arrives(world, 'B', {seq: 1000, flags: SYN | FIN, data: 10});
  expect(arrives(world, 'B', {seq: 1001, ack: 9001, flags: ACK})).toEqual([
    'SYN-RECEIVED > ESTABLISHED',
    'accepted',
  ]);
  expect(world.tcp.B.connections.get(BA)?.rcv.nxt).toBe(1001);
});

test('CLOSE with unread data: RST (RFC 2525 §2.17) or FIN', () => {
  const closeWith = (closeUnread: 'fin' | 'reset') => {
    const world = established('rfc', 'manual', {closeUnread});
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5});
    return close(world, 'gone');
  };
  expect(closeWith('reset')).toEqual(['A RST 1001 0 +0', 'ESTABLISHED > CLOSED']);
  expect(closeWith('fin')).toEqual(['ESTABLISHED > FIN-WAIT-1', 'A FIN,ACK 1001 9006 +0']);
});

// RFC 6191 §2: a newer timestamp alone makes the SYN new, an older one makes it old whatever its number.
test.each([
  [101, 9000, true],
  [100, 9003, true],
  [100, 9002, false],
  [99, 9003, false],
])('TIME-WAIT with timestamps: SYN with TSval %i and number %i opens: %s', (val, at, opens) => {
  const change = {timeWaitReuse: true, timestamps: true};
  const world = new World({settings: both('rfc', change), fate: none});
  const stamp = (value: number) => [{kind: 'timestamps', val: value, ecr: 0}] as const;
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options: stamp(100)});
  calls(world, 'A', {call: 'OPEN', mode: 'passive', local: A, read: 'auto'});
  close(world);
  arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK, options: stamp(100)});
  arrives(world, 'A', {seq: at, flags: SYN, options: stamp(val)});
  expect(world.stateOf('A', AB)).toBe(opens ? 'SYN-RECEIVED' : 'TIME-WAIT');
});

// A reset at exactly the next number lies in the window: what spares TIME-WAIT is its old timestamp.
test.each([
  [9002, 99, '1337:4/rst/ignored'],
  [9001, 100, '5961:3.2/rst/outside'],
  [9002, 100, '9293:3.10.7.4/rst/closing'],
])('TIME-WAIT of Linux: RST at %i with TSval %i: %s', (at, val, because) => {
  const change = {timeWaitAnswers: 'linux', timestamps: true} as const;
  const world = new World({settings: both('rfc', change), fate: none});
  const stamp = (value: number) => [{kind: 'timestamps', val: value, ecr: 0}] as const;
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options: stamp(100)});
  close(world);
  arrives(world, 'A', {seq: 9001, ack: 1002, flags: FIN | ACK, options: stamp(100)});
  arrives(world, 'A', {seq: at, flags: RST, options: stamp(val)});
  expect(ruleOf(world.log.at(-1)?.effects[0]?.because ?? expect.fail('nothing'))).toBe(because);
});

test('only the way to CLOSING repeats the FIN', () => {
  const world = established('rfc', 'auto', {closingRepeatsFin: true});
  close(world);
  expect(arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, data: 5})).toEqual([
    'deliver 5',
    'A ACK 1002 9006 +0',
  ]);
});
