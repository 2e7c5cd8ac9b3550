import { type AlertName } from '../../wire/tls/registry.ts';
import type { CipherSuite } from './cipher-suite.ts';
import type { Channel, ClientPhase, Keys, ServerPhase } from './connection.ts';
import type { Epoch, ScheduleStep, SecretLabel, TlsEffect, TlsEnd, TlsEnv, TlsNote } from './effect.ts';
import type { Fault } from './fault.ts';
import { type Protection } from './record-protection.ts';
import type { TlsRuleId } from './rules.ts';
import type { TlsClientSettings, TlsServerSettings } from './settings.ts';
type Shared = {
    readonly env: TlsEnv;
    readonly effects: TlsEffect[];
    channel: Channel;
    /** Handshake messages that share a record, as long as the key stays. */
    messages: Uint8Array[];
    /** Whole records, and why the first of them leaves. */
    records: Uint8Array[];
    because: TlsRuleId | undefined;
};
export type ClientTurn = Shared & {
    readonly role: 'client';
    readonly settings: TlsClientSettings;
    phase: ClientPhase;
};
export type ServerTurn = Shared & {
    readonly role: 'server';
    readonly settings: TlsServerSettings;
    phase: ServerPhase;
};
export type Turn = ClientTurn | ServerTurn;
export declare const change: (turn: Turn, changes: Partial<Channel>) => void;
export declare const note: (turn: Turn, what: TlsNote, because: TlsRuleId) => void;
export declare const scheduleNote: (turn: Turn, step: ScheduleStep, value: Uint8Array) => void;
export declare const secretEffect: (turn: Turn, label: SecretLabel, clientRandom: Uint8Array, secret: Uint8Array) => void;
/** Has TLS 1.2 been agreed on? */
export declare const speaks12: ({ phase }: Turn) => boolean;
/** The rule of the version that is spoken. */
export declare const ruleOf: (turn: Turn, in13: TlsRuleId, in12: TlsRuleId) => TlsRuleId;
export declare const enterClient: (turn: ClientTurn, phase: ClientPhase) => void;
export declare const enterServer: (turn: ServerTurn, phase: ServerPhase) => void;
/** Handshake messages of one key fill records together (RFC 9846 §5.1). */
export declare const pack: (turn: Turn) => void;
export declare const send: (turn: Turn, type: number, content: Uint8Array, because: TlsRuleId) => void;
/** The name of its HandshakeType; of a HelloRetryRequest, which is a ServerHello by that, its own (RFC 9846 §4.2.3). */
export declare const messageName: (bytes: Uint8Array) => string;
export declare const sendMessage: (turn: Turn, bytes: Uint8Array, because: TlsRuleId) => void;
/** Once in a connection, in clear whatever the keys are: for TLS 1.2 (RFC 5246 §7.1), or to look like it (RFC 9846 §E.4). */
export declare const sendChangeCipherSpec: (turn: Turn, because?: TlsRuleId) => void;
/** At the end of the turn its records leave as one piece. */
export declare const flush: (turn: Turn) => void;
export declare const setRead: (turn: Turn, epoch: Epoch, protection: Keys['protection']) => void;
/** What has been said before leaves under the old key. */
export declare const setWrite: (turn: Turn, epoch: Epoch, protection: Keys['protection']) => void;
export declare const keysFrom: (turn: Turn, suite: CipherSuite, secret: Uint8Array) => Protection;
export declare const sendAlert: (turn: Turn, name: AlertName, because: TlsRuleId) => void;
/** Nothing goes and nothing comes any more (RFC 9846 §6.2). */
export declare const shut: (turn: Turn, how: TlsEnd, because: TlsRuleId) => void;
/** What the turn had to say before the fault still leaves before the alert. */
export declare const fail: (turn: Turn, { alert, because }: Fault) => void;
export {};
