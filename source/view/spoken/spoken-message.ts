// An HTTP exchange in sentences: which one, its start lines, fields and how much of the content is here.

import {messageTexts, messageWords} from '../../words/catalogue/message.ts';
import {between} from '../../words/catalogue/panels.ts';
import {spokenTexts} from '../../words/catalogue/spoken.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {ended} from '../../words/spoken.ts';
import {sentence, spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {type MessageOwn, shownExchange} from '../http/exchange-at.ts';
import {exchangeBlocks} from '../http/exchange-blocks.ts';
import type {MessageLine} from '../http/message-lines.ts';
import type {View} from '../view.ts';

/** Lines of content that are read out. */
const mostContent = 20;

const said = (line: MessageLine, {language}: View): string => {
  const {kind, name, hidden} = line;
  const text = hidden ? spokenWords.blank[language] : spokenAsSent(line.text, language);
  if (kind === 'heading' || kind === 'note') return sentence(spokenText(line.text, language), language);
  if (text === '') return spokenTexts.emptyLine[language];
  return kind === 'field' ? `${name}: ${text}` : text;
};

export const spokenMessage = (view: View, own: MessageOwn): readonly string[] => {
  const {language} = view;
  const shown = shownExchange(view, own);
  if (!shown) return [messageTexts.none[language]];
  const nth = messageWords.nth[language]({number: shown.index + 1, count: shown.all.length});
  const gap = between.pause[language];
  const title = `${messageTexts.heading[language]}${gap}${nth}`;
  const lines = exchangeBlocks(view, shown).flatMap(({lines: all}) => {
    const content = all.filter(({kind}) => kind === 'text');
    const left = content.slice(mostContent);
    // Hex is for the eye.
    return all.filter((line) => line.kind !== 'hex' && !left.includes(line));
  });
  return [title, ...lines.map((line) => said(line, view))].map((line) => ended(line, language));
};
