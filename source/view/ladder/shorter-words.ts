// What is said of ARP and ICMP on a line where the whole has no room.
import type {Part} from '../../account/part.ts';
import type {Language} from '../../lesson/text.ts';
import {icmpTitle} from '../../words/hands.ts';

/** Whoever asks or answers by ARP stands at the beginning of the line; what messages of ICMP are called tells their protocol. */
export const shorterWords = (parts: readonly Part[], language: Language): readonly string[] =>
  parts.flatMap((part): readonly string[] => {
    if (part.kind === 'arp')
      return [part.asks ? `ARP who has ${part.target}?` : `ARP ${part.sender} at ${part.mac}`];
    if (part.kind !== 'icmp' && part.kind !== 'icmpv6') return [];
    return [icmpTitle(part, language) ?? []].flat();
  });
