import type { Language, Text } from '../lesson/text.ts';
/** Times, packets and hosts come as words: “78 milliseconds”, “packet 1”, “client”. */
type Sentences = {
    readonly packet: (id: number) => string;
    readonly arp: (id: number) => string;
    readonly at: (time: string, what: string) => string;
    /** The time is a guess. */
    readonly atAbout: (time: string, what: string) => string;
    readonly sends: (host: string, packet: string, what: string) => string;
    readonly sendsAgain: (host: string, packet: string, what: string) => string;
    readonly passesOn: (host: string, packet: string) => string;
    readonly to: (host: string) => string;
    readonly arrives: (packet: string, host: string) => string;
    readonly arrivesAgain: (packet: string, host: string) => string;
    readonly altered: (what: string) => string;
    readonly isLost: (packet: string, how: string) => string;
    readonly goes: (host: string, from: string, to: string) => string;
    /** Of a capture; `of`: of which of its connections. */
    readonly deduced: (what: string, of: string | undefined) => string;
    readonly calls: (host: string, call: string, details: string) => string;
    readonly fails: (error: string) => string;
    readonly runsOut: (host: string, timer: string) => string;
    readonly starts: (host: string, timer: string, due: string) => string;
    readonly stops: (host: string, timer: string) => string;
    readonly does: (host: string, what: string) => string;
    readonly delivers: (host: string, bytes: number) => string;
    readonly endOfData: (host: string) => string;
    readonly told: (host: string, signal: string) => string;
    readonly passes: (time: string) => string;
    readonly about: (time: string) => string;
    readonly isOnItsWay: (packet: string, host: string, due: string) => string;
    readonly stands: (host: string, state: string) => string;
    readonly leftOut: (instants: number) => string;
};
export declare const bytesWords: (bytes: number, language: Language) => string;
export declare const sentences: {
    readonly [language in Language]: Sentences;
};
/** Every sentence ends; one that ends already stays as it is. */
export declare const ended: (text: string, language: Language) => string;
export declare const spokenCounts: {
    readonly beats: (total: number) => Text;
    readonly beat: (number: number, total: number) => Text;
    readonly speed: (speed: number) => Text;
    readonly sentBy: (time: string, host: string) => Text;
    readonly sentTo: (host: string) => Text;
    readonly arrivedAt: (time: string) => Text;
    readonly timerLeft: (host: string, timer: string, left: string) => Text;
    readonly wayOf: (host: string, states: string) => Text;
    readonly deducedWayOf: (host: string, states: string) => Text;
    readonly deducedThat: (sentence: string) => Text;
    /** A window as it stands in the header. */
    readonly unscaled: (field: string) => Text;
    readonly changedBy: (trigger: string) => Text;
    readonly addressOf: (host: string, address: string) => Text;
};
export {};
