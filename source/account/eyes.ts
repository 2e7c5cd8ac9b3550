// Shows a run through an actor's eyes: every actor sees the packets, but only the secrets that he knows by then. An eavesdropper has none.
// If a server's private key leaks, the thief has the secrets of the connections that it decrypts (RFC 5246 §F.1.1.2).
import type {EventKind, EventOf, PacketRecord, Trace} from '../sim/trace.ts';
import {hexOf} from '../wire/octets.ts';
import {oncePer} from '../wire/once-per.ts';
import type {KeyLog} from '../wire/tls/key-log.ts';
import {entriesOf, entryAt} from './entries.ts';

/**
 * One who sees a run. `eavesdropper` and `thief` record every packet; the thief gets the server's private key at the event at which the
 * script leaks it. `host` is an end of a TLS connection, even if it pretends to be another host.
 */
export type Actor = 'eavesdropper' | 'thief' | {readonly host: string};

/** The eyes through which a run is seen; `ends` means everything that both ends know. */
export type Eyes = 'ends' | Actor;

/** TLS secrets that an actor learns with event `n`: names and values of the lines of a key log. */
type Learnt = {readonly n: number; readonly secrets: KeyLog['secrets']};

type Known = {
  readonly byHost: ReadonlyMap<string, readonly Learnt[]>;
  readonly byThief: readonly Learnt[];
  /** The number of the event at which a server's private key leaks; undefined if none does. */
  readonly leak: number | undefined;
};

const secretsOf = ({secrets}: KeyLog, randoms: ReadonlySet<string>): KeyLog['secrets'] =>
  new Map([...secrets].filter(([line]) => randoms.has(line.slice(line.indexOf(' ') + 1))));

const knownIn = oncePer((trace: Trace): Known => {
  const byHost = new Map<string, Learnt[]>();
  const byThief: Learnt[] = [];
  const randoms = new Map<string, Set<string>>();
  for (const {host, connection = '', what, n} of entriesOf(trace, 'tls')) {
    const own = byHost.get(host) ?? [];
    byHost.set(host, own);
    if (what.kind === 'secret') {
      const random = hexOf(what.clientRandom);
      randoms.set(connection, (randoms.get(connection) ?? new Set()).add(random));
      own.push({n, secrets: new Map([[`${what.label} ${random}`, [what.secret]]])});
    } else if (what.kind === 'recovered' && trace.tls)
      byThief.push({n, secrets: secretsOf(trace.tls.log, randoms.get(connection) ?? new Set())});
  }
  const [leak] = [...entriesOf(trace, 'call')].filter(
    ({call, result}) => call === 'leakKey' && result === 'ok',
  );
  return {byHost, byThief, leak: leak?.n};
});

/** Tells whether a server's private key has leaked by event `n`. */
export const hasLeaked = (trace: Trace, n: number): boolean => (knownIn(originOf(trace)).leak ?? n + 1) <= n;

/**
 * Returns the actors that can be chosen at event `n` besides both ends together: an eavesdropper, the thief once he has the key, and each
 * end alone.
 */
export const actorsAt = (trace: Trace, n: number): readonly Actor[] => {
  const {byHost} = knownIn(originOf(trace));
  return [
    'eavesdropper',
    ...(hasLeaked(trace, n) ? (['thief'] as const) : []),
    ...[...byHost.keys()].map((host) => ({host})),
  ];
};

const nameOf = (eyes: Eyes): string => (typeof eyes === 'string' ? eyes : `host ${eyes.host}`);

/** Returns the eyes through which the run is seen next, when a viewer goes through all of them in a ring. */
export const nextEyes = (trace: Trace, eyes: Eyes, n: number): Eyes => {
  const actors = ['ends', ...actorsAt(trace, n)] as const;
  return actors[actors.findIndex((each) => nameOf(each) === nameOf(eyes)) + 1] ?? 'ends';
};

const joined = (learnt: readonly Learnt[]): KeyLog => {
  const secrets = new Map<string, readonly Uint8Array[]>();
  for (const each of learnt)
    for (const [line, values] of each.secrets) secrets.set(line, [...(secrets.get(line) ?? []), ...values]);
  return {secrets, unreadable: 0};
};

/** Returns a run with these TLS secrets only, so that code which reads TLS finds everything else encrypted. */
const withSecrets = (trace: Trace, log: KeyLog): Trace => ({
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
  reasonAt: (n) => trace.reasonAt?.(n),
  ...(trace.held ? {held: trace.held} : {}),
  ...(trace.connectionPackets ? {connectionPackets: trace.connectionPackets} : {}),
  ...(trace.tls && log.secrets.size > 0 ? {tls: {unlock: trace.tls.unlock, log}} : {}),
});

type Seen = {readonly eyes: Eyes; readonly origin: Trace};

const views = new WeakMap<Trace, Map<string, Trace>>();
const seenAs = new WeakMap<Trace, Seen>();

const originOf = (trace: Trace): Trace => seenAs.get(trace)?.origin ?? trace;

/**
 * Returns the run as these eyes see it up to event `n`. There is one Trace for each set of known secrets, so that what was read from it is
 * remembered.
 */
export const seenThrough = (trace: Trace, eyes: Eyes, n: number): Trace => {
  if (eyes === 'ends' || seenAs.has(trace)) return trace;
  const {byHost, byThief} = knownIn(trace);
  const all = eyes === 'thief' ? byThief : eyes === 'eavesdropper' ? [] : (byHost.get(eyes.host) ?? []);
  const learnt = all.filter((each) => each.n <= n);
  const name = `${learnt.length} ${nameOf(eyes)}`;
  const known = views.get(trace) ?? new Map<string, Trace>();
  views.set(trace, known);
  const seen = known.get(name) ?? withSecrets(trace, joined(learnt));
  known.set(name, seen);
  seenAs.set(seen, {eyes, origin: trace});
  return seen;
};

/** Returns the eyes through which a Trace is seen: those of the actor for whom it was made, otherwise both ends. */
export const eyesOf = (trace: Trace): Eyes => seenAs.get(trace)?.eyes ?? 'ends';

/** The kinds of events that only the host itself knows; its packets, and the states that follow from them, are visible to all. */
const inwards: readonly EventKind[] = ['call', 'deliver', 'signal', 'note', 'answer', 'tls', 'app-timer'];

/** Tells whether the viewer of a Trace may know an event: events inside a host are known only to that host, or if both ends are shown. */
export const mayKnow = (trace: Trace, {kind, host}: Pick<EventOf, 'kind' | 'host'>): boolean => {
  const eyes = eyesOf(trace);
  if (eyes === 'ends' || !inwards.includes(kind)) return true;
  return typeof eyes !== 'string' && eyes.host === host;
};

/** Tells whether the viewer is one end that waits for a packet of another host: the packet has not arrived by event `n`. */
export const isAwaited = (trace: Trace, {from, endEvent}: PacketRecord, n: number): boolean => {
  const eyes = eyesOf(trace);
  if (typeof eyes === 'string' || eyes.host === from) return false;
  return endEvent === undefined || endEvent > n || entryAt(trace, endEvent).kind !== 'arrive';
};

/** Returns a run as an eavesdropper without any TLS secrets sees it. */
export const withoutSecrets = (trace: Trace, n: number): Trace =>
  seenThrough(originOf(trace), 'eavesdropper', n);

/** Tells whether a Trace is seen by one actor, who knows less than both ends together. */
export const isOverheard = (trace: Trace): boolean => seenAs.has(trace);
