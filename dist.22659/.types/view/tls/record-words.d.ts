import type { Eyes } from '../../account/eyes.ts';
import type { Language } from '../../lesson/text.ts';
import type { RecordRow } from './records.ts';
/** A record each; of several messages all. What cannot be read is said to be so. */
export declare const partTexts: ({ seal, parts }: RecordRow, language: Language) => readonly string[];
export declare const typeText: ({ type }: RecordRow) => string;
/** The key's name, for those who have it. */
export declare const sealText: ({ seal }: RecordRow, eyes: Eyes, language: Language) => string;
