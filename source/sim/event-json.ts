// What a machine did, as `show --json` has it: under the names of its contract, without what is told of it.
import {bytesToHex} from '@noble/hashes/utils.js';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {recordText} from '../wire/dns/record-text.ts';
import {typeName} from '../wire/dns/registry.ts';
import {encodeFrame} from '../wire/frame.ts';
import {tlsJson} from './tls-json.ts';
import type {EventOf, Trace, TraceEvent} from './trace.ts';

export type Json = {readonly [key: string]: unknown};

const packetName = (packet: number, hop: number): number | string => {
  const name = packet < 0 ? `arp${-packet}` : packet;
  return hop === 0 ? name : `${name}.${hop}`;
};

/** Whether connect() waits still: the state that the event finds is SYN-SENT, or was before SYN-RECEIVED. */
const isConnecting = ({n, host, connection}: EventOf<'signal'>, trace: Trace): boolean => {
  for (let earlier = n - 1; earlier > 0; earlier--) {
    const event = trace.event(earlier);
    if (event.kind !== 'state' || event.host !== host || event.connection !== connection) continue;
    const state = event.to === 'CLOSED' ? event.from : event.to;
    if (state !== 'SYN-RECEIVED') return state === 'SYN-SENT';
  }
  return false;
};

const returnOf: {readonly [signal in TcpSignal]?: readonly [call: string, returns: string]} = {
  connected: ['connect', 'ok'],
  accepted: ['accept', 'ok'],
  eof: ['receive', 'eof'],
  urgent: ['receive', 'urgent'],
  closed: ['close', 'ok'],
  EPIPE: ['send', 'EPIPE'],
};

/** A call that returns later says so in a `call` event of its own; an error that no call waits for, the next one learns. */
const returnJson = (event: EventOf<'signal'>, trace: Trace): Json => {
  const [call, returns] = returnOf[event.signal] ?? [
    isConnecting(event, trace) ? 'connect' : 'receive',
    event.signal,
  ];
  return {call, returns};
};

/** As it left its host; damage on the way is not in it. */
export const sentBytes = ({packet, hop, frame}: EventOf<'send'>, trace: Trace): Uint8Array => {
  if (packet > 0 && hop === 0) return trace.packet(packet).bytes;
  return frame ? encodeFrame(frame) : new Uint8Array();
};

const sendJson = (event: EventOf<'send'>, trace: Trace): Json => {
  const {packet, hop, to, dueUs, lost, retransmission, faults, forMany} = event;
  return {
    packet: packetName(packet, hop),
    to,
    ...(forMany ? {forMany} : {due: dueUs}),
    ...(lost ? {lost} : {}),
    ...(retransmission ? {retransmission} : {}),
    ...(faults.length > 0 ? {faults} : {}),
    bytes: bytesToHex(sentBytes(event, trace)),
  };
};

const arriveJson = ({packet, hop, from, altered}: EventOf<'arrive'>): Json => ({
  packet: packetName(packet, hop),
  from,
  ...(altered && {altered: {bytes: bytesToHex(encodeFrame(altered))}}),
});

const noteJson = ({note, fromPacket}: EventOf<'note'>): Json => {
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

const answerJson = ({action, answer}: EventOf<'answer'>): Json => {
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
    case 'signal':
      return returnJson(event, trace);
    case 'send':
      return sendJson(event, trace);
    case 'arrive':
      return arriveJson(event);
    case 'drop':
      return {packet: packetName(event.packet, event.hop), reason: event.reason};
    case 'state':
      return {...(event.from === undefined ? {} : {from: event.from}), to: event.to};
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

/** When, where and what; a beat would have the same beginning. */
export const eventJson = (event: TraceEvent, trace: Trace): Json => {
  const {atUs, host, connection} = event;
  return {
    at: atUs,
    host,
    kind: kindOf(event),
    ...(connection ? {connection} : {}),
    ...detailsOf(event, trace),
  };
};
