import type { ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep } from '../program.ts';
import { type AuthorityAnswer, type AuthorityCall, type AuthorityNote, type AuthoritySpec, type AuthorityState } from './authority-program.ts';
import type { DnsRuleId, DnsAnswer as Resolved, DnsCall as ResolverCall } from './call.ts';
import type { DnsNote as ResolverNote } from './note.ts';
import { type DnsSpec as ResolverSpec, type DnsState as ResolverState } from './program.ts';
export type DnsCall = ResolverCall | AuthorityCall;
export type DnsAnswer = Resolved | AuthorityAnswer;
export type DnsNote = ResolverNote | AuthorityNote;
export type DnsSpec = ResolverSpec | {
    readonly role: 'authority';
    readonly settings: AuthoritySpec;
};
export type DnsState = ResolverState | {
    readonly role: 'authority';
    readonly server: AuthorityState;
};
type DnsEvent = ProgramEvent<DnsCall, never>;
type DnsEffect = ProgramEffect<DnsNote, DnsAnswer, DnsRuleId>;
type Step = ProgramStep<DnsState, DnsEffect>;
export declare const dnsStart: (spec: DnsSpec) => DnsState;
export declare const dnsStep: (state: DnsState, event: DnsEvent, env: ProgramEnv) => Step;
export {};
