// A Trace as lines of JSON: the shape that `show --json` promises.
import {bytesToHex} from '@noble/hashes/utils.js';
import {packetLayers} from '../observe/packet-layers.ts';
import {digestOf} from '../sim/digest.ts';
import {eventJson, type Json, sentBytes} from '../sim/event-json.ts';
import {relativeNumbers} from '../sim/relative.ts';
import {encodeReplay, type Replay} from '../sim/replay.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Facts} from '../stack/reason.ts';
import {dissect, type Layer} from '../wire/dissect.ts';
import {encodeFrame, linkTypeEthernet} from '../wire/frame.ts';
import {sentSummary, summaryOf} from './summary.ts';

/** What a lesson says at an event; `beat` counts the lesson's beats from 1. */
export type Note = {
  /** Number of the event it follows; 0: before everything. */
  readonly after: number;
  readonly beat: number;
  readonly form: string;
  readonly text: string;
};

export type Telling = {
  readonly title: string;
  /** Absent for captures. */
  readonly replay?: Replay;
  /** In the order of `after`. */
  readonly notes: readonly Note[];
};

/** A field that occurs several times, such as an option's kind, is a list. */
const fieldsOf = ({fields}: Layer): Json => {
  const values: {[name: string]: string | string[]} = {};
  for (const {name, value} of fields) {
    const earlier = values[name];
    if (Array.isArray(earlier)) earlier.push(value);
    else values[name] = earlier === undefined ? value : [earlier, value];
  }
  return values;
};

/** Wireshark shows relative numbers under `tcp.seq` and `tcp.ack`, beside the raw ones. */
const withRelative = (trace: Trace, packet: number, layers: readonly Layer[]): readonly Json[] => {
  const numbers = packet > 0 ? relativeNumbers(trace, packet) : undefined;
  return layers.map((layer) => {
    const fields = fieldsOf(layer);
    const more =
      numbers && layer.protocol === 'tcp' ? {'tcp.seq': `${numbers.seq}`, 'tcp.ack': `${numbers.ack}`} : {};
    return {protocol: layer.protocol, fields: {...fields, ...more}};
  });
};

/** What the bytes of a packet say: the same in every language, and read from them alone. */
const toldOf = (event: TraceEvent, trace: Trace): Json => {
  if (event.kind === 'arrive') {
    const {altered} = event;
    return altered ? {altered: {summary: summaryOf(altered), bytes: bytesToHex(encodeFrame(altered))}} : {};
  }
  if (event.kind !== 'send') return {};
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

/** Of captures: what was concluded of a packet's way, and the packets that show it. */
const concluded = (event: TraceEvent): Json => {
  if (event.kind !== 'arrive' && event.kind !== 'drop') return {};
  const {presumed} = event;
  const evidence = event.kind === 'drop' ? event.evidence : undefined;
  return {...(presumed ? {presumed} : {}), ...(evidence ? {evidence} : {})};
};

/** Names of domains and of zones stand there as text. */
const factsJson = (facts: Facts): Json =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      typeof fact === 'object' ? ('zone' in fact ? fact.zone : fact.domain) : fact,
    ]),
  );

type Numbered = {
  readonly n: number;
  /** Number of the line that tells of the cause. */
  readonly cause: number | undefined;
};

/** What decided: the rule, its case, and the facts that the step went by. */
export const decided = ({n, because, case: own}: TraceEvent, trace: Trace): Json => {
  const facts = trace.factsAt?.(n);
  return {...(because && {because}), ...(own && {case: own}), ...(facts && {facts: factsJson(facts)})};
};

const eventLine = (event: TraceEvent, {n, cause}: Numbered, trace: Trace): Json => {
  const {estimated, untimed, deduced} = event;
  return {
    type: 'event',
    n,
    ...eventJson(event, trace),
    ...toldOf(event, trace),
    ...concluded(event),
    ...decided(event, trace),
    ...(cause === undefined ? {} : {cause}),
    ...(estimated ? {estimated} : {}),
    ...(untimed ? {untimed} : {}),
    ...(deduced ? {deduced} : {}),
  };
};

const headerJson = ({header}: Trace, {title, replay}: Telling): Json => {
  const {source, seed, run, faults, profile, notTcp, onPath, hosts, links, vantage} = header;
  const code = replay && encodeReplay(replay);
  return {
    type: 'trace',
    format: 1,
    source,
    title,
    seed,
    run,
    faults,
    profile,
    ...(notTcp ? {notTcp} : {}),
    ...(onPath ? {onPath} : {}),
    ...(code ? {code} : {}),
    hosts,
    links,
    ...(vantage ? {vantage} : {}),
  };
};

/** The lines of `show --json`, as objects in order, made as they are asked for. */
export function* traceLines(trace: Trace, telling: Telling): IterableIterator<Json> {
  let n = 0;
  const notesAfter = function* (event: number, place: {at: number; host: string}): IterableIterator<Json> {
    for (const {after, beat, form, text} of telling.notes)
      if (after === event) yield {type: 'event', n: ++n, ...place, kind: 'beat', beat, form, text};
  };
  /** Beats have lines of their own, which are counted, too. */
  const beatsBefore = (event: number): number => telling.notes.filter(({after}) => after < event).length;
  yield headerJson(trace, telling);
  yield* notesAfter(0, {at: 0, host: trace.header.hosts[0]?.name ?? ''});
  for (const event of trace.events()) {
    const cause = event.cause && event.cause + beatsBefore(event.cause);
    yield eventLine(event, {n: ++n, cause}, trace);
    yield* notesAfter(event.n, {at: event.atUs, host: event.host});
  }
  const reason = trace.endReason === 'budget' ? 'limit' : trace.endReason;
  yield {type: 'end', events: n, packets: trace.packetCount, reason, digest: digestOf(trace)};
}
