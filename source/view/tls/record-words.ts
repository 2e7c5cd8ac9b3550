// What is said of records: what is in them, and what seals them, through the eyes of the ends or of an eavesdropper.
import type {Eyes} from '../../account/eyes.ts';
import type {Language} from '../../lesson/text.ts';
import {contentTypeName} from '../../wire/tls/registry.ts';
import {placeWords} from '../../words/catalogue/keys.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {terminal} from '../../words/written.ts';
import {displayName} from '../ladder/scene-hosts.ts';
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
    case 'piece':
      return recordsWords.sizes[language]({name: recordsTexts.piece[language], bytes: part.size});
    case 'spec':
      return recordsTexts[part.changes ? 'keysChange' : 'nothingChanges'][language];
  }
};

/** A record each; of several messages all. What cannot be read is said to be so. */
export const partTexts = ({seal, parts, refused}: RecordRow, language: Language): readonly string[] => {
  if (seal && !seal.opened) return [recordsTexts.sealed[language]];
  if (!refused) return parts.map((part) => partText(part, language));
  const by = displayName(refused.by, language);
  return [recordsWords[refused.unread ? 'unread' : 'refused'][language]({by})];
};

export const typeText = ({type}: RecordRow): string => contentTypeName(type);

/** The key's name, for those who have it. */
export const sealText = ({seal}: RecordRow, eyes: Eyes, language: Language): string => {
  if (!seal) return recordsTexts.clear[language];
  return seal.key && (eyes === 'ends' || seal.opened) ? placeWords[seal.key.place][language] : '';
};
