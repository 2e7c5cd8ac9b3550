import { type Language } from '../../lesson/text.ts';
/** `SYN and ACK`, `FIN, PSH and ACK`. */
export declare const spokenList: (words: readonly string[], language: Language) => string;
export declare const spokenText: (text: string, language: Language) => string;
/** What was sent, as it stands but for the sign of a cookie or a parameter: it has no fields of ours. */
export declare const spokenAsSent: (text: string, language: Language) => string;
/** `rto' = 2 × rto` as it would be read out. */
export declare const spokenFormula: (formula: string, language: Language) => string;
/** Before the beginning of a capture time counts backwards. */
export declare const spokenTime: (us: number, language: Language) => string;
/** A host's name where a sentence begins: names that are addresses have no capitals to lose. */
export declare const sentence: (text: string, language: Language) => string;
