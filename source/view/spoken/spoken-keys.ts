// The key schedule in sentences: what each secret begins with, after which message it came, who knows it.
import {hexOf} from '../../wire/octets.ts';
import {keysWords} from '../../words/keys.ts';
import {ended} from '../../words/spoken.ts';
import {type KeyRow, keyScene} from '../tls/key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from '../tls/key-words.ts';
import type {View} from '../view.ts';
import {sentence, spokenList, spokenText} from './spoken-text.ts';

/** Nobody listens to 64 digits. */
const octetsSpoken = 4;

const rowWords = (row: KeyRow, view: View): string => {
  const {language} = view;
  const {spoken} = keysWords[language];
  const comma = language === 'zh' ? '，' : ', ';
  const value = row.value ?? row.key;
  const name = keyName(row, view);
  const numbered = row.number === undefined ? name : spoken.number(name, row.number);
  return [
    value ? spoken.row(numbered, hexOf(value.subarray(0, octetsSpoken))) : numbered,
    row.made ? spoken.made(madeText(row.made, view)) : [],
    spoken.known(spokenList(knownTexts(row, view, spoken.since), language)),
  ]
    .flat()
    .join(comma);
};

export const spokenKeys = (view: View): readonly string[] => {
  const {language} = view;
  const scene = keyScene(view);
  if (!scene || scene.rows.length === 0) return [emptyText(scene)[language]];
  const heading = scene.chosen ? [keysWords[language].spoken.heading(chosenText(scene.chosen))] : [];
  const lines = [...heading, ...scene.rows.map((row) => rowWords(row, view))];
  return lines.map((line) => ended(sentence(spokenText(line, language), language), language));
};
