// The words on the screen for an ICMP message that refuses a connection, in both languages.
import {sameIn, type Text} from '../lesson/text.ts';
import type {Refusal} from '../observe/icmp-refusals.ts';
import {icmpNames, icmpv6Names} from './catalogue/icmp.ts';
import {icmpName} from './icmp.ts';

export const refusalWords = ({version, type, code}: Pick<Refusal, 'version' | 'type' | 'code'>): Text =>
  icmpName(version === 4 ? icmpNames : icmpv6Names, {type, code}) ?? sameIn(`type=${type} code=${code}`);
