// The length of a list of TCP options in a header, and its padding to a multiple of four bytes (RFC 9293 §3.1).
import type {TcpOption} from '../../wire/tcp.ts';
import {optionLength} from '../../wire/tcp-options.ts';

/** Returns the length of a list of TCP options in bytes, without the padding. */
export const optionListBytes = (options: readonly TcpOption[]): number =>
  options.reduce((sum, option) => sum + optionLength(option), 0);

/** Returns a list of TCP options with the header's padding as options of its own: zeros, which read as end-of-list options. */
export const padded = (options: readonly TcpOption[]): readonly TcpOption[] => {
  const missing = -optionListBytes(options) & 3;
  return [...options, ...Array.from({length: missing}, (): TcpOption => ({kind: 'eol'}))];
};
