import type { Language } from '../lesson/text.ts';
import type { TlsTold } from '../sim/tls-host.ts';
/** undefined: nothing worth a line. */
export declare const tlsEventText: (told: TlsTold, language: Language) => string | undefined;
/** For whoever asks about one step: also what packets, records and keys tell elsewhere. */
export declare const tlsStepText: (told: TlsTold, language: Language) => string;
