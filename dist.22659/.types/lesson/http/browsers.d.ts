import type { Begun, RunningApp } from '../vocabulary.ts';
/** Every host that makes such a call has a browser; a browser asks the resolver of its host, where there is one. */
export declare const withBrowsers: (begun: Begun) => readonly RunningApp[];
