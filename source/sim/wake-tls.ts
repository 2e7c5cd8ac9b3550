// What happens under TLS wakes it, at the same time but in an instant of its own, as it wakes applications.
import type {ConnectionId} from '../stack/tcp/effect.ts';
import {type Draft, hostOf, schedule} from './draft.ts';
import type {SecureEvent} from './tls-host.ts';

export const wakeTls = (draft: Draft, host: string, connection: ConnectionId, event: SecureEvent): void =>
  schedule(draft, draft.nowUs, {kind: 'tls', host, connection, event, boot: hostOf(draft, host).boot});
