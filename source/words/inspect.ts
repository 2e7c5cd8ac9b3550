// What `inspect` says, in both languages: findings as sentences, and the lines of the lists.
import {sameIn, type Text, worded} from '../lesson/text.ts';
import type {Refusal} from '../observe/icmp-refusals.ts';
import {icmpNames, icmpv6Names} from './catalogue/icmp.ts';
import {packetsNamed as packetsNamedWords} from './catalogue/inspect.ts';
import {icmpName} from './icmp.ts';

/** Numbers of packets, of which `count` belong together and some are known. */
export const packetsNamed = (frames: readonly number[], count: number): Text =>
  frames.length === 0 ? sameIn('') : worded(packetsNamedWords, {frames, count, more: count > frames.length});

export const refusalWords = ({version, type, code}: Pick<Refusal, 'version' | 'type' | 'code'>): Text =>
  icmpName(version === 4 ? icmpNames : icmpv6Names, {type, code}) ?? sameIn(`type=${type} code=${code}`);
