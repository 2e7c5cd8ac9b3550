import type { Card } from '../../lesson/data.ts';
import type { Language } from '../../lesson/text.ts';
/** The title, and the entries from the marked one on. */
export declare const spokenCard: (card: Card, marked: number, language: Language) => readonly string[];
