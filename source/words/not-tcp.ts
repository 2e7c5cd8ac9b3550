// The watermark of a counterfactual run: that it is not TCP, and in what.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const watermark = text('not TCP', '并非 TCP');

/** What the machines do instead, by the word of `notTcp:`. */
const deviations: {readonly [override: string]: Text} = {
  acceptWithoutThirdStep: text(
    'a server is ESTABLISHED as soon as it has answered the SYN',
    '服务器一回应 SYN 就进入 ESTABLISHED',
  ),
  skipTimeWait: text('a connection ends where TIME-WAIT would begin', '本该进入 TIME-WAIT 时，连接直接结束'),
};

/** The watermark in full: `not TCP: …`. */
export const notTcpText = (notTcp: readonly string[], language: Language): string => {
  const what = notTcp.map((override) => deviations[override]?.[language] ?? override);
  const [colon, semicolon] = language === 'zh' ? ['：', '；'] : [': ', '; '];
  return `${watermark[language]}${colon}${what.join(semicolon)}`;
};
