// A Trace as lines of JSON: the shape that `show --json` promises, and the digest that pins a run.
import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import {packetLayers} from '../observe/packet-layers.ts';
import {relativeNumbers} from '../sim/relative.ts';
import {encodeReplay, type Replay} from '../sim/replay.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {dissect, type Layer} from '../wire/dissect.ts';
import {recordText} from '../wire/dns/record-text.ts';
import {typeName} from '../wire/dns/registry.ts';
import {encodeFrame} from '../wire/frame.ts';
import {sentSummary, summaryOf} from './summary.ts';
import {tlsJson} from './tls-json.ts';

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

const linkTypeEthernet = 1;

type Json = {readonly [key: string]: unknown};

const packetName = (packet: number, hop: number): number | string => {
  const name = packet < 0 ? `arp${-packet}` : packet;
  return hop === 0 ? name : `${name}.${hop}`;
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

/** A call that returns later says so in a `call` event of its own. */
const returnOf: {readonly [signal in TcpSignal]: readonly [call: string, returns: string]} = {
  connected: ['connect', 'ok'],
  accepted: ['accept', 'ok'],
  eof: ['receive', 'eof'],
  urgent: ['receive', 'urgent'],
  closed: ['close', 'ok'],
  ECONNREFUSED: ['connect', 'ECONNREFUSED'],
  ECONNRESET: ['receive', 'ECONNRESET'],
  EHOSTUNREACH: ['connect', 'EHOSTUNREACH'],
  ENETUNREACH: ['connect', 'ENETUNREACH'],
  ETIMEDOUT: ['receive', 'ETIMEDOUT'],
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

const sendJson = (event: Extract<TraceEvent, {kind: 'send'}>, trace: Trace): Json => {
  const {packet, hop, to, dueUs, lost, retransmission, frame, faults, forMany} = event;
  const record = packet > 0 && hop === 0 ? trace.packet(packet) : undefined;
  const bytes = record?.bytes ?? (frame ? encodeFrame(frame) : new Uint8Array());
  const {layers} = record ? packetLayers(trace, packet) : dissect(bytes, linkTypeEthernet);
  const onWire = layers.filter(({opened}) => !opened);
  return {
    packet: packetName(packet, hop),
    to,
    ...(forMany ? {forMany} : {due: dueUs}),
    ...(lost ? {lost} : {}),
    ...(retransmission ? {retransmission} : {}),
    ...(faults.length > 0 ? {faults} : {}),
    summary: frame ? sentSummary(trace, event) : `${bytes.length} bytes`,
    bytes: bytesToHex(bytes),
    layers: withRelative(trace, packet, onWire),
  };
};

const arriveJson = ({packet, hop, from, altered}: Extract<TraceEvent, {kind: 'arrive'}>): Json => {
  const change = altered && {altered: {summary: summaryOf(altered), bytes: bytesToHex(encodeFrame(altered))}};
  return {packet: packetName(packet, hop), from, ...change};
};

const noteJson = ({note, fromPacket}: Extract<TraceEvent, {kind: 'note'}>): Json => {
  // `type` says what kind of line this is, `host` on which host it happened; those of notes stand under names of their own.
  const {kind: _kind, type, host: authority, ...details} = {type: undefined, host: undefined, ...note};
  return {
    ...details,
    ...(authority === undefined ? {} : {authority}),
    ...(fromPacket === undefined ? {} : {packet: fromPacket}),
    ...(type === undefined ? {} : {rrtype: typeName(type)}),
    ...('records' in note ? {records: note.records.map(recordText)} : {}),
  };
};

const answerJson = ({action, answer}: Extract<TraceEvent, {kind: 'answer'}>): Json => {
  const {call, as} = action;
  const name = {call, ...(as === undefined ? {} : {as}), returns: answer.result};
  if ('exchanges' in answer) {
    const {status, bytes, exchanges} = answer;
    return {...name, ...(status === undefined ? {} : {status}), bytes, exchanges};
  }
  if (!('chain' in answer)) return name;
  const {records, chain, from, ttl} = answer;
  return {
    ...name,
    records: [...chain, ...records].map(recordText),
    from,
    ...(ttl === undefined ? {} : {ttl}),
  };
};

const detailsOf = (event: TraceEvent, trace: Trace): Json => {
  switch (event.kind) {
    case 'call': {
      const {call, ...parameters} = event.action;
      return {call, parameters, result: event.result};
    }
    case 'signal': {
      const [call, returns] = returnOf[event.signal];
      return {call, returns};
    }
    case 'send':
      return sendJson(event, trace);
    case 'arrive':
      return arriveJson(event);
    case 'drop':
      return {packet: packetName(event.packet, event.hop), reason: event.reason};
    case 'state':
      return {from: event.from, to: event.to};
    case 'timer':
      return {name: event.name, op: event.op, due: event.dueUs};
    case 'app-timer':
      return {name: `${event.app} ${event.timer}`, op: event.op, due: event.dueUs};
    case 'note':
      return noteJson(event);
    case 'tls':
      return tlsJson(event.what);
    case 'answer':
      return answerJson(event);
    case 'deliver':
      return {bytes: event.bytes};
  }
};

/** A later return is a call, an application's timer a timer, and a note is of its own kind: `cache`. */
const kindOf = (event: TraceEvent): string => {
  if (event.kind === 'signal' || event.kind === 'answer') return 'call';
  if (event.kind === 'app-timer') return 'timer';
  return event.kind === 'note' ? event.note.kind : event.kind;
};

const eventJson = (event: TraceEvent, n: number, trace: Trace): Json => {
  const {atUs, host, connection, because, estimated, untimed, deduced} = event;
  return {
    type: 'event',
    n,
    at: atUs,
    host,
    kind: kindOf(event),
    ...(connection ? {connection} : {}),
    ...detailsOf(event, trace),
    ...(because ? {because} : {}),
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

/** What changes with the language, or with the wording of the lesson, is left out of the digest. */
const digestible = ({title: _title, text: _text, code: _code, ...rest}: Json): string =>
  `${JSON.stringify(rest)}\n`;

/** The lines of `show --json`, as objects in order, made as they are asked for. */
export function* traceLines(trace: Trace, telling: Telling): IterableIterator<Json> {
  const hash = sha256.create();
  let n = 0;
  const hashed = (line: Json): Json => {
    hash.update(utf8ToBytes(digestible(line)));
    return line;
  };
  const notesAfter = function* (event: number, place: {at: number; host: string}): IterableIterator<Json> {
    for (const {after, beat, form, text} of telling.notes)
      if (after === event) yield hashed({type: 'event', n: ++n, ...place, kind: 'beat', beat, form, text});
  };
  yield hashed(headerJson(trace, telling));
  yield* notesAfter(0, {at: 0, host: trace.header.hosts[0]?.name ?? ''});
  for (const event of trace.events()) {
    yield hashed(eventJson(event, ++n, trace));
    yield* notesAfter(event.n, {at: event.atUs, host: event.host});
  }
  const reason = trace.endReason === 'budget' ? 'limit' : trace.endReason;
  const end = {type: 'end', events: n, packets: trace.packetCount, reason};
  hash.update(utf8ToBytes(digestible(end)));
  yield {...end, digest: `sha256:${bytesToHex(hash.digest())}`};
}
