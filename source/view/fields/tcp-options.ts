// Explains the TCP options: the purpose of each, and what it says in this segment (RFC 9293 §3.7.1, RFC 7323 §2, §3, RFC 2018, RFC 2883).

import {ipPacketOf, segmentOf} from '../../account/packet.ts';
import {who} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {mostOptions} from '../../observe/bounds.ts';
import {defaultMss} from '../../observe/observed-end.ts';
import type {Field, Layer} from '../../wire/layer.ts';
import {seqLe, seqLt} from '../../wire/seq.ts';
import {hasFlag, mostShift, type TcpSegment} from '../../wire/tcp.ts';
import {optionLength, type TcpOption} from '../../wire/tcp-options.ts';
import {inspectorTexts} from '../../words/catalogue/inspector.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyOptions} from '../../words/catalogue/why.ts';
import {pathTo, rowTree} from '../bytes/inspector-rows.ts';
import type {Entry, Source, Wording} from './entry.ts';

/** The number of octets of the IP and TCP headers without options, by IP version; MSS does not count them (RFC 9293 §3.7.1). */
const fixedHeaders = {4: 40, 6: 60} as const;

/** The number of octets of one SACK block (RFC 2018 §3). */
const sackBlock = 8;

type Carrier = {
  readonly names: ReturnType<typeof who>;
  readonly version: 4 | 6;
  readonly segment: TcpSegment;
};

/**
 * Tells whether a SACK option reports duplicate data (D-SACK, RFC 2883 §4): its first block is below the acknowledgment number, or within
 * its second block.
 */
const tellsCopy = ({blocks}: Extract<TcpOption, {kind: 'sack'}>, {ack}: TcpSegment): boolean => {
  const [first, second] = blocks;
  if (!first) return false;
  if (seqLt(first.left, ack)) return true;
  return second !== undefined && seqLe(second.left, first.left) && seqLe(first.right, second.right);
};

/** Tells whether one more SACK block would not fit into the TCP header (RFC 2018 §3). */
const isFull = ({options}: TcpSegment): boolean => {
  const said = options.filter(({kind}) => kind !== 'nop' && kind !== 'eol');
  return said.reduce((sum, option) => sum + optionLength(option), sackBlock) > mostOptions;
};

const optionText = (option: TcpOption, carrier: Carrier, language: Language): string | undefined => {
  const {version, segment} = carrier;
  const host = carrier.names.host[language];
  const answers = hasFlag(segment, 'ACK');
  switch (option.kind) {
    case 'mss': {
      const headers = fixedHeaders[version];
      const sizes = {bytes: option.mss, headers, packet: option.mss + headers};
      return whyOptions.mss[language]({host, ...sizes, usual: defaultMss[version], version});
    }
    case 'windowScale': {
      const shift = Math.min(mostShift, option.shift);
      return whyOptions.scale[language]({host, shift, unit: 1 << shift, answers});
    }
    case 'sackPermitted':
      return whyOptions.permitted[language]({host});
    case 'sack':
      return whyOptions.sack[language]({
        ...{host, first: carrier.names.first[language], ranges: option.blocks.length},
        ...{copy: tellsCopy(option, segment), full: isFull(segment)},
      });
    case 'timestamps':
      return whyOptions.stamps[language]({host, val: option.val, ecr: option.ecr, answers});
    default:
      return undefined;
  }
};

type Kind = TcpOption['kind'];

/**
 * Returns a function that explains the TCP options of one kind, or all options, of a segment. It explains nothing if an open question asks
 * for an option.
 */
const optionsOf =
  (kind?: Kind): Source =>
  ({trace, record, language, packet}) => {
    const segment = segmentOf(record);
    if (!segment || [...packet.hidden].some((name) => name.startsWith('tcp.option'))) return undefined;
    const version = ipPacketOf(record)?.src.includes(':') ? 6 : 4;
    const carrier: Carrier = {names: who(trace, record.from), version, segment};
    const told = segment.options
      .filter((option) => kind === undefined || option.kind === kind)
      .flatMap((option) => optionText(option, carrier, language) ?? []);
    return told.length === 0 ? undefined : told;
  };

/** Describes the TCP options between two offsets of a header in a few words, such as `MSS 1460`. */
const shown = ({start, end, value}: Field, layer: Layer, {language}: Wording): readonly string[] => {
  const inside = layer.fields.filter((field) => field.start >= start && field.end <= end);
  const words = inside.flatMap(({name, value: said}, index): string[] => {
    const after = inside[index + 1]?.value ?? '';
    if (name === 'tcp.options.mss_val') return [`MSS ${said}`];
    if (name === 'tcp.options.sack_perm') return [inspectorTexts.sackPermitted[language]];
    if (name === 'tcp.options.wscale.shift') return [`${inspectorTexts.scale[language]} ${said}`];
    if (name === 'tcp.options.timestamp.tsval') return [`TS ${said} ${after}`];
    if (name === 'tcp.options.sack_le') return [`SACK ${said}–${after}`];
    return [];
  });
  return [words.join(punctuation.comma[language]) || value];
};

/** Returns the registry entries of a TCP option and of the numbers in it. */
const option = (name: string, kind: Kind, ...parts: readonly string[]): {readonly [field: string]: Entry} => {
  const from = optionsOf(kind);
  return {
    ...Object.fromEntries(parts.map((part) => [`tcp.options.${part}`, {from}])),
    [`tcp.options.${name}`]: {shown, from},
  };
};

const whole: {readonly [field: string]: Entry} = {
  'tcp.options': {shown, from: optionsOf()},
  // NOP and end-of-list options contain no data (RFC 9293 §3.2).
  'tcp.options.nop': {shown, from: ({language}) => whyOptions.nop[language]},
  'tcp.options.eol': {shown, from: ({language}) => whyOptions.end[language]},
  ...option('mss', 'mss', 'mss_val'),
  ...option('wscale', 'windowScale', 'wscale.shift', 'wscale.multiplier'),
  ...option('sack_perm', 'sackPermitted'),
  ...option('sack', 'sack', 'sack_le', 'sack_re', 'sack.count'),
  ...option('timestamp', 'timestamps', 'timestamp.tsval', 'timestamp.tsecr'),
};

/** The registry entry of the kind and length octets of a TCP option. Their explanation is that of the whole option. */
const ofWhole: Entry = {
  from(asked) {
    const around = pathTo(rowTree(asked.packet), asked.row.key).at(-2)?.field?.name ?? '';
    return whole[around]?.from?.(asked);
  },
};

export const tcpOptions = {...whole, 'tcp.option_kind': ofWhole, 'tcp.option_len': ofWhole};
