// Assembles messages of HTTP/2 or HTTP/3 from the frames of a stream (RFC 9113 §8.1, RFC 9114 §4.1) in the form of HTTP/1 messages, so that
// all are shown alike.
import type {Field, FieldLine} from '../wire/http/field-lines.ts';
import type {Span} from '../wire/http/grammar.ts';
import type {StartLine} from '../wire/http/start-line.ts';
import type {Connection, Side} from './connections.ts';
import type {Exchange, SeenMessage} from './http-exchanges.ts';

/** A part of an HTTP/2 or HTTP/3 message with its place in its direction. A section is a decoded header or trailer block. */
export type StreamPart = {readonly side: Side; readonly of: 'request' | 'response'; readonly span: Span} & (
  | {readonly kind: 'section'; readonly fields: readonly Field[]}
  | {readonly kind: 'content'}
  | {readonly kind: 'end'}
);

type Section = Extract<StreamPart, {readonly kind: 'section'}>;
type Version = 'HTTP/2' | 'HTTP/3';

const valueIn = ({fields}: Section, wanted: string): string | undefined =>
  fields.find(({name}) => name === wanted)?.value;

/** Returns the start line of an HTTP/2 or HTTP/3 message, made of its pseudo-header fields (RFC 9113 §8.3). */
const startOf = (section: Section, version: Version): StartLine => {
  const {of: kind, span} = section;
  if (kind === 'response') {
    const status = Number(valueIn(section, ':status') ?? 0);
    return {kind, version, status, reason: '', span, spans: {version: span, status: span, reason: span}};
  }
  const method = valueIn(section, ':method') ?? '';
  const target = valueIn(section, ':path') ?? valueIn(section, ':authority') ?? '';
  return {kind, method, target, version, span, spans: {method: span, target: span, version: span}};
};

/** Returns the fields of a header block, each with the span of the whole block, because the block was compressed as one. */
const linesOf = ({fields, span}: Section): readonly FieldLine[] =>
  fields.map(({name, value}) => ({name, value, span, valueSpan: span}));

const isInterim = (section: Section): boolean => {
  const status = Number(valueIn(section, ':status'));
  return section.of === 'response' && status >= 100 && status < 200;
};

type Way = {readonly interim: readonly SeenMessage[]; readonly message: SeenMessage | undefined};

const messageOf = (
  head: Section,
  {rest, whole}: {readonly rest: readonly StreamPart[]; readonly whole: boolean},
  version: Version,
): SeenMessage => {
  const content = rest.flatMap(({kind, span}) => (kind === 'content' && span.end > span.start ? [span] : []));
  const trailers = rest.flatMap((part) => (part.kind === 'section' ? linesOf(part) : []));
  const length = valueIn(head, 'content-length');
  const end = rest.reduce((last, {span}) => Math.max(last, span.end), head.span.end);
  return {
    head: {start: startOf(head, version), fields: linesOf(head)},
    framing:
      whole && content.length === 0
        ? {by: 'none', rule: 7}
        : {by: 'stream', length: length === undefined ? undefined : Number(length)},
    ...{headSpan: head.span, content, chunks: [], trailers, span: {start: head.span.start, end}},
    ...{whole, side: head.side, headWhole: true},
  };
};

/**
 * Assembles the messages of one direction of an HTTP/2 or HTTP/3 stream. Sections before the head are interim responses; content, trailers
 * and the end follow the head.
 */
const wayOf = (parts: readonly StreamPart[], version: Version): Way => {
  const interim: SeenMessage[] = [];
  const whole = parts.some(({kind}) => kind === 'end');
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'section') continue;
    if (!isInterim(part))
      return {interim, message: messageOf(part, {rest: parts.slice(index + 1), whole}, version)};
    interim.push({...messageOf(part, {rest: [], whole: true}, version), framing: {by: 'none', rule: 1}});
  }
  return {interim, message: undefined};
};

/** Returns the part of a message part that lies before the offset `end`; empty if none does. Content may be cut, a header block may not. */
const until = (part: StreamPart, end: number): readonly StreamPart[] => {
  const {kind, span} = part;
  if (span.end <= end) return [part];
  return kind === 'content' ? [{...part, span: {start: span.start, end}}] : [];
};

type Told = {
  readonly connection: Connection;
  readonly number: number;
  readonly version: Version;
  readonly stream: number;
  /** The offsets up to which each direction of the connection has been sent. */
  readonly ends: readonly [number, number];
};

/** Returns the HTTP/2 or HTTP/3 exchange on a stream, as far as it has been sent; undefined if nothing of it has been sent. */
export const exchangeOf = (
  parts: readonly StreamPart[],
  {connection, number, version, stream, ends}: Told,
): Exchange | undefined => {
  const seen = parts.flatMap((part) => until(part, ends[part.side]));
  const asked = wayOf(
    seen.filter((part) => part.of === 'request'),
    version,
  );
  const {interim, message: response} = wayOf(
    seen.filter((part) => part.of === 'response'),
    version,
  );
  if (!asked.message && !response && interim.length === 0) return undefined;
  return {connection, number, stream, request: asked.message, interim, response};
};

/**
 * Returns the spans of an HTTP message's octets. In HTTP/2 and HTTP/3 there are several, because frames of other streams lie between those
 * of its stream; in HTTP/1, with `stream` undefined, one.
 */
export const spansOf = (
  {headSpan, content, trailers, span}: SeenMessage,
  stream: number | undefined,
): readonly Span[] =>
  stream === undefined ? [span] : [headSpan, ...content, ...trailers.slice(0, 1).map((line) => line.span)];
