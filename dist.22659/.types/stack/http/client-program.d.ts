import type { ProgramEnv, ProgramStep } from '../program.ts';
import type { HttpEffect, HttpEvent } from './call.ts';
import { type HttpClientState } from './client-state.ts';
export declare const httpClientStep: (state: HttpClientState, event: HttpEvent, env: ProgramEnv) => ProgramStep<HttpClientState, HttpEffect>;
