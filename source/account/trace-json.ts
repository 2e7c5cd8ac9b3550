// Writes a Trace as lines of JSON, in the format that `show --json` promises.
import {bytesToHex} from '@noble/hashes/utils.js';
import {packetLayers} from '../observe/packet-layers.ts';
import {digestOf} from '../sim/digest.ts';
import {arriveJson, dropJson, otherJson, sendJson, sentBytes} from '../sim/event-json.ts';
import {relativeNumbers} from '../sim/relative.ts';
import {encodeReplay, type Replay} from '../sim/replay.ts';
import {formatSetting} from '../sim/setting.ts';
import type {EventOf, Trace, TraceEvent} from '../sim/trace.ts';
import type {Facts} from '../stack/reason.ts';
import {dissect, type Layer} from '../wire/dissect.ts';
import {encodeFrame, linkTypeEthernet} from '../wire/frame.ts';
import {sentSummary, summaryOf} from './summary.ts';

/** A text of a lesson or of the account at an event, as a line of `show --json`. */
export type Note = {
  /** The number of the event after which the text comes; 0 if it precedes all events. */
  readonly after: number;
  /** The number of the lesson's beat that has this text, counted from 1; absent for a text of the account. */
  readonly beat?: number;
  readonly voice: 'lesson' | 'account';
  readonly form: string;
  readonly text: string;
};

export type Telling = {
  readonly title: string;
  /** The replay code that repeats the run; absent for captures. */
  readonly replay?: Replay;
  /** The texts of lesson and account, in the order of the events that they follow. */
  readonly notes: readonly Note[];
};

/**
 * The values of a dissected protocol layer by field name, as strings; a field that occurs several times, such as an option's kind, has a
 * list.
 */
type FieldValues = {readonly [name: string]: string | readonly string[]};

const fieldsOf = ({fields}: Layer): FieldValues => {
  const values: {[name: string]: string | string[]} = {};
  for (const {name, value} of fields) {
    const earlier = values[name];
    if (Array.isArray(earlier)) earlier.push(value);
    else values[name] = earlier === undefined ? value : [earlier, value];
  }
  return values;
};

/** Returns a packet's layers for JSON, with relative numbers under `tcp.seq` and `tcp.ack` beside the raw ones, as Wireshark shows them. */
const withRelative = (trace: Trace, packet: number, layers: readonly Layer[]) => {
  const numbers = packet > 0 ? relativeNumbers(trace, packet) : undefined;
  return layers.map((layer) => {
    const fields = fieldsOf(layer);
    const more: FieldValues =
      numbers && layer.protocol === 'tcp' ? {'tcp.seq': `${numbers.seq}`, 'tcp.ack': `${numbers.ack}`} : {};
    return {protocol: layer.protocol, fields: {...fields, ...more}};
  });
};

/** Returns the summary and the layers of a packet as they are decoded from its bytes, without texts of any language. */
const bytesSay = (event: EventOf<'send'>, trace: Trace) => {
  const {packet, hop, frame} = event;
  const bytes = sentBytes(event, trace);
  const record = packet > 0 && hop === 0 ? trace.packet(packet) : undefined;
  const onLink = record ? undefined : {bytes, linkType: linkTypeEthernet, originalLength: bytes.length};
  const {layers} = packet > 0 ? packetLayers(trace, packet, onLink) : dissect(bytes, linkTypeEthernet);
  const onWire = layers.filter(({opened}) => !opened);
  return {
    summary: frame ? sentSummary(trace, event) : `${bytes.length} bytes`,
    layers: withRelative(trace, packet, onWire),
  };
};

/**
 * Returns an event as JSON. In a capture, arrivals and losses also have what was concluded of the packet's way, and the packets that show
 * it; simulated runs have neither.
 */
const toldJson = (event: TraceEvent, trace: Trace) => {
  switch (event.kind) {
    case 'send':
      return {...sendJson(event, trace), ...bytesSay(event, trace)};
    case 'arrive': {
      const {altered, presumed} = event;
      return {
        ...arriveJson(event),
        ...(altered && {altered: {summary: summaryOf(altered), bytes: bytesToHex(encodeFrame(altered))}}),
        ...(presumed && {presumed}),
      };
    }
    case 'drop': {
      const {presumed, evidence} = event;
      return {...dropJson(event), ...(presumed && {presumed}), ...(evidence && {evidence})};
    }
    default:
      return otherJson(event, trace);
  }
};

/** Returns the facts of an event's reason as JSON values, with domains and zones as text. */
const factsJson = (facts: Facts): {readonly [name: string]: number | string} =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'object' ? ('zone' in fact ? fact.zone : fact.domain) : fact,
    ]),
  );

type Numbered = {
  readonly n: number;
  /** The number of the JSON line whose event caused this one; undefined if it has no cause. */
  readonly cause: number | undefined;
};

/** Returns which rule decided an event, its case, and the facts on which the decision was based; each is absent if there is none. */
export const decided = ({n, because: rule, case: own}: TraceEvent, trace: Trace) => {
  const facts = trace.reasonAt?.(n)?.facts;
  const because: string | undefined = rule;
  return {...(because && {because}), ...(own && {case: own}), ...(facts && {facts: factsJson(facts)})};
};

const eventLine = (event: TraceEvent, {n, cause}: Numbered, trace: Trace) => {
  const {estimated, untimed, deduced} = event;
  return {
    ...({type: 'event', n} as const),
    ...toldJson(event, trace),
    ...decided(event, trace),
    ...(cause === undefined ? {} : {cause}),
    ...(estimated ? {estimated} : {}),
    ...(untimed ? {untimed} : {}),
    ...(deduced ? {deduced} : {}),
  };
};

const headerJson = ({header}: Trace, {title, replay}: Telling) => {
  const {source, seed, run, faults, profile, notTcp, onPath, byHand, hosts, links, vantage} = header;
  const code = replay && encodeReplay(replay);
  return {
    ...({type: 'trace', format: 1} as const),
    source,
    title,
    seed,
    run,
    faults,
    ...(replay?.set ? {set: replay.set.map(formatSetting)} : {}),
    profile,
    ...(notTcp ? {notTcp} : {}),
    ...(onPath ? {onPath} : {}),
    ...(byHand ? {byHand} : {}),
    ...(code ? {code} : {}),
    hosts,
    links,
    ...(vantage ? {vantage} : {}),
  };
};

const noteLine = (
  {beat, voice, form, text}: Note,
  n: number,
  place: {readonly at: number; readonly host: string},
) => ({
  ...({type: 'event', n} as const),
  ...place,
  kind: 'beat' as const,
  ...(beat === undefined ? {} : {beat}),
  ...{voice, form, text},
});

const endLine = (trace: Trace, events: number) => {
  const reason = trace.endReason === 'budget' ? 'limit' : trace.endReason;
  return {...({type: 'end', events} as const), packets: trace.packetCount, reason, digest: digestOf(trace)};
};

type Line =
  | ReturnType<typeof eventLine>
  /** A line with a text of a lesson or of the account; it has neither a rule nor a cause. */
  | (ReturnType<typeof noteLine> & {readonly [name in 'because' | 'case' | 'facts' | 'cause']?: undefined})
  /** The first line (`trace`) and the last one (`end`), which have no event kind. */
  | (ReturnType<typeof headerJson | typeof endLine> & {readonly kind?: undefined});

/** Yields the lines of `show --json` as objects, in order. */
export function* traceLines(trace: Trace, telling: Telling): IterableIterator<Line> {
  let n = 0;
  const notesAfter = function* (event: number, place: Parameters<typeof noteLine>[2]) {
    for (const note of telling.notes) if (note.after === event) yield noteLine(note, ++n, place);
  };
  /** Returns how many lines with texts precede an event; they have line numbers, too, so causes are shifted by them. */
  const beatsBefore = (event: number): number => telling.notes.filter(({after}) => after < event).length;
  yield headerJson(trace, telling);
  yield* notesAfter(0, {at: 0, host: trace.header.hosts[0]?.name ?? ''});
  for (const event of trace.events()) {
    const cause = event.cause && event.cause + beatsBefore(event.cause);
    yield eventLine(event, {n: ++n, cause}, trace);
    yield* notesAfter(event.n, {at: event.atUs, host: event.host});
  }
  yield endLine(trace, n);
}
