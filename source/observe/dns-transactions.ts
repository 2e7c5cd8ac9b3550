// Matches the DNS questions of a capture with their answers, over UDP and TCP (RFC 1035 §4, RFC 7766), by ID, addresses and ports, and
// question.

import {decodeDnsPart} from '../wire/dns/decode.ts';
import type {DnsMessage, DnsQuestion} from '../wire/dns/message.ts';
import {Opcode} from '../wire/dns/registry.ts';
import {uint16} from '../wire/frame-headers.ts';
import {type Outcome, outcomeOf} from './dns-outcome.ts';
import {headerOctets, questionKey, questionOf} from './dns-question.ts';
import {type Kept, OctetStore} from './octet-store.ts';

/** The transport of a DNS message; `tls`: RFC 7858, `https`: RFC 8484, `quic`: RFC 9250. */
export type DnsTransport = 'udp' | 'tcp' | 'tls' | 'https' | 'quic';

export type DnsPlace = {
  readonly transport: DnsTransport;
  /** The address and port of the DNS message's sender. */
  readonly from: string;
  readonly to: string;
  readonly frame: number;
  readonly atUs: number;
  /** True if only the beginning of the DNS datagram was captured. */
  readonly cut?: boolean;
  /** The TTL or hop limit with which the DNS datagram was captured; undefined if the message did not come in a datagram. */
  readonly hops?: number;
  /** True if the checksum of the DNS datagram is wrong, so that its octets in the file need not be those that were sent. */
  readonly altered?: boolean;
};

export type DnsTransaction = {
  readonly transport: DnsTransport;
  readonly client: string;
  readonly server: string;
  /** The DNS query, which is decoded from its octets at each access; so is the response. */
  readonly query: DnsMessage;
  /** The question of the DNS query. A query contains only one (RFC 9619), so this is the first. */
  readonly question: DnsQuestion | undefined;
  /** The number of the kind of DNS query: 0 asks for records. */
  readonly opcode: number;
  readonly queryFrame: number;
  readonly queryUs: number;
  readonly response: DnsMessage | undefined;
  readonly responseFrame: number | undefined;
  readonly responseUs: number | undefined;
  /** The TTL or hop limit with which the DNS response was captured; undefined if there is none or it did not come in a datagram. */
  readonly responseHops: number | undefined;
  /** The outcome of the DNS response, such as its RCODE; undefined if there is no response. */
  readonly outcome: Outcome | undefined;
  /** True if the DNS response was captured whole but cannot be decoded whole, so that it breaks the format of messages (RFC 1035 §4.1). */
  readonly malformed: boolean;
  /** True if the same DNS question was asked before with the same ID and has had no answer yet. */
  readonly repeated: boolean;
  /** The other replies to this DNS question, one entry for each way in which they differ. */
  readonly odd: readonly OddReply[];
};

/** A DNS reply for which no question was waiting: it is a second reply, fits no question, or its question was not captured. */
export type UnaskedReply = Pick<DnsTransaction, 'transport' | 'client' | 'server'> & {
  readonly frame: number;
  readonly atUs: number;
  readonly response: DnsMessage;
};

/**
 * The DNS replies of one kind that nearly fit a question (RFC 5452 §9.1), by what differs. `case`: upper and lower case of the name
 * (draft-vixie-dnsext-dns0x20); `second`: the contents differ from those of the first reply.
 */
export type OddReply = {
  readonly kind: 'id' | 'question' | 'case' | 'ends' | 'unreadable' | 'second';
  /** The frame of the first odd DNS reply of this kind. */
  readonly frame: number;
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** The TTL or hop limit of the first odd DNS reply of this kind; undefined if it did not come in a datagram. */
  readonly hops: number | undefined;
  /** The decoded message of the first odd DNS reply; undefined if it cannot be decoded. */
  readonly reply: DnsMessage | undefined;
};

/** The most DNS transactions and unmatched replies of a capture that are kept. */
const mostTransactions = 100_000;

/** The most different DNS questions that are remembered while they wait for an answer; if there are more, the oldest is forgotten. */
const mostWaiting = 10_000;

/** The most octets of DNS messages of a capture that are kept; later messages are not recorded. */
const mostOctets = 1 << 26;

/** The offset after ID and flags in a DNS message. Fewer octets do not even tell whether it is a reply. */
const flagsEnd = 4;
const isResponse = (bytes: Uint8Array): boolean => ((bytes[2] ?? 0) & 0x80) !== 0;

/** The properties that a DNS reply must have in common with its question (RFC 5452 §9.1). `asked` is the question's `questionKey`. */
type Asked = Pick<DnsTransaction, 'transport' | 'client' | 'server'> & {
  readonly id: number;
  readonly asked: string;
};

const keyOf = ({transport, client, server, id, asked}: Asked): string =>
  `${transport} ${client} ${server} ${id} ${asked}`;

const sameEnds = (a: Asked, b: Asked): boolean =>
  a.client === b.client && a.server === b.server && a.transport === b.transport;

/** A reply that fits no question is compared with the latest `mostRecent` questions that were asked within `longestWaitUs`. */
const mostRecent = 256;
const longestWaitUs = 30_000_000;

/** Tells whether two DNS names are equal without regard to upper and lower case (RFC 4343). */
const sameButCase = (a: string, b: string): boolean =>
  a.length === b.length && a.toLowerCase() === b.toLowerCase();

/** Returns what a reply says, whatever the order of its records and without their TTLs, which caches count down. */
const saidBy = ({rcode, answers}: DnsMessage): string =>
  [rcode, ...answers.map(({type, data}) => JSON.stringify([type, data])).sort()].join();

/**
 * Tells whether an odd reply is probably an ordinary answer to a question that the capture lacks: it came over as many hops as the answer to
 * this question, and says the same, if it is about the same name. A forger would say something else.
 */
const isOrdinary = ({kind, hops, reply}: OddReply, {responseHops, response}: Transaction): boolean => {
  if (hops === undefined || hops !== responseHops || !reply || !response) return false;
  return kind === 'question' || (kind === 'id' && saidBy(reply) === saidBy(response));
};

const differs = (first: DnsMessage, bytes: Uint8Array): boolean => {
  const second = decodeDnsPart(bytes);
  return second !== undefined && saidBy(first) !== saidBy(second);
};

/** Returns the address of a DNS client or server without its port. */
export const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));

/** Returns the one thing in which a reply does not fit a question; undefined if it belongs to another question. */
const misfit = (
  transaction: Transaction,
  about: Asked,
  {from, to}: DnsPlace,
): 'ends' | 'id' | 'question' | 'case' | undefined => {
  const {client, server} = transaction;
  const [sameId, sameQuestion] = [transaction.id === about.id, transaction.asked === about.asked];
  const isBetween = sameEnds(transaction, about);
  if (isBetween && sameId) return sameButCase(transaction.asked, about.asked) ? 'case' : 'question';
  if (isBetween) return sameQuestion ? 'id' : undefined;
  const isNear = to === client || (from === server && hostOf(to) === hostOf(client));
  return sameId && sameQuestion && isNear ? 'ends' : undefined;
};

const none: readonly never[] = [];

/** The octets of a capture's DNS messages. Each different question is decoded once, because most are asked again and again. */
class Messages {
  readonly #octets = new OctetStore(mostOctets);
  readonly #questions = new Map<string, DnsQuestion | undefined>();

  add(bytes: Uint8Array): Kept | undefined {
    const at = this.#octets.add(bytes);
    return at === undefined ? undefined : {at, length: bytes.length};
  }

  octets(kept: Kept): Uint8Array {
    return this.#octets.read(kept);
  }

  read(kept: Kept): DnsMessage {
    const message = decodeDnsPart(this.octets(kept));
    if (!message) throw new Error('a message is kept that cannot be read');
    return message;
  }

  opcode(kept: Kept): number {
    return (uint16(this.octets(kept), 2) >> 11) & 0xf;
  }

  /** Returns the question of a kept message; `asked` is its `questionKey`. */
  question(asked: string, kept: Kept): DnsQuestion | undefined {
    const known = this.#questions.get(asked);
    if (known) return known;
    const question = questionOf(this.read(kept));
    this.#questions.set(asked, question);
    return question;
  }
}

/** A DNS question and its answer. The messages are kept as octets, because a capture may contain a hundred thousand. */
class Transaction implements DnsTransaction, Asked {
  readonly id: number;
  readonly asked: string;
  #odd: readonly OddReply[] = none;
  readonly transport: DnsTransport;
  readonly client: string;
  readonly server: string;
  readonly queryFrame: number;
  readonly queryUs: number;
  readonly repeated: boolean;
  readonly altered: boolean;
  responseFrame: number | undefined;
  responseUs: number | undefined;
  responseHops: number | undefined;
  readonly #messages: Messages;
  readonly #query: Kept;
  #response: Kept | undefined;
  #isCut = false;
  #outcome: Outcome | undefined;

  constructor(
    messages: Messages,
    query: Kept,
    {frame, atUs, altered = false}: DnsPlace,
    {about, repeated}: {readonly about: Asked; readonly repeated: boolean},
  ) {
    this.id = about.id;
    this.asked = about.asked;
    this.transport = about.transport;
    this.client = about.client;
    this.server = about.server;
    this.queryFrame = frame;
    this.queryUs = atUs;
    this.repeated = repeated;
    this.altered = altered;
    this.responseFrame = undefined;
    this.responseUs = undefined;
    this.responseHops = undefined;
    this.#messages = messages;
    this.#query = query;
    this.#response = undefined;
  }

  answer(response: Kept, {frame, atUs, hops, cut = false}: DnsPlace): void {
    this.#response = response;
    this.#outcome = undefined;
    this.responseFrame = frame;
    this.responseUs = atUs;
    this.responseHops = hops;
    this.#isCut = cut;
  }

  /** Counts an odd DNS reply of a kind; `bytes` is the message. */
  add(kind: OddReply['kind'], {frame, atUs, from, to, hops}: DnsPlace, bytes: Uint8Array): void {
    const known = this.#odd.find((each) => each.kind === kind);
    const first = known ?? {kind, frame, atUs, from, to, hops, count: 0, reply: decodeDnsPart(bytes)};
    this.#odd = [...this.#odd.filter((each) => each !== known), {...first, count: first.count + 1}];
  }

  get odd(): readonly OddReply[] {
    return this.#odd.length === 0 ? none : this.#odd.filter((each) => !isOrdinary(each, this));
  }

  get query(): DnsMessage {
    return this.#messages.read(this.#query);
  }

  get opcode(): number {
    return this.#messages.opcode(this.#query);
  }

  get question(): DnsQuestion | undefined {
    return this.#messages.question(this.asked, this.#query);
  }

  get response(): DnsMessage | undefined {
    return this.#response && this.#messages.read(this.#response);
  }

  /** The outcome is kept once it was decoded, because it is asked for often. */
  get outcome(): Outcome | undefined {
    this.#outcome ??= this.#response && outcomeOf(this.#messages.octets(this.#response));
    return this.#outcome;
  }

  get malformed(): boolean {
    return !this.#isCut && this.outcome?.isWhole === false;
  }
}

/** A DNS reply without a waiting question, with its place and the `keyOf` of what it answers. */
type Lone = UnaskedReply & {readonly key: string; readonly kept: Kept; readonly place: DnsPlace};

/** Returns a DNS reply without a waiting question; its message is decoded at each access. */
const unasked = (messages: Messages, kept: Kept, key: string, place: DnsPlace): Lone => ({
  ...{transport: place.transport, client: place.to, server: place.from, frame: place.frame, atUs: place.atUs},
  ...{key, kept, place},
  get response() {
    return messages.read(kept);
  },
});

export class DnsTransactions {
  readonly all: Transaction[] = [];
  readonly unasked: Lone[] = [];
  /** The DNS questions that wait for an answer, by key. A reply answers the last of repeated questions; those before it count as lost. */
  readonly #waiting = new Map<string, Transaction[]>();
  readonly #messages = new Messages();
  #newestFrame = 0;

  take(bytes: Uint8Array, place: DnsPlace): void {
    const question = bytes.length < headerOctets ? undefined : questionKey(bytes);
    const {transport, from, to} = place;
    const isReply = isResponse(bytes);
    const [client, server] = isReply ? [to, from] : [from, to];
    const about = {transport, client, server, id: uint16(bytes, 0), asked: question ?? ''};
    this.#newestFrame = Math.max(this.#newestFrame, place.frame);
    if (isReply && question) this.#answer(this.#altered(about, place) ?? about, bytes, place);
    else if (isReply && bytes.length >= flagsEnd && !place.cut) this.#answerUnnamed(about, bytes, place);
    else if (question) this.#ask(about, bytes, place);
  }

  #ask(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const key = keyOf(about);
    if (this.#isFull) return;
    const query = this.#messages.add(bytes);
    if (!query) return;
    const asked = this.#waiting.get(key);
    const repeated = asked !== undefined;
    const transaction = new Transaction(this.#messages, query, place, {about, repeated});
    this.all.push(transaction);
    const early = place.frame < this.#newestFrame ? this.#early(key, place) : undefined;
    if (early) transaction.answer(early.kept, early.place);
    else if (asked) asked.push(transaction);
    else this.#waiting.set(key, [transaction]);
    if (this.#waiting.size > mostWaiting) this.#giveUpOldest();
  }

  /** Takes the reply to a question out of those without one: the question waited in its stream behind a gap, and the reply did not. */
  #early(key: string, {frame}: DnsPlace): Lone | undefined {
    const at = this.unasked.findIndex((each) => each.key === key && each.frame > frame);
    return at < 0 ? undefined : this.unasked.splice(at, 1)[0];
  }

  get #isFull(): boolean {
    return this.all.length + this.unasked.length >= mostTransactions;
  }

  #giveUpOldest(): void {
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined) this.#waiting.delete(oldest);
  }

  /** Takes a reply that does not contain its question, because the server could not parse it (RCODE FORMERR), or that cannot be decoded. */
  #answerUnnamed(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const asks = this.#recent(place).find((each) => each.id === about.id && sameEnds(each, about));
    if (!asks) return;
    if (decodeDnsPart(bytes)?.questions.length === 0) this.#answer(asks, bytes, place);
    else asks.add('unreadable', place, bytes);
  }

  /** Returns the question that a reply answers by its ID alone: an inverse query, or one of which the file has another name. */
  #altered(about: Asked, place: DnsPlace): Asked | undefined {
    if (this.#waiting.has(keyOf(about))) return undefined;
    const isMeant = (each: Transaction): boolean =>
      each.responseFrame === undefined &&
      (each.altered || place.altered === true || each.opcode === Opcode.IQUERY) &&
      each.id === about.id &&
      sameEnds(each, about);
    return this.#recent(place).find(isMeant);
  }

  /** Returns the DNS transactions whose question was asked recently, the latest first. */
  #recent({atUs}: DnsPlace): readonly Transaction[] {
    const last = this.all.slice(-mostRecent).reverse();
    return last.filter(({queryUs}) => atUs - queryUs <= longestWaitUs);
  }

  /**
   * Assigns a DNS reply for which no question waits to the recent question that it nearly fits, as an odd reply. On a connection nobody
   * has to guess, and the question may be in a gap of the capture, so only datagrams are held against questions.
   */
  #stray(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const recent = this.#recent(place);
    const answered = recent.find((each) => keyOf(each) === keyOf(about));
    if (answered) {
      if (answered.response && differs(answered.response, bytes)) answered.add('second', place, bytes);
      return;
    }
    for (const transaction of recent) {
      const wrong = misfit(transaction, about, place);
      if (wrong === undefined) continue;
      transaction.add(wrong, place, bytes);
      return;
    }
  }

  #answer(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const key = keyOf(about);
    const asked = this.#waiting.get(key);
    if (!asked && place.transport === 'udp') this.#stray(about, bytes, place);
    if (!asked && this.#isFull) return;
    const kept = this.#messages.add(bytes);
    if (!kept) return;
    if (!asked) this.unasked.push(unasked(this.#messages, kept, key, place));
    asked?.pop()?.answer(kept, place);
    if (asked?.length === 0) this.#waiting.delete(key);
  }
}
