// Writes a TLS event of a trace for `show --json`: octets as hexadecimal digits, everything else under the names of the RFCs.

import {hexOf} from '../wire/octets.ts';
import type {TlsTold} from './tls-host.ts';

type Hex<Value> = Value extends Uint8Array
  ? string
  : Value extends readonly Uint8Array[]
    ? readonly string[]
    : Value;

/** A TLS event as a JSON line, without its reason. Its `kind` is called `what`, because the line has a `kind` of its own. */
type Line<Told> = {
  readonly [Key in keyof Told as Key extends 'kind' ? 'what' : Exclude<Key, 'because'>]: Hex<Told[Key]>;
};

const octetsAsHex = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return hexOf(value);
  return Array.isArray(value) ? value.map(octetsAsHex) : value;
};

const withHex = <Told extends object>(told: Told): Line<Told> => {
  const named = Object.entries(told).filter(([key]) => key !== 'because');
  return Object.fromEntries(
    named.map(([key, value]): readonly unknown[] => [key === 'kind' ? 'what' : key, octetsAsHex(value)]),
  );
};

export const tlsJson = (told: TlsTold) => {
  const {kind} = told;
  if (kind === 'record') {
    const {type: contentType, content, epoch, record} = told;
    return withHex({kind, contentType, content, epoch, bytes: record.length});
  }
  if (kind === 'established') return withHex({kind, ...told.agreement});
  if (kind === 'session') return withHex({kind, ...told.session});
  return withHex(told);
};
