import type { Begun, RunningApp } from '../vocabulary.ts';
export declare const withSecureClients: (begun: Begun) => readonly RunningApp[];
