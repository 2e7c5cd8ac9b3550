// Compares a segment that the stack sent with the one that a packetdrill script expects, field by field in the order of a header.

import {type Text, worded} from '../../lesson/text.ts';
import type {TcpOption} from '../../wire/tcp.ts';
import {packetdrillCompareSentences} from '../../words/catalogue/drills-packetdrill.ts';
import {type StampMap, scriptStamp} from './numbers.ts';
import {optionListBytes, padded} from './option-list.ts';
import type {PacketSpec} from './script.ts';

export type Rules = {
  readonly stamps: StampMap;
  /** The length in µs of the stack's timestamp tick, if the script gives it; if undefined, the values of timestamps are not compared. */
  readonly tickUs: number | undefined;
  readonly toleranceUs: number;
};

const differs = (what: Text, expected: number | string, actual: number | string): Text =>
  worded(packetdrillCompareSentences.differs, {what, expected, actual});

const headerBytes = (options: readonly TcpOption[]): number =>
  20 + 4 * Math.ceil(optionListBytes(options) / 4);

/** Tells whether two TCP options are equal; of timestamps only the kind counts, because their values are compared separately. */
const sameValue = (expected: TcpOption, actual: TcpOption): boolean =>
  expected.kind === actual.kind &&
  (expected.kind === 'timestamps' || JSON.stringify(expected) === JSON.stringify(actual));

const stampDiffers = (expected: TcpOption, actual: TcpOption, rules: Rules): boolean => {
  if (expected.kind !== 'timestamps' || actual.kind !== 'timestamps' || rules.tickUs === undefined)
    return false;
  const deviation = Math.abs((scriptStamp(rules.stamps, actual.val) - expected.val) | 0) * rules.tickUs;
  return deviation > rules.toleranceUs;
};

const optionsDiffer = (
  expected: readonly TcpOption[],
  actual: readonly TcpOption[],
  rules: Rules,
): Text | undefined => {
  for (let i = 0; i < Math.max(expected.length, actual.length); i++) {
    const wanted = expected[i];
    const got = actual[i];
    if (wanted === undefined || got === undefined || wanted.kind !== got.kind)
      return packetdrillCompareSentences.optionsDiffer.theOptionsDiffer;
    if (!sameValue(wanted, got))
      return worded(packetdrillCompareSentences.optionsDiffer.theOptionDiffers, {kind: wanted.kind});
    if (stampDiffers(wanted, got, rules))
      return packetdrillCompareSentences.optionsDiffer.theTimestampDiffers;
  }
  return undefined;
};

type Field = readonly [what: Text, expected: number | undefined, actual: number];

const fields = (expected: PacketSpec, actual: PacketSpec): readonly Field[] => [
  [
    packetdrillCompareSentences.fields.sequenceNumber,
    expected.seq === 'any' ? undefined : expected.seq,
    Number(actual.seq),
  ],
  [packetdrillCompareSentences.fields.payloadLength, expected.lengthBytes, actual.lengthBytes],
  [packetdrillCompareSentences.fields.acknowledgmentNumber, expected.ack, actual.ack ?? 0],
  [
    packetdrillCompareSentences.fields.headerLength,
    expected.options === 'any' ? undefined : headerBytes(expected.options),
    headerBytes(actual.options === 'any' ? [] : actual.options),
  ],
  [packetdrillCompareSentences.fields.window, expected.window, actual.window ?? 0],
  [packetdrillCompareSentences.fields.urgentPointer, expected.urgent, actual.urgent],
];

/** Tells whether the ECN bits of an expected and a sent packet differ; scripts name ECT(0), ECT(1), either of them, or neither. */
const ecnDiffers = ({ecn: wanted}: PacketSpec, {ecn: actual}: PacketSpec): boolean =>
  wanted !== undefined && wanted !== (wanted === 'ect01' && actual === 'ect0' ? 'ect01' : actual);

/** Returns in words the first difference between the expected segment and the one that was sent; undefined if there is none. */
export const difference = (expected: PacketSpec, actual: PacketSpec, rules: Rules): Text | undefined => {
  if (expected.flags !== actual.flags) return packetdrillCompareSentences.difference.theFlagsDiffer;
  for (const [what, wanted, got] of fields(expected, actual)) {
    if (wanted !== undefined && wanted !== got) return differs(what, wanted, got);
  }
  if (ecnDiffers(expected, actual))
    return differs(packetdrillCompareSentences.difference.ecnBits, expected.ecn ?? '', actual.ecn ?? '');
  if (expected.options === 'any' || actual.options === 'any') return undefined;
  return optionsDiffer(padded(expected.options), padded(actual.options), rules);
};
