// Dissects a domain name in a DNS message as an inspector row.
import {bytesField} from './dissect-step.ts';
import {displayName} from './dns/display.ts';
import {readName} from './dns/read-name.ts';
import type {Field} from './layer.ts';

export type Place = {readonly start: number; readonly end: number};

/**
 * Returns the inspector row of the domain name at `start`, its octets in hexadecimal if it is invalid; `name` is Wireshark's name of the
 * field.
 */
export const nameRow = (name: string, bytes: Uint8Array, {start, end}: Place): Field => {
  const read = readName(bytes, {at: start, end, field: name});
  return read.ok
    ? {name, value: displayName(read.value.name), start, end: read.value.end}
    : bytesField(name, bytes, start, end);
};
