// Writes the HTTP/1 messages of a capture as JSON, in the format of the files that accompany the reference captures.
import {combinedValue, type Field, fieldValues} from '../wire/http/field-lines.ts';
import {opcodeName} from '../wire/websocket.ts';
import {endpointText} from './capture-inspector.ts';
import type {Side} from './connections.ts';
import type {HttpInside} from './http-conversation.ts';
import type {HttpTransaction} from './http-transactions.ts';
import {present} from './json-value.ts';
import type {ObservedConnection} from './observed-connection.ts';

type Named<Name extends string> = readonly (readonly [name: Name, field: string])[];

const responseFields = [
  ['transferEncoding', 'Transfer-Encoding'],
  ['contentType', 'Content-Type'],
  ['location', 'Location'],
  ['connection', 'Connection'],
  ['contentEncoding', 'Content-Encoding'],
  ['contentRange', 'Content-Range'],
  ['etag', 'ETag'],
  ['upgrade', 'Upgrade'],
  ['allowOrigin', 'Access-Control-Allow-Origin'],
  ['allowMethods', 'Access-Control-Allow-Methods'],
] as const;

const requestFields = [
  ['range', 'Range'],
  ['ifNoneMatch', 'If-None-Match'],
  ['ifMatch', 'If-Match'],
  ['ifModifiedSince', 'If-Modified-Since'],
  ['ifRange', 'If-Range'],
  ['origin', 'Origin'],
  ['lastEventId', 'Last-Event-ID'],
  ['upgrade', 'Upgrade'],
] as const;

const fieldsJson = <Name extends string>(
  fields: readonly Field[],
  named: Named<Name>,
): {readonly [name in Name]?: string} => {
  const members: {[name in Name]?: string} = {};
  for (const [name, field] of named) {
    const value = combinedValue(fields, field);
    if (value !== undefined) members[name] = value;
  }
  return members;
};

const responseJson = ({response, interim}: HttpTransaction) => {
  if (response?.frame === undefined) return {status: null} as const;
  const {start, fields} = response.head;
  const [length] = fieldValues(fields, 'Content-Length').flatMap((value) => value.split(','));
  return {
    status: start.status,
    ...(interim.length > 0 && {interim}),
    responseVersion: start.version,
    responseFrame: response.frame,
    setCookie: fieldValues(fields, 'Set-Cookie'),
    ...(length !== undefined && {contentLength: Number(length)}),
    ...fieldsJson(fields, responseFields),
  };
};

export type Placed = {readonly stream: number; readonly transaction: HttpTransaction};

export const httpJson = ({stream, transaction}: Placed) => {
  const {request} = transaction;
  const {start, fields} = request.head;
  return {
    stream,
    method: start.method,
    target: start.target,
    host: combinedValue(fields, 'Host') ?? null,
    version: start.version,
    requestFrame: request.frame ?? null,
    ...present('cookie', combinedValue(fields, 'Cookie')),
    ...(request.contentBytes > 0 && {requestBodyBytes: request.contentBytes}),
    ...fieldsJson(fields, requestFields),
    ...responseJson(transaction),
  };
};

/** Returns the JSON entry for a connection whose HTTP requests state their length in two ways. */
export const ambiguousJson = ({id, ends, client}: ObservedConnection, {ambiguous}: HttpInside) =>
  ambiguous === undefined
    ? []
    : [
        {
          stream: id - 1,
          server: endpointText(ends[client === 0 ? 1 : 0]),
          contentLengths: ambiguous.contentLengths,
          transferEncoding: ambiguous.transferEncoding ?? null,
          statuses: ambiguous.statuses,
        },
      ];

/** Returns the JSON of a connection's WebSocket frames. `clientSide` is the side of the client among those frames. */
export const websocketJson = ({id}: ObservedConnection, {websocket}: HttpInside, clientSide: Side) => {
  if (!websocket) return [];
  const by = (side: Side): 'client' | 'server' => (side === clientSide ? 'client' : 'server');
  const {frames, close} = websocket;
  return [
    {
      stream: id - 1,
      frames: frames.map(({frame, side, opcode, fin, masked, length}) => ({
        ...{frame, by: by(side), opcode: opcodeName(opcode), fin, masked, length},
      })),
      close: close ? {by: by(close.side), code: close.code ?? null, reason: close.reason} : null,
    },
  ];
};
