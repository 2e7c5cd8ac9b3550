// The flags field as tshark prints it, from the names that ladders write.
import {TcpFlag} from '../wire/tcp.ts';

/** `SYN,ACK` → `0x0012`. */
export const flagBits = (names: string): string => {
  const set = names.split(',');
  const bits = Object.entries(TcpFlag).reduce((sum, [name, bit]) => sum + (set.includes(name) ? bit : 0), 0);
  return `0x${bits.toString(16).padStart(4, '0')}`;
};
