// Two runs in which hosts speak only DNS, in sentences: the first packet that differs, and when each run had its answer.

import {entriesOf} from '../../account/entries.ts';
import {packetOf} from '../../account/packet.ts';
import {summaryOf} from '../../account/summary.ts';
import type {Language} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import type {Trace} from '../../sim/trace.ts';
import {compareFirst, compareThen} from '../../words/catalogue/compare.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatTime} from '../../words/format.ts';
import {terminal} from '../../words/written.ts';

const packetWords = (trace: Trace, id: number, language: Language): string => {
  const {from, to, frame} = packetOf(trace, id);
  return `${from} > ${to}${punctuation.comma[language]}${frame ? terminal.text(summaryOf(frame)) : ''}`;
};

/** What the last lookup came to, and when; undefined: nobody looked anything up. */
const answerOf = (trace: Trace, language: Language): string | undefined => {
  let last: string | undefined;
  for (const event of entriesOf(trace, 'answer')) {
    if (event.action.call !== 'resolve') continue;
    const time = formatTime(event.atUs);
    const {result} = event.answer;
    last =
      result === 'ok' ? compareThen.answered[language]({time}) : compareThen.failed[language]({result, time});
  }
  return last;
};

/** `undefined`: both runs send the same packets. */
export const dnsExplanation = (
  {rows, left, right}: Comparison,
  language: Language,
): readonly string[] | undefined => {
  const row = rows.find(({relation}) => relation !== '=');
  if (!row) return undefined;
  const said = (trace: Trace, id: number | undefined): string =>
    id === undefined ? compareFirst.none[language] : packetWords(trace, id, language);
  const first = compareFirst.dns[language]({a: said(left, row.left), b: said(right, row.right)});
  const [a, b] = [answerOf(left, language), answerOf(right, language)];
  if (a === undefined || b === undefined) return [first];
  return [first, compareThen.answers[language]({a, b})];
};
