import type { ProgramEnv, ProgramStep } from '../program.ts';
import type { HttpEffect, HttpEvent } from './call.ts';
import type { HttpClientSettings } from './client-settings.ts';
import { type HttpClientState } from './client-state.ts';
import type { HttpServerSettings } from './server-settings.ts';
import { type HttpServerState } from './server-state.ts';
export type HttpSpec = {
    readonly role: 'client';
    readonly settings: HttpClientSettings;
} | {
    readonly role: 'server';
    readonly settings: HttpServerSettings;
};
export type HttpState = HttpClientState | HttpServerState;
export declare const httpStart: (spec: HttpSpec) => HttpState;
export declare const httpStep: (state: HttpState, event: HttpEvent, env: ProgramEnv) => ProgramStep<HttpState, HttpEffect>;
