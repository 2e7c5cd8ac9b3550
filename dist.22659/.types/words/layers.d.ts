import type { Language, Text } from '../lesson/text.ts';
/** Of OSI (ISO/IEC 7498-1) and of RFC 1122 §1.1.3, by the rows of the panel. */
export declare const rungNames: {
    readonly application: {
        readonly number: '7';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly presentation: {
        readonly number: '6';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly session: {
        readonly number: '5';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly transport: {
        readonly number: '4';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly network: {
        readonly number: '3';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly between: {
        readonly number: '';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly link: {
        readonly number: '2';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
    readonly physical: {
        readonly number: '1';
        readonly osi: Text;
        readonly tcpIp: Text;
    };
};
/** What a layer’s whole is called (RFC 1122 §1.3.3). */
export declare const unitOf: (protocol: string) => Text;
/** `sum`: `20 + 77 = 97`. */
export type Handing = {
    readonly name: string;
    readonly header: number;
    readonly payload: number;
    readonly size: number;
    readonly unit: string;
    /** The layer that it is handed to, with how that one is found: `TCP`, `protocol 6`. */
    readonly to: string | undefined;
    readonly by: string | undefined;
    readonly host: string;
    readonly next: string | undefined;
    /** Octets behind the packet. */
    readonly fill: number;
};
type Wording = {
    readonly at: (packet: number) => string;
    readonly onLink: (from: string, to: string) => string;
    readonly goingDown: (host: string) => string;
    readonly goingUp: (host: string) => string;
    readonly turning: (host: string) => string;
    readonly makes: (handing: Handing) => string;
    readonly adds: (handing: Handing) => string;
    readonly sends: (handing: Handing) => string;
    readonly takesOff: (handing: Handing) => string;
    readonly reads: (handing: Handing) => string;
    readonly passesOn: (host: string, ttl: readonly [string, string], name: string, carried: string) => string;
    readonly passesNot: (host: string, name: string) => string;
    readonly dies: (name: string, why: string) => string;
    readonly holds: (handing: Handing) => string;
    /** Its second part may be left out. */
    readonly wire: (bytes: string, padding: number, total: string) => readonly [string, string];
    readonly captured: (bytes: number, of: number) => string;
    readonly same: (what: readonly string[]) => string;
    readonly changed: (what: readonly string[]) => string;
    readonly box: (handing: Handing) => string;
};
export declare const layersWords: {
    readonly [language in Language]: Wording;
};
export {};
