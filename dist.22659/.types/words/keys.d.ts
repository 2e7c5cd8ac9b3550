import type { Language } from '../lesson/text.ts';
import { type placeWords } from './catalogue/keys.ts';
export type KeyPlace = keyof typeof placeWords;
/** Under a secret: which records it has opened. */
export declare const recordsOpened: (frames: readonly number[], language: Language) => string;
