// What rules hold back, against the calls and the packets alone: whatever a program has sent and no packet has brought out yet is held
// by some rule, and while it is, the packets do what the rule says.
import {expect, test} from 'vitest';
import {type HeldEntry, heldAt, heldIn} from '../../source/account/held-back.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {segmentIn} from '../../source/wire/frame.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';

const at = (atUs: number, bytes: number, more = false) =>
  ({
    when: {kind: 'at', atUs},
    host: 'client',
    action: {call: 'send', bytes, ...(more ? {more} : {})},
  }) as const;

const withSends = (...sends: readonly ReturnType<typeof at>[]): Trace =>
  run(handshakeScenario({script: [...handshakeScenario().script, ...sends], limitUs: 5_000_000}));

const spells = (trace: Trace, what: HeldEntry['what']) =>
  heldIn(trace)
    .filter((entry) => entry.what === what && entry.host === 'client')
    .map(({because, from, until}) => [because, from.atUs, until?.atUs]);

/** Held back much, so that what is found means something. */
const holding = allRuns().filter(({name}) => /^(delayed-ack base|sliding-window )/.test(name));
const tried = [...new Set([...some(allRuns(), 10), ...holding])];

test('Nagle keeps 50 bytes until what left before them is acknowledged', () => {
  const trace = withSends(at(300_000, 100), at(310_000, 50));
  const [acked] = [...trace.events(1)].filter(
    ({kind, host, atUs}) => kind === 'arrive' && host === 'client' && atUs > 310_000,
  );
  expect(spells(trace, 'data')).toEqual([['9293:3.7.4/nagle', 310_000, acked?.atUs]]);
  const call = [...trace.events()].find(({kind, atUs}) => kind === 'call' && atUs === 310_000);
  expect(call && heldAt(trace, call)).toMatchObject([{what: 'data', bytes: 50, sinceUs: 310_000}]);
});

test('data that SEND follows up wait for the next SEND; before the handshake is through they wait for that', () => {
  const trace = withSends(at(20_000, 10), at(300_000, 100, true), at(400_000, 50));
  expect(spells(trace, 'data').map(([because]) => because)).toEqual([
    '9293:3.10.2/send/queue',
    '9293:3.9.1.2/send/more',
  ]);
  expect(spells(trace, 'data')[1]).toEqual(['9293:3.9.1.2/send/more', 300_000, 400_000]);
});

test('an ACK that waits is held by the rule that armed its timer, since then', () => {
  const seen = new Set<string>();
  for (const one of tried) {
    const trace = traceOf(one);
    for (const event of trace.events()) {
      if (event.kind !== 'timer' || event.name !== 'delayed-ACK' || event.op !== 'arm') continue;
      const ack = heldAt(trace, event).find(({what}) => what === 'ack');
      const spell = heldIn(trace).findLast(
        ({what, host, connection, from}) =>
          what === 'ack' && host === event.host && connection === event.connection && from.after <= event.n,
      );
      if (!ack) continue;
      expect(ack, `${one.name}, event ${event.n}`).toMatchObject({
        because: spell?.because,
        sinceUs: spell?.from.atUs,
      });
      seen.add(ack.because ?? '');
    }
  }
  const lesson = allRuns().find(({name}) => name.startsWith('delayed-ack'));
  const waits = lesson && heldIn(traceOf(lesson)).find(({what}) => what === 'ack');
  expect(waits?.because).toBe('linux:ping-pong/wait');
  expect(seen.size).toBeGreaterThan(0);
}, 120_000);

type Sent = Extract<TraceEvent, {kind: 'send'}>;
type Leaving = {readonly event: Sent; readonly segment: TcpSegment};

const leavingOf = (trace: Trace, host: string, connection: string | undefined): readonly Leaving[] =>
  [...trace.events()].flatMap((event) => {
    if (event.kind !== 'send' || event.host !== host || event.connection !== connection) return [];
    const segment = event.frame && segmentIn(event.frame);
    return segment ? [{event, segment}] : [];
  });

/** By connection of a host: what its script has sent by then, and what packets have brought out, both counted in octets. */
const unsentAt = (trace: Trace): readonly TraceEvent[] => {
  const given = new Map<string, number>();
  const iss = new Map<string, number>();
  const out = new Map<string, number>();
  const waiting: TraceEvent[] = [];
  const settle = (last: TraceEvent): void => {
    for (const [key, bytes] of given) {
      const [host = '', connection = ''] = key.split('|');
      if (bytes > (out.get(key) ?? 0)) waiting.push({...last, host, connection});
    }
  };
  let before: TraceEvent | undefined;
  for (const event of trace.events()) {
    if (before && event.instant !== before.instant) settle(before);
    before = event;
    const key = `${event.host}|${event.connection ?? ''}`;
    if (event.kind === 'call' && event.action.call === 'send' && event.result === 'ok')
      given.set(key, (given.get(key) ?? 0) + event.action.bytes);
    // A connection that is over holds nothing any more.
    if (event.kind === 'state' && event.to === 'CLOSED') given.delete(key);
    if (event.kind !== 'send') continue;
    const segment = event.frame && segmentIn(event.frame);
    if (!segment || hasFlag(segment, 'RST') || event.because?.includes('/probe')) continue;
    if (hasFlag(segment, 'SYN')) iss.set(key, segment.seq);
    const first = iss.get(key);
    if (first === undefined) continue;
    const end = (segment.seq + segLen(segment) - first - 1 - (hasFlag(segment, 'FIN') ? 1 : 0)) | 0;
    out.set(key, Math.max(out.get(key) ?? 0, end));
  }
  return waiting;
};

const covers = ({host, connection, what, from, until}: HeldEntry, event: TraceEvent): boolean =>
  what === 'data' &&
  host === event.host &&
  connection === event.connection &&
  from.after <= event.n &&
  (until === undefined || event.n < until.after);

test('whatever a script has sent and no packet has brought out is held by a rule', () => {
  let seen = 0;
  for (const one of tried) {
    const trace = traceOf(one);
    const waiting = unsentAt(trace);
    seen += waiting.length;
    const held = heldIn(trace);
    const bare = waiting.filter((event) => !held.some((entry) => covers(entry, event)));
    expect(bare.map(({n, host}) => `${one.name}, event ${n}, ${host}`)).toEqual([]);
  }
  expect(seen).toBeGreaterThan(20);
}, 120_000);

test('while Nagle holds, no new segment leaves that is not full; while the window is closed, none', () => {
  let seen = 0;
  const held = allRuns().filter(({name}) => name.startsWith('sliding-window'));
  for (const one of new Set([...some(allRuns(), 10), ...held])) {
    const trace = traceOf(one);
    for (const {what, because = '', host, connection, from, until} of heldIn(trace)) {
      if (what !== 'data' || !/nagle|window\/closed/.test(because)) continue;
      seen++;
      const leaving = leavingOf(trace, host, connection);
      const full = Math.max(...leaving.map(({segment}) => segment.payload.length));
      const last = trace.event(until?.after ?? trace.length).instant;
      const meanwhile = leaving.filter(
        ({event, segment}) =>
          event.n > from.after &&
          event.instant < last &&
          segment.payload.length > 0 &&
          !event.retransmission &&
          !event.because?.includes('/probe') &&
          (because.includes('closed') || segment.payload.length < full),
      );
      expect(meanwhile.map(({event}) => `${one.name}: ${because} at ${from.atUs}, but ${event.n}`)).toEqual(
        [],
      );
    }
  }
  expect(seen).toBeGreaterThan(0);
}, 120_000);
