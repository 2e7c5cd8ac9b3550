// HTTP on a host in either role, as a client or as a server.
import type {ProgramEnv, ProgramStep} from '../program.ts';
import type {HttpEffect, HttpEvent} from './call.ts';
import {httpClientStep} from './client-program.ts';
import type {HttpClientSettings} from './client-settings.ts';
import {type HttpClientState, httpClientStart} from './client-state.ts';
import {httpServerStep} from './server-program.ts';
import type {HttpServerSettings} from './server-settings.ts';
import {type HttpServerState, httpServerStart} from './server-state.ts';

export type HttpSpec =
  | {readonly role: 'client'; readonly settings: HttpClientSettings}
  | {readonly role: 'server'; readonly settings: HttpServerSettings};

export type HttpState = HttpClientState | HttpServerState;

export const httpStart = (spec: HttpSpec): HttpState =>
  spec.role === 'client' ? httpClientStart(spec.settings) : httpServerStart(spec.settings);

export const httpStep = (
  state: HttpState,
  event: HttpEvent,
  env: ProgramEnv,
): ProgramStep<HttpState, HttpEffect> =>
  state.role === 'client' ? httpClientStep(state, event, env) : httpServerStep(state, event, env);
