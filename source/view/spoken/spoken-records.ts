// The records in sentences: who sent each, what seals it, what is in it.

import type {Eyes} from '../../account/eyes.ts';
import {placeWords} from '../../words/catalogue/keys.ts';
import {between} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {eyesText} from '../eyes-words.ts';
import {keyOf, partTexts, typeText} from '../tls/record-words.ts';
import {type RecordRow, recordScene} from '../tls/records.ts';
import type {View} from '../view.ts';

const rowWords = (row: RecordRow, eyes: Eyes, view: View): string => {
  const {language} = view;
  const {packet, host, size, seal} = row;
  const comma = punctuation.comma[language];
  const key = keyOf(row, eyes);
  const sealed = key
    ? recordsWords.spoken.by[language]({number: key.number, name: placeWords[key.place][language]})
    : recordsWords.spoken.sealed[language];
  const facts = recordsWords.spoken.row[language]({
    packet,
    host: view.called(host),
    type: typeText(row),
    bytes: size,
  });
  const inside = partTexts(row, eyes, view).map((text) => spokenAsSent(text, language));
  return [spokenText(facts, language), seal ? sealed : recordsWords.spoken.clear[language], ...inside].join(
    comma,
  );
};

export const spokenRecords = (view: View): readonly string[] => {
  const {language} = view;
  const {eyes} = view.input.playback;
  const rows = recordScene(view)?.rows ?? [];
  if (rows.length === 0) return [recordsTexts.none[language]];
  const heading = `${recordsTexts.title[language]}${between.pause[language]}${eyesText(eyes, view.input.trace, language)}`;
  return [heading, ...rows.map((row) => rowWords(row, eyes, view))].map((line) => asSentence(line, language));
};
