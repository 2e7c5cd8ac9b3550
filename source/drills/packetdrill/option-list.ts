// A list of TCP options in a header (RFC 9293 §3.1): its length and its padding.
import type {TcpOption} from '../../wire/tcp.ts';
import {optionLength} from '../../wire/tcp-options.ts';

/** Returns the length of a list of options in bytes, without padding. */
export const optionListBytes = (options: readonly TcpOption[]): number =>
  options.reduce((sum, option) => sum + optionLength(option), 0);

/** Returns the options with the padding of the header written out: zeros, which read as end-of-list options. */
export const padded = (options: readonly TcpOption[]): readonly TcpOption[] => {
  const missing = -optionListBytes(options) & 3;
  return [...options, ...Array.from({length: missing}, (): TcpOption => ({kind: 'eol'}))];
};
