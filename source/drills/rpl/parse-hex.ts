// Parses HEX_ANSWER_BEGIN … HEX_ANSWER_END of a replay script: a message given as octets, for what records cannot express.
import {worded} from '../../lesson/text.ts';
import {rplParseHexSentences} from '../../words/catalogue/drills-rpl.ts';
import {type Line, type Lines, refuse} from './lines.ts';

/** The most octets of a DNS message over UDP or TCP. */
const octetsMost = 65_535;

export const parseHex = (lines: Lines, begin: Line): Uint8Array => {
  let digits = '';
  for (;;) {
    const line = lines.within(begin.words[0], 'HEX_ANSWER_END');
    if (line.words[0].text === 'HEX_ANSWER_END') break;
    for (const {text: word, position} of line.words) {
      if (/[^0-9a-f]/i.test(word))
        refuse(
          position,
          worded(rplParseHexSentences.parseHex.isNotHexadecimal, {word}),
          rplParseHexSentences.parseHex.writeOctetsAs0a1b,
        );
      digits += word;
    }
    if (digits.length > 2 * octetsMost)
      refuse(
        begin.words[0].position,
        worded(rplParseHexSentences.parseHex.moreThanOctets, {octetsMost}),
        rplParseHexSentences.parseHex.noMessageIs,
      );
  }
  if (digits.length % 2 === 1)
    refuse(
      begin.words[0].position,
      rplParseHexSentences.parseHex.halfAnOctet,
      rplParseHexSentences.parseHex.writeTwoDigits,
    );
  return Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
};
