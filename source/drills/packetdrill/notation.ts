// Writes a segment as packetdrill scripts do (`> S. 0:0(0) ack 1`), and as the rest of this program does (`SYN,ACK seq=0 ack=1`).

import {cookieOptionIn} from '../../stack/tcp/fast-open-cookie.ts';
import {seq} from '../../wire/seq.ts';
import {flagNames, TcpFlag, type TcpFlagName, type TcpOption} from '../../wire/tcp.ts';
import type {PacketSpec} from './script.ts';

/** The TCP flags with their letters in packetdrill scripts, in the order in which they are written. */
export const flagSigns: readonly (readonly [name: TcpFlagName, letter: string])[] = [
  ['SYN', 'S'],
  ['FIN', 'F'],
  ['RST', 'R'],
  ['PSH', 'P'],
  ['ECE', 'E'],
  ['CWR', 'W'],
  ['URG', 'U'],
  ['ACK', '.'],
];

const flagLetters = (flags: number): string =>
  flagSigns
    .filter(([name]) => (flags & TcpFlag[name]) !== 0)
    .map(([, letter]) => letter)
    .join('') || '-';

/**
 * Writes a Fast Open option as scripts do: `FO 0123456789abcdef`, or `FOEXP …` under its experimental number; undefined for any other
 * option.
 */
const fastOpenText = (option: TcpOption): string | undefined => {
  const found = cookieOptionIn([option]);
  if (found === undefined) return undefined;
  const digits = [...found.cookie].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return [found.experimental ? 'FOEXP' : 'FO', ...(digits === '' ? [] : [digits])].join(' ');
};

const optionText = (option: TcpOption): string => {
  switch (option.kind) {
    case 'mss':
      return `mss ${option.mss}`;
    case 'windowScale':
      return `wscale ${option.shift}`;
    case 'sackPermitted':
      return 'sackOK';
    case 'timestamps':
      return `TS val ${option.val} ecr ${option.ecr}`;
    case 'sack':
      return `sack ${option.blocks.map(({left, right}) => `${left}:${right}`).join(' ')}`;
    case 'raw':
      return fastOpenText(option) ?? `kind-${option.type}`;
    default:
      return option.kind;
  }
};

const optionsText = (options: PacketSpec['options']): string =>
  options === 'any' ? '...' : options.map(optionText).join(',');

/** Returns a segment as a packetdrill script writes it after `<` or `>`. */
export const packetText = (packet: PacketSpec): string => {
  const {flags, seq: first, rawSeq, lengthBytes, ack, window, urgent, options, ecn} = packet;
  const mark = rawSeq ? '!' : '';
  const range =
    first === 'any'
      ? `...(${lengthBytes})`
      : `${first}${mark}:${seq(first + lengthBytes)}${mark}(${lengthBytes})`;
  const parts = [...(ecn === undefined ? [] : [`[${ecn}]`]), flagLetters(flags), range];
  if (ack !== undefined) parts.push(`ack ${ack}`);
  if (window !== undefined) parts.push(`win ${window}`);
  if (urgent !== 0) parts.push(`urg ${urgent}`);
  if (options === 'any' || options.length > 0) parts.push(`<${optionsText(options)}>`);
  return parts.join(' ');
};

/** Returns a segment as this program's transcripts and player write it (`SYN,ACK seq=0 ack=1`), with the script's relative numbers. */
export const spokenText = (packet: PacketSpec): string => {
  const {flags, seq: first, lengthBytes, ack, window, options} = packet;
  const names = flagNames({flags}).join(',');
  const parts = [names || 'no flags', `seq=${first === 'any' ? '…' : first}`];
  if (ack !== undefined) parts.push(`ack=${ack}`);
  if (lengthBytes > 0) parts.push(`len=${lengthBytes}`);
  if (window !== undefined) parts.push(`win=${window}`);
  if (options === 'any' || options.length > 0) parts.push(`options=${optionsText(options)}`);
  return parts.join(' ');
};
