// Single events in CLOSED, LISTEN, SYN-SENT and SYN-RECEIVED, named test_<state>_<event>. Oracle: the clause of RFC 9293 or RFC 5961 beside each.
import {expect, test} from 'vitest';
import {initialSequenceNumber} from '../../../source/stack/tcp/isn.ts';
import {seqDiff} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption} from '../../../source/wire/tcp.ts';
import {
  arrives,
  both,
  calls,
  close,
  listening,
  none,
  synReceived,
  synSent,
} from '../../helpers/tcp/one-host.ts';
import {A, AB, B, BA, brief, LISTENER, pattern, rope, World} from '../../helpers/tcp/two-hosts.ts';

const {FIN, SYN, RST, ACK} = TcpFlag;

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

// Its SYN opens nothing any more (second check: "drop the segment, enter CLOSED state, delete TCB, and return").
test('test_syn_sent_rst_with_syn', () => {
  const world = synSent();
  expect(arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | RST | ACK})).toEqual([
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
  const world = new World({settings: both('rfc', {noDelay: true})});
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

// Linux 6.18, when asked: RST,ACK seq=0, which acknowledges the other SYN, and the third step of the first handshake then draws RST.
test('test_syn_received_other_syn: back to LISTEN, linux with RST', () => {
  const other = {seq: 1005, flags: SYN};
  expect(arrives(synReceived('rfc'), 'B', other)).toEqual(['SYN-RECEIVED > LISTEN']);
  expect(arrives(synReceived('linux'), 'B', other)).toEqual(['B RST,ACK 0 1006 +0', 'SYN-RECEIVED > LISTEN']);
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

// RFC 7323 §2.3
test('test_established_window_scale: the peer scales every window but that of its SYN', () => {
  const world = new World({settings: both('linux'), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  const options: readonly TcpOption[] = [{kind: 'windowScale', shift: 3}];
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: SYN | ACK, options, window: 5000});
  expect(world.tcp.A.connections.get(AB)?.snd.wnd).toBe(5000);
  arrives(world, 'A', {seq: 9001, ack: 1001, flags: ACK, window: 100});
  expect(world.tcp.A.connections.get(AB)?.snd.wnd).toBe(800);
});

test.each([
  ['the SYN', 0, 'ESTABLISHED'],
  ['an older connection', -1, 'SYN-SENT'],
  ['now', 100, 'ESTABLISHED'],
  ['the future', 101, 'SYN-SENT'],
])('a SYN,ACK that echoes the time of %s (tcp_rcv_synsent_state_process)', (_, laterMs, state) => {
  const world = new World({settings: both('linux', {timestamps: true}), fate: none});
  calls(world, 'A', {call: 'OPEN', mode: 'active', local: A, remote: B, read: 'auto'});
  const stamp = world.sent[0]?.segment.options.find(({kind}) => kind === 'timestamps');
  const val = stamp?.kind === 'timestamps' ? stamp.val : expect.fail();
  world.nowUs = 100_000;
  const options: readonly TcpOption[] = [{kind: 'timestamps', val: 7, ecr: val + laterMs}];
  arrives(world, 'A', {seq: 9000, ack: 1001, flags: TcpFlag.SYN | TcpFlag.ACK, options});
  expect(world.stateOf('A', AB)).toBe(state);
  const refused = world.sent.some(({segment}) => segment.flags & TcpFlag.RST);
  expect(refused).toBe(state === 'SYN-SENT');
});
