// Whether nothing went wrong in a capture, as far as can be said: nobody calls a conversation sound of which a part is missing.

import type {CaptureInspector} from '../../observe/capture-inspector.ts';
import {isWrong} from '../../verdict/finding.ts';
import type {FindingId} from '../../verdict/ids.ts';
import {isBegun} from '../../verdict/sides.ts';
import {ofHttp3} from './requests.ts';
import type {Told} from './selection.ts';

/** Then octets passed that nobody has read here. */
const unseen: ReadonlySet<FindingId> = new Set([
  ...(['not-read', 'one-direction', 'capture-gap', 'snapped', 'opened-before'] as const),
]);

/** Notes of what did not go as somebody wanted, though nobody may be at fault. */
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

/** Somebody asked, and there is no answer, whether or not it was waited for. */
const hasUnanswered = ({connections, dns, tls, http, quic, whole}: Told, {icmp}: CaptureInspector): boolean =>
  connections.some(isBegun) ||
  dns.some(({response}) => !response) ||
  tls.some(({session}) => session !== undefined && session.version === undefined) ||
  [...http, ...quic.flatMap(({http3}) => (http3?.exchanges ?? []).map(ofHttp3))].some(
    ({answer, frame}) => !answer || frame === undefined,
  ) ||
  quic.some(({connection}) => !connection.isAnswered) ||
  (whole && icmp.echoes.some(({sent, answered}) => answered < sent));

/** `all`: nothing went wrong; `read`: nothing in what was read; undefined: something did, or that cannot be told. */
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
