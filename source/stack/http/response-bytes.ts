// Writes an HTTP response: dates, framing, and whether the connection stays open (RFC 9112 §6, §9.3).

import type {Field} from '../../wire/http/field-lines.ts';
import {writeHttpDate} from '../../wire/http/http-date.ts';
import type {HttpError} from '../../wire/http/http-error.ts';
import {lastChunk, writeChunk, writeHead} from '../../wire/http/write.ts';
import {joinedOctets} from '../../wire/octets.ts';
import {ok, type Result} from '../../wire/result.ts';
import {reasonOf} from './reasons.ts';
import type {Reply} from './reply.ts';
import {wallUs} from './wall-clock.ts';

export type Sending = {
  readonly reply: Reply;
  /** The method of the HTTP request that the response answers. */
  readonly method: string;
  /** The minor HTTP version of the request, which tells what its sender understands. */
  readonly minor: 0 | 1;
  /** Whether the HTTP connection stays open for another request after the response. */
  readonly keep: boolean;
  readonly server?: string;
  readonly nowUs: number;
};

type Delimited = 'none' | 'length' | 'chunked' | 'close';

const delimitedBy = ({reply, minor}: Sending): Delimited => {
  if (reply.status === 204 || reply.status === 304 || reply.status < 200) return 'none';
  if (reply.chunkBytes === undefined) return 'length';
  return minor === 1 ? 'chunked' : 'close';
};

/**
 * Tells whether the connection has to end with the HTTP response: if so set, if it is cut off, or because a client of 1.0 can find the end
 * of content without a length in no other way.
 */
export const needsClose = (sending: Pick<Sending, 'reply' | 'minor' | 'method'>): boolean =>
  sending.reply.close ||
  sending.reply.cutAfter !== undefined ||
  (sending.reply.chunkBytes !== undefined && sending.minor === 0 && sending.method !== 'HEAD');

const lengthFields = (by: Delimited, content: Uint8Array): readonly Field[] => {
  if (by === 'length') return [{name: 'Content-Length', value: `${content.length}`}];
  return by === 'chunked' ? [{name: 'Transfer-Encoding', value: 'chunked'}] : [];
};

const connectionFields = ({keep, minor}: Sending): readonly Field[] => {
  if (!keep) return [{name: 'Connection', value: 'close'}];
  return minor === 0 ? [{name: 'Connection', value: 'keep-alive'}] : [];
};

const chunked = (content: Uint8Array, size: number): Uint8Array => {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += Math.max(1, size))
    pieces.push(writeChunk(content.subarray(at, at + Math.max(1, size))));
  return joinedOctets(pieces);
};

/**
 * Writes an HTTP response: `bytes` are all its octets, `content` is the number of those of the content. Returns an error if a field may not
 * be sent.
 */
export const writeResponse = (
  sending: Sending,
): Result<{readonly bytes: Uint8Array; readonly content: number}, HttpError> => {
  const {reply, method, server, nowUs} = sending;
  const {status, content, cutAfter} = reply;
  const by = delimitedBy(sending);
  const fields: readonly Field[] = [
    {name: 'Date', value: writeHttpDate(wallUs(nowUs))},
    ...(server === undefined ? [] : [{name: 'Server', value: server}]),
    ...reply.fields,
    ...lengthFields(by, content),
    ...connectionFields(sending),
  ];
  const start = {kind: 'response', version: 'HTTP/1.1', status, reason: reasonOf(status)} as const;
  const head = writeHead({start, fields, method});
  if (!head.ok) return head;
  if (by === 'none' || method === 'HEAD') return ok({bytes: head.value.bytes, content: 0});
  const sent = cutAfter === undefined ? content : content.subarray(0, cutAfter);
  if (by !== 'chunked') return ok({bytes: joinedOctets([head.value.bytes, sent]), content: sent.length});
  const chunks = [head.value.bytes, chunked(sent, reply.chunkBytes ?? sent.length)];
  // A response that is cut off never gets its last chunk.
  if (cutAfter === undefined) chunks.push(lastChunk);
  return ok({bytes: joinedOctets(chunks), content: sent.length});
};

/** The octets of a 100 (Continue) response, which consists of its status line alone (RFC 9110 §15.2). */
export const continueBytes: Uint8Array = (() => {
  const start = {kind: 'response', version: 'HTTP/1.1', status: 100, reason: reasonOf(100)} as const;
  const head = writeHead({start, fields: []});
  return head.ok ? head.value.bytes : new Uint8Array();
})();
