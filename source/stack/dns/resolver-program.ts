// A recursive resolver as a program of a host: its clients use port 53, its own queries leave from ports of their own (RFC 1034 §5.3.3).
import {dnsPort} from '../../wire/dns/carried.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {ednsOf} from '../../wire/dns/edns.ts';
import {splitDns} from '../../wire/dns/framing.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {idleTimer, type ProgramEnv, type ProgramStep} from '../program.ts';
import {refused} from '../refusal.ts';
import {answersQuery, askByStream, writeQuery} from './ask.ts';
import {emptyCache, lookUpAnswer} from './cache.ts';
import {type DnsEffect, type DnsEvent, emptyAnswer, giveBack, note} from './call.ts';
import {clientOf, decline, refuse, respond} from './clients.ts';
import {hear, hearNothing} from './hear.ts';
import {questionOf} from './hosts.ts';
import {cachedOutcome, search} from './outcome.ts';
import {isLost, ownOutcome, ownWord} from './own-zones.ts';
import {formatError, noZoneFor} from './refusal.ts';
import type {Client, Query, ResolverState, Waiter} from './resolver-state.ts';
import {type ResolverTurn, turnOf, update} from './resolver-turn.ts';
import {measured} from './servers.ts';
import {startIdle, stopIdle, unreadHead} from './serving.ts';
import {advance} from './walk.ts';

type Of<Kind extends DnsEvent['kind']> = Extract<DnsEvent, {readonly kind: Kind}>;

function onCall(turn: ResolverTurn, {token, call}: Of<'call'>) {
  const {state, env} = turn;
  switch (call.call) {
    case 'resolve': {
      const question = questionOf(turn, token, call);
      if (question) search(turn, question, {kind: 'call', token});
      return;
    }
    case 'flushCache':
      note(turn, {kind: 'cache', op: 'flush', entries: state.cache.entries.size}, '1035:3.2.1/flush');
      update(turn, {cache: emptyCache(state.settings.cacheEntries)});
      break;
    case 'setHosts':
      update(turn, {hosts: call.entries});
      break;
    case 'measured': {
      const {server: address, rttUs} = call;
      update(turn, {servers: measured(state.servers, {address, rttUs, nowUs: env.nowUs})});
    }
  }
  giveBack(turn, token, {...emptyAnswer, result: 'ok'});
}

/**
 * Answers a client's query without RD, only from the resolver's own zones and its cache; refuses it if they have nothing (RFC 1034 §4.3.1).
 */
function answerKnown(turn: ResolverTurn, client: Client) {
  const own = ownWord(turn.state, client.question);
  if (own) return respond(turn, client, ownOutcome(own, client.question, []));
  const entry = lookUpAnswer(turn.state.cache, client.question, turn.env.nowUs);
  if (entry) return respond(turn, client, cachedOutcome(turn, entry, {chain: [], fromCache: true}));
  decline(turn, client);
}

function onQuestion(turn: ResolverTurn, to: Client['to'], data: Uint8Array) {
  const message = decodeDns(data);
  if (!message.ok) {
    const head = unreadHead(data);
    return head ? refuse(turn, to, {refusal: formatError, head}) : discard(turn);
  }
  if (message.value.flags.qr) return discard(turn);
  const client = clientOf(message.value, to);
  if ('because' in client)
    return refuse(turn, to, {refusal: client, head: message.value, edns: ednsOf(message.value)});
  if (!client.rd) return answerKnown(turn, client);
  if (isLost(turn.state, client.question))
    return refuse(turn, to, {refusal: noZoneFor(client.question), head: message.value, edns: client.edns});
  search(turn, client.question, {kind: 'client', client});
}

const discard = (turn: ResolverTurn): void => {
  turn.effects.push({kind: 'discard', because: '1035:4.1.1/not-a-query'});
};

const queryFor = ({state}: ResolverTurn, fits: (query: Query) => boolean): Query | undefined =>
  state.queries.first(fits);

/**
 * Handles a datagram on the port of a resolver's own query. Port, sender, id and question have to match the query (RFC 5452 §9.1);
 * otherwise the datagram is discarded and the query continues to wait.
 */
function onResponse(turn: ResolverTurn, {port, from, data}: Of<'datagram'>): void {
  const query = queryFor(turn, (each) => each.port === port && !each.stream);
  const message = decodeDns(data);
  const sender = from.ip === query?.server && from.port === dnsPort;
  if (!query || !message.ok || !sender || !answersQuery(message.value, query)) {
    turn.effects.push({kind: 'discard', because: refused('5452:9.1/mismatch', 'mismatch')});
    return;
  }
  if (message.value.flags.tc) askByStream(turn, query);
  else hear(turn, query, message.value);
}

function onDatagram(turn: ResolverTurn, event: Of<'datagram'>): void {
  const {port, local, from, data} = event;
  if (port === dnsPort) onQuestion(turn, {kind: 'datagram', local, from}, data);
  else onResponse(turn, event);
}

const armIdle = (turn: ResolverTurn, stream: string): void => {
  turn.effects.push(startIdle(stream, turn.env.nowUs));
};

function onAccepted(turn: ResolverTurn, {stream}: Of<'accepted'>): void {
  update(turn, {streams: turn.state.streams.with(stream, new Uint8Array())});
  armIdle(turn, stream);
}

function onStreamAnswer(turn: ResolverTurn, query: Query, data: Uint8Array) {
  const {messages, rest} = splitDns(query.stream?.held ?? new Uint8Array(), data);
  const decoded = messages.flatMap((each): readonly DnsMessage[] => {
    const message = decodeDns(each);
    return message.ok ? [message.value] : [];
  });
  const message = decoded.find((each) => answersQuery(each, query));
  if (message) return hear(turn, query, message);
  if (query.stream) {
    const waiting = {...query, stream: {...query.stream, held: rest}};
    update(turn, {queries: turn.state.queries.with(query.serial, waiting)});
  }
}

function onData(turn: ResolverTurn, {stream, data}: Of<'data'>) {
  const query = queryFor(turn, (each) => each.stream?.id === stream);
  if (query) return onStreamAnswer(turn, query, data);
  const held = turn.state.streams.get(stream);
  if (!held) return;
  const {messages, rest} = splitDns(held, data);
  update(turn, {streams: turn.state.streams.with(stream, rest)});
  armIdle(turn, stream);
  for (const message of messages) onQuestion(turn, {kind: 'stream', stream}, message);
}

const asksBy = (waiter: Waiter, stream: string): boolean =>
  waiter.kind === 'client' && waiter.client.to.kind === 'stream' && waiter.client.to.stream === stream;

const isAsking = ({walks}: ResolverState, stream: string): boolean =>
  [...walks.values()].some(({waiters}) => waiters.some((each) => asksBy(each, stream)));

/** Removes a client, whose TCP connection has ended, from the resolver's searches, because it can no longer receive responses. */
function forgetClient(turn: ResolverTurn, stream: string): void {
  const {walks, streams} = turn.state;
  let left = walks;
  for (const [key, walk] of walks) {
    const waiters = walk.waiters.filter((each) => !asksBy(each, stream));
    if (waiters.length < walk.waiters.length) left = left.with(key, {...walk, waiters});
  }
  update(turn, {walks: left, streams: streams.without(stream)});
  turn.effects.push(stopIdle(stream));
}

function onEnded(turn: ResolverTurn, {stream, how}: Of<'ended'>) {
  const query = queryFor(turn, (each) => each.stream?.id === stream);
  if (query) return hearNothing(turn, query, 'unreachable');
  if (!turn.state.streams.has(stream)) return;
  // A client that has only closed its own side may wait for its answer; the idle timer ends that wait.
  if (how === 'eof' && isAsking(turn.state, stream)) return;
  if (how === 'eof') turn.effects.push({kind: 'close', stream});
  forgetClient(turn, stream);
}

function onTimer(turn: ResolverTurn, {timer}: Of<'timer'>) {
  const query = turn.state.queries.get(timer);
  if (query) return hearNothing(turn, query, 'silent');
  const stream = [...turn.state.streams.keys()].find((each) => idleTimer(each) === timer);
  if (stream === undefined) return;
  // A client's TCP connection is not idle while a question on it has no answer yet (RFC 7766 §3), so the idle timer starts again.
  if (isAsking(turn.state, stream)) return armIdle(turn, stream);
  turn.effects.push({kind: 'close', stream});
  forgetClient(turn, stream);
}

function dispatch(turn: ResolverTurn, event: DnsEvent) {
  switch (event.kind) {
    case 'start':
      turn.effects.push({kind: 'bind', port: dnsPort}, {kind: 'listen', port: dnsPort});
      return;
    case 'call':
      return onCall(turn, event);
    case 'datagram':
      return onDatagram(turn, event);
    case 'unreachable': {
      const query = queryFor(turn, ({port, server}) => port === event.port && server === event.to.ip);
      if (query) hearNothing(turn, query, 'unreachable');
      return;
    }
    case 'connected': {
      const query = queryFor(turn, (each) => each.stream?.id === event.stream);
      if (query) writeQuery(turn, query);
      return;
    }
    case 'accepted':
      return onAccepted(turn, event);
    case 'data':
      return onData(turn, event);
    case 'ended':
      return onEnded(turn, event);
    case 'timer':
      return onTimer(turn, event);
    case 'told':
      return;
  }
}

/**
 * Runs one step of a recursive resolver: it handles the event, then continues its searches one after the other until each waits for
 * something or is complete.
 */
export const resolverStep = (
  state: ResolverState,
  event: DnsEvent,
  env: ProgramEnv,
): ProgramStep<ResolverState, DnsEffect> => {
  const turn = turnOf(state, env);
  dispatch(turn, event);
  for (let key = turn.ready.shift(); key !== undefined; key = turn.ready.shift()) advance(turn, key);
  return {state: turn.state, effects: turn.effects};
};
