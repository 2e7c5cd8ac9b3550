// Joins the findings about TLS, HTTP, WebSocket and QUIC messages.
import type {Evidence} from './evidence.ts';
import {connectionOf, type Finding} from './finding.ts';
import {httpFailures} from './http-failures.ts';
import type {MessagesId} from './ids.ts';
import {quicFailures} from './quic-failures.ts';
import {quicNotes} from './quic-notes.ts';
import {tlsFailures} from './tls-failures.ts';
import {tlsNotes} from './tls-notes.ts';

export const messagesFindings = (evidence: Evidence): readonly Finding<MessagesId>[] => {
  const tls = tlsFailures(evidence);
  const mistaken = tls.filter(({id}) => id === 'tls-plain-mismatch');
  return [
    ...tls,
    ...httpFailures(evidence, new Set(mistaken.map((each) => connectionOf(each) ?? 0))),
    ...quicFailures(evidence),
    ...tlsNotes(evidence),
    ...quicNotes(evidence.quic),
  ];
};
