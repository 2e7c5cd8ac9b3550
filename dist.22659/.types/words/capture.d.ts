import type { Language } from '../lesson/text.ts';
/** Before the text of a rule. `rfc`: with its section. */
export declare const explainedBy: (rfc: string, kind: string, language: Language) => string;
/** Of several kinds of retransmission the first says all. */
export declare const marksSeen: (marks: number, language: Language) => readonly string[];
