// Through whose eyes a run is seen. Who listens on the way has all packets and none of the secrets, until a key leaks: from then on
// he has those of the connections that it opens (RFC 5246 §F.1.1.2).
import type {Trace} from '../sim/trace.ts';
import {hexOf} from '../wire/octets.ts';
import type {KeyLog} from '../wire/tls/key-log.ts';

/** `eavesdropper`: records every packet, and gets the server's private key where the script lets it leak. */
export type Eyes = 'ends' | 'eavesdropper';

/** A connection that a leaked key has opened. */
type Theft = {
  /** Number of the event that tells it. */
  readonly n: number;
  /** How its key log lines end: the client's randoms, in hexadecimal digits. */
  readonly randoms: readonly string[];
};

const theftsIn = (trace: Trace): readonly Theft[] => {
  const randoms = new Map<string, Set<string>>();
  const thefts: Theft[] = [];
  for (const {kind, connection, n, ...event} of trace.events()) {
    if (kind !== 'tls' || connection === undefined || !('what' in event)) continue;
    const {what} = event;
    if (what.kind === 'secret')
      randoms.set(connection, (randoms.get(connection) ?? new Set()).add(hexOf(what.clientRandom)));
    else if (what.kind === 'recovered') thefts.push({n, randoms: [...(randoms.get(connection) ?? [])]});
  }
  return thefts;
};

const onlyOf = ({secrets, unreadable}: KeyLog, randoms: readonly string[]): KeyLog => ({
  secrets: new Map([...secrets].filter(([line]) => randoms.some((random) => line.endsWith(random)))),
  unreadable,
});

/** The same run with the secrets of these connections alone: whatever reads TLS finds the others closed. */
const withSecretsOf = (trace: Trace, randoms: readonly string[]): Trace => ({
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
  operandsAt: (n) => trace.operandsAt?.(n),
  ...(trace.held ? {held: trace.held} : {}),
  ...(trace.connectionPackets ? {connectionPackets: trace.connectionPackets} : {}),
  ...(trace.tls && randoms.length > 0
    ? {tls: {unlock: trace.tls.unlock, log: onlyOf(trace.tls.log, randoms)}}
    : {}),
});

type Overheard = {readonly thefts: readonly Theft[]; readonly traces: Map<number, Trace>};

const known = new WeakMap<Trace, Overheard>();
const overheard = new WeakSet<Trace>();

/** `n`: the event up to which it is seen. One Trace for each state of knowledge, so that what has been read of it is remembered. */
export const seenThrough = (trace: Trace, eyes: Eyes, n: number): Trace => {
  if (eyes === 'ends' || overheard.has(trace)) return trace;
  const {thefts, traces} = known.get(trace) ?? {thefts: theftsIn(trace), traces: new Map<number, Trace>()};
  known.set(trace, {thefts, traces});
  const stolen = thefts.filter((theft) => theft.n <= n);
  const seen =
    traces.get(stolen.length) ??
    withSecretsOf(
      trace,
      stolen.flatMap(({randoms}) => randoms),
    );
  traces.set(stolen.length, seen);
  overheard.add(seen);
  return seen;
};

/** Is it what an eavesdropper sees? */
export const isOverheard = (trace: Trace): boolean => overheard.has(trace);
