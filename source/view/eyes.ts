// Through whose eyes a run is seen. Who listens on the way has all packets and none of the secrets.
import type {Trace} from '../sim/trace.ts';
import type {Eyes} from '../words/eyes.ts';

const closed = new WeakMap<Trace, Trace>();
const overheard = new WeakSet<Trace>();

/** The same run without its secrets: whatever reads TLS finds it closed. */
const withoutSecrets = (trace: Trace): Trace => ({
  header: trace.header,
  get length() {
    return trace.length;
  },
  get packetCount() {
    return trace.packetCount;
  },
  get durationUs() {
    return trace.durationUs;
  },
  get endReason() {
    return trace.endReason;
  },
  event: (n) => trace.event(n),
  events: (from, to) => trace.events(from, to),
  packet: (id) => trace.packet(id),
  stateAt: (cursor) => trace.stateAt(cursor),
  ...(trace.connectionPackets ? {connectionPackets: trace.connectionPackets} : {}),
});

/** One for each run, so that what has been read of it is remembered. */
export const seenThrough = (trace: Trace, eyes: Eyes): Trace => {
  if (eyes === 'ends' || overheard.has(trace)) return trace;
  const without = closed.get(trace) ?? withoutSecrets(trace);
  closed.set(trace, without);
  overheard.add(without);
  return without;
};

/** Is it what an eavesdropper sees? */
export const isOverheard = (trace: Trace): boolean => overheard.has(trace);
