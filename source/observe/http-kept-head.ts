// The parts of HTTP/1 message heads that the observer keeps: the start line and the header fields that are shown.
import {combinedValue, type Field} from '../wire/http/field-lines.ts';
import type {StartLine} from '../wire/http/start-line.ts';

/**
 * An HTTP message's head without the places of its parts, and with only those fields that are shown, because there may be tens of thousands
 * of heads.
 */
export type KeptHead<Line extends StartLine> = {
  readonly start: Omit<Line, 'span' | 'spans'>;
  readonly fields: readonly Field[];
};

const toldFields: ReadonlySet<string> = new Set([
  'host',
  'cookie',
  'set-cookie',
  'content-length',
  'transfer-encoding',
  'content-type',
  'location',
  'connection',
  'upgrade',
  'expect',
  'content-encoding',
  'content-range',
  'etag',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-request-method',
  'range',
  'if-none-match',
  'if-match',
  'if-modified-since',
  'if-range',
  'origin',
  'last-event-id',
  'http2-settings',
]);

/**
 * Returns the header fields that are kept of an HTTP head. `map` makes an array of exactly the needed length; one that grows by `push`
 * reserves a dozen free places.
 */
export const keptFields = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({name}) => toldFields.has(name.toLowerCase())).map(({name, value}) => ({name, value}));

/** Tells whether a response's head announces a stream of events (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export const isEventStream = ({fields}: Pick<KeptHead<StartLine>, 'fields'>): boolean =>
  combinedValue(fields, 'Content-Type')?.startsWith('text/event-stream') === true;
