// The warning on a run with rules other than TCP's (a counterfactual run): that it is not TCP, and how it deviates.
import {type Language, textOf} from '../lesson/text.ts';
import {deviations, watermark} from './catalogue/not-tcp.ts';
import {punctuation} from './catalogue/punctuation.ts';

/** Returns the whole warning on a run that deviates from TCP: `not TCP: …`. */
export const notTcpText = (notTcp: readonly string[], language: Language): string => {
  const what = notTcp.map((override) => textOf(deviations, override)?.[language] ?? override);
  return `${watermark[language]}${punctuation.colon[language]}${what.join(punctuation.semicolon[language])}`;
};
