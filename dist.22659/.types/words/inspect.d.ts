import { type Text } from '../lesson/text.ts';
import type { Refusal } from '../observe/icmp-refusals.ts';
type By = 'client' | 'server';
type Often = {
    readonly by: By;
    readonly fin: boolean;
    readonly count: number;
    readonly frames: readonly number[];
    readonly waitsUs: readonly number[];
    readonly doubled: boolean;
};
/** Sentences about one connection; its name stands before them. */
export declare const findingTexts: {
    readonly lateOpening: (us: number, again: number) => Text;
    readonly synAckAgain: (sent: number) => Text;
    readonly refused: Text;
    readonly unanswered: (sent: number, us: number) => Text;
    readonly unreachable: (refusal: Refusal) => Text;
    readonly halfOpen: Text;
    readonly flood: (count: number, server: string) => Text;
    readonly simultaneousOpen: Text;
    /** By itself, without having been asked. */
    readonly reset: (by: By, data: boolean, closed: boolean) => Text;
    /** `frame`: what it answers. */
    readonly resetAnswers: (by: By, what: 'data' | 'fin' | 'keepAlive', frame: number, closed: boolean) => Text;
    readonly resetGaveUp: (by: By, probes: number) => Text;
    readonly simultaneousClose: Text;
    readonly halfClosed: (by: By) => Text;
    readonly afterFin: (by: By, bytes: number) => Text;
    readonly timeWaitEnded: Text;
    readonly resent: (by: By, count: number, reported: number, frames: readonly number[]) => Text;
    /** One segment, once: nobody had acknowledged it. `fin`: it has nothing but FIN. */
    readonly resentOnce: (by: By, fin: boolean, frame: number, us: number) => Text;
    /** One segment, again and again. `doubled`: each wait was about twice the one before. */
    readonly resentOften: ({ by, fin, count, frames, waitsUs, doubled }: Often) => Text;
    readonly copies: (count: number, first: number) => Text;
    readonly giants: (count: number, largest: number, mss: number) => Text;
    readonly reordered: (count: number, frames: readonly number[]) => Text;
    /** `filled`: what was missing came later. */
    readonly missing: (count: number, filled: boolean, frames: readonly number[]) => Text;
    readonly zeroWindow: (count: number, probes: number, frames: readonly number[]) => Text;
    readonly windowFull: (count: number) => Text;
    readonly keepAlive: (count: number, frames: readonly number[]) => Text;
    readonly slowAnswer: (by: By, us: number, frame: number) => Text;
    readonly oneSided: Text;
};
/** The same in a table, where a word or two have to do. */
export declare const briefTexts: {
    readonly lateOpening: (us: number) => Text;
    readonly synAckAgain: Text;
    readonly refused: Text;
    readonly unanswered: Text;
    readonly unreachable: Text;
    readonly halfOpen: Text;
    readonly flood: Text;
    readonly simultaneousOpen: Text;
    readonly reset: (by: By) => Text;
    readonly simultaneousClose: Text;
    readonly halfClosed: Text;
    readonly afterFin: Text;
    readonly timeWaitEnded: Text;
    readonly resent: (count: number) => Text;
    readonly reordered: (count: number) => Text;
    readonly missing: (count: number) => Text;
    readonly zeroWindow: Text;
    readonly windowFull: Text;
    readonly keepAlive: Text;
    readonly copies: (count: number) => Text;
    readonly giants: Text;
    readonly slowAnswer: (us: number) => Text;
    readonly oneSided: Text;
    readonly earlier: Text;
    readonly dnsSilent: Text;
    readonly dnsAgain: Text;
    readonly dnsTruncated: Text;
    readonly dnsSlow: (us: number) => Text;
    readonly httpSilent: Text;
    readonly alert: Text;
    readonly retry: Text;
    readonly early: Text;
};
export declare const messageTexts: {
    /** \`count\`: so many answers said it. */
    readonly dnsFailed: (name: string, type: string, rcode: string, count: number) => Text;
    readonly dnsSilent: (name: string, type: string, count: number) => Text;
    readonly dnsAgain: (name: string, type: string, count: number, us: number) => Text;
    readonly dnsTruncated: (name: string, type: string) => Text;
    readonly dnsSlow: (name: string, type: string, us: number) => Text;
    readonly httpFailed: (request: string, status: number) => Text;
    readonly httpSilent: (request: string) => Text;
    readonly tlsAlert: (by: By, alert: string) => Text;
    readonly tlsRetry: Text;
    readonly tlsEarly: Text;
};
export declare const reportTexts: {
    readonly oddities: Text;
    readonly nothingOdd: Text;
    readonly connections: Text;
    readonly noConnections: Text;
    readonly more: (count: number) => Text;
    readonly dns: Text;
    readonly http: Text;
    readonly tls: Text;
    readonly head: (packets: number, us: number, link: string) => Text;
    readonly pieces: Text;
    readonly cut: (count: number, packets: number) => Text;
    readonly others: (list: string) => Text;
    readonly unread: (list: string) => Text;
    readonly empty: Text;
    readonly carried: (there: number, back: number, packets: number) => Text;
    readonly silence: (us: number, frame: number, why: Text) => Text;
    readonly datagrams: (there: number, back: number, packets: number) => Text;
    readonly roundTrip: (us: number) => Text;
    readonly noAnswer: Text;
    readonly referral: (zone: string, server: string) => Text;
    readonly noData: Text;
    readonly frames: (from: number, to: number | undefined) => Text;
    readonly unknownTls: Text;
    readonly closed: Text;
    readonly noSecret: Text;
    readonly sealed: Text;
    readonly nothingAgreed: (offered: string) => Text;
    readonly http2: Text;
};
/** What ended a silence. */
export declare const silenceTexts: {
    readonly again: (by: By) => Text;
    readonly keepAlive: (by: By) => Text;
    readonly probe: (by: By) => Text;
    readonly opened: (by: By) => Text;
    readonly reset: (by: By) => Text;
    readonly closed: (by: By) => Text;
    readonly answered: (by: By) => Text;
    readonly spoke: (by: By) => Text;
    readonly acknowledged: (by: By) => Text;
};
export {};
