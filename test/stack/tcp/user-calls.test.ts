// Calls of the program, state by state. Oracles: RFC 9293 §3.10.1 to §3.10.6, RFC 2525 §2.17 (data nobody reads), RFC 3168 §6.1.1 (ECN asks
// with ECE and CWR), RFC 7413 §4.2.2 (data on the SYN).
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {TcpCall} from '../../../source/stack/tcp/effect.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {
  arrives,
  both,
  calls,
  close,
  closing,
  established,
  listening,
  none,
  synReceived,
  synSent,
} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {ACK, FIN, SYN, PSH} = TcpFlag;

/** What a call says, and by which rule its answer. */
const rule = (world: World, host: 'A' | 'B', call: TcpCall): readonly string[] =>
  world
    .step(host, {kind: 'call', call})
    .flatMap((effect) => (effect.kind === 'return' ? [`${effect.result} ${ruleOf(effect.because)}`] : []));

type Call<Name extends TcpCall['call']> = Extract<TcpCall, {call: Name}>;
const send = (octets: number, more = {}): Call<'SEND'> => ({
  call: 'SEND',
  connection: AB,
  data: rope(octets),
  ...more,
});
const receive = (maxBytes: number): TcpCall => ({call: 'RECEIVE', connection: AB, maxBytes});
const abort: Call<'ABORT'> = {call: 'ABORT', connection: AB};
const lateStates = ['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const;

describe('OPEN (§3.10.1)', () => {
  const opened = (change = {}, more = {}) => {
    const world = new World({settings: both('rfc', change), fate: none});
    calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto', ...more});
    return world;
  };

  test('a SYN; with ECN it has both flags', () => {
    expect(opened().sent[0]?.segment).toMatchObject({seq: 1000, flags: SYN, payload: {length: 0}});
    expect(opened({ecn: 'request'}).sent[0]?.segment.flags).toBe(SYN | TcpFlag.ECE | TcpFlag.CWR);
    expect(opened({ecn: 'accept'}).sent[0]?.segment.flags).toBe(SYN);
  });

  test('data go along as far as a segment without options holds', () => {
    const world = opened({}, {data: rope(600)});
    expect(world.sent[0]?.segment).toMatchObject({flags: SYN, payload: {length: 536}});
    const tcb = world.tcp.A.connections.get(AB);
    expect(tcb).toMatchObject({snd: {una: 1000, nxt: 1537}});
    expect(tcb?.retransmissionQueue.slice()).toMatchObject([{seq: 1000, lengthBytes: 536}]);
    expect(tcb?.sendBuffer.length).toBe(600);
  });

  test('Fast Open without a cookie asks for one, and the data wait for nobody', () => {
    const world = opened({fastOpen: 1}, {data: rope(100)});
    const [syn] = world.sent;
    expect(syn?.segment).toMatchObject({flags: SYN, payload: {length: 0}});
    expect(syn?.segment.options.some((option) => option.kind === 'raw' && option.type === 34)).toBe(true);
    const tcb = world.tcp.A.connections.get(AB);
    expect(tcb).toMatchObject({fastOpen: {asked: true, dataBytes: 0, triesAgain: false}, dialledUs: 0});
    expect(tcb?.sendBuffer.length).toBe(0);
    expect(tcb?.timers.RTO).toBeDefined();
    const whole = opened({fastOpen: 1}, {data: rope(100), whole: true});
    expect(whole.tcp.A.connections.get(AB)?.sendBuffer.length).toBe(100);
  });

  test('Fast Open that needs no cookie: the data stand in the queue by themselves', () => {
    const world = opened({fastOpen: 5}, {data: rope(100)});
    expect(world.sent[0]?.segment).toMatchObject({flags: SYN, payload: {length: 100}});
    expect(world.tcp.A.connections.get(AB)?.retransmissionQueue.slice()).toMatchObject([
      {seq: 1000, lengthBytes: 0, flags: SYN},
      {seq: 1001, lengthBytes: 100, flags: PSH},
    ]);
  });
});

describe('SEND (§3.10.2)', () => {
  test('waits for the handshake, then for room, then not at all', () => {
    expect(rule(synSent(), 'A', send(5))).toEqual(['ok 9293:3.10.2/send/queue']);
    expect(rule(synReceived(), 'B', {...send(5), connection: BA})).toEqual(['ok 9293:3.10.2/send/queue']);
    const world = established('rfc', 'auto', {sndBufferBytes: 100});
    expect(rule(world, 'A', send(100))).toEqual(['ok 9293:3.10.2/send/buffer']);
    expect(rule(world, 'A', send(1))).toEqual(['ok 9293:3.10.2/send/waits']);
    expect(calls(established(), 'A', send(0))).toEqual([]);
  });

  test('after CLOSE nothing is sent; before it, CLOSE-WAIT is as good as ESTABLISHED', () => {
    for (const state of lateStates) expect(calls(closing(state), 'A', send(5)), state).toEqual(['EPIPE']);
    expect(calls(closing('CLOSE-WAIT'), 'A', send(5))).toEqual(['A PSH,ACK 1001 9002 +5']);
    // The FIN waits behind data: the state does not tell yet that the program has closed.
    const world = synReceived();
    const later = {...send(5), connection: BA};
    expect(rule(world, 'B', later)).toEqual(['ok 9293:3.10.2/send/queue']);
    world.step('B', {kind: 'call', call: {call: 'CLOSE', connection: BA, reader: 'stays'}});
    expect(world.tcp.B.connections.get(BA)?.state).toBe('SYN-RECEIVED');
    expect(rule(world, 'B', later)).toEqual(['EPIPE 9293:3.10.2/send/closing']);
  });

  test('the urgent pointer stands behind the data', () => {
    const world = established();
    calls(world, 'A', send(5, {urgent: true}));
    expect(world.sent.at(-1)?.segment).toMatchObject({flags: PSH | ACK | TcpFlag.URG, urgent: 5});
    calls(world, 'A', send(5));
    expect(world.tcp.A.connections.get(AB)?.sndUp).toBe(1006);
  });

  test('what is not pushed waits, all of it or its rest', () => {
    const sizes = (change: object) => {
      const world = established('rfc', 'auto', change);
      const before = world.sent.length;
      calls(world, 'A', send(600, {more: true}));
      return world.sent.slice(before).map(({segment}) => segment.payload.length);
    };
    expect(sizes({unpushed: 'waits'})).toEqual([]);
    expect(sizes({unpushed: 'rest-waits'})).toEqual([536]);
  });
});

describe('RECEIVE (§3.10.3)', () => {
  const holding = (octets: number): World => {
    const world = established('rfc', 'manual');
    if (octets > 0) arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK | PSH, data: octets});
    return world;
  };

  test('takes what is there, waits where nothing is, ends where nothing comes', () => {
    expect(rule(holding(0), 'A', receive(5))).toEqual(['ok 9293:3.10.3/receive/queue']);
    expect(rule(holding(5), 'A', receive(5))).toEqual(['ok 9293:3.10.3/receive/deliver']);
    expect(calls(holding(5), 'A', receive(3))).toContain('deliver 3');
    expect(calls(holding(5), 'A', receive(9))).toContain('deliver 5');
    const ended = holding(0);
    arrives(ended, 'A', {seq: 9001, ack: 1001, flags: ACK | FIN});
    expect(rule(ended, 'A', receive(5))).toEqual(['ok 9293:3.10.3/receive/deliver']);
    for (const none of [0, -1, Number.NaN])
      expect(rule(holding(5), 'A', receive(none))).toEqual(['EINVAL 9293:3.10.3/receive/invalid']);
  });

  test('whoever has gone reads nothing', () => {
    const world = holding(0);
    close(world, 'gone');
    expect(rule(world, 'A', receive(5))).toEqual(['EPIPE 9293:3.10.3/receive/closing']);
  });

  test('room that is worth it is told (§3.8.6.2.2)', () => {
    const world = established('rfc', 'manual', {rcvBufferBytes: 2000});
    arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK | PSH, data: 2000});
    expect(calls(world, 'A', receive(100))).toEqual(['deliver 100']);
    expect(calls(world, 'A', receive(1900))).toEqual(['deliver 1900', 'A ACK 1001 11001 +0']);
  });
});

describe('CLOSE (§3.10.4)', () => {
  test('before the answer there is nothing to end', () =>
    expect(close(synSent())).toEqual(['SYN-SENT > CLOSED']));

  test('with data that wait for the handshake the FIN waits as well', () => {
    const world = synReceived();
    const end: TcpCall = {call: 'CLOSE', connection: BA, reader: 'stays'};
    calls(world, 'B', {...send(5), connection: BA});
    expect(rule(world, 'B', end)).toEqual(['ok 9293:3.10.4/close/queued']);
    expect(calls(synReceived(), 'B', end)).toEqual(['SYN-RECEIVED > FIN-WAIT-1', 'B FIN,ACK 9001 1001 +0']);
  });

  test('once', () => {
    expect(close(established())).toEqual(['ESTABLISHED > FIN-WAIT-1', 'A FIN,ACK 1001 9001 +0']);
    expect(close(closing('CLOSE-WAIT'))).toEqual(['CLOSE-WAIT > LAST-ACK', 'A FIN,ACK 1001 9002 +0']);
    for (const state of lateStates) expect(close(closing(state)), state).toEqual(['EPIPE']);
  });

  test('the second may be the one by which the reader leaves: FIN-WAIT-2 has a limit then', () => {
    const world = closing('FIN-WAIT-2');
    expect(close(world, 'gone')).toEqual([]);
    expect(world.tcp.A.connections.get(AB)?.readerGone).toBe(true);
    expect(close(world, 'gone')).toEqual(['EPIPE']);
  });

  test('data that nobody has read: a reset, or an orderly end (RFC 2525 §2.17)', () => {
    const ended = (closeUnread: 'fin' | 'reset', reader: 'stays' | 'gone') => {
      const world = established('rfc', 'manual', {closeUnread});
      arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK | PSH, data: 5});
      return close(world, reader);
    };
    const fin = ['ESTABLISHED > FIN-WAIT-1', 'A FIN,ACK 1001 9006 +0'];
    expect(ended('reset', 'gone').at(-1)).toBe('ESTABLISHED > CLOSED');
    expect(ended('reset', 'gone')[0]).toMatch(/^A RST/);
    expect([ended('reset', 'stays'), ended('fin', 'gone')]).toEqual([fin, fin]);
  });
});

describe('ABORT (§3.10.5) and STATUS (§3.10.6)', () => {
  test('a reset where somebody may be at the other end', () => {
    for (const world of [established(), closing('FIN-WAIT-1'), closing('FIN-WAIT-2'), closing('CLOSE-WAIT')])
      expect(calls(world, 'A', abort)[0]).toMatch(/^A RST/);
    expect(calls(synReceived(), 'B', {...abort, connection: BA})[0]).toMatch(/^B RST/);
  });

  test('silence where nobody is, or both have said all', () => {
    expect(calls(synSent(), 'A', abort)).toEqual(['SYN-SENT > CLOSED']);
    for (const state of ['CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const)
      expect(calls(closing(state), 'A', abort), state).toEqual([
        expect.stringMatching(/closed|eof/),
        `${state} > CLOSED`,
      ]);
  });

  test('the status of any connection', () =>
    expect(rule(established(), 'A', {call: 'STATUS', connection: AB})).toEqual([
      'ok 9293:3.10.6/status/report',
    ]));
});

test('a listener hears only the calls that end it', () => {
  const id = [...listening().tcp.B.listeners.keys()][0] ?? '';
  const told = (call: 'CLOSE' | 'ABORT' | 'STATUS' | 'RECEIVE' | 'SEND') => {
    const world = listening();
    const about = {connection: id, reader: 'gone', maxBytes: 1, data: rope(1)} as const;
    const effects = rule(world, 'B', {call, ...about});
    return [...effects, world.tcp.B.listeners.size];
  };
  expect(told('CLOSE')).toEqual(['ok 9293:3.10.4/close/listen', 0]);
  expect(told('ABORT')).toEqual(['ok 9293:3.10.5/abort/listen', 0]);
  expect(told('STATUS')).toEqual(['ok 9293:3.10.6/status/report', 1]);
  expect(told('RECEIVE')).toEqual(['ENOTCONN 9293:3.10.3/receive/no-connection', 1]);
  expect(told('SEND')).toEqual(['ENOTCONN 9293:3.10.2/send/no-connection', 1]);
});

test.each([
  ['ESTABLISHED', true],
  ['FIN-WAIT-1', true],
  ['FIN-WAIT-2', true],
  ['CLOSE-WAIT', false],
])('in %s a reader that makes room tells of it: %s (§3.8.6.2.2)', (state, tells) => {
  const world = established('rfc', 'manual', {rcvBufferBytes: 1000});
  const ends = state === 'CLOSE-WAIT';
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ends ? FIN | ACK : ACK, data: ends ? 999 : 1000});
  if (state.startsWith('FIN')) close(world);
  if (state === 'FIN-WAIT-2') arrives(world, 'A', {seq: 10_001, ack: 1002, flags: ACK});
  expect(world.stateOf('A', AB)).toBe(state);
  const before = world.effects('A').length;
  calls(world, 'A', receive(1000));
  const told = world
    .effects('A')
    .slice(before)
    .flatMap((each) => (each.kind === 'send' ? [ruleOf(each.because)] : []));
  expect(told).toEqual(tells ? ['9293:3.8.6.2.2/window-update'] : []);
});
