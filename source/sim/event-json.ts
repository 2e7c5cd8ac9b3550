// Writes the events of a run as `show --json` prints them, with the documented names and without what is only deduced.
import {bytesToHex} from '@noble/hashes/utils.js';
import type {DnsAnswer} from '../stack/dns/call.ts';
import type {HttpAnswer} from '../stack/http/call.ts';
import type {TcpSignal} from '../stack/tcp/effect.ts';
import {recordText} from '../wire/dns/record-text.ts';
import {typeName} from '../wire/dns/registry.ts';
import {encodeFrame} from '../wire/frame.ts';
import {tlsJson} from './tls-json.ts';
import type {EventOf, Trace, TraceEvent} from './trace.ts';

type Json = {readonly [key: string]: unknown};

const packetName = (packet: number, hop: number): number | string => {
  const name = packet < 0 ? `arp${-packet}` : packet;
  return hop === 0 ? name : `${name}.${hop}`;
};

/**
 * Tells whether an event of TCP ends a connect() that still waits: before it, the connection was in SYN-SENT, or in SYN-RECEIVED after
 * SYN-SENT.
 */
const isConnecting = ({n, host, connection}: EventOf<'signal'>, trace: Trace): boolean => {
  for (let earlier = n - 1; earlier > 0; earlier--) {
    const event = trace.event(earlier);
    if (event.kind !== 'state' || event.host !== host || event.connection !== connection) continue;
    const state = event.to === 'CLOSED' ? event.from : event.to;
    if (state !== 'SYN-RECEIVED') return state === 'SYN-SENT';
  }
  return false;
};

type Waiting = 'connect' | 'accept' | 'send' | 'receive' | 'close';

const returnOf: {readonly [signal in TcpSignal]?: readonly [call: Waiting, returns: string]} = {
  connected: ['connect', 'ok'],
  accepted: ['accept', 'ok'],
  eof: ['receive', 'eof'],
  urgent: ['receive', 'urgent'],
  closed: ['close', 'ok'],
  EPIPE: ['send', 'EPIPE'],
};

/** Returns the first keys of an event's line in `show --json`: time, host, kind and connection. */
const begun = <Kind extends string>({atUs: at, host, connection}: TraceEvent, kind: Kind) => ({
  ...{at, host, kind},
  ...(connection ? {connection} : {}),
});

/**
 * Returns the line for a call that returns later, such as connect(). An error for which no call waits is given as the result of receive().
 */
const returnJson = (event: EventOf<'signal'>, trace: Trace) => {
  const [call, returns]: readonly [Waiting, string] = returnOf[event.signal] ?? [
    isConnecting(event, trace) ? 'connect' : 'receive',
    event.signal,
  ];
  return {...begun(event, 'call'), call, returns};
};

/** Returns the bytes as the packet left its host, without damage on the way. */
export const sentBytes = ({packet, hop, frame}: EventOf<'send'>, trace: Trace): Uint8Array => {
  if (packet > 0 && hop === 0) return trace.packet(packet).bytes;
  return frame ? encodeFrame(frame) : new Uint8Array();
};

export const sendJson = (event: EventOf<'send'>, trace: Trace) => {
  const {packet, hop, to, dueUs, lost, retransmission, faults, forMany, inPlaceOf} = event;
  return {
    ...begun(event, 'send'),
    packet: packetName(packet, hop),
    to,
    ...(forMany ? {forMany} : {due: dueUs}),
    ...(lost ? {lost} : {}),
    ...(retransmission ? {retransmission} : {}),
    ...(faults.length > 0 ? {faults} : {}),
    ...(inPlaceOf ? {by: 'learner'} : {}),
    bytes: bytesToHex(sentBytes(event, trace)),
  };
};

export const arriveJson = (event: EventOf<'arrive'>) => {
  const {packet, hop, from, altered} = event;
  return {
    ...begun(event, 'arrive'),
    packet: packetName(packet, hop),
    from,
    ...(altered && {altered: {bytes: bytesToHex(encodeFrame(altered))}}),
  };
};

export const dropJson = (event: EventOf<'drop'>) => ({
  ...begun(event, 'drop'),
  packet: packetName(event.packet, event.hop),
  reason: event.reason,
});

/** Returns the line in `show --json` for an application's note; the line's kind is that of the note, such as `cache`. */
const noteJson = (event: EventOf<'note'>) => {
  const {note, fromPacket} = event;
  // The keys `type` and `host` of a note are renamed, because in a line they mean the line's kind and the host on which it happened.
  const {type, host: authority, ...details} = {type: undefined, host: undefined, ...note};
  const renamed = {
    ...(authority === undefined ? {} : {authority}),
    ...(fromPacket === undefined ? {} : {packet: fromPacket}),
    ...(type === undefined ? {} : {rrtype: typeName(type)}),
  };
  const line = begun(event, note.kind);
  return 'records' in details
    ? {...line, ...details, ...renamed, records: details.records.map(recordText)}
    : {...line, ...details, ...renamed};
};

const exchangedJson = ({status, bytes, exchanges}: HttpAnswer) => ({
  ...(status === undefined ? {} : {status}),
  bytes,
  exchanges: exchanges.map((each) => ({...each})),
});

const resolvedJson = ({records, chain, from, ttl}: DnsAnswer) => ({
  records: [...chain, ...records].map(recordText),
  from,
  ...(ttl === undefined ? {} : {ttl}),
});

const answerJson = (event: EventOf<'answer'>) => {
  const {action, answer} = event;
  const {call, as} = action;
  return {
    ...begun(event, 'call'),
    call,
    ...(as === undefined ? {} : {as}),
    returns: answer.result,
    ...('exchanges' in answer && exchangedJson(answer)),
    ...('chain' in answer && resolvedJson(answer)),
  };
};

const callJson = (event: EventOf<'call'>) => {
  const {call, ...given} = event.action;
  const parameters: Json = given;
  return {...begun(event, 'call'), call, parameters, result: event.result};
};

type OfPackets = EventOf<'send' | 'arrive' | 'drop'>;

/**
 * Returns the line for an event that is not about a packet. The later result of a call is written as a call, and an application's timer
 * as a timer.
 */
export const otherJson = (event: Exclude<TraceEvent, OfPackets>, trace: Trace) => {
  switch (event.kind) {
    case 'call':
      return callJson(event);
    case 'signal':
      return returnJson(event, trace);
    case 'state':
      return {
        ...begun(event, 'state'),
        ...(event.from === undefined ? {} : {from: event.from}),
        to: event.to,
      };
    case 'timer':
      return {...begun(event, 'timer'), name: `${event.name}`, op: event.op, due: event.dueUs};
    case 'app-timer':
      return {
        ...begun(event, 'timer'),
        name: `${event.app} ${event.timer}`,
        op: event.op,
        due: event.dueUs,
      };
    case 'note':
      return noteJson(event);
    case 'tls':
      return {...begun(event, 'tls'), ...tlsJson(event.what)};
    case 'answer':
      return answerJson(event);
    case 'deliver':
      return {...begun(event, 'deliver'), bytes: event.bytes};
  }
};

export const eventJson = (event: TraceEvent, trace: Trace) => {
  switch (event.kind) {
    case 'send':
      return sendJson(event, trace);
    case 'arrive':
      return arriveJson(event);
    case 'drop':
      return dropJson(event);
    default:
      return otherJson(event, trace);
  }
};
