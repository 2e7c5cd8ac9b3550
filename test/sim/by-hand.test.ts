// A host that is played by hand. Oracles: the numbers of RFC 9293 §3.5 figure 6 and §3.6 figure 12, §3.10.7 for what the other end answers,
// and the run with the real stack at that host, whose packets have to be the same when every answer is right.
import {expect, test} from 'vitest';
import type {OwnSegment} from '../../source/sim/own-segment.ts';
import {formatOwnSegment, parseOwnSegment} from '../../source/sim/own-segment.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {flagNames} from '../../source/wire/tcp.ts';
import {handshakeScenario, pairScenario, teardownScenario} from '../helpers/scenarios.ts';
import {eventsOf, packetsOf, run, statesOf} from '../helpers/traces.ts';

const own = (text: string): OwnSegment => {
  const segment = parseOwnSegment(text);
  if (!segment.ok) throw new Error(text);
  return segment.value;
};

const played = (scenario: Scenario, answers: readonly OwnSegment[], from = 1): Trace =>
  run({...scenario, byHand: {host: 'server', from, segments: answers}});

const byHand = (...answers: string[]): Trace => played(handshakeScenario(), answers.map(own));

const openIn = (trace: Trace) => trace.stateAt(trace.length)?.hand?.open;

/** Plays every turn as the stack would, and returns the run with all of these answers. */
const allRight = (scenario: Scenario, from: number): {readonly trace: Trace; readonly answers: number} => {
  const answers: OwnSegment[] = [];
  for (let turn = 0; turn < 20; turn++) {
    const trace = played(scenario, answers, from);
    const open = openIn(trace);
    if (!open) return {trace, answers: answers.length};
    answers.push({flags: flagNames(open), seq: open.seq, ack: open.ack});
  }
  throw new Error('the turns do not end');
};

test('the run waits at the first segment that the host would send', () => {
  const trace = byHand();
  expect(packetsOf(trace)).toEqual(['0 client SYN seq=1000']);
  expect(trace.durationUs).toBe(50_000);
  expect(trace.header.byHand).toBe('server');
  expect(openIn(trace)).toMatchObject({flags: 0x12, seq: 9000, ack: 1001});
});

test('figure 6 by hand: the client answers as it answers any server', () => {
  const trace = byHand('flags:SYN+ACK,seq:9000,ack:1001');
  expect(packetsOf(trace)).toEqual(packetsOf(run(handshakeScenario())));
  expect(statesOf(trace)).toEqual(['0 client CLOSED > SYN-SENT', '100 client SYN-SENT > ESTABLISHED']);
  const [, second] = eventsOf(trace, 'send');
  expect(second).toMatchObject({host: 'server', inPlaceOf: {seq: 9000, ack: 1001}});
});

test('figures 6 and 12: right answers make the packets of the real run, from the first or from a later segment on', () => {
  for (const [scenario, from] of [
    [handshakeScenario(), 1],
    [teardownScenario(), 1],
    [teardownScenario(), 3],
  ] as const) {
    const real = run(scenario);
    const {trace, answers} = allRight(scenario, from);
    const sent = eventsOf(real, 'send').filter(({host}) => host === 'server').length;
    expect(answers).toBe(sent - from + 1);
    const bytes = (of: Trace) =>
      Array.from({length: of.packetCount}, (_, index) => [
        of.packet(index + 1).sentUs,
        of.packet(index + 1).bytes,
      ]);
    expect(bytes(trace)).toEqual(bytes(real));
  }
});

test('what the client does with a wrong SYN,ACK (RFC 9293 §3.10.7.3)', () => {
  const answersTo = (text: string): string | undefined => packetsOf(byHand(text))[2];
  // An unacceptable ACK: RST with SEQ=SEG.ACK.
  expect(answersTo('flags:SYN+ACK,seq:9000,ack:1000')).toBe('100 client RST seq=1000');
  expect(answersTo('flags:SYN+ACK,seq:9000,ack:1002')).toBe('100 client RST seq=1002');
  // A bare ACK is dropped, and the SYN is sent again.
  expect(answersTo('flags:ACK,seq:9000,ack:1001')).toBe('1000 client SYN seq=1000');
  // A SYN without ACK makes it a simultaneous open.
  expect(answersTo('flags:SYN,seq:9000')).toBe('100 client SYN,ACK seq=1000 ack=9001');
  // An RST that acknowledges the SYN refuses the connection.
  expect(statesOf(byHand('flags:RST+ACK,seq:0,ack:1001'))).toContain('100 client SYN-SENT > CLOSED');
});

test('an RST ends the turns; the host stays silent', () => {
  const trace = byHand('flags:RST+ACK,seq:0,ack:1001');
  expect(openIn(trace)).toBeUndefined();
  expect(eventsOf(trace, 'send').filter(({host}) => host === 'server')).toHaveLength(1);
});

test('after an RST that the other end ignores, the host stays silent although its program goes on', () => {
  // RFC 9293 §3.10.7.4: an RST outside the window is dropped, so the client repeats its data.
  const trace = played(teardownScenario(), ['flags:SYN+ACK,seq:9000,ack:1001', 'flags:RST,seq:0'].map(own));
  const data = packetsOf(trace).filter((packet) => packet.includes('len=100'));
  expect(data.length).toBeGreaterThan(1);
  expect(openIn(trace)).toBeUndefined();
  expect(eventsOf(trace, 'send').filter(({host}) => host === 'server')).toHaveLength(2);
});

test('an RST that the stack would have sent, too, ends no turns: the next SYN is refused by hand again', () => {
  const call = (atUs: number, from: number): Cause => ({
    when: {kind: 'at', atUs},
    host: 'client',
    action: {call: 'connect', to: {host: 'server', port: 80}, from, read: 'auto'},
  });
  // Nobody listens (RFC 9293 §3.10.7.1).
  const scenario = pairScenario([call(0, 40000), call(1_000_000, 40001)]);
  const trace = played(scenario, [own('flags:RST+ACK,seq:0,ack:1001')]);
  expect(eventsOf(trace, 'send').filter(({host}) => host === 'server')).toHaveLength(1);
  expect(openIn(trace)).toMatchObject({flags: 0x14, seq: 0});
});

test('the state of a host by hand is not pretended', () => {
  const trace = byHand('flags:SYN+ACK,seq:9000,ack:1001');
  expect(trace.stateAt(trace.length)?.hosts['server']?.tcp.connections.size).toBe(0);
  expect(eventsOf(trace, 'timer').some(({host}) => host === 'server')).toBe(false);
});

test('the notation of an own segment, both ways', () => {
  for (const text of [
    'flags:SYN+ACK,seq:9000,ack:1001',
    'flags:RST,seq:0',
    'flags:FIN+ACK,seq:5,ack:6,len:0',
  ])
    expect(formatOwnSegment(own(text))).toBe(text);
  const partOf = (text: string): string | undefined => {
    const segment = parseOwnSegment(text);
    return segment.ok ? undefined : segment.error.part;
  };
  expect(partOf('flags:SYN+FOO,seq:1')).toBe('flags:SYN+FOO');
  expect(partOf('flags:SYN,seq:4294967296')).toBe('seq:4294967296');
  expect(partOf('flags:SYN,seq:1,win:3')).toBe('win:3');
  expect(partOf('flags:ACK,seq:1')).toBe('flags:ACK,seq:1');
  expect(partOf('flags:ACK,seq:1,ack:2,len:501')).toBe('len:501');
});
