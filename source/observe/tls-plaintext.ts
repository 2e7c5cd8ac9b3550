// A TLS connection as the programs at its ends see it: the bytes inside its records, each with the packet that brought its
// ciphertext. So whatever reads a TCP connection reads this one alike.

import type {Trace} from '../sim/trace.ts';
import {AlertDescription, ContentType} from '../wire/tls/registry.ts';
import type {Carried, Connection, Side, Streams, Told} from './connections.ts';
import type {Piece} from './reassembly.ts';
import {endOf} from './stream-bytes.ts';
import type {TlsContent} from './tls-contents.ts';
import {type TlsSession, tlsArrivedOn} from './tls-sessions.ts';

type BytesPiece = Extract<Piece, {kind: 'bytes'}>;

/** Octets of a program: `start` in its own stream, `from` where their ciphertext begins in TCP's. */
type Stretch = {readonly from: number; readonly start: number; readonly size: number};

type Opened = {
  readonly told: readonly Told[];
  readonly stretches: readonly [readonly Stretch[], readonly Stretch[]];
};

/** Has the server taken the early data (RFC 9846 §4.3.10)? undefined: there were none, or its answer cannot be seen. */
export const earlyDataTaken = ({
  earlyDataOffered,
  messages,
}: Pick<TlsSession<Streams>, 'earlyDataOffered' | 'messages'>): boolean | undefined => {
  const extensions = messages.find(({name}) => name === 'encrypted_extensions')?.message;
  if (!earlyDataOffered || extensions?.type !== 'encrypted_extensions') return undefined;
  return extensions.body.extensions.some(({name}) => name === 'early_data');
};

/** Without what the client said before its Finished, if that was refused. */
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

/** One direction of the one way, in the order of its stream. */
class Direction {
  readonly told: Told[] = [];
  readonly stretches: Stretch[] = [];
  readonly #side: Side;
  readonly #pieces: readonly BytesPiece[];
  #at = 0;
  #end = 0;
  #ended = false;

  constructor(side: Side, told: readonly Told[]) {
    this.#side = side;
    this.#pieces = told.flatMap(({side: from, piece}) =>
      from === side && piece.kind === 'bytes' ? [piece] : [],
    );
  }

  take(each: TlsContent): void {
    const {seen, type, content, start: from} = each;
    if (this.#ended || content === undefined) return;
    if (isCloseNotify(each)) this.end(seen.frame, seen.event);
    if (type !== ContentType.application_data || content.length === 0) return;
    this.stretches.push({from, start: this.#end, size: content.length});
    for (const piece of this.#carriers(from, from + content.length)) {
      const begin = Math.max(from, piece.start);
      const bytes = content.subarray(begin - from, Math.min(content.length, endOf(piece) - from));
      const start = this.#end + begin - from;
      this.told.push({
        side: this.#side,
        piece: {kind: 'bytes', start, bytes, frame: piece.frame},
        event: seen.event,
      });
    }
    this.#end += content.length;
  }

  /** What comes behind it is no program's. */
  end(frame: number, event: number): void {
    if (this.#ended) return;
    this.#ended = true;
    this.told.push({side: this.#side, piece: {kind: 'end', start: this.#end, frame}, event});
  }

  #carriers(from: number, to: number): readonly BytesPiece[] {
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at];
      if (piece && endOf(piece) > from) break;
      this.#at += 1;
    }
    const found: BytesPiece[] = [];
    for (let index = this.#at; index < this.#pieces.length; index++) {
      const piece = this.#pieces[index];
      if (!piece || piece.start >= to) break;
      found.push(piece);
    }
    return found;
  }
}

const opened = (told: readonly Told[], contents: readonly TlsContent[]): Opened => {
  const directions = [new Direction(0, told), new Direction(1, told)] as const;
  for (const each of contents) directions[each.seen.side].take(each);
  for (const {side, piece, event} of told) if (piece.kind === 'end') directions[side].end(piece.frame, event);
  const [first, second] = directions;
  return {
    told: [...first.told, ...second.told].sort((a, b) => a.event - b.event),
    stretches: [first.stretches, second.stretches],
  };
};

/** How many of them, from the first, are so. */
const bisected = (stretches: readonly Stretch[], isSo: (stretch: Stretch) => boolean): number => {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle];
    if (stretch && isSo(stretch)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** How many octets of the program have their ciphertext before `offset`. */
const plainOffset = (stretches: readonly Stretch[], offset: number): number => {
  const last = stretches[bisected(stretches, ({from}) => from < offset) - 1];
  return last ? last.start + Math.min(last.size, offset - last.from) : 0;
};

const cipherOffset = (stretches: readonly Stretch[], octet: number): number => {
  const at = bisected(stretches, ({start}) => start <= octet);
  const last = stretches[at - 1];
  return last ? last.from + octet - last.start : 0;
};

export type Plaintext = {
  readonly connection: Connection;
  /** The same place in the bytes of the program. */
  readonly placeOf: (carried: Carried) => Carried;
  /** Where in TCP's stream the ciphertext of an octet stands. */
  readonly offsetOf: (side: Side, octet: number) => number;
};

const isOpened = ({encrypted, type, content}: TlsContent): boolean =>
  encrypted && type === ContentType.application_data && content !== undefined;

/** What the programs of a captured session said, as far as it could be opened; undefined: nothing of it. */
export const programBytesOf = (session: TlsSession<Streams>): readonly Told[] | undefined =>
  session.contents.some(isOpened)
    ? opened(session.connection.sent, heard(session.contents, session)).told
    : undefined;

const plaintextIn = (trace: Trace, session: TlsSession): Plaintext | undefined => {
  if (!session.contents.some(isOpened)) return undefined;
  const {id, ends, sent, arrived} = session.connection;
  const left = opened(sent, heard(session.contents, session));
  const came = opened(arrived, heard(tlsArrivedOn(trace, session), session));
  const connection: Connection = {id, ends, sent: left.told, arrived: came.told};
  return {
    connection,
    offsetOf: (side, octet) => cipherOffset(left.stretches[side], octet),
    placeOf: ({side, start, end}) => ({
      connection,
      side,
      start: plainOffset(left.stretches[side], start),
      end: plainOffset(left.stretches[side], end),
    }),
  };
};

const known = new WeakMap<TlsSession, {readonly plaintext: Plaintext | undefined}>();

/** undefined: no program's bytes could be opened. Of a session on which nothing has happened since it is the same at each look. */
export const plaintextOf = (trace: Trace, session: TlsSession): Plaintext | undefined => {
  const read = known.get(session) ?? {plaintext: plaintextIn(trace, session)};
  known.set(session, read);
  return read.plaintext;
};
