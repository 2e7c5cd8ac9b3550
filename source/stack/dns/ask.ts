// Sends a resolver's query to a name server: with an id and port that nobody can guess, a time to wait, and over TCP if the UDP response
// was truncated (RFC 5452 §9, RFC 7766 §5).

import {dnsPort} from '../../wire/dns/carried.ts';
import {optRecord} from '../../wire/dns/edns.ts';
import {encodeDns} from '../../wire/dns/encode.ts';
import {frameDns} from '../../wire/dns/framing.ts';
import {type DnsMessage, type DnsQuestion, noFlags, noRecords} from '../../wire/dns/message.ts';
import {type DnsName, isAtOrBelow, rootName, sameName} from '../../wire/dns/name.ts';
import {Opcode, Rcode, RecordType} from '../../wire/dns/registry.ts';
import type {ProgramEnv} from '../program.ts';
import type {DnsBecause, DnsReason} from './cases.ts';
import type {Choice} from './delegation.ts';
import {minimised} from './minimise.ts';
import {type Cut, type Query, trialKey, type Walk} from './resolver-state.ts';
import {type ResolverTurn, update, updateWalk} from './resolver-turn.ts';
import {isPlain, waitUs} from './servers.ts';

/** A resolver's queries leave from any port except the well-known ones (RFC 5452 §9.2). */
const firstPort = 1024;
const portCount = 65_536 - firstPort;
/** The wait in µs for a DNS response over TCP, because a connection needs a round trip of its own and TCP may have to retransmit. */
const streamWaitUs = 5_000_000;

/** Returns a random free UDP port for a DNS query; `taken` tells which ports are in use. */
export const freePort = (env: ProgramEnv, serial: string, taken: (port: number) => boolean): number => {
  for (let round = 0; ; round++) {
    const port = firstPort + (env.chance('dns-port', serial, round) % portCount);
    if (!taken(port)) return port;
  }
};

export const randomId = (env: ProgramEnv, serial: string): number => env.chance('dns-id', serial) & 0xffff;

type Asking = {
  readonly id: number;
  readonly question: DnsQuestion;
  readonly rd: boolean;
  readonly ednsSize: number | undefined;
};

export const queryMessage = ({id, question, rd, ednsSize}: Asking): DnsMessage => ({
  id,
  opcode: Opcode.QUERY,
  flags: {...noFlags, rd},
  rcode: Rcode.NOERROR,
  questions: [question],
  ...noRecords,
  additionals: ednsSize === undefined ? [] : [optRecord({udpSize: ednsSize})],
});

const arm = (turn: ResolverTurn, serial: string, waitFor: number): void => {
  const dueUs = turn.env.nowUs + waitFor;
  turn.effects.push({kind: 'timer', timer: serial, op: 'arm', dueUs, because: '1035:7.2/timer'});
};

const put = (turn: ResolverTurn, query: Query): void =>
  update(turn, {queries: turn.state.queries.with(query.serial, query)});

export const payerOf = ({state}: ResolverTurn, walk: Walk): Walk => state.walks.get(walk.payer) ?? walk;

const pay = (turn: ResolverTurn, walk: Walk): void => {
  const payer = payerOf(turn, walk);
  updateWalk(turn, payer.key, {sends: payer.sends + 1});
};

/** Sends the question of a resolver's search to a name server of the zone that the search has reached. */
export function ask(turn: ResolverTurn, walk: Walk, {cut, choice}: {cut: Cut; choice: Choice}): void {
  const {env, state} = turn;
  const {nowUs} = env;
  const {address: server} = choice;
  const serial = `query ${state.serial + 1}`;
  const less = minimised(walk.now, walk.minimising);
  const question = less ?? walk.now;
  const plain = state.settings.ednsSize !== undefined && isPlain(state.servers, server, nowUs);
  const busy = [...state.queries.values()].map(({port}) => port);
  const query: Query = {
    serial,
    walk: walk.key,
    server,
    zone: cut.zone,
    question,
    minimised: less !== undefined,
    rd: choice.rd,
    id: randomId(env, serial),
    port: freePort(env, serial, (port) => busy.includes(port)),
    sentUs: nowUs,
    ednsSize: plain ? undefined : state.settings.ednsSize,
  };
  const trial = trialKey(cut.zone, server);
  const before = walk.trials[trial]?.sends ?? 0;
  update(turn, {serial: state.serial + 1});
  put(turn, query);
  pay(turn, walk);
  updateWalk(turn, walk.key, {
    awaits: serial,
    asked: true,
    trials: {...walk.trials, [trial]: {...walk.trials[trial], sends: before + 1}},
    minimising: less ? {...walk.minimising, queries: walk.minimising.queries + 1} : walk.minimising,
  });
  turn.effects.push({kind: 'bind', port: query.port});
  turn.effects.push({
    kind: 'datagram',
    port: query.port,
    to: {ip: server, port: dnsPort},
    data: encodeDns(queryMessage(query)),
    because: becauseOf(query, {walk, cut, choice, again: before > 0, plain}),
    ...(before > 0 ? {retransmission: true} : {}),
  });
  arm(turn, serial, waitUs(state.servers, {address: server, nowUs, firstUs: state.settings.timeoutUs}));
}

/**
 * Tells whether a resolver's search asks for the root's NS set on behalf of another search (priming); a client may ask for that set, too.
 */
const isPriming = ({now, waiters}: Walk): boolean =>
  now.name === rootName && now.type === RecordType.NS && waiters.some(({kind}) => kind === 'walk');

/**
 * Returns the reason why a resolver asks a server to recurse (RD set); undefined if it asks only for what the server knows itself.
 * `resort`: the server turned out to be a resolver.
 */
export const forwardedTo = ({rd, from}: Cut, resort = false): DnsReason | undefined => {
  if (resort) return {rule: '1035:4.1.1/forward', case: 'turned'};
  return rd ? {rule: '1035:4.1.1/forward', case: from === 'below' ? 'below' : 'set'} : undefined;
};

/**
 * Returns the zone below this one from which a resolver's search has come back because none of the zone's servers helped; undefined if
 * there is none.
 */
const failedZone = ({reasked, now}: Walk, {zone}: Cut): DnsName | undefined =>
  reasked.findLast(
    (other) => !sameName(other, zone) && isAtOrBelow(other, zone) && isAtOrBelow(now.name, other),
  );

type Asked = {
  readonly walk: Walk;
  readonly cut: Cut;
  readonly choice: Choice;
  readonly again: boolean;
  readonly plain: boolean;
};

const becauseOf = (query: Query, {walk, cut, choice, again, plain}: Asked): DnsBecause => {
  const known = {name: {domain: walk.now.name}, zone: {zone: cut.zone}, from: cut.from};
  if (again) return {rule: '1035:7.2/again', facts: known};
  const forwarded = forwardedTo(cut, choice.resort);
  if (forwarded) return {...forwarded, facts: known};
  const facts = cut.from === 'referral' ? {...known, referred: {domain: cut.zone}} : known;
  if (isPriming(walk)) return {rule: '9609:3/prime', facts};
  if (plain) return {rule: '6891:6.2.2/no-edns', facts};
  if (query.minimised) return {rule: '9156:2/minimise', facts};
  const failed = failedZone(walk, cut);
  const {from} = cut;
  return {
    rule: '1034:5.3.3/ask',
    case: from === 'referral' || from === 'hints' ? from : 'cache',
    facts: failed === undefined ? facts : {...facts, failed: {domain: failed}},
  };
};

/** Asks a name server the same question over TCP, because its UDP response had TC set. */
export function askByStream(turn: ResolverTurn, query: Query): void {
  const walk = turn.state.walks.get(query.walk);
  if (walk) pay(turn, walk);
  const id = `dns ${query.serial}`;
  turn.effects.push({kind: 'unbind', port: query.port});
  put(turn, {...query, sentUs: turn.env.nowUs, stream: {id, held: new Uint8Array()}});
  const because = '7766:5/tcp';
  turn.effects.push({kind: 'connect', stream: id, to: {ip: query.server, port: dnsPort}, because});
  const dueUs = turn.env.nowUs + streamWaitUs;
  turn.effects.push({kind: 'timer', timer: query.serial, op: 'arm', dueUs, because});
}

export function writeQuery(turn: ResolverTurn, query: Query): void {
  if (!query.stream) return;
  const data = frameDns(encodeDns(queryMessage(query)));
  turn.effects.push({kind: 'write', stream: query.stream.id, data});
}

/** Tells whether a DNS message is a response to the query by id and question (RFC 5452 §9.1); the caller compares address and port. */
export const answersQuery = (
  message: DnsMessage,
  {id, question}: Pick<Query, 'id' | 'question'>,
): boolean => {
  const [echo, ...more] = message.questions;
  if (!message.flags.qr || message.id !== id || more.length > 0) return false;
  // A server that could not parse the query may leave out the question in an error response.
  if (!echo) return message.rcode !== Rcode.NOERROR && message.rcode !== Rcode.NXDOMAIN;
  return echo.type === question.type && echo.class === question.class && sameName(echo.name, question.name);
};
