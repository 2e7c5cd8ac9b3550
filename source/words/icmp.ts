// Names ICMP messages by type and code (RFC 792, 1122 §3.2.2, 4443, 4861, 3810), in both languages.
import type {Text} from '../lesson/text.ts';

type Names = {readonly [type: number]: Text | {readonly [code: number]: Text}};

/** Returns the name of an ICMP message from its type and code; undefined if the message is unknown. */
export const icmpName = (names: Names, {type, code}: {readonly type: number; readonly code: number}) => {
  const found = names[type];
  if (found === undefined) return undefined;
  return 'en' in found ? found : found[code];
};
