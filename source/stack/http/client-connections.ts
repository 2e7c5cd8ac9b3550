// Decides where a client's HTTP requests go: onto an open connection, onto a new one, or into the queue (RFC 9112 §9.3, §9.4).

import {RecordType} from '../../wire/dns/registry.ts';
import type {IpAddress} from '../../wire/frame.ts';
import {canonicalHost} from '../../wire/http/cookie-match.ts';
import {expectResponse} from '../../wire/http/parser.ts';
import {hostField, originForm} from '../../wire/http/uri.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import type {DnsAnswer} from '../dns/call.ts';
import type {HttpResult} from './call.ts';
import {connect, requestsOfWinner} from './client-attempts.ts';
import {originOf, requestBytes, wantsToStay} from './client-request.ts';
import {
  type Connection,
  dropConnection,
  type Exchange,
  endWait,
  type Group,
  nextSerial,
  note,
  putConnection,
  type Turn,
  update,
  watch,
} from './client-state.ts';
import {endExchange} from './client-tasks.ts';

/** The time in µs for which curl waits for 100 (Continue) before it sends the content anyway (RFC 9110 §10.1.1). */
const continueUs = 1_000_000;

export const continueTimer = (id: string): string => `continue ${id}`;

/** Writes HTTP requests onto an open connection. One with a field that may not be sent ends with EINVAL. */
const writeAll = (turn: Turn, connection: Connection, exchanges: readonly Exchange[]): void => {
  let {parser, sent, last} = connection;
  const queue: Exchange[] = [];
  for (const exchange of exchanges) {
    const {method, url, version, body} = exchange;
    const piece = requestBytes(turn, exchange);
    if (piece === undefined) {
      endExchange(turn, exchange, 'EINVAL');
      continue;
    }
    sent += 1;
    parser = expectResponse(parser, method);
    last ||= !wantsToStay(turn, exchange);
    queue.push({...exchange, attempts: exchange.attempts + 1, sentUs: turn.env.nowUs});
    const about = {method, target: originForm(url), version: `HTTP/${version}`, host: hostField(url)};
    const bytes = exchange.holding ? 0 : (body?.bytes.length ?? 0);
    const because = exchanges.length > 1 ? '9112:9.3.2/pipeline' : '9110:9.3/request';
    note(turn, {kind: 'request', op: 'sent', ...about, bytes, stream: connection.id, nth: sent}, because);
    turn.effects.push({kind: 'write', stream: connection.id, data: piece, because});
  }
  const heardUs = turn.env.nowUs;
  putConnection(turn, {...connection, phase: 'open', parser, sent, last, queue, heardUs});
  if (queue.length > 0) watch(turn, connection.id, heardUs + turn.state.settings.timeoutUs);
  if (!queue.some(({holding}) => holding)) return;
  const dueUs = turn.env.nowUs + continueUs;
  const timer = continueTimer(connection.id);
  turn.effects.push({kind: 'timer', timer, op: 'arm', dueUs, because: '9110:10.1.1/wait'});
};

export const endAll = (turn: Turn, exchanges: readonly Exchange[], result: HttpResult): void => {
  for (const exchange of exchanges) endExchange(turn, exchange, result);
};

const withAddresses = ([first, ...rest]: Group, addresses: readonly IpAddress[]): Group => [
  {...first, addresses, address: 0},
  ...rest.map((each) => ({...each, addresses, address: 0})),
];

/**
 * Finds the address of a URL's host: a literal address, a name in the client's settings, or a name that the host's DNS program looks up.
 */
const resolve = (turn: Turn, group: Group): void => {
  const [{url}] = group;
  const {hosts, dns} = turn.state.settings;
  const name = canonicalHost(url.host);
  const literal = parseIpAddress(name).ok ? name : hosts[name];
  if (literal !== undefined) connect(turn, withAddresses(group, [literal]), literal);
  else if (dns) {
    const token = nextSerial(turn);
    update(turn, {resolving: turn.state.resolving.with(`${token}`, group)});
    turn.effects.push({kind: 'ask', token, asked: {call: 'resolve', name, type: RecordType.A}});
  } else endAll(turn, group, 'unresolved');
};

/** Tells whether an HTTP connection is open and no response is pending on it. */
const isIdle = ({phase, queue}: Connection): boolean => phase === 'open' && queue.length === 0;

type Ways = {
  readonly origin: string;
  /** An idle open connection that this group of HTTP requests may use; absent if there is none. */
  readonly free?: Connection;
  /** True if the client has as many connections to the origin as it may have. */
  readonly full: boolean;
  /** An idle connection to the origin that could be closed to make room for another; absent if there is none. */
  readonly idle?: Connection;
};

const waysFor = (turn: Turn, [first]: Group): Ways => {
  const origin = originOf(first.url);
  const own = [...turn.state.connections.values()].filter((each) => each.origin === origin);
  const full = own.length >= turn.state.settings.connectionsPerOrigin;
  const idle = own.filter(isIdle);
  // A request with TLS early data needs a new connection, because early data can only be sent at its beginning.
  const free = wantsToStay(turn, first) && !first.early ? idle.find(({last}) => !last) : undefined;
  return {origin, full, ...(free && {free}), ...(idle[0] && {idle: idle[0]})};
};

export const place = (turn: Turn, group: Group): void => {
  const [first] = group;
  const {origin, free, full} = waysFor(turn, group);
  if (free) {
    const about = {origin, stream: free.id, nth: free.sent + 1};
    note(turn, {kind: 'http-connection', op: 'reused', ...about}, '9112:9.3/reuse');
    writeAll(turn, free, group);
    return;
  }
  if (full) {
    update(turn, {waiting: [...turn.state.waiting, group]});
    return;
  }
  const address = first.addresses?.[first.address];
  if (address === undefined) resolve(turn, group);
  else connect(turn, group, address);
};

export const onTold = (turn: Turn, token: number, told: DnsAnswer): void => {
  const group = turn.state.resolving.get(`${token}`);
  if (!group) return;
  update(turn, {resolving: turn.state.resolving.without(`${token}`)});
  const addresses = told.records.flatMap(({data}) => (data.kind === 'A' ? [data.address] : []));
  if (addresses.length === 0) endAll(turn, group, 'unresolved');
  else place(turn, withAddresses(group, addresses));
};

/**
 * Closes an idle HTTP connection that the waiting requests may not use, if the origin has no room for another, because otherwise nothing
 * might ever end it.
 */
const makeRoom = (turn: Turn, group: Group): void => {
  const {free, full, idle} = waysFor(turn, group);
  if (free || !full || !idle) return;
  const {id, done} = idle;
  note(turn, {kind: 'http-connection', op: 'closing', stream: id, nth: done}, '9112:9.4/room');
  turn.effects.push({kind: 'close', stream: id});
  dropConnection(turn, id);
};

/**
 * Places the waiting groups of HTTP requests in their order. It is called after each event, because a connection may have become free or
 * gone. A group that still waits, waits for pending responses, which a timer ends.
 */
export const placeWaiting = (turn: Turn): void => {
  const {waiting} = turn.state;
  const left: Group[] = [];
  /** The origins to which the client has as many connections as it may have, all of them busy. */
  const busy = new Set<string>();
  for (const group of waiting) {
    const origin = originOf(group[0].url);
    if (busy.has(origin)) {
      left.push(group);
      continue;
    }
    update(turn, {waiting: []});
    makeRoom(turn, group);
    const {full, idle} = waysFor(turn, group);
    place(turn, group);
    left.push(...turn.state.waiting);
    if (full && !idle) busy.add(origin);
    else busy.clear();
  }
  update(turn, {waiting: left});
};

/**
 * Handles an HTTP connection that is now open: writes the waiting requests onto it and ends parallel attempts. Responses to TLS early data
 * are handled like all others.
 */
export const onConnected = (turn: Turn, id: string): void => {
  const connection = turn.state.connections.get(id);
  if (connection?.phase !== 'connecting') return;
  endWait(turn, id);
  const queue = requestsOfWinner(turn, connection);
  const standing = turn.state.connections.get(id) ?? connection;
  const {origin} = connection;
  note(turn, {kind: 'http-connection', op: 'opened', origin, stream: id, nth: 1}, '9112:9.3/open');
  turn.effects.push({kind: 'noDelay', stream: id});
  writeAll(turn, {...standing, queue: []}, queue);
};

/** Sends the content of an HTTP request that waited for 100 (Continue). */
export const sendHeld = (turn: Turn, connection: Connection): void => {
  const [first, ...rest] = connection.queue;
  if (!first?.holding || !first.body) return;
  putConnection(turn, {...connection, queue: [{...first, holding: false}, ...rest]});
  turn.effects.push({kind: 'write', stream: connection.id, data: first.body.bytes});
};
