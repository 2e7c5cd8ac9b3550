import type { ConnectionId } from '../stack/tcp/effect.ts';
import type { SecureClient } from '../stack/tls/secure.ts';
import type { AppName } from './apps.ts';
import { type Draft } from './draft.ts';
import type { Pending } from './world.ts';
type At = {
    readonly host: string;
    readonly connection: ConnectionId;
};
/** What `wakeTls` has put into the queue. */
export declare const secureEvent: (draft: Draft, pending: Extract<Pending, {
    kind: 'tls';
}>) => void;
/** A program connects; the ClientHello waits for TCP. */
export declare const connectSecurely: (draft: Draft, at: At, wanted: {
    readonly owner: {
        readonly app: AppName;
        readonly stream: string;
    };
    readonly secure: SecureClient;
    readonly port: number;
    readonly early: boolean;
}) => void;
type Call = 'write' | 'finish' | 'close';
/** What a program does with its stream; false: there is no TLS on it. */
export declare const callSecurely: (draft: Draft, at: At, call: {
    readonly call: Call;
    readonly data?: Uint8Array;
}) => boolean;
export {};
