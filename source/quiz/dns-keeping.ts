// Questions about a DNS resolver's cache (RFC 2308 §5, RFC 5452 §9): how long it keeps a negative answer, what it holds, and which response
// it accepts.
import {entriesOf, worldAt} from '../account/entries.ts';
import {ipPacketOf, packetOf} from '../account/packet.ts';
import {sameIn, type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {printedUs, timeText} from '../lesson/value.ts';
import {cacheOn, soaOn} from '../sim/dns-apps.ts';
import type {Trace} from '../sim/trace.ts';
import {cacheHolds, negativeTtl, replyTaken} from '../words/catalogue/ask-dns.ts';
import {disturbedAt, queries, responses, type Said} from './dns.ts';
import {arrivalOf, askedFor, nameWithType, noAbout} from './dns-messages.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {byClause, listedKind} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {secondsAs} from './times.ts';

type NegativeGivens = {
  readonly asked: string;
  /**
   * The TTL of the SOA record in the zone. The response does not carry more than the minimum (RFC 2308 §3), so its TTL would give away the
   * answer.
   */
  readonly ttl: number;
  readonly minimum: number;
  readonly refresh: number;
};

const negativeGiven = (asked: string): Text => {
  const [name = '', type = ''] = asked.split(' ');
  return wordedWithNames(negativeTtl.given, {name, type});
};

const negatives = (trace: Trace): readonly (Found<NegativeGivens> | Rejection)[] =>
  responses(trace).flatMap(({message, event}): readonly (Found<NegativeGivens> | Rejection)[] => {
    const sent = message.authorities.find(({data}) => data.kind === 'SOA');
    const host = worldAt(trace, event.n)?.hosts[event.host];
    const soa = sent && host && soaOn(host, sent.name);
    const stored = arrivalOf(trace, event.packet).flatMap((each) =>
      each.kind === 'note' && each.note.kind === 'cache' && each.note.op === 'store' && each.note.negative
        ? [each.note.ttl]
        : [],
    )[0];
    if (soa?.data.kind !== 'SOA' || stored === undefined) return [];
    const {minimum, refresh} = soa.data;
    // If the SOA record's TTL and MINIMUM are equal, the learner needs to know nothing.
    if (soa.ttl === minimum) return ['trivial'];
    const did = String(stored);
    return [
      {
        givens: {asked: askedFor(message), ttl: soa.ttl, minimum, refresh},
        ...{did, n: event.n, evidence: byClause(event.packet, '2308 §5', did)},
      },
    ];
  });

/** A question kind: how long may a resolver cache a negative answer (RFC 2308 §5)? */
export const negativeTtlKind = listedKind<NegativeGivens>({
  kind: 'negative-ttl',
  form: 'choice',
  // Lessons name the limit with this word, so a question that tells it gives away the answer.
  secrets: () => ['MINIMUM'],
  tells: ({asked}) => [noAbout(asked)],
  all: negatives,
  ask: ({asked, ttl, minimum, refresh}) => [
    negativeGiven(asked),
    valuesLine(`SOA  TTL ${ttl} s  REFRESH ${refresh} s  MINIMUM ${minimum} s`),
    negativeTtl.asks,
  ],
  solve: ({ttl, minimum}) => ({
    answer: String(Math.min(ttl, minimum)),
    explain: worded(negativeTtl.explain, {
      ttl,
      minimum,
      right: Math.min(ttl, minimum),
    }),
    hints: [negativeTtl.hint],
  }),
  beliefs: beliefsIn(negativeTtl.beliefs, {
    larger: ({ttl, minimum}) => Math.max(ttl, minimum),
    never: () => '0',
    refresh: ({refresh}) => refresh,
  }),
  words: (value) => sameIn(`${value} s`),
});

type Stored = {readonly key: string; readonly ttl: number; readonly atUs: number};
type HoldsGivens = {readonly host: string; readonly stored: readonly Stored[]; readonly atUs: number};

const holds = ({stored, atUs}: HoldsGivens): readonly string[] => [
  ...new Set(stored.flatMap((each) => (each.atUs + each.ttl * 1_000_000 > atUs ? [each.key] : []))),
];

const mostStored = 6;

const holding = (trace: Trace): readonly (Found<HoldsGivens> | Rejection)[] => {
  const notes = [...entriesOf(trace, 'note')];
  return [...entriesOf(trace, 'call')].flatMap((call): readonly (Found<HoldsGivens> | Rejection)[] => {
    const before = notes.filter(({n}) => n < call.n);
    const stored = before.flatMap(({note, atUs, host}) =>
      note.kind === 'cache' && note.op === 'store' && !note.negative
        ? [{host, key: nameWithType(note), ttl: note.ttl, atUs: printedUs(atUs)}]
        : [],
    );
    const [host] = stored.map((each) => each.host);
    const own = stored.filter((each) => each.host === host);
    const at = host === undefined ? undefined : worldAt(trace, call.n)?.hosts[host];
    const rows = at && cacheOn(at, call.atUs);
    if (call.action.call !== 'resolve' || host === undefined || !rows || own.length < 3) return [];
    // A record of TTL 0 serves the query that asked for it and is not cached (RFC 1035 §3.2.1).
    const isKept = own.every(({ttl}) => ttl > 0);
    if (
      disturbedAt(trace) < call.n ||
      !isKept ||
      own.length > mostStored ||
      new Set(own.map(({key}) => key)).size < own.length
    )
      return ['hidden'];
    const did = rows.flatMap((row) => (row.negative ? [] : [nameWithType(row)]));
    const givens = {
      ...{host, stored: own.map(({key, ttl, atUs}) => ({key, ttl, atUs}))},
      atUs: printedUs(call.atUs),
    };
    // If no cached record has expired, the answer is everything that is printed, which takes no thought.
    if (holds(givens).length === own.length) return ['trivial'];
    return [
      {
        givens,
        ...{did, n: call.n + 1},
        evidence: byClause(lastSent(trace, call.n) ?? 1, '1035 §3.2.1', did.join(', ')),
      },
    ];
  });
};

export const cacheHoldsKind = listedKind<HoldsGivens>({
  kind: 'cache-holds',
  form: 'several',
  all: holding,
  ask({host, stored, atUs}, called) {
    const shown = secondsAs([atUs, ...stored.map((each) => each.atUs)]);
    return [
      wordedWithNames(cacheHolds.given, {host: called(host).first}),
      ...stored.map(({key, ttl, atUs: when}) => valuesLine(`${shown(when)}  ${key}  TTL ${ttl} s`)),
      wordedWithNames(cacheHolds.asks, {host: called(host).within, at: shown(atUs)}),
    ];
  },
  solve(givens) {
    const answer = holds(givens);
    return {
      answer,
      explain: wordedWithNames(cacheHolds.explain, {at: timeText(givens.atUs), count: answer.length}),
      hints: [cacheHolds.hint],
    };
  },
  beliefs: beliefsIn(cacheHolds.beliefs, {
    all: ({stored}) => stored.map(({key}) => key),
    answers: (givens) => holds(givens).filter((key) => !key.endsWith(' NS')),
    last: ({stored}) => stored.slice(-1).map(({key}) => key),
  }),
  none: cacheHolds.none,
});

type Envelope = {readonly id: number; readonly server: string; readonly port: number; readonly asked: string};
type TakenGivens = {readonly query: Envelope; readonly reply: Envelope};

const isTaken = ({query, reply}: TakenGivens): boolean =>
  query.id === reply.id &&
  query.server === reply.server &&
  query.port === reply.port &&
  query.asked === reply.asked;

const envelopeOf = (trace: Trace, {event, message}: Said): Envelope | undefined => {
  const ip = ipPacketOf(packetOf(trace, event.packet));
  if (ip?.transport.kind !== 'udp') return undefined;
  const {srcPort, dstPort} = ip.transport.datagram;
  const isReply = message.flags.qr;
  return {
    id: message.id,
    server: isReply ? ip.src : ip.dst,
    port: isReply ? dstPort : srcPort,
    asked: askedFor(message),
  };
};

const envelopeText = ({id, server, port, asked}: Envelope): string =>
  `ID ${id}  ${asked}  :${port}  ${server}`;

/** Returns a text that tells which values of a DNS response (ID, port, server, question) do not fit the query. */
const ignoredText = ({query, reply}: TakenGivens): Text =>
  wordedWithNames(replyTaken.explain.ignored, {
    ...{id: query.id !== reply.id, hasId: reply.id, wantedId: query.id},
    ...{port: query.port !== reply.port, hasPort: reply.port, wantedPort: query.port},
    ...{server: query.server !== reply.server, hasServer: reply.server, wantedServer: query.server},
    asked: query.asked !== reply.asked,
  });

const replies = (trace: Trace): readonly (Found<TakenGivens> | Rejection)[] =>
  responses(trace).flatMap((said): readonly (Found<TakenGivens> | Rejection)[] => {
    const {event, message, to} = said;
    const asked = queries(trace).findLast(
      (each) => each.event.host === to && each.event.n < event.n && !each.message.flags.rd,
    );
    const answered =
      asked &&
      responses(trace).some(
        (each) =>
          each.to === to &&
          each.event.n < event.n &&
          each.event.n > asked.event.n &&
          each.message.id === asked.message.id,
      );
    const [query, reply] = [asked && envelopeOf(trace, asked), envelopeOf(trace, said)];
    const arrives = arrivalOf(trace, event.packet);
    if (!query || !reply || answered || message.flags.tc || arrives.length === 0) return [];
    const isUsed = arrives.some(({kind}) => kind === 'note');
    const did = isUsed ? 'taken' : 'ignored';
    // If the DNS response fits, the same values would be printed twice. It may also have come too late, or from a server that gives no
    // answer, which the question does not print.
    if (envelopeText(query) === envelopeText(reply)) return [isUsed ? 'trivial' : 'hidden'];
    return [
      {givens: {query, reply}, ...{did, n: event.n, evidence: byClause(event.packet, '5452 §9.1', did)}},
    ];
  });

/**
 * A question kind: does the resolver accept this DNS response (RFC 5452 §9.1 lists what a forger has to guess)? Without a forger, every
 * response fits.
 */
export const replyTakenKind = listedKind<TakenGivens>({
  kind: 'reply-taken',
  form: 'choice',
  all(trace) {
    const found = replies(trace);
    const isForged = found.some((each) => typeof each === 'object' && each.did === 'ignored');
    return isForged ? found : found.map(() => 'trivial');
  },
  ask: ({query, reply}) => [
    replyTaken.given,
    valuesLine(envelopeText(query)),
    replyTaken.comes,
    valuesLine(envelopeText(reply)),
    replyTaken.asks,
  ],
  solve(givens) {
    const answer = isTaken(givens) ? 'taken' : 'ignored';
    const explain = answer === 'taken' ? replyTaken.explain.taken : ignoredText(givens);
    return {answer, explain, hints: [replyTaken.hint]};
  },
  beliefs: beliefsIn(replyTaken.beliefs, {
    taken: () => 'taken',
    ignored: () => 'ignored',
    failed: () => 'failed',
    both: () => 'compared',
  }),
  words: (value) =>
    value === 'taken' || value === 'ignored' || value === 'failed' || value === 'compared'
      ? replyTaken.choices[value]
      : sameIn(value),
});
