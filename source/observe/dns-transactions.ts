// DNS questions and what answers them, in datagrams and over TCP (RFC 1035 §4, RFC 7766): matched by identifier, ends and question.

import {decodeDnsPart} from '../wire/dns/decode.ts';
import {splitDns} from '../wire/dns/framing.ts';
import type {DnsMessage, DnsQuestion} from '../wire/dns/message.ts';
import {labelOctets, labelOctetsMost, labelsOf, nameOctetsMost} from '../wire/dns/name.ts';
import {uint16} from '../wire/frame-headers.ts';
import {isMalformed, type Outcome, outcomeOf} from './dns-outcome.ts';
import {type Kept, OctetStore} from './octet-store.ts';
import type {Piece} from './reassembly.ts';

/** `tls`: RFC 7858; `https`: RFC 8484; `quic`: RFC 9250. */
export type DnsTransport = 'udp' | 'tcp' | 'tls' | 'https' | 'quic';

export type DnsPlace = {
  readonly transport: DnsTransport;
  /** Address and port. */
  readonly from: string;
  readonly to: string;
  readonly frame: number;
  readonly atUs: number;
  /** Of the datagram only the beginning was captured. */
  readonly cut?: boolean;
  /** The TTL or hop limit that it has left; undefined: it was no datagram. */
  readonly hops?: number;
};

export type DnsTransaction = {
  readonly transport: DnsTransport;
  readonly client: string;
  readonly server: string;
  /** Read out of its octets whenever somebody asks, as is the response. */
  readonly query: DnsMessage;
  /** The first of the query: one has only one (RFC 9619). */
  readonly question: DnsQuestion | undefined;
  readonly queryFrame: number;
  readonly queryUs: number;
  readonly response: DnsMessage | undefined;
  readonly responseFrame: number | undefined;
  readonly responseUs: number | undefined;
  /** The TTL or hop limit that the response has left; undefined: there is none, or it was no datagram. */
  readonly responseHops: number | undefined;
  /** How it went; undefined: there is no response. */
  readonly outcome: Outcome | undefined;
  /** The response breaks the format of messages (RFC 1035 §4.1): not all of it can be read though all of it was captured. */
  readonly malformed: boolean;
  /** The same question under the same number was asked before. */
  readonly repeated: boolean;
  /** What came beside the answer: each kind once. */
  readonly odd: readonly OddReply[];
};

/** A reply that no question had been waiting for: it came second, fits none, or its question was not captured. */
export type UnaskedReply = Pick<DnsTransaction, 'transport' | 'client' | 'server'> & {
  readonly frame: number;
  readonly atUs: number;
  readonly response: DnsMessage;
};

/**
 * What of a reply does not fit the question that it is nearest to (RFC 5452 §9.1; `case`: the name in other letters,
 * draft-vixie-dnsext-dns0x20), or why it is no second answer.
 */
export type OddReply = {
  readonly kind: 'id' | 'question' | 'case' | 'ends' | 'unreadable' | 'second';
  /** The first of its kind. */
  readonly frame: number;
  readonly atUs: number;
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** The TTL or hop limit that the first of its kind has left. */
  readonly hops: number | undefined;
  /** Of `second`: what it says. */
  readonly reply: DnsMessage | undefined;
};

/** `rcode`: all twelve bits (RFC 6891 §6.1.3). `signed`: it holds signatures. */
const mostTransactions = 100_000;

/** Questions that wait for an answer; the oldest is given up. */
const mostWaiting = 10_000;

/** Of messages that belong to a transaction; those that come later are passed over. */
const mostOctets = 1 << 26;

const headerOctets = 12;
/** Behind ID and flags: less tells not even that it is a reply. */
const flagsEnd = 4;
const isResponse = (bytes: Uint8Array): boolean => ((bytes[2] ?? 0) & 0x80) !== 0;

/** Behind the name of a message's only question; undefined: it is not as simple as that. */
const plainNameEnd = (bytes: Uint8Array): number | undefined => {
  if (uint16(bytes, 4) !== 1) return undefined;
  let at = headerOctets;
  for (;;) {
    const length = bytes[at] ?? 0xff;
    if (length === 0)
      return at + 1 - headerOctets <= nameOctetsMost && at + 5 <= bytes.length ? at + 1 : undefined;
    if (length > labelOctetsMost) return undefined;
    at += 1 + length;
  }
};

const slowKey = (bytes: Uint8Array): string | undefined => {
  const message = decodeDnsPart(bytes);
  const [question] = message?.questions ?? [];
  if (!question) return message && '';
  const {name, type} = question;
  const octets = labelsOf(name).flatMap((label) => {
    const own = [...labelOctets(label)];
    return [own.length, ...own];
  });
  return String.fromCharCode(...octets, 0, type, question.class);
};

/** The first question as a text of its octets, letters as they stand; undefined: not all questions of the message can be read. */
const questionKey = (bytes: Uint8Array): string | undefined => {
  const end = plainNameEnd(bytes);
  if (end === undefined) return slowKey(bytes);
  const octets: number[] = [];
  for (let at = headerOctets; at < end; at++) octets.push(bytes[at] ?? 0);
  return String.fromCharCode(...octets, uint16(bytes, end), uint16(bytes, end + 2));
};

/** What a reply has to have in common with its question (RFC 5452 §9.1). */
type Asked = {readonly ends: string; readonly id: number; readonly question: string};

const keyOf = ({ends, id, question}: Asked): string => `${ends} ${id} ${question}`;

/** A reply that fits none is held against so many questions, asked no longer ago than this. */
const mostRecent = 256;
const longestWaitUs = 30_000_000;

/** The two ways of writing a letter are one (RFC 4343). */
const sameButCase = (a: string, b: string): boolean =>
  a.length === b.length && a.toLowerCase() === b.toLowerCase();

/** What a reply says, in whichever order; caches count TTLs down. */
const saidBy = ({rcode, answers}: DnsMessage): string =>
  [rcode, ...answers.map(({type, data}) => JSON.stringify([type, data])).sort()].join();

const differs = (first: DnsMessage, bytes: Uint8Array): boolean => {
  const second = decodeDnsPart(bytes);
  return second !== undefined && saidBy(first) !== saidBy(second);
};

/** Without the port. */
export const hostOf = (endpoint: string): string => endpoint.slice(0, endpoint.lastIndexOf(':'));

/** The one thing in which a reply does not fit; undefined: it has to do with another question. */
const misfit = (
  {asked, client, server}: Transaction,
  {ends, id, question}: Asked,
  {from, to}: DnsPlace,
): 'ends' | 'id' | 'question' | 'case' | undefined => {
  const [sameId, sameQuestion] = [asked.id === id, asked.question === question];
  if (asked.ends === ends && sameId) return sameButCase(asked.question, question) ? 'case' : 'question';
  if (asked.ends === ends) return sameQuestion ? 'id' : undefined;
  const isNear = to === client || (from === server && hostOf(to) === hostOf(client));
  return sameId && sameQuestion && isNear ? 'ends' : undefined;
};

const none: readonly never[] = [];

/** Captures may have a hundred thousand: the messages stay octets. */
class Transaction implements DnsTransaction {
  readonly asked: Asked;
  odd: readonly OddReply[] = none;
  readonly transport: DnsTransport;
  readonly client: string;
  readonly server: string;
  readonly queryFrame: number;
  readonly queryUs: number;
  readonly repeated: boolean;
  responseFrame: number | undefined;
  responseUs: number | undefined;
  responseHops: number | undefined;
  readonly #store: OctetStore;
  readonly #query: Kept;
  #response: Kept | undefined;
  #isCut = false;
  #question: DnsQuestion | undefined;
  #outcome: Outcome | undefined;
  #malformed: boolean | undefined;

  constructor(
    store: OctetStore,
    query: Kept,
    {transport, from, to, frame, atUs}: DnsPlace,
    {asked, repeated}: {readonly asked: Asked; readonly repeated: boolean},
  ) {
    this.asked = asked;
    this.transport = transport;
    this.client = from;
    this.server = to;
    this.queryFrame = frame;
    this.queryUs = atUs;
    this.repeated = repeated;
    this.responseFrame = undefined;
    this.responseUs = undefined;
    this.responseHops = undefined;
    this.#store = store;
    this.#query = query;
    this.#response = undefined;
  }

  answer(response: Kept, {frame, atUs, hops, cut = false}: DnsPlace): void {
    this.#response = response;
    this.#outcome = undefined;
    this.#malformed = undefined;
    this.responseFrame = frame;
    this.responseUs = atUs;
    this.responseHops = hops;
    this.#isCut = cut;
  }

  /** `bytes` undefined: what it says does not matter. */
  add(kind: OddReply['kind'], {frame, atUs, from, to, hops}: DnsPlace, bytes?: Uint8Array): void {
    const known = this.odd.find((each) => each.kind === kind);
    const reply = bytes && decodeDnsPart(bytes);
    const first = known ?? {kind, frame, atUs, from, to, hops, count: 0, reply};
    this.odd = [...this.odd.filter((each) => each !== known), {...first, count: first.count + 1}];
  }

  get query(): DnsMessage {
    return this.#read(this.#query);
  }

  /** Asked for again and again: kept once it was read. */
  get question(): DnsQuestion | undefined {
    this.#question ??= this.query.questions[0];
    return this.#question;
  }

  get response(): DnsMessage | undefined {
    return this.#response && this.#read(this.#response);
  }

  /** Asked for again and again: kept once it was read. */
  get outcome(): Outcome | undefined {
    this.#outcome ??= this.#response && outcomeOf(this.#store.read(this.#response));
    return this.#outcome;
  }

  /** Asked for again and again: kept once it was read. */
  get malformed(): boolean {
    this.#malformed ??=
      this.#response !== undefined && !this.#isCut && isMalformed(this.#store.read(this.#response));
    return this.#malformed;
  }

  #read(kept: Kept): DnsMessage {
    return readKept(this.#store, kept);
  }
}

const readKept = (store: OctetStore, kept: Kept): DnsMessage => {
  const message = decodeDnsPart(store.read(kept));
  if (!message) throw new Error('a message is kept that cannot be read');
  return message;
};

/** Its message is read whenever somebody asks. */
const unasked = (
  store: OctetStore,
  kept: Kept,
  {transport, from, to, frame, atUs}: DnsPlace,
): UnaskedReply => ({
  ...{transport, client: to, server: from, frame, atUs},
  get response() {
    return readKept(store, kept);
  },
});

export class DnsTransactions {
  readonly all: Transaction[] = [];
  readonly unasked: UnaskedReply[] = [];
  /** Of one question that was asked again and again the last is answered first: what was sent before got lost. */
  readonly #waiting = new Map<string, Transaction[]>();
  readonly #store = new OctetStore(mostOctets);

  take(bytes: Uint8Array, place: DnsPlace): void {
    const question = bytes.length < headerOctets ? undefined : questionKey(bytes);
    const {transport, from, to} = place;
    const isReply = isResponse(bytes);
    const ends = `${transport} ${isReply ? `${to} ${from}` : `${from} ${to}`}`;
    const asked = {ends, id: uint16(bytes, 0), question: question ?? ''};
    if (isReply && question) this.#answer(asked, bytes, place);
    else if (isReply && bytes.length >= flagsEnd && !place.cut) this.#answerUnnamed(asked, bytes, place);
    else if (question) this.#ask(asked, bytes, place);
  }

  #ask(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const key = keyOf(about);
    if (this.#isFull) return;
    const at = this.#store.add(bytes);
    if (at === undefined) return;
    const query = {at, length: bytes.length};
    const asked = this.#waiting.get(key);
    const transaction = new Transaction(this.#store, query, place, {
      asked: about,
      repeated: asked !== undefined,
    });
    this.all.push(transaction);
    if (asked) asked.push(transaction);
    else this.#waiting.set(key, [transaction]);
    if (this.#waiting.size > mostWaiting) this.#giveUpOldest();
  }

  get #isFull(): boolean {
    return this.all.length + this.unasked.length >= mostTransactions;
  }

  #giveUpOldest(): void {
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined) this.#waiting.delete(oldest);
  }

  /** A reply without its question, as to what a server could not read (RCODE FORMERR), or one that cannot be read. */
  #answerUnnamed({ends, id}: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const asks = this.#recent(place).find(({asked}) => asked.ends === ends && asked.id === id);
    if (!asks) return;
    if (decodeDnsPart(bytes)?.questions.length === 0) this.#answer(asks.asked, bytes, place);
    else asks.add('unreadable', place);
  }

  /** The latest first. */
  #recent({atUs}: DnsPlace): readonly Transaction[] {
    const last = this.all.slice(-mostRecent).reverse();
    return last.filter(({queryUs}) => atUs - queryUs <= longestWaitUs);
  }

  /** A reply that answers nothing that waits: what it is nearest to. */
  #stray(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const recent = this.#recent(place);
    const answered = recent.find(({asked}) => keyOf(asked) === keyOf(about));
    if (answered) {
      if (answered.response && differs(answered.response, bytes)) answered.add('second', place, bytes);
      return;
    }
    for (const transaction of recent) {
      const wrong = misfit(transaction, about, place);
      if (wrong === undefined) continue;
      transaction.add(wrong, place);
      return;
    }
  }

  #answer(about: Asked, bytes: Uint8Array, place: DnsPlace): void {
    const key = keyOf(about);
    const asked = this.#waiting.get(key);
    if (!asked) this.#stray(about, bytes, place);
    if (!asked && this.#isFull) return;
    const at = this.#store.add(bytes);
    if (at === undefined) return;
    const kept = {at, length: bytes.length};
    if (!asked) this.unasked.push(unasked(this.#store, kept, place));
    asked?.pop()?.answer(kept, place);
    if (asked?.length === 0) this.#waiting.delete(key);
  }
}

const noOctets = new Uint8Array(0);

const lengthBytes = 2;

/** Behind a gap: a length, and a message with one question, which chance hardly makes (RFC 1035 §4.2.2). */
const beginsMessage = (bytes: Uint8Array): boolean => {
  const length = uint16(bytes, 0);
  const message = decodeDnsPart(bytes.subarray(lengthBytes, lengthBytes + length));
  return message?.questions.length === 1 && message.opcode === 0;
};

/** One direction of a connection to port 53. */
export class DnsStream {
  #rest: Uint8Array = noOctets;
  #lost = false;

  /** The messages that the piece completes. */
  take(piece: Piece): readonly Uint8Array[] {
    if (piece.kind === 'hole') this.#lost = true;
    if (piece.kind !== 'bytes') return [];
    if (this.#lost) {
      if (!beginsMessage(piece.bytes)) return [];
      this.#rest = noOctets;
      this.#lost = false;
    }
    const {messages, rest} = splitDns(this.#rest, piece.bytes);
    this.#rest = rest;
    return messages;
  }
}
