// A stub resolver as a program of a host: hosts file, cache, then the servers of its list in turn (RFC 1034 §5.3.1, resolv.conf(5)).
import {dnsPort} from '../../wire/dns/carried.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {fullRcode} from '../../wire/dns/edns.ts';
import {encodeDns} from '../../wire/dns/encode.ts';
import {frameDns, splitDns} from '../../wire/dns/framing.ts';
import type {DnsMessage, DnsQuestion} from '../../wire/dns/message.ts';
import {Rcode, rcodeName} from '../../wire/dns/registry.ts';
import {Table} from '../../wire/table.ts';
import {type ProgramTurn, stepBy} from '../program.ts';
import {refused} from '../refusal.ts';
import {answersQuery, freePort, queryMessage, randomId} from './ask.ts';
import {type Cache, emptyCache} from './cache.ts';
import {
  type DnsAnswer,
  type DnsCall,
  type DnsEffect,
  type DnsEvent,
  emptyAnswer,
  giveBack,
  type HostsEntry,
  note,
} from './call.ts';
import type {DnsBecause, DnsReason} from './cases.ts';
import {questionOf} from './hosts.ts';
import {answerIn, cachedAnswer, type Kept, keepAnswer} from './stub-answer.ts';
import type {StubSettings} from './stub-settings.ts';

/** A program's resolve call that waits for a stub resolver's answer. */
type Pending = {
  readonly serial: string;
  readonly token: number;
  readonly question: DnsQuestion;
  readonly ednsSize: number | undefined;
  /** The DNS id of the query, the same whenever it is sent again, so that a late response still counts. */
  readonly id: number;
  readonly port: number;
  /** How often the stub resolver has sent the query; the number selects the next server, round after round through the list. */
  readonly sends: number;
  readonly stream?: {readonly id: string; readonly held: Uint8Array};
};

export type StubState = {
  readonly role: 'stub';
  readonly settings: StubSettings;
  readonly hosts: readonly HostsEntry[];
  readonly cache: Cache;
  readonly pending: Table<Pending>;
  readonly serial: number;
};

type Turn = ProgramTurn<StubState, DnsEffect>;
type Of<Kind extends DnsEvent['kind']> = Extract<DnsEvent, {readonly kind: Kind}>;

const cacheEntries = 4_096;

export const stubStart = (settings: StubSettings): StubState => ({
  role: 'stub',
  settings,
  hosts: settings.hosts,
  cache: emptyCache(cacheEntries),
  pending: Table.empty(),
  serial: 0,
});

const update = (turn: Turn, changes: Partial<StubState>): void => {
  turn.state = {...turn.state, ...changes};
};

const put = (turn: Turn, pending: Pending): void =>
  update(turn, {pending: turn.state.pending.with(pending.serial, pending)});

const use = (turn: Turn, {cache, notes}: Kept): void => {
  update(turn, {cache});
  for (const {what, because} of notes) note(turn, what, because);
};

const serverOf = ({servers}: StubSettings, sends: number): string | undefined =>
  servers[sends % Math.max(1, servers.length)];

/**
 * Returns how long in µs a stub resolver waits for a server, as glibc's res_send: the whole timeout for the first server of the list, a
 * share that grows with each further one.
 */
const waitUs = ({servers, timeoutUs}: StubSettings, sends: number): number => {
  const index = sends % servers.length;
  return index === 0
    ? timeoutUs
    : Math.max(1_000_000, Math.floor((timeoutUs * (1 << index)) / servers.length));
};

function arm(turn: Turn, {serial, sends}: Pending): void {
  const dueUs = turn.env.nowUs + waitUs(turn.state.settings, sends - 1);
  turn.effects.push({kind: 'timer', timer: serial, op: 'arm', dueUs, because: '1035:7.2/timer'});
}

/** Sends the question of a stub resolver to the next server of its list, over UDP. */
function send(turn: Turn, pending: Pending): void {
  const {settings} = turn.state;
  const server = serverOf(settings, pending.sends);
  if (server === undefined) return;
  const again = pending.sends >= settings.servers.length;
  const because = pending.sends === 0 ? '1034:5.3.1/ask' : '1035:7.2/again';
  turn.effects.push({
    kind: 'datagram',
    port: pending.port,
    to: {ip: server, port: dnsPort},
    data: encodeDns(queryMessage({...pending, rd: true})),
    because,
    ...(again ? {retransmission: true} : {}),
  });
  const {stream, ...rest} = pending;
  if (stream) turn.effects.push({kind: 'close', stream: stream.id});
  const sent = {...rest, sends: pending.sends + 1};
  put(turn, sent);
  arm(turn, sent);
}

function ask(turn: Turn, token: number, {question, edns}: {question: DnsQuestion; edns?: number}): void {
  const {settings, serial: before, pending} = turn.state;
  const serial = `query ${before + 1}`;
  update(turn, {serial: before + 1});
  if (settings.servers.length === 0) {
    giveBack(turn, token, {...emptyAnswer, result: 'timedOut'});
    return;
  }
  const busy = [...pending.values()].map(({port}) => port);
  const port = freePort(turn.env, serial, (each) => busy.includes(each));
  const size = edns ?? settings.ednsSize;
  turn.effects.push({kind: 'bind', port});
  send(turn, {
    serial,
    token,
    question,
    ednsSize: size === 0 ? undefined : size,
    id: randomId(turn.env, serial),
    port,
    sends: 0,
  });
}

/** Answers a program's resolve call: from the hosts file, then from the cache, or else by asking a server. */
function resolveCall(turn: Turn, token: number, call: Extract<DnsCall, {call: 'resolve'}>): void {
  const question = questionOf(turn, token, call);
  if (!question) return;
  if (turn.state.settings.cache) {
    const {answer, ...kept} = cachedAnswer(turn.state.cache, question, turn.env.nowUs);
    use(turn, kept);
    if (answer) {
      giveBack(turn, token, answer);
      return;
    }
  }
  ask(turn, token, {question, ...(call.edns === undefined ? {} : {edns: call.edns})});
}

function onCall(turn: Turn, {token, call}: Of<'call'>): void {
  if (call.call === 'resolve') {
    resolveCall(turn, token, call);
    return;
  }
  if (call.call === 'flushCache') {
    note(turn, {kind: 'cache', op: 'flush', entries: turn.state.cache.entries.size}, '1035:3.2.1/flush');
    update(turn, {cache: emptyCache(cacheEntries)});
  }
  if (call.call === 'setHosts') update(turn, {hosts: call.entries});
  giveBack(turn, token, {...emptyAnswer, result: 'ok'});
}

function finish(turn: Turn, pending: Pending, answer: DnsAnswer, because?: DnsBecause): void {
  const {serial, port, stream, token} = pending;
  turn.effects.push({kind: 'timer', timer: serial, op: 'cancel', because: '1034:5.3.1/answer'});
  turn.effects.push({kind: 'unbind', port});
  if (stream) turn.effects.push({kind: 'close', stream: stream.id});
  update(turn, {pending: turn.state.pending.without(serial)});
  giveBack(turn, token, answer, because);
}

const failures: Readonly<Record<number, DnsAnswer['result']>> = {
  [Rcode.FORMERR]: 'FORMERR',
  [Rcode.NOTIMP]: 'NOTIMP',
  [Rcode.REFUSED]: 'REFUSED',
};

const toldBy = (message: DnsMessage, what: 'rcode' | 'nodata'): DnsReason => {
  const code = fullRcode(message);
  return {rule: '1034:5.3.1/answer', case: what, facts: {code, name: rcodeName(code)}};
};

function hear(turn: Turn, pending: Pending, message: DnsMessage): void {
  const {rcode} = message;
  if (rcode !== Rcode.NOERROR && rcode !== Rcode.NXDOMAIN) {
    // If a server returns an error, the stub resolver asks the next one of its list; after the last one the error is the result.
    const {servers} = turn.state.settings;
    if (pending.sends % servers.length !== 0) send(turn, pending);
    else {
      const answer = {...emptyAnswer, from: 'network', result: failures[rcode] ?? 'SERVFAIL'} as const;
      finish(turn, pending, answer, toldBy(message, 'rcode'));
    }
    return;
  }
  if (turn.state.settings.cache)
    use(turn, keepAnswer(turn.state.cache, {question: pending.question, message, nowUs: turn.env.nowUs}));
  const answer = answerIn(message, pending.question);
  const what = answer.result === 'NODATA' ? 'nodata' : 'rcode';
  finish(turn, pending, answer, answer.result === 'ok' ? undefined : toldBy(message, what));
}

/** Asks the same server the same question over TCP, because the answer is too long for UDP (RFC 7766 §5). */
function askByStream(turn: Turn, pending: Pending): void {
  const ip = serverOf(turn.state.settings, pending.sends - 1);
  if (ip === undefined) return;
  const id = `dns ${pending.serial} ${pending.sends}`;
  turn.effects.push({kind: 'connect', stream: id, to: {ip, port: dnsPort}, because: '7766:5/tcp'});
  const waiting = {...pending, stream: {id, held: new Uint8Array()}};
  put(turn, waiting);
  arm(turn, waiting);
}

function onDatagram(turn: Turn, {port, from, data}: Of<'datagram'>): void {
  const {settings, pending: all} = turn.state;
  const pending = all.first((each) => each.port === port);
  const message = decodeDns(data);
  // A response counts if it comes from any server to which the stub resolver has sent the query so far.
  const asked = settings.servers.slice(0, pending?.sends ?? 0).includes(from.ip) && from.port === dnsPort;
  if (!pending || pending.stream || !message.ok || !asked || !answersQuery(message.value, pending))
    turn.effects.push({kind: 'discard', because: refused('5452:9.1/mismatch', 'mismatch')});
  else if (message.value.flags.tc) askByStream(turn, pending);
  else hear(turn, pending, message.value);
}

const ofStream = ({state}: Turn, stream: string): Pending | undefined =>
  state.pending.first((each) => each.stream?.id === stream);

function onData(turn: Turn, {stream, data}: Of<'data'>): void {
  const pending = ofStream(turn, stream);
  if (!pending?.stream) return;
  const {messages, rest} = splitDns(pending.stream.held, data);
  for (const each of messages) {
    const message = decodeDns(each);
    if (message.ok && answersQuery(message.value, pending)) {
      hear(turn, pending, message.value);
      return;
    }
  }
  put(turn, {...pending, stream: {...pending.stream, held: rest}});
}

/** Gives up waiting for a server: asks the next one of the list, round after round, and fails after the last round. */
function giveUpOn(turn: Turn, pending: Pending): void {
  const {servers, attempts} = turn.state.settings;
  const server = serverOf(turn.state.settings, pending.sends - 1);
  if (pending.stream) turn.effects.push({kind: 'abort', stream: pending.stream.id});
  if (server !== undefined)
    note(turn, {kind: 'server', server, zone: '.', fault: 'silent'}, '1035:7.2/silent');
  const {stream: _, ...rest} = pending;
  if (rest.sends < servers.length * attempts) send(turn, rest);
  else finish(turn, rest, {...emptyAnswer, from: 'network', result: 'timedOut'});
}

function dispatch(turn: Turn, event: DnsEvent): void {
  switch (event.kind) {
    case 'call':
      onCall(turn, event);
      return;
    case 'datagram':
      onDatagram(turn, event);
      return;
    case 'connected': {
      const pending = ofStream(turn, event.stream);
      if (!pending) return;
      const data = frameDns(encodeDns(queryMessage({...pending, rd: true})));
      turn.effects.push({kind: 'write', stream: event.stream, data});
      return;
    }
    case 'data':
      onData(turn, event);
      return;
    case 'ended': {
      const pending = ofStream(turn, event.stream);
      if (pending) giveUpOn(turn, pending);
      return;
    }
    case 'unreachable': {
      const {pending: all, settings} = turn.state;
      const pending = all.first(({port}) => port === event.port);
      // An ICMP error counts only if it is about the server that the stub resolver asked last.
      const present = pending && serverOf(settings, pending.sends - 1) === event.to.ip;
      if (present && !pending.stream) giveUpOn(turn, pending);
      return;
    }
    case 'timer': {
      const pending = turn.state.pending.get(event.timer);
      if (pending) giveUpOn(turn, pending);
      return;
    }
    case 'start':
    case 'accepted':
    case 'told':
      return;
  }
}

export const stubStep = stepBy(dispatch);
