// DNS on a host in any role: it resolves names or it serves zones.
import type {ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep} from '../program.ts';
import {
  type AuthorityAnswer,
  type AuthorityCall,
  type AuthorityNote,
  type AuthoritySpec,
  type AuthorityState,
  authorityStart,
  authorityStep,
} from './authority-program.ts';
import type {DnsAnswer as Resolved, DnsCall as ResolverCall} from './call.ts';
import type {DnsBecause} from './cases.ts';
import type {DnsNote as ResolverNote} from './note.ts';
import {
  type DnsSpec as ResolverSpec,
  type DnsState as ResolverState,
  dnsStart as resolverStart,
  dnsStep as resolverStep,
} from './program.ts';
import {resolverStart as recursiveStart} from './resolver-state.ts';
import {stubStart} from './stub-program.ts';

export type DnsCall = ResolverCall | AuthorityCall;
export type DnsAnswer = Resolved | AuthorityAnswer;
export type DnsNote = ResolverNote | AuthorityNote;

export type DnsSpec = ResolverSpec | {readonly role: 'authority'; readonly settings: AuthoritySpec};
export type DnsState = ResolverState | {readonly role: 'authority'; readonly server: AuthorityState};

type DnsEvent = ProgramEvent<DnsCall, never>;
type DnsEffect = ProgramEffect<DnsNote, DnsAnswer, DnsBecause>;
type Step = ProgramStep<DnsState, DnsEffect>;

export const dnsStart = (spec: DnsSpec): DnsState =>
  spec.role === 'authority'
    ? {role: 'authority', server: authorityStart(spec.settings)}
    : resolverStart(spec);

/** Returns a step of a DNS program that changes nothing and answers EINVAL to a call that belongs to another role. */
const notMine = (state: DnsState, token: number): Step => ({
  state,
  effects: [{kind: 'return', token, answer: {result: 'EINVAL'}}],
});

const serve = (server: AuthorityState, event: DnsEvent, env: ProgramEnv): Step => {
  const state: DnsState = {role: 'authority', server};
  if (event.kind === 'call') {
    const {token, call} = event;
    if (call.call !== 'editZone') return notMine(state, token);
    const step = authorityStep(server, {kind: 'call', token, call}, env);
    return {...step, state: {role: 'authority', server: step.state}};
  }
  const step = authorityStep(server, event, env);
  return {...step, state: {role: 'authority', server: step.state}};
};

/**
 * Returns the state of a stub or recursive resolver after a reboot, which deletes the cache and pending questions. The hosts file stays,
 * because it is a file, and so does the serial, so that query ids are not reused in the same order.
 */
const rebooted = (state: ResolverState): ResolverState => {
  const {role, hosts, serial} = state;
  const kept = {hosts, serial};
  return role === 'stub'
    ? {...stubStart(state.settings), ...kept}
    : {...recursiveStart(state.settings), ...kept};
};

const resolve = (state: ResolverState, event: DnsEvent, env: ProgramEnv): Step => {
  if (event.kind === 'start') return resolverStep(rebooted(state), event, env);
  if (event.kind !== 'call') return resolverStep(state, event, env);
  const {token, call} = event;
  return call.call === 'editZone' ? notMine(state, token) : resolverStep(state, {...event, call}, env);
};

export const dnsStep = (state: DnsState, event: DnsEvent, env: ProgramEnv): Step =>
  state.role === 'authority' ? serve(state.server, event, env) : resolve(state, event, env);
