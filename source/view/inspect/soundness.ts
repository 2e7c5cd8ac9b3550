// Tells whether nothing went wrong in a capture. A capture of which a part is missing is never called sound.

import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {isWrong} from '../../verdict/finding.ts';
import type {FindingId} from '../../verdict/ids.ts';
import {isBegun} from '../../verdict/sides.ts';
import {ofHttp3} from './requests.ts';
import type {Told} from './selection.ts';

/** Findings that show that octets passed which this program has not read. */
const unseen: ReadonlySet<FindingId> = new Set([
  ...(['not-read', 'one-direction', 'capture-gap', 'snapped', 'opened-before'] as const),
]);

/** Findings on events that somebody did not want, though nobody may be at fault. */
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

/** Tells whether a question remained unanswered, whether or not anybody waited for the answer. */
const hasUnanswered = ({connections, dns, tls, http, quic, whole}: Told, {icmp}: CaptureInspector): boolean =>
  connections.some(isBegun) ||
  dns.some(({response}) => !response) ||
  tls.some(({session}) => session !== undefined && session.version === undefined) ||
  [...http, ...quic.flatMap(({http3}) => (http3?.exchanges ?? []).map(ofHttp3))].some(
    ({answer, frame}) => !answer || frame === undefined,
  ) ||
  quic.some(({connection}) => !connection.isAnswered) ||
  (whole && icmp.echoes.some(({sent, answered}) => answered < sent));

/**
 * Returns `all` if nothing went wrong, `read` if nothing went wrong in the part that was read, and undefined otherwise or if that is
 * unknown.
 */
export const soundnessIn = (told: Told, inspector: CaptureInspector): 'all' | 'read' | undefined => {
  const {findings, tls, quic, whole} = told;
  if (findings.some((each) => isWrong(each) || mixed.has(each.id)) || hasUnanswered(told, inspector))
    return undefined;
  if (whole && inspector.icmp.errors.length > 0) return undefined;
  const isUnread = findings.some(({id}) => unseen.has(id)) || (whole && inspector.unread.size > 0);
  const isShut =
    tls.some(({session}) => session?.closed === true) || quic.some(({connection}) => !connection.opened);
  return isUnread || isShut ? 'read' : 'all';
};
