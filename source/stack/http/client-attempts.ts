// Makes an HTTP client's attempts to reach one of the addresses of a name: one after another, or the next while the last is still open (RFC
// 8305 §5).
import type {IpAddress} from '../../wire/frame.ts';
import {canonicalHost} from '../../wire/http/cookie-match.ts';
import {responseParser} from '../../wire/http/parser.ts';
import type {HttpUrl} from '../../wire/http/uri.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import type {StreamId} from '../program.ts';
import type {SecureClient} from '../tls/secure.ts';
import type {HttpBecause} from './cases.ts';
import {originOf} from './client-request.ts';
import {
  attemptTimer,
  type Connection,
  dropConnection,
  type Exchange,
  type Group,
  nextSerial,
  note,
  putConnection,
  type Turn,
} from './client-state.ts';

/**
 * Returns the TLS settings for a URL; undefined if it is not https, or if the client has none. SNI is only sent for names, not for
 * addresses (RFC 6066 §3).
 */
const secureFor = ({state}: Turn, {scheme, host}: HttpUrl): SecureClient | undefined => {
  const {secure} = state.settings;
  if (scheme !== 'https' || !secure) return undefined;
  const site = canonicalHost(host);
  return {...secure, alpn: ['http/1.1'], site, ...(parseIpAddress(site).ok ? {} : {serverName: site})};
};

/**
 * Starts a connection attempt for a group of HTTP requests to address `ip`; `race` is the id of the first of the parallel attempts to which
 * it belongs, absent if it is the first itself.
 */
export const connect = (turn: Turn, group: Group, ip: IpAddress, race?: StreamId): void => {
  const [{url, addresses = [], address, because}] = group;
  const id = `http ${nextSerial(turn)}`;
  const counts = {sent: 0, done: 0, heardUs: turn.env.nowUs, watched: false, last: false};
  const parser = responseParser([]);
  const {attemptDelayUs} = turn.state.settings;
  const waits = attemptDelayUs !== undefined && address + 1 < addresses.length;
  const attempt = {race: race ?? id, ip, address, waits};
  putConnection(turn, {
    id,
    origin: originOf(url),
    phase: 'connecting',
    attempt,
    parser,
    queue: group,
    ...counts,
  });
  const early = group.every((each) => each.early) && {early: true as const};
  const secure = secureFor(turn, url);
  turn.effects.push({
    kind: 'connect',
    stream: id,
    to: {ip, port: url.port},
    ...(secure && {secure, ...early}),
    ...(because && {because}),
  });
  if (!waits) return;
  const dueUs = turn.env.nowUs + attemptDelayUs;
  turn.effects.push({kind: 'timer', timer: attemptTimer(id), op: 'arm', dueUs, because: '8305:5/delay'});
};

/** Returns the other connection attempts to the same name that are still open in parallel. */
const rivalsOf = ({state}: Turn, {id, attempt}: Connection): readonly Connection[] =>
  [...state.connections.values()].filter(
    (each) => each.id !== id && each.phase === 'connecting' && each.attempt.race === attempt.race,
  );

/**
 * Returns a connection's HTTP requests, changed to use the next address of the server's name, and that address; undefined if there is none.
 */
const toNextAddress = (
  queue: readonly Exchange[],
  because: HttpBecause,
): {readonly group: Group; readonly ip: IpAddress} | undefined => {
  const [first, ...rest] = queue.map((each) => ({...each, address: each.address + 1, because}));
  const ip = first?.addresses?.[first.address];
  return first === undefined || ip === undefined ? undefined : {group: [first, ...rest], ip};
};

/**
 * Tries the next address of the name in parallel, after the time in which this connection attempt ran alone is over. The HTTP requests move
 * to the new attempt.
 */
export const onAttemptDue = (turn: Turn, connection: Connection): void => {
  const {attempt, queue} = connection;
  putConnection(turn, {...connection, attempt: {...attempt, waits: false}, queue: []});
  const because = '8305:5/next';
  const next = toNextAddress(queue, because);
  if (!next) return;
  note(turn, {kind: 'attempt', op: 'next', ip: next.ip, other: attempt.ip}, because);
  connect(turn, next.group, next.ip, attempt.race);
};

/**
 * Returns the HTTP requests of a failed connection attempt, changed to use the next address of the name, and that address; undefined if
 * there is none.
 */
export const afterFailure = (
  {queue, attempt: {ip}}: Connection,
  which: 'alone' | 'beside',
): ReturnType<typeof toNextAddress> =>
  toNextAddress(queue, {rule: '1123:2.3/next-address', case: which, facts: {ip}});

/**
 * After a connection attempt has failed, tries the next address, or else leaves its HTTP requests to a parallel attempt; returns false, and
 * does nothing, if no other attempt is open.
 */
export const leftToRivals = (turn: Turn, connection: Connection): boolean => {
  const {queue, attempt} = connection;
  const [rival] = rivalsOf(turn, connection);
  if (!rival) return false;
  const next = afterFailure(connection, 'beside');
  if (next) connect(turn, next.group, next.ip, attempt.race);
  else if (queue.length > 0) putConnection(turn, {...rival, queue});
  return true;
};

/** Returns the HTTP requests of all parallel connection attempts for the one that connected first, and aborts the others. */
export const requestsOfWinner = (turn: Turn, connection: Connection): readonly Exchange[] => {
  const {attempt} = connection;
  const rivals = rivalsOf(turn, connection);
  for (const {id, attempt: lost} of rivals) {
    note(turn, {kind: 'attempt', op: 'won', ip: attempt.ip, other: lost.ip}, '8305:5/first');
    turn.effects.push({kind: 'abort', stream: id});
    dropConnection(turn, id);
  }
  const all = [connection, ...rivals].flatMap(({queue}) => queue);
  return all.map((each) => ({...each, address: attempt.address}));
};
