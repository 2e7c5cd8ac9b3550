// What the programs really got, byte for byte: each step that delivered is taken again and its ropes are read.
import {offsetText} from '../../../source/sim/byte-stream.ts';
import type {Scenario} from '../../../source/sim/scenario.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {World} from '../../../source/sim/world.ts';
import type {TcpEffect, TcpEvent} from '../../../source/stack/tcp/effect.ts';
import {settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {ropeToBytes} from '../../../source/wire/rope.ts';
import {seq} from '../../../source/wire/seq.ts';
import {instantsOf, segmentOf} from '../../helpers/judge-invariants.ts';

/** The event that the machine was given in this instant. */
const cause = (trace: Trace, events: readonly TraceEvent[]): TcpEvent | undefined => {
  for (const event of events) {
    const {connection = ''} = event;
    if (event.kind === 'arrive') {
      const frame = event.altered ?? trace.packet(event.packet).frame;
      const segment = segmentOf(frame);
      if (frame?.payload.kind !== 'ip' || !segment) return undefined;
      const {src, dst} = frame.payload.packet;
      return {kind: 'segment', src, dst, segment};
    }
    if (event.kind === 'timer' && event.op === 'fire') return {kind: 'timeout', connection, name: event.name};
    if (event.kind === 'call' && event.action.call === 'receive')
      return {kind: 'call', call: {call: 'RECEIVE', connection, maxBytes: event.action.bytes}};
    if (event.kind === 'call' && event.action.call === 'abort')
      return {kind: 'call', call: {call: 'ABORT', connection}};
  }
  return undefined;
};

type Delivery = Extract<TcpEffect, {kind: 'deliver'}>;

const deliveriesOf = (
  scenario: Scenario,
  {host, atUs}: TraceEvent,
  {before, event}: {before: World; event: TcpEvent | undefined},
): readonly Delivery[] => {
  const spec = scenario.hosts.find(({name}) => name === host);
  const tcp = before.hosts[host]?.tcp;
  if (!spec || !tcp || !event) return [];
  const settings = settingsFor(scenario.profile, spec.tcp);
  // An ISN is asked for by a SYN only, and what comes with a SYN is not delivered in its step.
  const {effects} = tcpStep(tcp, event, {nowUs: atUs, settings, isn: () => seq(0)});
  return effects.filter((effect): effect is Delivery => effect.kind === 'deliver');
};

const expected = (offset: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  offsetText.read(offset, bytes);
  return bytes;
};

/** Bytes that are not the ones that stand at their place in the stream. */
export const contentComplaints = (scenario: Scenario, trace: Trace): readonly string[] => {
  const found: string[] = [];
  const offsets = new Map<string, number>();
  for (const {events, before} of instantsOf(trace)) {
    for (const {kind, host, connection, ...rest} of events)
      if (kind === 'signal' && 'signal' in rest && /connected|accepted/.test(rest.signal))
        offsets.set(`${host} ${connection}`, 0);
    const [told, ...more] = events.filter((event) => event.kind === 'deliver');
    if (!told) continue;
    const deliveries = deliveriesOf(scenario, told, {before, event: cause(trace, events)});
    if (deliveries.length !== more.length + 1) found.push(`event ${told.n}: not repeated`);
    for (const {connection, data} of deliveries) {
      const key = `${told.host} ${connection}`;
      const offset = offsets.get(key) ?? 0;
      if (Buffer.compare(ropeToBytes(data), expected(offset, data.length)) !== 0)
        found.push(`event ${told.n}: other bytes, ${offset} … ${offset + data.length}`);
      offsets.set(key, offset + data.length);
    }
  }
  return found;
};
