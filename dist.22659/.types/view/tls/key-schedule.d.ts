import type { KeyPlace } from '../../words/keys.ts';
import type { View } from '../view.ts';
import { type Chosen, type Role, type TlsConnectionSeen } from './connections.ts';
export declare const isKeyPlace: (name: string) => name is KeyPlace;
/** The number behind the mark of what a key seals; updates go on from those of `application`. TLS 1.2 has only two, 1 and 2. */
export declare const keyNumber: (place: KeyPlace, update: number, version: number | undefined) => number | undefined;
/** `name` as the RFCs write it. */
export type Message = {
    readonly name: string;
    readonly sender: Role;
};
export type KeyRow = {
    readonly place: KeyPlace;
    /** How often KeyUpdate has replaced it (RFC 9846 §7.2). */
    readonly update: number;
    /** undefined: it seals no records. */
    readonly number: number | undefined;
    /** undefined: keys of TLS 1.2 come from the master secret without one of their own. */
    readonly value: Uint8Array | undefined;
    readonly key: Uint8Array | undefined;
    readonly iv: Uint8Array | undefined;
    /** The message after which it could be computed. */
    readonly made: Message | undefined;
    /** The ends and the thief, in the order in which they came to know it. */
    readonly knownBy: readonly {
        readonly host: string;
        readonly atUs: number;
    }[];
    /** Now: somebody has come to know it as the first, or it has become known to the other end. */
    readonly changed: 'new' | 'known' | undefined;
};
/** `overheard`: who looks has no secrets but those that a leaked key gave him. */
export type KeyScene = {
    readonly chosen: Chosen | undefined;
    readonly rows: readonly KeyRow[];
    readonly overheard?: true;
};
export declare const keysOf: (connection: TlsConnectionSeen, nowUs: number) => KeyScene;
/** undefined: nobody has spoken TLS yet. */
export declare const keyScene: (view: View) => KeyScene | undefined;
