// Tells which parts of HTTP messages longer than a packet are in a packet: which bytes of the content, and which lines it shares with the
// packet before or after it.

import {startPart} from '../../account/http-parts.ts';
import {carriedText} from '../../account/notation.ts';
import {type Reading, readingAt, type SeenMessage} from '../../observe/http-exchanges.ts';
import {programStreamsIn} from '../../observe/program-streams.ts';
import {packetsOf} from '../../observe/stream-bytes.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Span} from '../../wire/http/grammar.ts';
import {eyeHands} from '../../words/hands.ts';
import type {ContentPart, MessagePart} from '../../words/message-parts.ts';

const overlap = (one: Span, other: Span): Span | undefined => {
  const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
  return start < end ? {start, end} : undefined;
};

const contentPart = ({content, framing}: SeenMessage, place: Span): (Span & ContentPart) | undefined => {
  let before = 0;
  let found: (Span & ContentPart) | undefined;
  for (const span of content) {
    const inside = overlap(span, place);
    if (inside) {
      const from = before + inside.start - span.start + 1;
      const to = before + inside.end - span.start;
      const of = framing.by === 'length' ? framing.length : undefined;
      found = {start: found?.start ?? inside.start, end: inside.end, from: found?.from ?? from, to, of};
    }
    before += span.end - span.start;
  }
  return found;
};

const partsOf = (
  message: SeenMessage,
  reading: Reading,
  place: Span,
  packet: number,
): readonly MessagePart[] => {
  const {head, headSpan, span, side} = message;
  const direction = reading.directions[side];
  const packets = packetsOf(direction, span);
  const common = {
    kind: head.start.kind,
    words: carriedText(startPart(head.start), eyeHands.en),
    begins: packets[0] ?? packet,
  };
  const inPacket = ({start, end}: Span): Span => ({start: start - place.start, end: end - place.start});
  const inHead = overlap(headSpan, place);
  const goesOnIn = packets.filter((each) => each > packet);
  const lines = [{name: '', span: head.start.span}, ...head.fields].flatMap(
    (line): readonly MessagePart[] => {
      const inside = overlap(line.span, place);
      const carriers = inside ? packetsOf(direction, line.span) : [];
      return inside && carriers.length > 1
        ? [{...common, is: 'line', name: line.name, packets: carriers, ...inPacket(inside)}]
        : [];
    },
  );
  const content = contentPart(message, place);
  return [
    ...(inHead && (packets.length > 1 || common.begins !== packet)
      ? [{...common, is: 'head' as const, goesOnIn, ...inPacket(inHead)}]
      : []),
    ...lines,
    ...(content && packets.length > 1
      ? [{...common, is: 'content' as const, ...content, ...inPacket(content)}]
      : []),
  ];
};

/**
 * Returns the parts of HTTP messages in a packet, as far as they are known after event `cursor`. Messages that are whole in this packet are
 * left out.
 */
export const messagePartsIn = (trace: Trace, packet: number, cursor: number): readonly MessagePart[] => {
  const place = programStreamsIn(trace).carriedBy(packet);
  if (!place || place.start >= place.end) return [];
  const reading = readingAt(place.connection, cursor);
  return reading.exchanges
    .flatMap(({request, interim, response}) => [request, ...interim, response])
    .flatMap((message) =>
      message?.side === place.side && overlap(message.span, place)
        ? partsOf(message, reading, place, packet)
        : [],
    );
};
