// The nonce of a protected TLS record, and what its tag covers besides the content (RFC 9846 §5.2, §5.3; RFC 5288 §3, RFC 5246 §6.2.3.3).
import {sameBytes} from '../../wire/octets.ts';
import {joinBytes, uint16, uint32} from '../../wire/tls/presentation.ts';
import {recordHeaderSize} from '../../wire/tls/record.ts';
import type {TlsTellings} from './ground.ts';
import type {Derivation, Operand} from './step.ts';

type Sealed = {readonly sequence: number; readonly record: Uint8Array; readonly size: number};

/** Returns the newest TLS record that was protected with this key, and how many came before it. */
export const newestUnder = ({events}: TlsTellings, key: Uint8Array): Sealed | undefined => {
  let sender: string | undefined;
  let newest: Sealed | undefined;
  for (const {host, what} of events) {
    if (what.kind === 'keys' && what.op === 'write') {
      if (sameBytes(what.key, key)) sender = host;
      else if (sender === host) sender = undefined;
    } else if (what.kind === 'record' && host === sender)
      newest = {sequence: (newest?.sequence ?? -1) + 1, record: what.record, size: what.content.length};
  }
  return newest;
};

/** The number of octets of nonce that each TLS 1.2 record carries (RFC 5288 §3). */
const explicitBytes = 8;

const sequenceOctets = (sequence: number, bytes: number): Uint8Array => {
  const octets = new Uint8Array(bytes);
  octets.set(uint32.write(sequence), bytes - 4);
  return octets;
};

export const recordSteps = (
  iv: Uint8Array,
  {sequence, record, size}: Sealed,
  modern: boolean,
): readonly Derivation[] => {
  const counted = (bytes: number): Operand => ({
    name: 'with',
    origin: {kind: 'sequence', sequence},
    value: sequenceOctets(sequence, bytes),
  });
  const header = record.subarray(0, recordHeaderSize);
  const salt: Operand = {name: 'iv', origin: undefined, value: iv};
  const covers = (value: Uint8Array): Operand => ({name: 'covers', origin: {kind: 'header'}, value});
  if (modern)
    return [
      {
        ...{gives: 'nonce', formula: 'XOR', group: undefined, rfc: 'RFC 9846 §5.3'},
        operands: [salt, counted(iv.length)],
        output: iv.map((octet, index) => octet ^ (sequenceOctets(sequence, iv.length)[index] ?? 0)),
      },
      {
        ...{gives: 'additional', formula: 'concatenation', group: undefined, rfc: 'RFC 9846 §5.2'},
        operands: [covers(header)],
        output: header,
      },
    ];
  const explicit = record.subarray(recordHeaderSize, recordHeaderSize + explicitBytes);
  const told = joinBytes([header.subarray(0, 3), uint16.write(size)]);
  return [
    {
      ...{gives: 'nonce', formula: 'concatenation', group: undefined, rfc: 'RFC 5288 §3'},
      operands: [salt, {name: 'with', origin: {kind: 'explicit'}, value: explicit}],
      output: joinBytes([iv, explicit]),
    },
    {
      ...{gives: 'additional', formula: 'concatenation', group: undefined, rfc: 'RFC 5246 §6.2.3.3'},
      operands: [counted(explicitBytes), covers(told)],
      output: joinBytes([sequenceOctets(sequence, explicitBytes), told]),
    },
  ];
};
