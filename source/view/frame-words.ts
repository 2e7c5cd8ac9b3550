// A packet in a few words, in the language of the screen: `summaryOf` says what is equal in all of them.
import type {Language} from '../lesson/text.ts';
import {summaryOf} from '../sim/summary.ts';
import type {Frame} from '../wire/frame.ts';
import {icmpName, icmpNames, icmpv6Names} from '../words/icmp.ts';

/** Names of records and messages are names; what is said about them is not. */
export const tlsLocally = (words: string, language: Language): string =>
  language === 'zh'
    ? words.replaceAll('part of a record', '记录的一部分').replaceAll(' (encrypted)', '（加密）')
    : words;

/** ICMP by the name of its type and code, where it has one. */
const icmpWords = ({payload}: Frame, language: Language): string | undefined => {
  if (payload.kind !== 'ip') return undefined;
  const {transport} = payload.packet;
  if (transport.kind !== 'icmp' && transport.kind !== 'icmpv6') return undefined;
  const [protocol, names] =
    transport.kind === 'icmp' ? (['ICMP', icmpNames] as const) : (['ICMPv6', icmpv6Names] as const);
  const name = icmpName(names, transport.message);
  return name && `${protocol} ${name[language]}`;
};

export const frameWords = (frame: Frame, language: Language): string =>
  icmpWords(frame, language) ?? tlsLocally(summaryOf(frame), language);
