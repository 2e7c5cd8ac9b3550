// HTTP exchanges in the words of the captures' side files.
import {expect} from 'vitest';
import {type Exchange, readingAt, type SeenMessage} from '../../source/observe/http-exchanges.ts';
import {bytesOf, missingIn, packetsOf} from '../../source/observe/stream-bytes.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {combinedValue, fieldValues} from '../../source/wire/http/field-lines.ts';

export type Told = {readonly [key: string]: unknown};

const directionOf = ({connection}: Exchange, {side}: SeenMessage, trace: Trace) =>
  readingAt(connection, trace.length).directions[side];

export const bodyOf = (exchange: Exchange, message: SeenMessage, trace: Trace): Uint8Array => {
  const direction = directionOf(exchange, message, trace);
  return Uint8Array.from(
    message.content.flatMap((span) => {
      expect(missingIn(direction, span)).toBe(0);
      return [...bytesOf(direction, span)];
    }),
  );
};

const statusOf = ({head: {start}}: SeenMessage): number => (start.kind === 'response' ? start.status : 0);

/** In the words of the side files; of a request that nobody answered they say less. */
export const told = (exchange: Exchange, trace: Trace): Told => {
  const {request, interim, response} = exchange;
  if (request?.head.start.kind !== 'request') throw new Error('half an exchange');
  const {method, target, version} = request.head.start;
  const last = (message: SeenMessage): number | undefined =>
    packetsOf(directionOf(exchange, message, trace), message.span).at(-1);
  const host = combinedValue(request.head.fields, 'Host');
  if (!response)
    return {method, target, version, host: host ?? null, status: null, requestFrame: last(request)};
  const {fields} = response.head;
  const length = combinedValue(fields, 'Content-Length');
  const some = (key: string, value: unknown): Told => (value === undefined ? {} : {[key]: value});
  return {
    method,
    target,
    version,
    host,
    status: statusOf(response),
    responseVersion: response.head.start.version,
    requestFrame: last(request),
    responseFrame: last(response),
    setCookie: fieldValues(fields, 'Set-Cookie'),
    ...some('requestBodyBytes', bodyOf(exchange, request, trace).length || undefined),
    ...some('interim', interim.length > 0 ? interim.map(statusOf) : undefined),
    ...some('cookie', combinedValue(request.head.fields, 'Cookie')),
    ...some('contentLength', length === undefined ? undefined : Number(length)),
    ...some('transferEncoding', combinedValue(fields, 'Transfer-Encoding')),
    ...some('contentType', combinedValue(fields, 'Content-Type')),
    ...some('location', combinedValue(fields, 'Location')),
    ...some('connection', combinedValue(fields, 'Connection')),
  };
};
