// Computes the signature of a beat: the facts that made it true in the run that it was written for. In another run it is told only if the
// facts are the same.
import {entryAt, worldAt} from '../account/entries.ts';
import {cacheOn} from '../sim/dns-apps.ts';
import {given} from '../sim/given.ts';
import {sessionsOn} from '../sim/http-apps.ts';
import {tlsOn} from '../sim/tls-state.ts';
import type {Trace} from '../sim/trace.ts';
import type {Host} from '../sim/world.ts';
import {seqDiff} from '../wire/seq.ts';
import type {Told} from './beat-texts.ts';
import {evaluate, type Instant} from './evaluate.ts';
import {type Expression, packetsIn} from './expression.ts';
import {type Facet, facets, valuesOf} from './facets.ts';
import {
  alteredFor,
  counted,
  fatesUnderWay,
  happened,
  initialNumbers,
  mishaps,
  packetFacts,
  portsAt,
  tally,
} from './happened.ts';
import {hash32} from './hash.ts';
import type {Signature} from './lesson.ts';
import {packetAt} from './packet-reference.ts';
import {type ConnectionProperty, connectionProperties} from './tcp/properties.ts';
import type {Value} from './value.ts';

type Extent = Omit<Signature, 'hash' | 'altered'>;

/**
 * Returns the facts of the packets that a text's expressions refer to. A reference by number depends on all packets before it, so these are
 * included.
 */
const packetsMeant = (expressions: readonly Expression[], instant: Instant): readonly unknown[] => {
  const {trace} = instant;
  const meant = expressions.flatMap(packetsIn).map((reference) => {
    const id = packetAt(reference, instant)?.id;
    if (id === undefined || reference.kind !== 'number') return id === undefined ? [] : [id];
    return Array.from({length: id}, (_, index) => index + 1);
  });
  return [...new Set(meant.flat())].map((id) => packetFacts(trace, id));
};

/** Matches packet fields whose values are drawn by the seed, such as ports and TLS randoms. */
const drawn =
  /port$|^(dns\.id|ip\.id|ip\.checksum|tcp\.checksum|tls\..*(random|session_id|key_exchange|app_data))/;

const plainValue = (value: Value, trace: Trace): unknown => {
  if (value.kind === 'seq') return counted(trace, value.value);
  return value.kind === 'time' ? value.us : value.value;
};

const isInstant = ({kind}: Expression): boolean => kind === 'time of';

/**
 * Tells whether an expression's value may differ in another run without making the text false, because the text is filled in anew: a time,
 * or a field that the seed draws.
 */
const isToldAsItIs = (expression: Expression): boolean =>
  isInstant(expression) || (expression.kind === 'field' && drawn.test(expression.field));

const shownValues = (expressions: readonly Expression[], instant: Instant): readonly unknown[] =>
  expressions.map((expression) => {
    const value = evaluate(expression, instant);
    if (!value.ok) return undefined;
    return isToldAsItIs(expression) ? value.value.kind : plainValue(value.value, instant.trace);
  });

const connectionsOf = (
  {tcp}: Host,
  values: readonly ConnectionProperty[],
  trace: Trace,
): readonly unknown[] =>
  [...tcp.connections.values()].map((tcb) => {
    const {state, snd, rcv, iss, irs, sendBuffer, receiveBuffer} = tcb;
    const numbers = state === 'SYN-SENT' ? [] : [seqDiff(rcv.nxt, irs)];
    const named = values.map((property) => {
      const value = connectionProperties[property](tcb);
      return value && plainValue(value, trace);
    });
    return [
      ...[state, seqDiff(snd.una, iss), seqDiff(snd.nxt, iss), numbers],
      ...[sendBuffer.length, receiveBuffer.length, named],
    ];
  });

/**
 * Returns what the programs of a host remember, apart from TCP, as facts for a signature; DNS cache entries are taken without their ages.
 */
const memoriesOf = (host: Host, atUs: number): readonly unknown[] => [
  cacheOn(host, atUs)?.map(({name, type, negative}) => [name, type, negative]),
  sessionsOn(host, atUs),
  tlsOn(host),
];

const timeAt = ({trace, event}: Instant): number => (event > 0 ? entryAt(trace, event).atUs : 0);

const hostsAt = (instant: Instant, of: readonly Facet[]): readonly unknown[] => {
  const {trace, event} = instant;
  const values = of.flatMap((facet) => valuesOf[facet] ?? []);
  const atUs = timeAt(instant);
  return Object.values(worldAt(trace, event)?.hosts ?? {}).map((host) => [
    ...[host.name, host.up, connectionsOf(host, values, trace)],
    [...host.programs.values()].map(({sentBytes, receivedBytes}) => [sentBytes, receivedBytes]),
    memoriesOf(host, atUs),
  ]);
};

/** Returns the times of the events `from` to `to`, in µs relative to the time of the text's instant. */
const timesOf = ({trace, event}: Instant, from: number, to: number): readonly number[] => {
  const origin = timeAt({trace, event});
  return Array.from({length: to - from + 1}, (_, place) => entryAt(trace, from + place).atUs - origin);
};

/** Returns the numbers of the first and the last event of a run whose facts the signature of a lesson's text covers. */
const rangeOf = ({event}: Instant, extent: Extent) =>
  [event - extent.before + 1, event + extent.behind] as const;

const factsOf = (
  {expressions}: Told,
  instant: Instant,
  extent: Extent,
): Record<string, unknown> | undefined => {
  const {trace, event} = instant;
  const {of} = extent;
  const [from, to] = rangeOf(instant, extent);
  if (from < 1 || to > trace.length) return undefined;
  const speaksOf = (...facets: readonly Facet[]): boolean => facets.some((facet) => of.includes(facet));
  const scope = speaksOf('comparison')
    ? {ports: undefined, opening: true}
    : {ports: portsAt(trace, event), opening: speaksOf('opening')};
  return {
    near: happened(trace, from, event),
    future: happened(trace, event + 1, to),
    hosts: hostsAt(instant, of),
    values: shownValues(expressions, instant),
    meant: packetsMeant(expressions, instant),
    underWay: speaksOf('arrival', 'mishaps', 'future') ? fatesUnderWay(trace, event) : [],
    mishaps: speaksOf('mishaps', 'comparison') ? mishaps(trace, to, scope) : [],
    tally: speaksOf('counts') ? tally(trace, to, scope) : [],
    pace: speaksOf('pace') ? timesOf(instant, from, to) : [],
    clock: speaksOf('clock') || (speaksOf('pace') && expressions.some(isInstant)) ? timeAt(instant) : 0,
    positions: speaksOf('positions') ? initialNumbers(trace) : [],
  };
};

const hashOf = (told: Told, instant: Instant, extent: Extent): number | undefined => {
  const facts = factsOf(told, instant, extent);
  return facts && hash32(JSON.stringify(facts));
};

/**
 * The events up to which the signature of a lesson's text may look back (`near`) and ahead (`far`): those of the beats before and after it.
 */
type Around = {readonly near: number; readonly far: number};

const extentOf = ({speaks: of = facets}: Told, {trace, event}: Instant, {near, far}: Around): Extent => {
  const kind = event > 0 ? entryAt(trace, event).kind : 'call';
  const reaches = of.includes('future') || (of.includes('arrival') && (kind === 'send' || kind === 'call'));
  const looksBack = of.some((facet) => facet === 'mishaps' || facet === 'counts' || facet === 'pace');
  return {
    of,
    before: looksBack ? Math.max(0, event - near + 1) : Math.min(1, event),
    behind: reaches ? Math.max(0, far - event) : 0,
  };
};

/** Returns a hash of what arrived altered in this instant of a run; undefined if everything arrived as it was sent. */
const alterationAt = ({trace, event}: Instant): number | undefined => {
  const altered = event > 0 ? alteredFor(trace, event) : [];
  return altered.length > 0 ? hash32(JSON.stringify(altered)) : undefined;
};

export const signatureOf = (told: Told, instant: Instant, around: Around): Signature | undefined => {
  const extent = extentOf(told, instant, around);
  const hash = hashOf(told, instant, extent);
  return hash === undefined ? undefined : {...extent, hash, ...given({altered: alterationAt(instant)})};
};

/**
 * Tells whether what arrives in this instant is altered as in the run for which the text was written (mostly not at all). True for a text
 * without a signature.
 */
export const isAlteredAsSigned = ({signature}: Told, instant: Instant): boolean =>
  signature === undefined || alterationAt(instant) === signature.altered;

/**
 * Tells whether a run has, at this instant, the facts for which a lesson's text was written, by its signature. True for a text without a
 * signature.
 */
export const isAsSigned = (told: Told, instant: Instant): boolean =>
  told.signature === undefined ||
  (isAlteredAsSigned(told, instant) && hashOf(told, instant, told.signature) === told.signature.hash);
