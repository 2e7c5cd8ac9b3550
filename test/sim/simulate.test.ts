// Whole runs: the curriculum's handshake and teardown, and what every fault does.
// Oracle: the tables of RFC 9293 §3.5 figure 6 and §3.6 figure 12, worked out by hand for ISNs 1000 and 9000.
import {expect, test} from 'vitest';
import {usualEvents} from '../../source/sim/budget.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Cause} from '../../source/sim/scenario.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {eventsOf, packetsOf, run, statesOf} from '../helpers/traces.ts';

const faults = (...texts: string[]): Fault[] =>
  texts.map((text) => {
    const result = parseFault(text);
    if (!result.ok) throw new Error(text);
    return result.value;
  });

test('handshake: RFC 9293 figure 6', () => {
  const trace = run(handshakeScenario());
  expect(packetsOf(trace)).toEqual([
    '0 client SYN seq=1000',
    '50 server SYN,ACK seq=9000 ack=1001',
    '100 client ACK seq=1001 ack=9001',
  ]);
  expect(statesOf(trace)).toEqual([
    '0 server CLOSED > LISTEN',
    '0 client CLOSED > SYN-SENT',
    '50 server LISTEN > SYN-RECEIVED',
    '100 client SYN-SENT > ESTABLISHED',
    '150 server SYN-RECEIVED > ESTABLISHED',
  ]);
  expect(trace.endReason).toBe('quiet');
  expect(trace.durationUs).toBe(150_000);
});

test('teardown: RFC 9293 figure 12 with data after the first FIN', () => {
  const trace = run(teardownScenario());
  expect(packetsOf(trace).slice(7)).toEqual([
    '1000 client FIN,ACK seq=1101 ack=9201',
    '1050 server ACK seq=9201 ack=1102',
    '1200 server PSH,ACK seq=9201 ack=1102 len=50',
    '1250 client ACK seq=1102 ack=9251',
    '1300 server FIN,ACK seq=9251 ack=1102',
    '1350 client ACK seq=1102 ack=9252',
  ]);
  expect(statesOf(trace).slice(5)).toEqual([
    '1000 client ESTABLISHED > FIN-WAIT-1',
    '1050 server ESTABLISHED > CLOSE-WAIT',
    '1100 client FIN-WAIT-1 > FIN-WAIT-2',
    '1300 server CLOSE-WAIT > LAST-ACK',
    '1350 client FIN-WAIT-2 > TIME-WAIT',
    '1400 server LAST-ACK > CLOSED',
    '61350 client TIME-WAIT > CLOSED',
  ]);
  expect(eventsOf(trace, 'deliver').map(({host, bytes}) => [host, bytes])).toEqual([
    ['server', 100],
    ['client', 200],
    ['client', 50],
  ]);
});

test('a run stops at its budget of events, at the same event on every machine', () => {
  const whole = run(handshakeScenario());
  const stopped = run({...handshakeScenario(), mostEvents: 6});
  expect(whole.length).toBeGreaterThan(7);
  expect(stopped.endReason).toBe('budget');
  expect([...stopped.events()]).toEqual([...whole.events(1, stopped.length)]);
  // The instant in which it is reached is still told as a whole.
  expect(stopped.event(stopped.length).instant).toBeLessThan(whole.event(stopped.length + 1).instant);
  expect(stopped.length).toBe(6);
  expect(run({...handshakeScenario(), mostEvents: whole.length + 20}).endReason).toBe('quiet');
});

test('without a budget of its own a run that never ends is ended', () => {
  const silent: Cause = {
    when: {kind: 'at', atUs: 0},
    host: 'client',
    action: {call: 'status'},
    repeat: {times: 1_000_000_000, everyUs: 1},
  };
  const trace = run({...handshakeScenario(), script: [silent]});
  expect(trace.endReason).toBe('budget');
  expect(trace.length).toBe(usualEvents);
});

test('calls of programs, which wait for each other, cost more the more there are', () => {
  const get: Cause = {
    when: {kind: 'at', atUs: 0},
    host: 'client',
    action: {call: 'get', url: 'http://server/'},
    repeat: {times: 1_000_000_000, everyUs: 1},
  };
  const trace = run({...handshakeScenario(), script: [get]});
  const calls = eventsOf(trace, 'call').length;
  expect(trace.endReason).toBe('budget');
  // n calls cost n and, of those before each of them, a fiftieth: n + n² / 100.
  expect(calls).toBeGreaterThan(2900);
  expect(calls).toBeLessThan(3150);
});

test('drop: the SYN is sent again after the initial RTO, with the same number', () => {
  const trace = run(handshakeScenario({faults: faults('drop@packet=1')}));
  expect(packetsOf(trace).slice(0, 3)).toEqual([
    '0 client SYN seq=1000 ✗',
    '1000 client SYN seq=1000',
    '1050 server SYN,ACK seq=9000 ack=1001',
  ]);
  expect(trace.packet(2).retransmission).toBe(true);
  expect(eventsOf(trace, 'drop')).toMatchObject([{packet: 1, reason: 'fault', atUs: 25_000, host: 'client'}]);
});

test('delay: the packet lands later, the others as before', () => {
  const trace = run(handshakeScenario({faults: faults('delay=200ms@from=client,flags=SYN,nth=1')}));
  expect(eventsOf(trace, 'arrive').map(({packet, atUs}) => [packet, atUs / 1000])).toEqual([
    [1, 250],
    [2, 300],
    [3, 350],
  ]);
});

test('dup: the copy arrives too and does no harm', () => {
  const trace = run(handshakeScenario({faults: faults('dup=10ms@packet=2')}));
  expect(eventsOf(trace, 'arrive').map(({packet, atUs}) => [packet, atUs / 1000])).toEqual([
    [1, 50],
    [2, 100],
    [2, 110],
    [3, 150],
    [4, 160],
  ]);
  expect(trace.packet(2).endEvent).toBe(eventsOf(trace, 'arrive')[1]?.n);
});

test('corrupt: found by the link, or, inside a router, by the checksum of TCP alone', () => {
  const reason = (text: string) =>
    eventsOf(run(handshakeScenario({faults: faults(text)})), 'drop')[0]?.reason;
  expect(reason('corrupt@packet=1')).toBe('link check');
  expect(reason('corrupt=memory@packet=1')).toBe('checksum');
  expect(reason('edit!:tcp.checksum=0@packet=1')).toBe('checksum');
  // A data offset below five words ends before the header does (RFC 9293 §3.1); the checksum is mended, so it is not to blame.
  expect(reason('edit:tcp.hdr_len=16@packet=1')).toBe('malformed');
});

test('edit: an unacceptable ack in SYN-SENT draws RST and changes nothing (RFC 9293 §3.10.7.3)', () => {
  const trace = run(handshakeScenario({faults: faults('edit:tcp.ack_raw=1000@packet=2')}));
  expect(packetsOf(trace)[2]).toBe('100 client RST seq=1000');
  expect(
    trace
      .stateAt(eventsOf(trace, 'send')[2]?.n ?? 0)
      ?.hosts['client']?.tcp.connections.values()
      .next().value?.state,
  ).toBe('SYN-SENT');
  expect(eventsOf(trace, 'arrive')[1]?.altered).toBeDefined();
});

test('reorder: two later packets overtake, or patience ends', () => {
  const texts = faults('reorder=1@from=server,flags=FIN');
  const alone = run(teardownScenario({faults: texts}));
  // Nothing follows the FIN, so it lands after three link delays.
  const fin = eventsOf(alone, 'send').find(({host, packet}) => host === 'server' && packet === 12);
  const landed = eventsOf(alone, 'arrive').find(({packet}) => packet === 12);
  expect((landed?.atUs ?? 0) - (fin?.atUs ?? 0)).toBe(200_000);
  const data = run(teardownScenario({faults: faults('reorder=1@from=server,nth=2')}));
  const order = eventsOf(data, 'arrive')
    .filter(({host}) => host === 'client')
    .map(({packet}) => packet);
  expect(order.slice(0, 3)).toEqual([2, 6, 5]);
});

test('crash and reboot: the other end learns it by a reset (RFC 9293 figure 10)', () => {
  const {script, ...rest} = handshakeScenario();
  const trace = run({
    ...rest,
    script: [
      ...script,
      {when: {kind: 'at', atUs: 1_000_000}, host: 'server', action: {call: 'crash'}},
      {when: {kind: 'at', atUs: 2_000_000}, host: 'server', action: {call: 'reboot'}},
      {when: {kind: 'at', atUs: 10_000_000}, host: 'client', action: {call: 'send', bytes: 10}},
    ],
  });
  expect(packetsOf(trace).slice(3)).toEqual([
    '10000 client PSH,ACK seq=1001 ack=9001 len=10',
    '10050 server RST seq=9001',
  ]);
  expect(eventsOf(trace, 'signal').at(-1)).toMatchObject({host: 'client', signal: 'ECONNRESET'});
});

test('a host that is down swallows what arrives', () => {
  const {script, ...rest} = handshakeScenario();
  const down = {when: {kind: 'at', atUs: 10_000}, host: 'server', action: {call: 'crash'}} as const;
  const trace = run({...rest, script: [...script, down], limitUs: 3_000_000});
  expect(eventsOf(trace, 'drop').every(({reason}) => reason === 'host down')).toBe(true);
  expect(trace.endReason).toBe('limit');
});

test('with ARP the first packet waits for the answer; ARP frames have numbers of their own', () => {
  const trace = run(handshakeScenario({arp: true}));
  expect(eventsOf(trace, 'send').map(({packet, atUs}) => [packet, atUs / 1000])).toEqual([
    [-1, 0],
    [-2, 50],
    [1, 100],
    [2, 150],
    [3, 200],
  ]);
});

test('a slow link sends one frame after the other and drops what its queue cannot hold', () => {
  const {script, links, ...rest} = handshakeScenario();
  const slow = links.map((link) => ({...link, rateBps: 1_000_000, queueBytes: 5000}));
  const burst = {
    when: {kind: 'at', atUs: 500_000},
    host: 'client',
    action: {call: 'send', bytes: 10_000},
  } as const;
  const trace = run({...rest, links: slow, script: [...script, burst], limitUs: 20_000_000});
  const sent = eventsOf(trace, 'send').filter(({host, atUs}) => host === 'client' && atUs === 500_000);
  // 1514 + 24 bytes take 12,304 µs at 1 Mbit/s.
  expect(sent.slice(0, 3).map(({dueUs}) => dueUs)).toEqual([562_304, 574_608, 586_912]);
  expect(eventsOf(trace, 'drop').some(({reason}) => reason === 'queue')).toBe(true);
  expect(eventsOf(trace, 'deliver').reduce((sum, {bytes}) => sum + bytes, 0)).toBe(10_000);
});
