// Computes the value of the TCP flags field, as tshark prints it, from the flag names that a packet's line shows.
import {TcpFlag} from '../wire/tcp.ts';

/** Returns the hexadecimal value of TCP flags: `0x0012` for `SYN,ACK`. */
export const flagBits = (names: string): string => {
  const set = names.split(',');
  const bits = Object.entries(TcpFlag).reduce((sum, [name, bit]) => sum + (set.includes(name) ? bit : 0), 0);
  return `0x${bits.toString(16).padStart(4, '0')}`;
};
