// A list of TCP options as it stands in a header (RFC 9293 §3.1): its length and its padding.
import type {TcpOption} from '../../wire/tcp.ts';
import {optionLength} from '../../wire/tcp-options.ts';

/** Length of a list of options as it stands, without padding; in bytes. */
export const optionListBytes = (options: readonly TcpOption[]): number =>
  options.reduce((sum, option) => sum + optionLength(option), 0);

/** With the padding of the header written out: zeros, which read as end-of-list options. */
export const padded = (options: readonly TcpOption[]): readonly TcpOption[] => {
  const missing = -optionListBytes(options) & 3;
  return [...options, ...Array.from({length: missing}, (): TcpOption => ({kind: 'eol'}))];
};
