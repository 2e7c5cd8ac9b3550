// The functions that write the parts of a packet (see account/notation.ts) for the screen and for speech, in each language.

import {type Hand, plainHand} from '../account/notation.ts';
import type {Language} from '../lesson/text.ts';
import {handWords} from './catalogue/hands.ts';
import {icmpNames, icmpv6Names} from './catalogue/icmp.ts';
import {inEvery} from './catalogue/language.ts';
import {messageWords} from './catalogue/message.ts';
import {keysSpoken} from './catalogue/spoken-words.ts';
import {icmpName} from './icmp.ts';
import {cut} from './width.ts';
import {terminal} from './written.ts';

/** The largest number of columns of an HTTP start line in a packet's label; a longer one is cut. */
const mostColumns = 40;

type IcmpPart = Parameters<Hand['icmp']>[0];

/** Returns the name of an ICMP message by its type and code; undefined if it has none. */
export const icmpTitle = (part: IcmpPart, language: Language): string | undefined =>
  icmpName(part.kind === 'icmp' ? icmpNames : icmpv6Names, part)?.[language];

const icmpWords = (language: Language): Hand['icmp'] => {
  return (part) => {
    const title = icmpTitle(part, language);
    if (title === undefined) return plainHand.icmp(part);
    return `${part.kind === 'icmp' ? 'ICMP' : 'ICMPv6'} ${title}`;
  };
};

/**
 * The functions that write the parts of a packet for the screen, by language. Names of records and messages are not translated; what is
 * said about them is.
 */
export const eyeHands: {readonly [language in Language]: Hand} = inEvery((language) => ({
  ...plainHand,
  outside: terminal.foreign,
  start: (words) => cut(words, mostColumns),
  icmp: icmpWords(language),
  piece: handWords.piece[language],
  encrypted: handWords.encrypted[language],
  stream: (numbers) => handWords.stream[language]({numbers}),
  preface: handWords.preface[language],
  trailers: handWords.trailers[language],
  referral: handWords.referral[language],
  glue: handWords.glue[language],
  noFlags: handWords.noFlags[language],
}));

export const earHands: {readonly [language in Language]: Hand} = inEvery((language) => ({
  ...eyeHands[language],
  begins: (words) => handWords.begins[language]({words}),
  goesOn: (words) => messageWords.goesOn[language]({words}),
  under: (keys, words) => keysSpoken[keys][language]({words}),
}));
