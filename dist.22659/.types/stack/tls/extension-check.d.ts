import { type Fault } from './fault.ts';
type Named = {
    readonly name: string;
    readonly type?: number;
};
/** The table of §4.3, for the messages that answer a ClientHello. */
declare const allowed: {
    readonly SH: ReadonlySet<number>;
    readonly HRR: ReadonlySet<number>;
    readonly EE: ReadonlySet<number>;
    readonly CT: ReadonlySet<number>;
};
/** A server answers what was asked, in the message meant for it; a cookie alone comes unasked. */
export declare const answerFault: (asked: readonly Named[], answered: readonly Named[], message: keyof typeof allowed) => Fault | undefined;
export {};
