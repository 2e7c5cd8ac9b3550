// What a parser makes of a stream, as lines of text that a table of cases can be written in.
import type {Field} from '../../../source/wire/http/field-lines.ts';
import {octetsOfText, textOfOctets} from '../../../source/wire/http/grammar.ts';
import type {HttpError} from '../../../source/wire/http/http-error.ts';
import {type HttpMessage, messagesOf} from '../../../source/wire/http/message.ts';
import {
  feed,
  finish,
  type HttpParser,
  requestParser,
  responseParser,
} from '../../../source/wire/http/parser.ts';
import type {HttpPart} from '../../../source/wire/http/part.ts';
import {startLineText} from '../../../source/wire/http/start-line.ts';

/** `clause` is what the expectation is taken from; `asked` are the methods of the requests that are answered. */
export type Case = {
  readonly clause: string;
  readonly what: string;
  readonly reads: 'requests' | 'responses';
  readonly asked?: readonly string[];
  readonly stream: string;
  /** The stream goes on: nothing is said about its end. */
  readonly open?: true;
  readonly says: readonly string[];
};

export const octets = (text: string): Uint8Array => {
  const bytes = octetsOfText(text);
  if (bytes === undefined) throw new RangeError(`no octets: ${text}`);
  return bytes;
};

/** The content's bytes out of the stream that the message was read from. */
export const contentOf = ({content}: HttpMessage, stream: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.concat(content.map(({start, end}) => stream.subarray(start, end))));

export const parserFor = ({reads, asked}: Pick<Case, 'reads' | 'asked'>): HttpParser =>
  reads === 'requests' ? requestParser() : responseParser(asked);

export type Read = {
  readonly parts: readonly HttpPart[];
  readonly error: HttpError | undefined;
  readonly parser: HttpParser;
};

/** Feeds piece by piece; `open` leaves the end out. */
export const readAll = (first: HttpParser, pieces: Iterable<Uint8Array>, open = false): Read => {
  const parts: HttpPart[] = [];
  let parser = first;
  let error: HttpError | undefined;
  for (const piece of pieces) {
    const fed = feed(parser, piece);
    parts.push(...fed.parts);
    ({parser, error} = fed);
  }
  if (open) return {parts, error, parser};
  const end = finish(parser);
  return {parts: [...parts, ...end.parts], error: end.error, parser: end.parser};
};

const fieldsText = (fields: readonly Field[]): string =>
  fields.length === 0 ? '' : ` {${fields.map(({name, value}) => `${name}: ${value}`).join(' | ')}}`;

const messageText = (message: HttpMessage, stream: Uint8Array): string => {
  const {head, framing, trailers, whole, chunks, content} = message;
  const sizes = framing.by === 'chunked' ? ` ${chunks.map(({size}) => size).join('+')}` : '';
  const said = content.length === 0 ? '' : ` "${textOfOctets(contentOf(message, stream))}"`;
  const line = `${startLineText(head.start)}${fieldsText(head.fields)}`;
  return `${line} ${framing.by}${sizes}${said}${fieldsText(trailers)}${whole ? '' : ' …'}`;
};

export const textOf = ({parts, error}: Read, stream: Uint8Array): readonly string[] => {
  const {messages, tunnel} = messagesOf(parts);
  return [
    ...messages.map((message) => messageText(message, stream)),
    ...(tunnel ? [`tunnel "${textOfOctets(stream, tunnel.start, tunnel.end)}"`] : []),
    ...(error ? [`! ${error.code} ${error.at}`] : []),
  ];
};
