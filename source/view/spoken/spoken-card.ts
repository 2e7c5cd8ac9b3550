// A card for ears: an entry a line, each cell behind the name of its column.
import type {Card} from '../../lesson/data.ts';
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenText} from '../../words/spoken-text.ts';
import {terminal} from '../../words/written.ts';

/** More at once would not be listened to; the mark leads on. */
const entriesMost = 12;

/** The title, and the entries from the marked one on. */
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
