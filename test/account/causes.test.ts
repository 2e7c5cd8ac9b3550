// What brought a packet about. Oracle: the ports and ids of DNS, and that no host's change of state comes from nowhere.
import {expect, test} from 'vitest';
import {causeOf} from '../../source/account/causes.ts';
import {dnsMessagesOf, ipPacketOf} from '../../source/account/packet.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {some} from '../helpers/seeds.ts';

/** Of a long run what comes first. */
const mostSends = 300;

const sendsOf = (trace: Trace): readonly Extract<TraceEvent, {kind: 'send'}>[] =>
  [...trace.events()]
    .flatMap((event) => (event.kind === 'send' && event.hop === 0 ? [event] : []))
    .slice(0, mostSends);

/** Every run whose name begins so. */
const runsOf = (lesson: string) => allRuns().filter(({name}) => name.startsWith(lesson));

const begun = ['call', 'arrive', 'timer fire', 'app-timer fire', 'note', 'tls', 'hosts'];

test('what a host sends comes from a call, an arrival, a timer or what a program has read, never from its own change of state', () => {
  const runs = [...['http-connections', 'url-to-page hosts', 'dns-'].flatMap(runsOf), ...some(allRuns(), 12)];
  let sends = 0;
  for (const run of runs) {
    const trace = traceOf(run);
    for (const {n} of sendsOf(trace)) {
      sends += 1;
      const cause = causeOf(trace, n);
      const event = cause === undefined ? undefined : trace.event(cause);
      const kind = event && 'op' in event ? `${event.kind} ${event.op}` : event?.kind;
      expect(begun, `${run.name} event ${n}`).toContain(kind);
    }
  }
  expect(sends).toBeGreaterThan(500);
});

test('where several queries come at one instant, each answer comes from its own', () => {
  let answers = 0;
  for (const run of runsOf('dns-')) {
    const trace = traceOf(run);
    for (const {n, packet} of sendsOf(trace)) {
      const sent = trace.packet(packet);
      const [message] = dnsMessagesOf(sent);
      const cause = causeOf(trace, n);
      const event = cause === undefined ? undefined : trace.event(cause);
      if (ipPacketOf(sent)?.transport.kind !== 'udp' || !message?.flags.qr || event?.kind !== 'arrive')
        continue;
      const asked = trace.packet(event.packet);
      const [query] = dnsMessagesOf(asked);
      // What a resolver heard elsewhere makes it answer, too.
      if (query?.flags.qr) continue;
      answers += 1;
      expect(query?.id, `${run.name} packet ${packet}`).toBe(message.id);
      expect(ipPacketOf(asked)?.src, `${run.name} packet ${packet}`).toBe(ipPacketOf(sent)?.dst);
    }
  }
  expect(answers).toBeGreaterThan(20);
});
