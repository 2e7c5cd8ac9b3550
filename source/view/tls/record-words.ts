// Writes the texts on TLS records: their content, and the key that encrypts them, as each observer sees them.

import type {Eyes} from '../../account/eyes.ts';
import {carriedText} from '../../account/notation.ts';
import type {Speech} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import {contentTypeName} from '../../wire/tls/registry.ts';
import {placeWords} from '../../words/catalogue/keys.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {eyeHands} from '../../words/hands.ts';
import {terminal} from '../../words/written.ts';
import type {RecordPart, RecordRow} from './records.ts';

const partText = (part: RecordPart, language: Language): string => {
  switch (part.kind) {
    case 'message':
      return recordsWords.sizes[language]({name: terminal.text(part.text), bytes: part.size});
    case 'alert':
      return recordsWords.alert[language]({name: part.text});
    case 'data':
      return part.text === ''
        ? recordsWords.data[language]({bytes: part.size})
        : recordsWords.sizes[language]({name: part.text, bytes: part.size});
    case 'empty':
      return recordsTexts.empty[language];
    case 'frames':
      return carriedText(part.frames, eyeHands[language]);
    case 'piece':
      return recordsWords.sizes[language]({name: recordsTexts.piece[language], bytes: part.size});
    case 'spec':
      return recordsTexts[part.changes ? 'keysChange' : 'nothingChanges'][language];
  }
};

/**
 * Returns the texts on the content of a TLS record, one for each message in it; for an encrypted record that an observer has decrypted, the
 * first text says that he has, unless he sent the record himself.
 */
export const partTexts = (
  {host, seal, parts, refused}: RecordRow,
  eyes: Eyes,
  {language, called}: Speech,
): readonly string[] => {
  if (refused) {
    const by = called(refused.by);
    return [recordsWords[refused.unread ? 'unread' : 'refused'][language]({by})];
  }
  if (seal && !seal.opened) return [recordsTexts.closed[language]];
  const [first, ...others] = parts.map((part) => partText(part, language));
  const isOwn = typeof eyes !== 'string' && eyes.host === host;
  if (first === undefined || !seal || eyes === 'ends' || isOwn) return [first ?? [], others].flat();
  return [recordsWords.opened[language]({what: first}), ...others];
};

export const typeText = ({type}: RecordRow): string => contentTypeName(type);

/** Returns the key that encrypts a TLS record, if the observer is both ends or can decrypt the record; otherwise undefined. */
export const keyOf = ({seal}: RecordRow, eyes: Eyes): NonNullable<RecordRow['seal']>['key'] =>
  eyes === 'ends' || seal?.opened ? seal?.key : undefined;

export const sealText = (row: RecordRow, eyes: Eyes, language: Language): string => {
  if (!row.seal) return recordsTexts.clear[language];
  const key = keyOf(row, eyes);
  return key ? placeWords[key.place][language] : '';
};
