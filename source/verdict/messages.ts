// Findings about what TLS, HTTP, WebSocket and QUIC said.
import type {Evidence} from './evidence.ts';
import type {Finding} from './finding.ts';
import type {MessagesId} from './ids.ts';

export const messagesFindings = (_evidence: Evidence): readonly Finding<MessagesId>[] => [];
