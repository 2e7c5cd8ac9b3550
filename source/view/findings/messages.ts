// The sentences of findings: TLS, HTTP, WebSocket and QUIC.
import type {MessagesId} from '../../verdict/ids.ts';
import type {Writers} from './writers.ts';

export const messagesWriters: Partial<Writers<MessagesId>> = {};
