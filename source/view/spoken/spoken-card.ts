// Describes a card for a screen reader: a line for each entry, each cell after the name of its column.
import type {Card} from '../../lesson/data.ts';
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenText} from '../../words/spoken-text.ts';
import {terminal} from '../../words/written.ts';

/** The most entries of a card that are spoken at once; moving the mark speaks the others. */
const entriesMost = 12;

/** Returns sentences for a screen reader on a card: its title, then its entries from the marked one on. */
export const spokenCard = (card: Card, marked: number, language: Language): readonly string[] => {
  const colon = punctuation.colon[language];
  const stop = punctuation.semicolon[language];
  const words = (text: {readonly [each in Language]: string} | undefined): string =>
    spokenText(terminal.text(text?.[language] ?? ''), language);
  const line = (text: string): string => asSentence(text, language);
  const cell = (text: string, index: number): readonly string[] => {
    const name = index === 0 ? '' : words(card.head[index]);
    return text === '' ? [] : [name === '' ? text : `${name}${colon}${text}`];
  };
  const entries = [
    ...card.rows.map((row) => row.flatMap((text, index) => cell(words(text), index)).join(stop)),
    ...card.lines.map(words),
  ];
  return [line(words(card.title)), ...entries.slice(marked, marked + entriesMost).map(line)];
};
