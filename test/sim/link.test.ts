// When a frame lands, and what happens to it on a link. Oracle: delay + length × 8 / rate, with 24 octets of preamble, check
// sequence and gap around each frame (IEEE 802.3 §4.2.3.2), waiting octets = time until the link is free × rate / 8.

import {describe, expect, test} from 'vitest';
import type {LinkSpec} from '../../source/sim/action.ts';
import type {Fault} from '../../source/sim/fault.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {linkNow, transmit} from '../../source/sim/link.ts';
import type {Cause} from '../../source/sim/scenario.ts';
import {decodeFrame, encodeFrame, type Frame} from '../../source/wire/frame.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {decodeUtf8} from '../../source/wire/utf8.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';
import {pendingIn, routedDraft, segmentOf, tcpPacket} from './drafts.ts';

const faultOf = (text: string): Fault => {
  const read = parseFault(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};

const send = (bytes: number): Cause => ({
  when: {kind: 'at', atUs: 200_000},
  host: 'client',
  action: {call: 'send', bytes},
});

const over = (link: Partial<LinkSpec>, {bytes = 0, faults = [] as readonly string[]} = {}) => {
  const base = handshakeScenario({faults: faults.map(faultOf), until: {atUs: 2_000_000}});
  return run({
    ...base,
    links: base.links.map((each) => ({...each, ...link})),
    script: [...base.script, ...(bytes > 0 ? [send(bytes)] : [])],
  });
};

const octetsOf = (frame: Frame | undefined): number => (frame ? encodeFrame(frame).length : 0);

describe('a link with a rate', () => {
  test('sending takes the time of all bits; the next frame waits', () => {
    const rateBps = 1_000_000;
    const sends = eventsOf(over({rateBps}, {bytes: 4000}), 'send').filter(
      ({atUs, host}) => atUs === 200_000 && host === 'client',
    );
    expect(sends.map(({frame}) => octetsOf(frame))).toEqual([1514, 1514, 1134]);
    let outUs = 200_000;
    for (const {frame, dueUs} of sends) {
      outUs += Math.ceil(((octetsOf(frame) + 24) * 8 * 1e6) / rateBps);
      expect(dueUs).toBe(outUs + 50_000);
    }
  });

  test('a part of a microsecond is a whole one', () => {
    const [syn] = eventsOf(over({rateBps: 7_000_000}), 'send');
    // (octets of the frame + 24) × 8 / 7, and that is no whole number.
    const exact = ((octetsOf(syn?.frame) + 24) * 8) / 7;
    expect(Number.isInteger(exact)).toBe(false);
    expect(syn?.dueUs).toBe(50_000 + Math.ceil(exact));
  });

  test('without one it takes none', () => {
    const due = eventsOf(over({}, {bytes: 4000}), 'send').filter(
      ({atUs, host}) => atUs === 200_000 && host === 'client',
    );
    expect(due.map(({dueUs}) => dueUs)).toEqual([250_000, 250_000, 250_000]);
  });

  test('what finds its queue full is lost at once; what just fits is not', () => {
    const rateBps = 8_000_000;
    // Two wait behind the first: 1538 octets still to send, then 3076, counted with what comes.
    const lost = (queueBytes: number) =>
      eventsOf(over({rateBps, queueBytes}, {bytes: 4000}), 'send')
        .filter(({atUs, host}) => atUs === 200_000 && host === 'client')
        .map((each) => each.lost);
    expect(lost(3076 + 1134)).toEqual([false, false, false]);
    expect(lost(3076 + 1134 - 1)).toEqual([false, false, true]);
    expect(lost(1538 + 1514 - 1)).toEqual([false, true, false]);
    const [drop] = eventsOf(over({rateBps, queueBytes: 3076}, {bytes: 4000}), 'drop');
    expect(drop).toMatchObject({reason: 'queue', atUs: 200_000});
  });
});

describe('faults', () => {
  const fates = (...faults: readonly string[]) => {
    const trace = over({}, {bytes: 100, faults});
    const [sent] = eventsOf(trace, 'send').filter(({atUs, host}) => atUs === 200_000 && host === 'client');
    const ends = [...eventsOf(trace, 'arrive'), ...eventsOf(trace, 'drop')].filter(
      (end) => end.packet === sent?.packet && !(end.kind === 'drop' && end.reason === 'discarded'),
    );
    return {
      lost: sent?.lost,
      due: sent?.dueUs,
      ends: ends.map((end) => (end.kind === 'drop' ? `${end.atUs} ${end.reason}` : `${end.atUs}`)),
      faults: sent?.faults,
    };
  };
  const whole = {lost: false, due: 250_000, ends: ['250000'], faults: []};

  test('none', () => expect(fates()).toEqual(whole));

  test('a lost one dies half-way', () => {
    expect(fates('drop@data,nth=1')).toEqual({
      ...whole,
      lost: true,
      ends: ['225000 fault'],
      faults: ['drop@data,nth=1'],
    });
  });

  test('delays add up', () => {
    expect(fates('delay=30ms@data,nth=1', 'delay=7us@data,nth=1')).toMatchObject({
      due: 280_007,
      ends: ['280007'],
    });
  });

  test('a duplicate comes beside it, or later', () => {
    expect(fates('dup@data,nth=1')).toMatchObject({due: 250_000, ends: ['250000', '250000']});
    expect(fates('dup=9ms@data,nth=1')).toMatchObject({due: 250_000, ends: ['250000', '259000']});
  });

  test('what is held back for others that never come lands after three delays more', () => {
    expect(fates('reorder=1@data,nth=1')).toMatchObject({lost: false, due: 400_000, ends: ['400000']});
  });

  test.each([
    // Three segments leave together: the first lands behind as many as it lets pass, else when it has waited long enough.
    [1, [1, 0, 2], 250_000],
    [2, [1, 2, 0], 250_000],
    [9, [1, 2, 0], 400_000],
  ])('%i pass first', (places, order, atUs) => {
    const trace = over({}, {bytes: 4000, faults: [`reorder=${places}@data,nth=1`]});
    const sent = eventsOf(trace, 'send').filter(({host, atUs: at}) => at === 200_000 && host === 'client');
    const packets = sent.map(({packet}) => packet);
    const came = eventsOf(trace, 'arrive').filter(({packet}) => packets.includes(packet));
    expect(came.map(({packet}) => packets.indexOf(packet))).toEqual(order);
    expect(came.find(({packet}) => packet === packets[0])?.atUs).toBe(atUs);
  });

  test('damage on the link is seen by its check, damage in memory by the checksum', () => {
    expect(fates('corrupt@data,nth=1').ends).toEqual(['250000 link check']);
    expect(fates('corrupt=memory@data,nth=1').ends).toEqual(['250000 checksum']);
  });

  test.each([
    ['a field not there', ['edit:udp.length=1@data,nth=1'], false],
    ['the same value', ['edit:tcp.ack_raw=9001@data,nth=1'], false],
    ['another value', ['edit:tcp.ack_raw=9002@data,nth=1'], true],
    ['another, then the first', ['edit:tcp.ack_raw=5@data', 'edit:tcp.ack_raw=9001@data'], false],
  ])('%s written into a packet', (_, faults, isAltered) => {
    expect(fates(...faults).ends).toEqual(['250000']);
    const [arrival] = eventsOf(over({}, {bytes: 100, faults}), 'arrive').filter(({atUs}) => atUs === 250_000);
    expect(arrival?.altered !== undefined).toBe(isAltered);
    expect(fates(...faults).faults).toEqual(isAltered ? faults : []);
  });
});

test.each([50_000, 50_001])('lost half-way of %i µs', (delayUs) => {
  const trace = over({loss: 1, delayUs});
  expect(eventsOf(trace, 'arrive')).toEqual([]);
  // In whole microseconds.
  expect(eventsOf(trace, 'drop')[0]).toMatchObject({reason: 'loss', atUs: 25_000, packet: 1});
});

test.each([
  ['cats', 'dogs', '3552:3.3.4/modifies'],
  ['rats', undefined, '1812:5.2.1/forward'],
])('an edit (RFC 3552 §3.3.4): %s, %s', (said, arrives, because) => {
  const edit = {find: 'cats', put: 'dogs'};
  const draft = routedDraft({
    actors: [{kind: 'tap', host: 'r1', between: ['client', 'server'], can: ['edit'], edit}],
  });
  const packet = tcpPacket(segmentOf({}, said));
  const frame: Frame = {src: '02:00:00:00:00:03', dst: '02:00:00:00:00:04', payload: {kind: 'ip', packet}};
  const link = linkNow(draft, 'far') ?? expect.fail();
  const rule = '1812:5.2.1/forward';
  const outgoing = {
    host: 'r1',
    link,
    frame,
    packet: 1,
    hop: 1,
    retransmission: false,
    because: rule,
  } as const;
  transmit(draft, outgoing, {from: 'client', to: 'server'});
  expect(draft.events).toMatchObject([{kind: 'send', because, lost: false}]);
  const [landing] = pendingIn(draft);
  const altered = landing?.kind === 'arrival' ? landing.flight.altered : 'unreadable';
  const read = altered instanceof Uint8Array ? decodeFrame(altered) : undefined;
  const inside = read?.ok && read.value.payload.kind === 'ip' && read.value.payload.packet.transport;
  const text = inside && inside.kind === 'tcp' ? decodeUtf8(ropeToBytes(inside.segment.payload)) : altered;
  expect(text).toBe(arrives);
});
