// The watermark of a counterfactual run: that it is not TCP, and how it deviates.
import {type Language, textOf} from '../lesson/text.ts';
import {deviations, watermark} from './catalogue/not-tcp.ts';
import {punctuation} from './catalogue/punctuation.ts';

/** Returns the whole watermark: `not TCP: …`. */
export const notTcpText = (notTcp: readonly string[], language: Language): string => {
  const what = notTcp.map((override) => textOf(deviations, override)?.[language] ?? override);
  return `${watermark[language]}${punctuation.colon[language]}${what.join(punctuation.semicolon[language])}`;
};
