// Runs the programs that resolve DNS names, a stub or a recursive resolver by their role.
import type {ProgramEnv, ProgramStep} from '../program.ts';
import type {DnsEffect, DnsEvent} from './call.ts';
import {resolverStep} from './resolver-program.ts';
import type {ResolverSettings} from './resolver-settings.ts';
import {type ResolverState, resolverStart} from './resolver-state.ts';
import {type StubState, stubStart, stubStep} from './stub-program.ts';
import type {StubSettings} from './stub-settings.ts';

export type DnsSpec =
  | {readonly role: 'stub'; readonly settings: StubSettings}
  | {readonly role: 'recursive'; readonly settings: ResolverSettings};

export type DnsState = StubState | ResolverState;

export const dnsStart = (spec: DnsSpec): DnsState =>
  spec.role === 'stub' ? stubStart(spec.settings) : resolverStart(spec.settings);

export const dnsStep = (
  state: DnsState,
  event: DnsEvent,
  env: ProgramEnv,
): ProgramStep<DnsState, DnsEffect> =>
  state.role === 'stub' ? stubStep(state, event, env) : resolverStep(state, event, env);
