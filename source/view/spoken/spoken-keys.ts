// The key schedule in sentences: what each secret begins with, after which message it came, who knows it.
import {hexOf} from '../../wire/octets.ts';
import {keysWords} from '../../words/catalogue/keys.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenList} from '../../words/spoken-text.ts';
import {type KeyRow, keyScene} from '../tls/key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from '../tls/key-words.ts';
import type {View} from '../view.ts';

/** Nobody listens to 64 digits. */
const octetsSpoken = 4;

const rowWords = (row: KeyRow, view: View): string => {
  const {language} = view;
  const value = row.value ?? row.key;
  const name = keyName(row, view);
  const numbered =
    row.number === undefined ? name : keysWords.spoken.number[language]({number: row.number, name});
  return [
    value
      ? keysWords.spoken.row[language]({name: numbered, value: hexOf(value.subarray(0, octetsSpoken))})
      : numbered,
    row.made ? keysWords.spoken.made[language]({message: madeText(row.made, view)}) : [],
    keysWords.spoken.known[language]({
      who: spokenList(
        knownTexts(row, view, (host, time) => keysWords.spoken.since[language]({host, time})),
        language,
      ),
    }),
  ]
    .flat()
    .join(punctuation.comma[language]);
};

export const spokenKeys = (view: View): readonly string[] => {
  const {language} = view;
  const scene = keyScene(view);
  if (!scene || scene.rows.length === 0) return [emptyText(scene)[language]];
  const heading = scene.chosen
    ? [keysWords.spoken.heading[language]({choice: chosenText(scene.chosen)})]
    : [];
  const lines = [...heading, ...scene.rows.map((row) => rowWords(row, view))];
  return lines.map((line) => spokenSentence(line, language));
};
