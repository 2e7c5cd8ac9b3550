// A list of TCP options as it stands in a header (RFC 9293 §3.1): its length and its padding.
import type {TcpOption} from '../../wire/tcp.ts';

const optionBytes = (option: TcpOption): number => {
  switch (option.kind) {
    case 'mss':
      return 4;
    case 'windowScale':
      return 3;
    case 'sackPermitted':
      return 2;
    case 'timestamps':
      return 10;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'raw':
      return 2 + option.data.length;
    default:
      return 1;
  }
};

/** Length of a list of options as it stands, without padding; in bytes. */
export const optionListBytes = (options: readonly TcpOption[]): number =>
  options.reduce((sum, option) => sum + optionBytes(option), 0);

/** With the padding of the header written out: zeros, which read as end-of-list options. */
export const padded = (options: readonly TcpOption[]): readonly TcpOption[] => {
  const missing = -optionListBytes(options) & 3;
  return [...options, ...Array.from({length: missing}, (): TcpOption => ({kind: 'eol'}))];
};
