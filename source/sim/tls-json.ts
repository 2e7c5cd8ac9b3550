// What TLS did, for `show --json`: octets in hexadecimal digits, the rest under the names of the RFCs.

import {hexOf} from '../wire/octets.ts';
import type {TlsTold} from './tls-host.ts';

type Json = {readonly [key: string]: unknown};

const octetsAsHex = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return hexOf(value);
  return Array.isArray(value) ? value.map(octetsAsHex) : value;
};

const withHex = (values: object): Json =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, octetsAsHex(value)]));

/** `what` says which of them it is: `kind` and `type` belong to the line. */
export const tlsJson = (told: TlsTold): Json => {
  const {kind: what, ...details} = told;
  if (told.kind === 'record') {
    const {type: contentType, content, epoch, record} = told;
    return withHex({what, contentType, content, epoch, bytes: record.length});
  }
  if (told.kind === 'established') return {what, ...withHex(told.agreement)};
  if (told.kind === 'session') return {what, ...withHex(told.session)};
  return {what, ...withHex({...details, because: undefined})};
};
