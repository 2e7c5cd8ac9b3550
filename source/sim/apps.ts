// The applications that hosts run: one line for each kind. What they are is said by stack/, what they may do by stack/program.ts.

import {
  type DnsAnswer,
  type DnsCall,
  type DnsNote,
  type DnsSpec,
  type DnsState,
  dnsStart,
  dnsStep,
} from '../stack/dns/any-role.ts';
import type {DnsRuleId} from '../stack/dns/call.ts';
import type {ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep} from '../stack/program.ts';

export type AppName = 'dns';

export type AppSpec = {readonly app: 'dns'; readonly spec: DnsSpec};
export type AppState = {readonly app: 'dns'; readonly state: DnsState};
export type AppCall = DnsCall;
export type AppAnswer = DnsAnswer;
export type AppNote = DnsNote;
export type AppRuleId = DnsRuleId;

export type AppEvent = ProgramEvent<AppCall, AppAnswer>;
export type AppEffect = ProgramEffect<AppNote, AppAnswer, AppRuleId, AppCall>;

/** Which application answers a call. */
export const appOfCall: {readonly [call in AppCall['call']]: AppName} = {
  resolve: 'dns',
  flushCache: 'dns',
  setHosts: 'dns',
  measured: 'dns',
  editZone: 'dns',
};

/** Its answer is an event of its own, even where it comes at once. */
export const isAnsweredLater = (call: string): boolean => call === 'resolve';

export const appStart = ({app, spec}: AppSpec): AppState => ({app, state: dnsStart(spec)});

export const appStep = (
  {app, state}: AppState,
  event: AppEvent,
  env: ProgramEnv,
): ProgramStep<AppState, AppEffect> => {
  // Nobody answers what DNS never asks.
  if (event.kind === 'told') return {state: {app, state}, effects: []};
  const step = dnsStep(state, event, env);
  return {state: {app, state: step.state}, effects: step.effects};
};
