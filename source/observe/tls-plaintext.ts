// A TLS connection as the programs at its ends see it: the decrypted bytes, each with the packet that carried its ciphertext. Code that
// reads a TCP connection can read it in the same way.

import type {Trace} from '../sim/trace.ts';
import {bisect} from '../wire/growing-list.ts';
import {oncePer} from '../wire/once-per.ts';
import {AlertDescription, ContentType} from '../wire/tls/registry.ts';
import type {Carried, Connection, Side, Streams, Told} from './connections.ts';
import type {Piece} from './reassembly.ts';
import {asTheyAre, StepsBack, type Undo} from './steps-back.ts';
import {endOf} from './stream-bytes.ts';
import type {TlsContent} from './tls-contents.ts';
import {type Look, settledAt} from './tls-reader.ts';
import {arrivalIn, lookSince, type TlsSession, tlsArrivedOn} from './tls-sessions.ts';

type BytesPiece = Extract<Piece, {kind: 'bytes'}>;

/** A range of decrypted octets: `start` is its offset in the program's stream, `from` that of its ciphertext in the TCP stream. */
type Stretch = {readonly from: number; readonly start: number; readonly size: number};

type Opened = {
  readonly told: readonly Told[];
  readonly stretches: readonly [readonly Stretch[], readonly Stretch[]];
};

/**
 * Tells whether the server accepted early data (RFC 9846 §4.3.10); undefined if none were offered or EncryptedExtensions cannot be read.
 */
export const earlyDataTaken = ({
  earlyDataOffered,
  messages,
}: Pick<TlsSession<Streams>, 'earlyDataOffered' | 'messages'>): boolean | undefined => {
  const extensions = messages.find(({name}) => name === 'encrypted_extensions')?.message;
  if (!earlyDataOffered || extensions?.type !== 'encrypted_extensions') return undefined;
  return extensions.body.extensions.some(({name}) => name === 'early_data');
};

/** Returns the TLS contents without the client's early data if the server refused them, since its program never got them. */
const heard = (contents: readonly TlsContent[], session: TlsSession<Streams>): readonly TlsContent[] => {
  if (earlyDataTaken(session) !== false) return contents;
  const isOwn = ({seen, type, encrypted}: TlsContent): boolean =>
    seen.side === 0 && encrypted && type === ContentType.handshake;
  const finished = contents.findIndex(isOwn);
  return contents.filter(
    ({seen, type}, at) => seen.side === 1 || type !== ContentType.application_data || at > finished,
  );
};

const isCloseNotify = ({type, content}: TlsContent): boolean =>
  type === ContentType.alert && content?.length === 2 && content[1] === AlertDescription.close_notify;

/** A piece of a TCP stream that has octets, and the event from which they can be read. */
type Carrier = Told & {readonly piece: BytesPiece};

const isCarrier = (told: Told): told is Carrier => told.piece.kind === 'bytes';

/** The decrypted stream of one direction of a TLS connection, either as it was sent or as it arrived. */
class Direction {
  readonly stretches: Stretch[] = [];
  readonly #side: Side;
  readonly #told: Told[];
  #at = 0;
  #end = 0;
  #ended = false;

  /** `told` is the shared list to which both directions append their decrypted pieces in the order in which they are taken. */
  constructor(side: Side, told: Told[]) {
    this.#side = side;
    this.#told = told;
  }

  /** Adds one decrypted TLS content to the stream; returns the event at which all TCP pieces that carried it (`carriers`) had come. */
  take(each: TlsContent, event: number, carriers: readonly Carrier[]): number {
    const {seen, type, content, start: from} = each;
    if (this.#ended || content === undefined) return event;
    if (isCloseNotify(each)) {
      this.#told.push(this.#fin(seen.frame, event));
      this.#ended = true;
    }
    if (type !== ContentType.application_data || content.length === 0) return event;
    this.stretches.push({from, start: this.#end, size: content.length});
    let [whole, covered] = [event, from];
    for (const {piece, event: came} of this.#carrying(carriers, from, from + content.length)) {
      const begin = Math.max(from, piece.start);
      const bytes = content.subarray(begin - from, Math.min(content.length, endOf(piece) - from));
      const start = this.#end + begin - from;
      this.#told.push({side: this.#side, piece: {kind: 'bytes', start, bytes, frame: piece.frame}, event});
      whole = Math.max(whole, came);
      covered = endOf(piece);
    }
    this.#end += content.length;
    return covered < from + content.length ? Number.POSITIVE_INFINITY : whole;
  }

  /** Returns the end of a program's stream if TCP's stream ends here; undefined if close_notify has ended it already. */
  endedBy({piece, event}: Told): Told | undefined {
    return this.#ended || piece.kind !== 'end' ? undefined : this.#fin(piece.frame, event);
  }

  /** Returns an undo function that resets the decrypted direction to its present state. */
  asItIs(): Undo {
    const undo = asTheyAre([], [this.#told, this.stretches]);
    const [at, end, ended] = [this.#at, this.#end, this.#ended];
    return () => {
      undo();
      [this.#at, this.#end, this.#ended] = [at, end, ended];
    };
  }

  #fin(frame: number, event: number): Told {
    return {side: this.#side, piece: {kind: 'end', start: this.#end, frame}, event};
  }

  #carrying(carriers: readonly Carrier[], from: number, to: number): readonly Carrier[] {
    while (this.#at < carriers.length) {
      const carrier = carriers[this.#at];
      if (carrier && endOf(carrier.piece) > from) break;
      this.#at += 1;
    }
    const found: Carrier[] = [];
    for (let index = this.#at; index < carriers.length; index++) {
      const carrier = carriers[index];
      if (!carrier || carrier.piece.start >= to) break;
      found.push(carrier);
    }
    return found;
  }
}

/** Splits the pieces of a connection into those with octets, by side, and those that end a direction. */
const carriersIn = (told: readonly Told[]) => {
  const carriers: readonly [Carrier[], Carrier[]] = [[], []];
  const ends: Told[] = [];
  for (const each of told) {
    if (isCarrier(each)) carriers[each.side].push(each);
    else if (each.piece.kind === 'end') ends.push(each);
  }
  return {carriers, ends};
};

/** Builds the decrypted streams of both programs from a connection's TLS contents, either as they were sent or as they arrived. */
class ProgramBytes {
  readonly #told: Told[] = [];
  readonly #directions = [new Direction(0, this.#told), new Direction(1, this.#told)] as const;
  readonly #grows: boolean;
  readonly #steps: StepsBack;
  #taken = 0;
  /** The event by which all TLS contents taken so far are complete. */
  #whole = 0;

  constructor(grows: boolean) {
    this.#grows = grows;
    this.#steps = new StepsBack(grows);
  }

  /**
   * Undoes the steps that rest on changed events of a growing capture; returns false if they cannot be undone, so that reading starts anew.
   */
  takeBack({unchanged}: Look): boolean {
    return this.#steps.to(unchanged);
  }

  /**
   * Returns the decrypted streams. `told` are the pieces that TCP carried; `eventOf` returns the event from which a content can be read.
   */
  opened(
    contents: readonly TlsContent[],
    told: readonly Told[],
    eventOf: (each: TlsContent) => number,
    length = Number.POSITIVE_INFINITY,
  ): Opened {
    const {carriers, ends} = carriersIn(told);
    for (const each of contents.slice(this.#taken)) {
      const {side, event: sent} = each.seen;
      const direction = this.#directions[side];
      const undo = this.#grows ? this.#asItIs(direction) : undefined;
      const whole = direction.take(each, eventOf(each), carriers[side]);
      this.#taken += 1;
      this.#whole = Math.max(this.#whole, settledAt(sent, {length}), whole);
      if (undo) this.#steps.did(this.#whole, undo);
    }
    const [first, second] = this.#directions;
    const all = [...this.#told, ...ends.flatMap((end) => this.#directions[end.side].endedBy(end) ?? [])];
    return {
      told: all.sort((a, b) => a.event - b.event),
      stretches: [first.stretches, second.stretches],
    };
  }

  #asItIs(direction: Direction): Undo {
    const [undo, taken, whole] = [direction.asItIs(), this.#taken, this.#whole];
    return () => {
      undo();
      [this.#taken, this.#whole] = [taken, whole];
    };
  }
}

const eventOf = ({seen: {event}}: TlsContent): number => event;

const opened = (told: readonly Told[], contents: readonly TlsContent[]): Opened =>
  new ProgramBytes(false).opened(contents, told, eventOf);

/** Returns how many ranges at the beginning of the list satisfy the condition, by binary search. */
const countOf = (stretches: readonly Stretch[], isSo: (stretch: Stretch) => boolean): number =>
  bisect(stretches.length, (index) => {
    const stretch = stretches[index];
    return !stretch || !isSo(stretch);
  });

/** Returns how many of a program's octets have their ciphertext before `offset` in the TCP stream. */
const plainOffset = (stretches: readonly Stretch[], offset: number): number => {
  const last = stretches[countOf(stretches, ({from}) => from < offset) - 1];
  return last ? last.start + Math.min(last.size, offset - last.from) : 0;
};

const cipherOffset = (stretches: readonly Stretch[], octet: number): number => {
  const at = countOf(stretches, ({start}) => start <= octet);
  const last = stretches[at - 1];
  return last ? last.from + octet - last.start : 0;
};

export type Plaintext = {
  readonly connection: Connection;
  /** Converts a range of the TCP stream into the range of decrypted octets that it carries. */
  readonly inPlaintext: (carried: Carried) => Carried;
  /** Returns the offset in the TCP stream of the ciphertext of a program's octet. */
  readonly offsetOf: (side: Side, octet: number) => number;
};

const isOpened = ({encrypted, type, content}: TlsContent): boolean =>
  encrypted && type === ContentType.application_data && content !== undefined;

/** Returns the decrypted pieces that both programs of a captured TLS session sent; undefined if no application data could be decrypted. */
export const programBytesOf = (session: TlsSession<Streams>): readonly Told[] | undefined =>
  session.contents.some(isOpened)
    ? opened(session.connection.sent, heard(session.contents, session)).told
    : undefined;

type Ways = readonly [left: Opened, came: Opened];

type Growing = {readonly left: ProgramBytes; readonly came: ProgramBytes; look: number};

/** The decrypted streams of captures that still grow, by the list of the session's TLS contents. */
const growing = new WeakMap<readonly TlsContent[], Growing>();

const grown = (trace: Trace, {connection, contents}: TlsSession, look: number): Ways => {
  const before = growing.get(contents);
  const since = lookSince(trace, before?.look);
  const goesOn = before && [before.left, before.came].every((each) => each.takeBack(since));
  const {left, came} = goesOn ? before : {left: new ProgramBytes(true), came: new ProgramBytes(true)};
  growing.set(contents, {left, came, look});
  const {sent, arrived} = connection;
  return [
    left.opened(contents, sent, eventOf, trace.length),
    came.opened(contents, arrived, (each) => arrivalIn(trace, each), trace.length),
  ];
};

const read = (trace: Trace, session: TlsSession): Ways => {
  const {sent, arrived} = session.connection;
  return [
    opened(sent, heard(session.contents, session)),
    opened(arrived, heard(tlsArrivedOn(trace, session), session)),
  ];
};

/**
 * Returns a TLS session as its programs see it; undefined if no application data could be decrypted. The result stays the same object until
 * the session changes.
 */
export const plaintextOf = oncePer((session: TlsSession, trace: Trace): Plaintext | undefined => {
  if (!session.contents.some(isOpened)) return undefined;
  const {id, ends} = session.connection;
  const look = trace.growth?.look;
  // If the server refused early data that an earlier look had included as the program's bytes, everything is read again.
  const [left, came] =
    look === undefined || earlyDataTaken(session) === false
      ? read(trace, session)
      : grown(trace, session, look);
  const connection: Connection = {id, ends, sent: left.told, arrived: came.told};
  return {
    connection,
    offsetOf: (side, octet) => cipherOffset(left.stretches[side], octet),
    inPlaintext: ({side, start, end}) => ({
      connection,
      side,
      start: plainOffset(left.stretches[side], start),
      end: plainOffset(left.stretches[side], end),
    }),
  };
});
