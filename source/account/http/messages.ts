// A message of HTTP/1 as the client of its connection has it: what the client sends counts when it is sent, the rest when it arrives.
import type {Connection, Side, Told} from '../../observe/connections.ts';
import type {SeenMessage} from '../../observe/http-exchanges.ts';
import {framesOf} from '../../observe/reassembly.ts';
import {endOf, lyingIn} from '../../observe/stream-bytes.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Head} from '../../wire/http/framing.ts';
import type {Span} from '../../wire/http/grammar.ts';
import {oncePer} from '../../wire/once-per.ts';

/** The number of an event of the trace, and its time in µs. */
export type Stamp = {readonly n: number; readonly atUs: number};

export type Message = {
  readonly head: Head;
  readonly headSpan: Span;
  /**
   * The times of the first byte of the HTTP message, of the end of its header section, and of its last byte, which is absent if that never
   * came.
   */
  readonly began: Stamp;
  readonly known: Stamp;
  readonly ended?: Stamp;
  /** The packets that carry the HTTP message, in the order of the stream. */
  readonly packets: readonly number[];
};

type Events = Pick<Trace, 'event'>;

export const stampAt = (trace: Events, event: number): Stamp => {
  const {n, atUs} = trace.event(event);
  return {n, atUs};
};

const bySide = (told: readonly Told[]): readonly [readonly Told[], readonly Told[]] => [
  told.filter(({side}) => side === 0),
  told.filter(({side}) => side === 1),
];

const toldOn = oncePer(({sent, arrived}: Connection) => ({sent: bySide(sent), arrived: bySide(arrived)}));

/** Returns the pieces of one side's stream as the client has them: its own as they were sent, the server's as they arrived. */
const passedOn = (connection: Connection, side: Side, isOwn: boolean): readonly Told[] =>
  toldOn(connection)[isOwn ? 'sent' : 'arrived'][side];

const ofTold = [({piece}: Told) => piece.start, ({piece}: Told) => endOf(piece)] as const;

/** Returns the number of the event with which the last byte of a span of the stream was sent or arrived; undefined if it was not. */
const passing = (told: readonly Told[], {start, end}: Span): number | undefined =>
  lyingIn(told, {start: Math.max(start, end - 1), end}, ofTold)[0]?.event;

/** Returns an HTTP message with its times and packets; undefined if the client does not have the whole header section. */
export const messageOn = (
  trace: Events,
  connection: Connection,
  {side, head, headSpan, headWhole, framing, span, whole}: SeenMessage,
): Message | undefined => {
  const told = passedOn(connection, side, head.start.kind === 'request');
  const carrying = lyingIn(told, span, ofTold);
  const known = headWhole ? passing(told, headSpan) : undefined;
  const [first] = carrying;
  if (!first || known === undefined) return undefined;
  const last =
    framing.by === 'close' ? told.find(({piece}) => piece.kind === 'end')?.event : passing(told, span);
  return {
    ...{head, headSpan, began: stampAt(trace, first.event), known: stampAt(trace, known)},
    ...(whole && last !== undefined && {ended: stampAt(trace, last)}),
    packets: framesOf(
      carrying.map(({piece}) => piece),
      span,
    ),
  };
};
