// DNS questions and what answers them, in datagrams and over TCP (RFC 1035 §4, RFC 7766): matched by identifier, ends and question.
import {decodeDnsPart} from '../wire/dns/decode.ts';
import {splitDns} from '../wire/dns/framing.ts';
import type {DnsMessage} from '../wire/dns/message.ts';
import type {Piece} from './reassembly.ts';

export type DnsPlace = {
  readonly transport: 'udp' | 'tcp';
  /** Address and port. */
  readonly from: string;
  readonly to: string;
  readonly frame: number;
  readonly atUs: number;
};

export type DnsTransaction = {
  readonly transport: 'udp' | 'tcp';
  readonly client: string;
  readonly server: string;
  readonly query: DnsMessage;
  readonly queryFrame: number;
  readonly queryUs: number;
  readonly response: DnsMessage | undefined;
  readonly responseFrame: number | undefined;
  readonly responseUs: number | undefined;
  /** The same question under the same number was asked before. */
  readonly repeated: boolean;
};

type Growing = {-readonly [Key in keyof DnsTransaction]: DnsTransaction[Key]};

const mostTransactions = 100_000;

/** Questions that wait for an answer; the oldest is given up. */
const mostWaiting = 10_000;

const questionOf = ({questions}: DnsMessage): string => {
  const [question] = questions;
  return question ? `${question.name.toLowerCase()} ${question.type} ${question.class}` : '';
};

/** Captures may have a hundred thousand answers: each keeps the question that it repeats once. */
const sharingQuestion = (response: DnsMessage, {questions}: DnsMessage): DnsMessage =>
  questions.length === 1 &&
  response.questions.length === 1 &&
  response.questions[0]?.name === questions[0]?.name
    ? {...response, questions}
    : response;

export class DnsTransactions {
  readonly all: Growing[] = [];
  readonly #waiting = new Map<string, Growing>();

  take(bytes: Uint8Array, place: DnsPlace): void {
    const message = decodeDnsPart(bytes);
    if (message?.flags.qr) this.#answer(message, place);
    else if (message) this.#ask(message, place);
  }

  #ask(query: DnsMessage, {transport, from, to, frame, atUs}: DnsPlace): void {
    if (this.all.length >= mostTransactions) return;
    const key = `${transport} ${from} ${to} ${query.id} ${questionOf(query)}`;
    const transaction: Growing = {
      transport,
      client: from,
      server: to,
      query,
      queryFrame: frame,
      queryUs: atUs,
      response: undefined,
      responseFrame: undefined,
      responseUs: undefined,
      repeated: this.#waiting.has(key),
    };
    this.all.push(transaction);
    this.#waiting.set(key, transaction);
    if (this.#waiting.size > mostWaiting) this.#giveUpOldest();
  }

  #giveUpOldest(): void {
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined) this.#waiting.delete(oldest);
  }

  #answer(response: DnsMessage, {transport, from, to, frame, atUs}: DnsPlace): void {
    const key = `${transport} ${to} ${from} ${response.id} ${questionOf(response)}`;
    const waiting = this.#waiting.get(key);
    if (!waiting) return;
    this.#waiting.delete(key);
    waiting.response = sharingQuestion(response, waiting.query);
    waiting.responseFrame = frame;
    waiting.responseUs = atUs;
  }
}

const none = new Uint8Array(0);

/** One direction of a connection to port 53. */
export class DnsStream {
  #rest: Uint8Array = none;
  #stopped = false;

  /** The messages that the piece completes. */
  take(piece: Piece): readonly Uint8Array[] {
    if (piece.kind === 'hole') this.#stopped = true;
    if (this.#stopped || piece.kind !== 'bytes') return [];
    const {messages, rest} = splitDns(this.#rest, piece.bytes);
    this.#rest = rest;
    return messages;
  }
}
