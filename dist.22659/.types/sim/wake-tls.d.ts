import type { ConnectionId } from '../stack/tcp/effect.ts';
import { type Draft } from './draft.ts';
import type { SecureEvent } from './tls-host.ts';
export declare const wakeTls: (draft: Draft, host: string, connection: ConnectionId, event: SecureEvent) => void;
