// HEX_ANSWER_BEGIN … HEX_ANSWER_END: a message as octets, for what the records of an entry cannot say.
import {text} from '../../lesson/problem.ts';
import {type Line, type Lines, refuse} from './lines.ts';

/** What UDP and TCP can carry at most. */
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
          text(`“${word}” is not hexadecimal`, `「${word}」不是十六进制`),
          text('write octets as 0a 1b, comments after “;”', '八位组写成 0a 1b，注释写在「;」之后'),
        );
      digits += word;
    }
    if (digits.length > 2 * octetsMost)
      refuse(
        begin.words[0].position,
        text(`more than ${octetsMost} octets`, `超过 ${octetsMost} 个八位组`),
        text('no message is longer', '报文不会更长'),
      );
  }
  if (digits.length % 2 === 1)
    refuse(
      begin.words[0].position,
      text('half an octet is left over', '最后多出半个八位组'),
      text('write two digits for each octet', '每个八位组写两位数字'),
    );
  return Uint8Array.from(digits.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
};
