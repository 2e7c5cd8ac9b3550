import { type Fault } from './fault.ts';
import type { TlsRuleId } from './rules.ts';
import { type Turn } from './turn.ts';
export declare const deliver: (turn: Turn, data: Uint8Array, early?: boolean) => undefined;
export declare const sendClose: (turn: Turn, because?: TlsRuleId) => void;
/** What waited for keys leaves, and after it close_notify if the program has closed. */
export declare const sendWaiting: (turn: Turn) => void;
export declare const onWrite: (turn: Turn, data: Uint8Array) => void;
export declare const onClose: (turn: Turn) => void;
/** Without close_notify nobody knows whether an attacker has cut something off (§6.1). */
export declare const onEof: (turn: Turn) => Fault | undefined;
/** Both ends have said that they are done. */
export declare const settle: (turn: Turn) => void;
export declare const dataTooEarly: (turn: Turn) => Fault;
