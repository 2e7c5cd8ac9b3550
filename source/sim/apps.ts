// The applications that simulated hosts run, DNS and HTTP: their states, calls and steps. The programs themselves are in stack/, their
// possible effects in stack/program.ts.

import {
  type DnsAnswer,
  type DnsCall,
  type DnsNote,
  type DnsSpec,
  type DnsState,
  dnsStart,
  dnsStep,
} from '../stack/dns/any-role.ts';
import type {DnsBecause, DnsRuleId} from '../stack/dns/cases.ts';
import type {HttpAnswer, HttpCall} from '../stack/http/call.ts';
import type {HttpBecause} from '../stack/http/cases.ts';
import {cookiesOf} from '../stack/http/client-request.ts';
import type {HttpNote} from '../stack/http/note.ts';
import {type HttpSpec, type HttpState, httpStart, httpStep} from '../stack/http/program.ts';
import type {HttpRuleId} from '../stack/http/rules.ts';
import type {ProgramEffect, ProgramEnv, ProgramEvent, ProgramStep} from '../stack/program.ts';
import {type AppName, type HttpsName, isHttp} from './app-name.ts';

export type AppSpec =
  | {readonly app: 'dns'; readonly spec: DnsSpec}
  | {readonly app: 'http' | HttpsName; readonly spec: HttpSpec};
export type AppState =
  | {readonly app: 'dns'; readonly state: DnsState}
  | {readonly app: 'http' | HttpsName; readonly state: HttpState};
export type AppCall = DnsCall | HttpCall;
export type AppAnswer = DnsAnswer | HttpAnswer;
export type AppNote = DnsNote | HttpNote;
export type AppRuleId = DnsRuleId | HttpRuleId;
export type AppBecause = DnsBecause | HttpBecause;

export type AppEvent = ProgramEvent<AppCall, AppAnswer>;
export type AppEffect = ProgramEffect<AppNote, AppAnswer, AppBecause, AppCall>;

type AppStep = ProgramStep<AppState, AppEffect>;

/** The application that answers each call of a script. */
export const appOfCall: {readonly [call in AppCall['call']]: AppName} = {
  resolve: 'dns',
  flushCache: 'dns',
  setHosts: 'dns',
  measured: 'dns',
  editZone: 'dns',
  get: 'http',
  post: 'http',
  request: 'http',
  open: 'http',
  pipeline: 'http',
  closeBrowser: 'http',
};

const answeredLater: readonly string[] = ['resolve', 'get', 'post', 'request', 'open', 'pipeline'];

/** Tells whether the answer to a call of an application is logged as an event of its own, even if it comes at once. */
export const isAnsweredLater = (call: string): boolean => answeredLater.includes(call);

const isDnsCall = (call: AppCall): call is DnsCall => appOfCall[call.call] === 'dns';
const isHttpCall = (call: AppCall): call is HttpCall => appOfCall[call.call] === 'http';

export const appStart = (spec: AppSpec): AppState =>
  spec.app === 'dns'
    ? {app: 'dns', state: dnsStart(spec.spec)}
    : {app: spec.app, state: httpStart(spec.spec)};

const stepDns = (state: DnsState, event: AppEvent, env: ProgramEnv): AppStep => {
  // The DNS program gets no answers of other programs, because it never asks any; and `appOfCall` gives it only its own calls.
  const same: AppStep = {state: {app: 'dns', state}, effects: []};
  if (event.kind === 'told') return same;
  if (event.kind !== 'call') {
    const step = dnsStep(state, event, env);
    return {state: {app: 'dns', state: step.state}, effects: step.effects};
  }
  const {token, call} = event;
  if (!isDnsCall(call)) return same;
  const step = dnsStep(state, {kind: 'call', token, call}, env);
  return {state: {app: 'dns', state: step.state}, effects: step.effects};
};

/** Returns an application's event in the form that HTTP programs take; undefined if it does not concern HTTP, such as a call to DNS. */
const httpEvent = (event: AppEvent): Parameters<typeof httpStep>[1] | undefined => {
  if (event.kind === 'call') {
    const {token, call} = event;
    return isHttpCall(call) ? {kind: 'call', token, call} : undefined;
  }
  if (event.kind !== 'told') return event;
  const {token, told} = event;
  return 'chain' in told ? {kind: 'told', token, told} : undefined;
};

const stepHttp = (
  {app, state}: Extract<AppState, {readonly state: HttpState}>,
  event: AppEvent,
  env: ProgramEnv,
): AppStep => {
  const mine = httpEvent(event);
  if (!mine) return {state: {app, state}, effects: []};
  const step = httpStep(state, mine, env);
  return {state: {app, state: step.state}, effects: step.effects};
};

export const appStep = (app: AppState, event: AppEvent, env: ProgramEnv): AppStep =>
  app.app === 'dns' ? stepDns(app.state, event, env) : stepHttp(app, event, env);

/**
 * Returns the Cookie header value that a browser would send to this URL; undefined if it has no such cookies or the application is no
 * browser.
 */
export const cookiesIn = (app: AppState, url: string, nowUs: number): string | undefined =>
  isHttp(app) && app.state.role === 'client' ? cookiesOf(app.state, url, nowUs) : undefined;
