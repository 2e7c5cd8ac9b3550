import type { Head } from '../../wire/http/framing.ts';
import type { RequestLine } from '../../wire/http/start-line.ts';
import type { ProgramEnv } from '../program.ts';
import type { HttpNote } from './note.ts';
import type { RouteSession } from './route.ts';
import type { HttpRuleId } from './rules.ts';
import type { SessionSettings } from './server-settings.ts';
import { type Sessions } from './sessions.ts';
export type Told = {
    readonly note: HttpNote;
    readonly because: HttpRuleId;
};
/** `denied`: what is asked for is not for this user; `wrong`: name or password are. */
export type Admission = {
    readonly sessions: Sessions;
    readonly notes: readonly Told[];
    /** Value of Set-Cookie. */
    readonly setCookie?: string;
    readonly denied?: 'session' | 'wrong';
};
type Request = {
    readonly head: Head<RequestLine>;
    readonly content: Uint8Array;
};
/** `secure`: over TLS, so the cookie is to stay there (RFC 6265 §4.1.2.5). */
type Access = {
    readonly settings: SessionSettings;
    readonly secure: boolean;
    readonly env: ProgramEnv;
};
export declare const admit: (before: Sessions, request: Request, { rule, ...access }: Access & {
    readonly rule: RouteSession;
}) => Admission;
export {};
