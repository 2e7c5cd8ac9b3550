// Tells whether nothing went wrong in a capture. An incomplete capture is never called sound as a whole.

import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {brokenTcp} from '../../observe/unread-frames.ts';
import {type Finding, isWrong} from '../../verdict/finding.ts';
import type {FindingId} from '../../verdict/ids.ts';
import {isUndisturbed, outcomeOf} from '../../verdict/outcome.ts';
import {ofHttp3} from './requests.ts';
import type {Told} from './selection.ts';

/** The findings which show that packets are missing in the capture, or that it contains data that this program cannot decode. */
const unseen: ReadonlySet<FindingId> = new Set([
  ...(['not-read', 'one-direction', 'capture-gap', 'snapped', 'opened-before'] as const),
]);

/**
 * The findings on events that somebody did not want, although perhaps nobody is at fault, such as a port scan or a rejected certificate.
 * With any of them, something went wrong in the capture.
 */
const mixed: ReadonlySet<FindingId> = new Set([
  ...([
    'http-client-error',
    'http-unanswered',
    'reset-unread',
    'reset-forged',
    'tls-canceled',
    'tls-certificate',
  ] as const),
  ...([
    'dns-unanswered',
    'icmp-error',
    'no-answer-seen',
    'port-scan',
    'h2-reset',
    'mtu-lowered',
    'http-fault',
  ] as const),
]);

/** Tells whether anything was left undone or unanswered: a connection, a DNS query, a TLS handshake, a request, a ping. */
const hasUnanswered = (
  {connections, dns, tls, http, quic, whole}: Told,
  inspector: CaptureInspector,
): boolean => {
  const evidence = {inspector, tls};
  return (
    connections.some((each) => !isUndisturbed(outcomeOf(evidence, each))) ||
    dns.some(({response}) => !response) ||
    tls.some(({session}) => session !== undefined && session.version === undefined) ||
    [...http, ...quic.flatMap(({http3}) => (http3?.exchanges ?? []).map(ofHttp3))].some(
      ({answer, frame}) => !answer || frame === undefined,
    ) ||
    quic.some(({connection}) => !connection.isAnswered) ||
    (whole && inspector.icmp.echoes.some(({sent, answered}) => answered < sent))
  );
};

/**
 * Returns `all` if nothing went wrong, `read` if nothing went wrong in what could be read, and undefined if something went wrong or that is
 * unknown.
 */
export const soundnessIn = (told: Told, inspector: CaptureInspector): 'all' | 'read' | undefined => {
  const {findings, tls, quic, whole} = told;
  const isDoubted = ({id, certainty}: Finding): boolean => id === 'capture-gap' && certainty === 'one-of';
  if (findings.some((each) => isWrong(each) || mixed.has(each.id) || isDoubted(each))) return undefined;
  if (hasUnanswered(told, inspector)) return undefined;
  if (whole && (inspector.icmp.errors.length > 0 || inspector.hidden.has(brokenTcp))) return undefined;
  const isUnread = findings.some(({id}) => unseen.has(id)) || (whole && inspector.unread.size > 0);
  const isShut =
    tls.some(({session}) => session?.closed === true) || quic.some(({connection}) => !connection.opened);
  return isUnread || isShut ? 'read' : 'all';
};
