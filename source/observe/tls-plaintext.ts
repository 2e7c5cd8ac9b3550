// A TLS connection as the programs at its ends see it: the bytes inside its records, each with the packet that carried its ciphertext. Code
// that reads a TCP connection can read this one in the same way.

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

/** A range of a program's octets: `start` in its own stream; `from` is the place of their ciphertext in TCP's stream. */
type Stretch = {readonly from: number; readonly start: number; readonly size: number};

type Opened = {
  readonly told: readonly Told[];
  readonly stretches: readonly [readonly Stretch[], readonly Stretch[]];
};

/** Tells whether the server accepted the early data (RFC 9846 §4.3.10); undefined if there were none or its answer cannot be seen. */
export const earlyDataTaken = ({
  earlyDataOffered,
  messages,
}: Pick<TlsSession<Streams>, 'earlyDataOffered' | 'messages'>): boolean | undefined => {
  const extensions = messages.find(({name}) => name === 'encrypted_extensions')?.message;
  if (!earlyDataOffered || extensions?.type !== 'encrypted_extensions') return undefined;
  return extensions.body.extensions.some(({name}) => name === 'early_data');
};

/** Returns the contents without the client's early data if the server refused them. */
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

/** A piece with octets, and the event from which on it can be read. */
type Carrier = Told & {readonly piece: BytesPiece};

const isCarrier = (told: Told): told is Carrier => told.piece.kind === 'bytes';

/** One direction as it was sent or as it arrived, in the order of its stream. */
class Direction {
  readonly stretches: Stretch[] = [];
  readonly #side: Side;
  readonly #told: Told[];
  #at = 0;
  #end = 0;
  #ended = false;

  /** `told` contains the pieces of both directions, in the order in which they are taken. */
  constructor(side: Side, told: Told[]) {
    this.#side = side;
    this.#told = told;
  }

  /** Takes a content; returns the event from which on it is complete, which is when the last of `carriers` has come. */
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

  /**
   * Ends the direction with the end of TCP's stream, because later octets belong to no program; returns undefined if it has ended before.
   */
  endedBy({piece, event}: Told): Told | undefined {
    return this.#ended || piece.kind !== 'end' ? undefined : this.#fin(piece.frame, event);
  }

  /** Returns a function that restores the present state. */
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

/** Returns the pieces with octets by side, and those that end a direction. */
const carriersIn = (told: readonly Told[]) => {
  const carriers: readonly [Carrier[], Carrier[]] = [[], []];
  const ends: Told[] = [];
  for (const each of told) {
    if (isCarrier(each)) carriers[each.side].push(each);
    else if (each.piece.kind === 'end') ends.push(each);
  }
  return {carriers, ends};
};

/** The contents of a connection's records, either as they were sent or as they arrived. */
class ProgramBytes {
  readonly #told: Told[] = [];
  readonly #directions = [new Direction(0, this.#told), new Direction(1, this.#told)] as const;
  readonly #grows: boolean;
  readonly #steps: StepsBack;
  #taken = 0;
  /** The event at which everything that was taken is complete. */
  #whole = 0;

  constructor(grows: boolean) {
    this.#grows = grows;
    this.#steps = new StepsBack(grows);
  }

  /** Goes back to what has not changed; returns false if that is too far back. */
  takeBack({unchanged}: Look): boolean {
    return this.#steps.to(unchanged);
  }

  /** `told` is what TCP carried. `eventOf` returns the event from which on a content can be read. */
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

/** Returns how many of the ranges, from the first on, satisfy the condition. */
const countOf = (stretches: readonly Stretch[], isSo: (stretch: Stretch) => boolean): number =>
  bisect(stretches.length, (index) => {
    const stretch = stretches[index];
    return !stretch || !isSo(stretch);
  });

/** Returns how many of the program's octets have their ciphertext before `offset`. */
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
  /** Returns the place of TCP's octets in the program's bytes. */
  readonly inPlaintext: (carried: Carried) => Carried;
  /** Returns the place of an octet's ciphertext in TCP's stream. */
  readonly offsetOf: (side: Side, octet: number) => number;
};

const isOpened = ({encrypted, type, content}: TlsContent): boolean =>
  encrypted && type === ContentType.application_data && content !== undefined;

/** Returns what the programs of a captured session said, as far as it could be decrypted; undefined if nothing could. */
export const programBytesOf = (session: TlsSession<Streams>): readonly Told[] | undefined =>
  session.contents.some(isOpened)
    ? opened(session.connection.sent, heard(session.contents, session)).told
    : undefined;

type Ways = readonly [left: Opened, came: Opened];

type Growing = {readonly left: ProgramBytes; readonly came: ProgramBytes; look: number};

/** The plaintext of captures in the making, by the list of contents, which grows. */
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
 * Returns a session as its programs see it; undefined if nothing could be decrypted. While nothing happens on a session, each look returns
 * the same.
 */
export const plaintextOf = oncePer((session: TlsSession, trace: Trace): Plaintext | undefined => {
  if (!session.contents.some(isOpened)) return undefined;
  const {id, ends} = session.connection;
  const look = trace.growth?.look;
  // Refused early data may have been told at earlier looks, so everything is read again.
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
