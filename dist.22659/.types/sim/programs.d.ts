import type { ConnectionId } from '../stack/tcp/effect.ts';
import { type Draft } from './draft.ts';
import type { Program } from './world.ts';
export declare const programOf: (draft: Draft, host: string, connection: ConnectionId) => Program;
export declare const changeProgram: (draft: Draft, host: string, connection: ConnectionId, change: Partial<Program>) => void;
export declare const forgetProgram: (draft: Draft, host: string, connection: ConnectionId) => void;
