import { type DnsAnswer, type DnsCall, type DnsNote, type DnsSpec, type DnsState } from '../stack/dns/any-role.ts';
import type { DnsRuleId } from '../stack/dns/call.ts';
import type { HttpAnswer, HttpCall } from '../stack/http/call.ts';
import type { HttpNote } from '../stack/http/note.ts';
import { type HttpSpec, type HttpState } from '../stack/http/program.ts';
import type { HttpRuleId } from '../stack/http/rules.ts';
import type { ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep } from '../stack/program.ts';
/** A server over TLS, by its port: beside it another may serve. */
type HttpsName = `https:${number}`;
export type AppName = 'dns' | 'http' | HttpsName;
export type AppSpec = {
    readonly app: 'dns';
    readonly spec: DnsSpec;
} | {
    readonly app: 'http' | HttpsName;
    readonly spec: HttpSpec;
};
export type AppState = {
    readonly app: 'dns';
    readonly state: DnsState;
} | {
    readonly app: 'http' | HttpsName;
    readonly state: HttpState;
};
export type AppCall = DnsCall | HttpCall;
export type AppAnswer = DnsAnswer | HttpAnswer;
export type AppNote = DnsNote | HttpNote;
export type AppRuleId = DnsRuleId | HttpRuleId;
export type AppEvent = ProgramEvent<AppCall, AppAnswer>;
export type AppEffect = ProgramEffect<AppNote, AppAnswer, AppRuleId, AppCall>;
type AppStep = ProgramStep<AppState, AppEffect>;
/** Which application answers a call. */
export declare const appOfCall: {
    readonly [call in AppCall['call']]: AppName;
};
/** Its answer is an event of its own, even where it comes at once. */
export declare const isAnsweredLater: (call: string) => boolean;
export declare const appStart: (spec: AppSpec) => AppState;
export declare const appStep: (app: AppState, event: AppEvent, env: ProgramEnv) => AppStep;
/** What a browser has for this URL; undefined: nothing, or it is none. */
export declare const cookiesIn: (app: AppState, url: string, nowUs: number) => string | undefined;
export {};
