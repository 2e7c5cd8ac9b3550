// An authoritative server as a program: port 53 over UDP and TCP (RFC 1035 §4.2, RFC 7766), zones that can be edited.

import {dnsPort as port} from '../../wire/dns/carried.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {ednsOf} from '../../wire/dns/edns.ts';
import {frameDns, splitDns} from '../../wire/dns/framing.ts';
import {dnsHeader, flagsOf} from '../../wire/dns/header.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
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
import {type Answered, answerFrom} from './authority.ts';
import type {AuthorityRuleId} from './rules.ts';
import {editZone, soaOf, type Zone, zoneOf} from './zone.ts';
import type {ZoneData} from './zone-check.ts';

/** RFC 1035 §4.2.1: what everybody can take over UDP. */
const udpOctetsLeast = 512;
/** The length field of RFC 1035 §4.2.2. */
const tcpOctetsMost = 0xffff;
const idleUs = 10_000_000;

export type AuthoritySpec = {
  readonly zones: readonly ZoneData[];
  /** Octets of UDP payload, to take and to give. @default 1232 */
  readonly udpSize?: number;
};

export type AuthorityState = {
  readonly zones: readonly Zone[];
  readonly udpSize: number;
  /** Of each connection, the beginning of a message whose end is still to come. */
  readonly streams: ReadonlyMap<StreamId, Uint8Array>;
};

/** `origin`: the zone; `records`: each set takes the place of the one that the zone has. */
export type AuthorityCall = {
  readonly call: 'editZone';
  readonly origin: DnsName;
  readonly records: readonly DnsRecord[];
};

/** EINVAL: no such zone, or it would be none any more. */
export type AuthorityAnswer = {readonly result: 'ok'; readonly serial: number} | {readonly result: 'EINVAL'};

/** The zone has these records now. */
export type AuthorityNote = {
  readonly kind: 'edit';
  readonly origin: DnsName;
  readonly serial: number;
  readonly records: readonly DnsRecord[];
};

type AuthorityEvent = ProgramEvent<AuthorityCall, never>;
type AuthorityEffect = ProgramEffect<AuthorityNote, AuthorityAnswer, AuthorityRuleId>;
type Step = ProgramStep<AuthorityState, AuthorityEffect>;
type EventOf<Kind extends AuthorityEvent['kind']> = Extract<AuthorityEvent, {readonly kind: Kind}>;

export const authorityStart = ({zones, udpSize = 1232}: AuthoritySpec): AuthorityState => ({
  zones: zones.map(zoneOf),
  udpSize,
  streams: new Map(),
});

/** What can be said about octets that are no message: FORMERR, where at least a header can be read. */
const unreadable = (bytes: Uint8Array): Answered | undefined => {
  if (bytes.length < dnsHeader.size) return undefined;
  const {id, flags} = dnsHeader.read(bytes, 0);
  const {qr, rd} = flagsOf(flags);
  if (qr) return undefined;
  const answer = {qr: true, aa: false, tc: false, rd, ra: false, ad: false, cd: false};
  const empty = {questions: [], answers: [], authorities: [], additionals: []};
  const response = {id, opcode: (flags >> 11) & 0xf, flags: answer, rcode: Rcode.FORMERR, ...empty};
  return {response, because: '1035:4.1.1/formerr'};
};

/** Undefined: it is to be thrown away; a response never draws a response. */
const answerTo = (
  {zones, udpSize}: AuthorityState,
  bytes: Uint8Array,
): (Answered & {readonly query?: DnsMessage}) | undefined => {
  const read = decodeDns(bytes);
  if (!read.ok) return unreadable(bytes);
  return read.value.flags.qr ? undefined : {...answerFrom(zones, read.value, {udpSize}), query: read.value};
};

const silent: AuthorityEffect = {kind: 'discard', because: '1035:4.1.1/not-a-query'};

/** RFC 6891 §6.2.3: sizes below 512 mean 512. */
const roomFor = (query: DnsMessage | undefined, udpSize: number): number => {
  const edns = query && ednsOf(query);
  return edns ? Math.min(Math.max(edns.udpSize, udpOctetsLeast), udpSize) : udpOctetsLeast;
};

const isTruncated = (bytes: Uint8Array): boolean => flagsOf(dnsHeader.read(bytes, 0).flags).tc;

const onDatagram = (state: AuthorityState, {local, from, data}: EventOf<'datagram'>): Step => {
  const answered = answerTo(state, data);
  if (!answered) return {state, effects: [silent]};
  const response = encodeDnsWithin(answered.response, roomFor(answered.query, state.udpSize));
  const because = isTruncated(response) ? '1035:4.2.1/truncated' : answered.because;
  return {state, effects: [{kind: 'datagram', port, local, to: from, data: response, because}]};
};

const startIdle = (stream: StreamId, nowUs: number): AuthorityEffect => ({
  kind: 'timer',
  timer: idleTimer(stream),
  op: 'arm',
  dueUs: nowUs + idleUs,
  because: '7766:6.2.3/idle/start',
});

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
  const stop: AuthorityEffect = {
    kind: 'timer',
    timer: idleTimer(stream),
    op: 'cancel',
    because: '7766:6.2.3/idle/stop',
  };
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

/** Zones outlive a reboot as they were edited last: they are files. */
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
