// Writes shorter labels of ARP and ICMP messages for the ladder, for when the whole ones do not fit.
import type {Part} from '../../account/part.ts';
import type {Language} from '../../lesson/text.ts';
import {icmpTitle} from '../../words/hands.ts';

/**
 * Returns shorter forms of an ARP or ICMP message's label; empty for other packets. An ARP line already begins at the sender, and the name
 * of an ICMP message suggests its protocol.
 */
export const shorterWords = (parts: readonly Part[], language: Language): readonly string[] =>
  parts.flatMap((part): readonly string[] => {
    if (part.kind === 'arp')
      return [part.asks ? `ARP who has ${part.target}?` : `ARP ${part.sender} at ${part.mac}`];
    if (part.kind !== 'icmp' && part.kind !== 'icmpv6') return [];
    return [icmpTitle(part, language) ?? []].flat();
  });
