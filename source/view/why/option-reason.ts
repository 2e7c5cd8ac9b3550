// *Why?* of the options of TCP: what each is there for, and what it says here (RFC 9293 §3.7.1, RFC 7323 §2, §3, RFC 2018, RFC 2883).
import {ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {who} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {defaultMss} from '../../observe/observed-end.ts';
import {seqLe, seqLt} from '../../wire/seq.ts';
import {hasFlag, mostShift, type TcpSegment} from '../../wire/tcp.ts';
import {optionLength, type TcpOption} from '../../wire/tcp-options.ts';
import {whyOptions} from '../../words/catalogue/why.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import type {View} from '../view.ts';

/** Octets of IP and TCP without options: what MSS leaves out (RFC 9293 §3.7.1). */
const fixedHeaders = {4: 40, 6: 60} as const;

/** Octets of one block of SACK (RFC 2018 §3), and what a header has for all options (RFC 9293 §3.1). */
const sackBlock = 8;
const mostOptions = 40;

type Carrier = {
  readonly names: ReturnType<typeof who>;
  readonly version: 4 | 6;
  readonly segment: TcpSegment;
};

/** RFC 2883 §4: the first block lies below the acknowledgment number, or within the second. */
const tellsCopy = ({blocks}: Extract<TcpOption, {kind: 'sack'}>, {ack}: TcpSegment): boolean => {
  const [first, second] = blocks;
  if (!first) return false;
  if (seqLt(first.left, ack)) return true;
  return second !== undefined && seqLe(second.left, first.left) && seqLe(first.right, second.right);
};

/** No block more would fit into the header, whether or not there is one to tell of (RFC 2018 §3). */
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

/** Where an option and what stands in it belong. */
const kinds: readonly (readonly [prefix: string, kind: TcpOption['kind']])[] = [
  ['tcp.options.mss', 'mss'],
  ['tcp.options.wscale', 'windowScale'],
  ['tcp.options.sack_perm', 'sackPermitted'],
  ['tcp.options.sack', 'sack'],
  ['tcp.options.timestamp', 'timestamps'],
];

/** Those that say nothing (RFC 9293 §3.2). */
const fillers: {readonly [field: string]: 'nop' | 'end'} = {
  'tcp.options.nop': 'nop',
  'tcp.options.eol': 'end',
};

/** undefined: the field is none of an option that says something, or a question asks for one of them. */
export const optionReason = (
  {language, input: {trace}}: View,
  packet: PacketView,
  field: string,
): readonly string[] | undefined => {
  const record = packetOf(trace, packet.id);
  const segment = segmentOf(record);
  const filler = fillers[field];
  if (filler) return [whyOptions[filler][language]];
  if (!segment || [...packet.hidden].some((name) => name.startsWith('tcp.option'))) return undefined;
  const kind = kinds.find(([prefix]) => field.startsWith(prefix))?.[1];
  if (kind === undefined && field !== 'tcp.options') return undefined;
  const version = ipPacketOf(record)?.src.includes(':') ? 6 : 4;
  const carrier: Carrier = {names: who(trace, record.from), version, segment};
  const told = segment.options
    .filter((option) => kind === undefined || option.kind === kind)
    .flatMap((option) => optionText(option, carrier, language) ?? []);
  return told.length === 0 ? undefined : told;
};
