// One direction of a TCP connection read as HTTP (RFC 9112) in the order in which its bytes pass one end, with when each passed.

import {newStream, type Piece, receive, type Stream} from '../../observe/reassembly.ts';
import {bisect} from '../../wire/growing-list.ts';
import type {Head} from '../../wire/http/framing.ts';
import type {Span} from '../../wire/http/grammar.ts';
import {expectResponse, feed, finish, type HttpParser} from '../../wire/http/parser.ts';
import type {HttpPart} from '../../wire/http/part.ts';
import {ropeToBytes} from '../../wire/rope.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';

/** An event of the trace, and its time. */
export type Stamp = {readonly n: number; readonly atUs: number};

export type Message = {
  readonly head: Head;
  readonly span: Span;
  /** Its first byte; the end of its header section; its last byte, absent where that never came. */
  readonly began: Stamp;
  readonly known: Stamp;
  readonly ended?: Stamp;
  /** That carry its bytes, in the order of the stream. */
  readonly packets: readonly number[];
};

/** Where the bytes up to `end` passed. */
type Mark = {readonly end: number; readonly at: Stamp; readonly packet: number};

export type Read = {
  readonly heads: readonly Head[];
  /** FIN, and all bytes before it. */
  readonly eof: boolean;
};

/** `told`: as it was told last, if it is that still. */
type Noted = Omit<Message, 'packets'> & {span: Span; ended?: Stamp; told?: Message};

export class ClientStream {
  #stream: Stream = newStream;
  #parser: HttpParser;
  /** What follows is no HTTP, or has a hole. */
  #dead = false;
  readonly #marks: Mark[] = [];
  readonly #messages: Noted[] = [];

  constructor(parser: HttpParser) {
    this.#parser = parser;
  }

  expect(method: string): void {
    this.#parser = expectResponse(this.#parser, method);
  }

  see(packet: number, segment: TcpSegment, at: Stamp): Read {
    const {length} = segment.payload;
    const {stream, pieces} = receive(this.#stream, {
      frame: packet,
      seq: segment.seq,
      syn: hasFlag(segment, 'SYN'),
      fin: hasFlag(segment, 'FIN'),
      bytes: this.#dead ? new Uint8Array(length) : ropeToBytes(segment.payload),
      length,
    });
    this.#stream = stream;
    const heads = pieces.flatMap((piece) => this.take(piece, at));
    return {heads, eof: pieces.some(({kind}) => kind === 'end')};
  }

  messages(): readonly Message[] {
    return this.#messages.map((message) => {
      const {told, ...said} = message;
      message.told = told ?? {...said, packets: this.#packetsOf(message.span)};
      return message.told;
    });
  }

  /** Leads back to what has been read by now. */
  asItIs(): () => void {
    const [stream, parser, dead] = [this.#stream, this.#parser, this.#dead];
    const [marks, messages] = [this.#marks.length, this.#messages.length];
    const last = this.#messages.at(-1);
    const before = last && {...last};
    return () => {
      [this.#stream, this.#parser, this.#dead] = [stream, parser, dead];
      this.#marks.length = marks;
      this.#messages.length = messages;
      // Of messages the last one alone goes on.
      if (before) this.#messages[messages - 1] = before;
    };
  }

  take(piece: Piece, at: Stamp): readonly Head[] {
    if (this.#dead) return [];
    if (piece.kind === 'hole') {
      this.#dead = true;
      return [];
    }
    const bytes = piece.kind === 'bytes' ? piece.bytes : undefined;
    if (bytes) this.#marks.push({end: piece.start + bytes.length, at, packet: piece.frame});
    const {parser, parts, error} = bytes ? feed(this.#parser, bytes) : finish(this.#parser);
    this.#parser = parser;
    this.#dead = error !== undefined;
    return parts.flatMap((part) => this.#note(part, at));
  }

  #note(part: HttpPart, at: Stamp): readonly Head[] {
    if (part.kind === 'head') {
      const {head, span} = part;
      this.#messages.push({head, span, began: this.#passed(span.start) ?? at, known: at});
      return [head];
    }
    const message = this.#messages.at(-1);
    if (!message || part.kind === 'tunnel') return [];
    delete message.told;
    message.span = {start: message.span.start, end: part.span.end};
    if (part.kind === 'end') message.ended = at;
    return [];
  }

  #passed(offset: number): Stamp | undefined {
    return this.#marks.findLast(
      ({end}, index) => end > offset && (this.#marks[index - 1]?.end ?? 0) <= offset,
    )?.at;
  }

  #packetsOf({start, end}: Span): readonly number[] {
    const packets = new Set<number>();
    const first = bisect(this.#marks.length, (index) => (this.#marks[index]?.end ?? 0) > start);
    for (let index = first; index < this.#marks.length; index++) {
      if ((this.#marks[index - 1]?.end ?? 0) >= end) break;
      const mark = this.#marks[index];
      if (mark) packets.add(mark.packet);
    }
    return [...packets];
  }
}
