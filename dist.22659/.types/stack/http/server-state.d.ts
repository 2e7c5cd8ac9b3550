import type { Head } from '../../wire/http/framing.ts';
import type { HttpErrorCode } from '../../wire/http/http-error.ts';
import type { HttpParser } from '../../wire/http/parser.ts';
import type { RequestLine } from '../../wire/http/start-line.ts';
import { Table } from '../../wire/table.ts';
import type { ProgramEnv, StreamId } from '../program.ts';
import type { HttpEffect } from './call.ts';
import type { HttpNote } from './note.ts';
import type { HttpRuleId } from './rules.ts';
import type { HttpServerSettings } from './server-settings.ts';
import { type Sessions } from './sessions.ts';
/** A request that waits for its answer, perhaps with content still to come; or what could not be read as one. */
export type Waiting = {
    readonly kind: 'request';
    readonly head: Head<RequestLine>;
    readonly codings: boolean;
    readonly content: Uint8Array;
    readonly bytes: number;
    readonly whole: boolean;
    readonly continued: boolean;
    /** The server has worked on it as long as its route says. */
    readonly worked: boolean;
    /** It came as early data of TLS. */
    readonly early: boolean;
} | {
    readonly kind: 'error';
    readonly code: HttpErrorCode;
};
export type Connection = {
    readonly parser: HttpParser;
    readonly waiting: readonly Waiting[];
    readonly served: number;
    /** `working`: the first of `waiting` takes its time. `closing`: nothing is read any more. */
    readonly phase: 'open' | 'working' | 'closing';
    readonly idle: boolean;
    /** The client sends no more. */
    readonly eof: boolean;
};
export type HttpServerState = {
    readonly role: 'server';
    readonly settings: HttpServerSettings;
    readonly connections: Table<Connection>;
    readonly sessions: Sessions;
};
export type Turn = {
    readonly env: ProgramEnv;
    readonly effects: HttpEffect[];
    state: HttpServerState;
};
export type Request = Extract<Waiting, {
    kind: 'request';
}>;
export declare const httpServerStart: (settings: HttpServerSettings) => HttpServerState;
export declare const note: (turn: Turn, what: HttpNote, because: HttpRuleId) => void;
export declare const change: (turn: Turn, id: StreamId, changes: Partial<Connection>) => void;
export declare const workTimer: (id: StreamId) => string;
export declare const lingerTimer: (id: StreamId) => string;
export declare const stopIdle: (turn: Turn, id: StreamId) => void;
export declare const startIdle: (turn: Turn, id: StreamId) => void;
export declare const forget: (turn: Turn, id: StreamId) => void;
