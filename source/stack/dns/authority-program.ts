// An authoritative server as a program: port 53 over UDP and TCP (RFC 1035 §4.2, RFC 7766), with zones that can be edited.

import {dnsPort as port} from '../../wire/dns/carried.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {ednsOf} from '../../wire/dns/edns.ts';
import {frameDns, splitDns} from '../../wire/dns/framing.ts';
import {type DnsMessage, type DnsRecord, noFlags, noRecords} from '../../wire/dns/message.ts';
import {type DnsName, sameName} from '../../wire/dns/name.ts';
import {Rcode} from '../../wire/dns/registry.ts';
import {encodeDnsWithin} from '../../wire/dns/truncate.ts';
import {
  idleTimer,
  type ProgramEffect,
  type ProgramEnv,
  type ProgramEvent,
  type ProgramStep,
  type StreamId,
} from '../program.ts';
import {type Answered, answerFrom, udpSize} from './authority.ts';
import type {DnsBecause} from './cases.ts';
import {datagramData, startIdle, stopIdle, tcpOctetsMost, unreadHead} from './serving.ts';
import {editZone, soaOf, type Zone, zoneOf} from './zone.ts';
import type {ZoneData} from './zone-check.ts';

export type AuthoritySpec = {readonly zones: readonly ZoneData[]};

export type AuthorityState = {
  readonly zones: readonly Zone[];
  /** The beginning of an incomplete DNS message, by TCP connection of a client. */
  readonly streams: ReadonlyMap<StreamId, Uint8Array>;
};

/** A call that edits the zone `origin` of a DNS server: each RRset in `records` replaces the zone's RRset of that name and type. */
export type AuthorityCall = {
  readonly call: 'editZone';
  readonly origin: DnsName;
  readonly records: readonly DnsRecord[];
};

/** The result of editing a DNS zone: its new serial; EINVAL if there is no such zone, or if it would no longer be valid. */
export type AuthorityAnswer = {readonly result: 'ok'; readonly serial: number} | {readonly result: 'EINVAL'};

/** A note in the Trace that a DNS zone was edited: its new serial, and the records that were put in. */
export type AuthorityNote = {
  readonly kind: 'edit';
  readonly origin: DnsName;
  readonly serial: number;
  readonly records: readonly DnsRecord[];
};

type AuthorityEvent = ProgramEvent<AuthorityCall, never>;
type AuthorityEffect = ProgramEffect<AuthorityNote, AuthorityAnswer, DnsBecause>;
type Step = ProgramStep<AuthorityState, AuthorityEffect>;
type EventOf<Kind extends AuthorityEvent['kind']> = Extract<AuthorityEvent, {readonly kind: Kind}>;

export const authorityStart = ({zones}: AuthoritySpec): AuthorityState => ({
  zones: zones.map(zoneOf),
  streams: new Map(),
});

/**
 * Returns an authoritative server's answer to octets that are no DNS message: FORMERR; undefined if they contain no header or are a
 * response.
 */
const unreadable = (bytes: Uint8Array): Answered | undefined => {
  const head = unreadHead(bytes);
  if (!head) return undefined;
  const flags = {...noFlags, qr: true, rd: head.flags.rd};
  const response = {...head, flags, rcode: Rcode.FORMERR, questions: [], ...noRecords};
  return {response, because: '1035:4.1.1/formerr'};
};

/** Returns an authoritative server's answer to the octets of a message; undefined if it is dropped without an answer, as responses are. */
const answerTo = (
  {zones}: AuthorityState,
  bytes: Uint8Array,
): (Answered & {readonly query?: DnsMessage}) | undefined => {
  const read = decodeDns(bytes);
  if (!read.ok) return unreadable(bytes);
  return read.value.flags.qr ? undefined : {...answerFrom(zones, read.value), query: read.value};
};

const silent: AuthorityEffect = {kind: 'discard', because: '1035:4.1.1/not-a-query'};

const onDatagram = (state: AuthorityState, {local, from, data}: EventOf<'datagram'>): Step => {
  const answered = answerTo(state, data);
  if (!answered) return {state, effects: [silent]};
  const edns = answered.query && ednsOf(answered.query);
  const sent = datagramData(answered.response, {edns, most: udpSize, because: answered.because});
  return {state, effects: [{kind: 'datagram', port, local, to: from, ...sent}]};
};

const withStream = (state: AuthorityState, stream: StreamId, held: Uint8Array): AuthorityState => ({
  ...state,
  streams: new Map([...state.streams, [stream, held]]),
});

const withoutStream = (state: AuthorityState, stream: StreamId): AuthorityState => ({
  ...state,
  streams: new Map([...state.streams].filter(([each]) => each !== stream)),
});

const onData = (state: AuthorityState, {stream, data}: EventOf<'data'>, nowUs: number): Step => {
  const held = state.streams.get(stream);
  if (!held) return {state, effects: []};
  const {messages, rest} = splitDns(held, data);
  const effects = messages.map((message): AuthorityEffect => {
    const answered = answerTo(state, message);
    if (!answered) return silent;
    return {kind: 'write', stream, data: frameDns(encodeDnsWithin(answered.response, tcpOctetsMost))};
  });
  return {state: withStream(state, stream, rest), effects: [...effects, startIdle(stream, nowUs)]};
};

const onEnded = (state: AuthorityState, {stream, how}: EventOf<'ended'>): Step => {
  if (!state.streams.has(stream)) return {state, effects: []};
  const stop = stopIdle(stream);
  return {
    state: withoutStream(state, stream),
    effects: how === 'eof' ? [stop, {kind: 'close', stream}] : [stop],
  };
};

const onTimer = (state: AuthorityState, timer: string): Step => {
  const stream = [...state.streams.keys()].find((each) => idleTimer(each) === timer);
  if (stream === undefined) return {state, effects: []};
  return {state: withoutStream(state, stream), effects: [{kind: 'close', stream}]};
};

const onCall = (state: AuthorityState, {token, call: {origin, records}}: EventOf<'call'>): Step => {
  const zone = state.zones.find((each) => sameName(each.origin, origin));
  const edited = zone && editZone(zone, records);
  if (!edited) return {state, effects: [{kind: 'return', token, answer: {result: 'EINVAL'}}]};
  const {serial} = soaOf(edited).data;
  const note: AuthorityNote = {kind: 'edit', origin: edited.origin, serial, records};
  return {
    state: {...state, zones: state.zones.map((each) => (each === zone ? edited : each))},
    effects: [
      {kind: 'note', note, because: '1034:4.3.5/serial'},
      {kind: 'return', token, answer: {result: 'ok', serial}},
    ],
  };
};

/** Runs one step of an authoritative server. Zones survive a reboot as they were last edited, because they are files. */
export const authorityStep = (state: AuthorityState, event: AuthorityEvent, env: ProgramEnv): Step => {
  switch (event.kind) {
    case 'start':
      return {
        state: {...state, streams: new Map()},
        effects: [
          {kind: 'bind', port},
          {kind: 'listen', port},
        ],
      };
    case 'datagram':
      return onDatagram(state, event);
    case 'accepted': {
      const {stream} = event;
      return {
        state: withStream(state, stream, new Uint8Array()),
        effects: [startIdle(stream, env.nowUs)],
      };
    }
    case 'data':
      return onData(state, event, env.nowUs);
    case 'ended':
      return onEnded(state, event);
    case 'timer':
      return onTimer(state, event.timer);
    case 'call':
      return onCall(state, event);
    case 'connected':
    case 'told':
    case 'unreachable':
      return {state, effects: []};
  }
};
