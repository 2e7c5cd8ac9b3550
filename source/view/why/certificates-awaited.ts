// *Why?* of certificates that the server has sent and the client has not read: they are on their way, or a packet is missing.
import {instantOf} from '../../account/causes.ts';
import {entriesOf} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import {carriesData, packetOf} from '../../account/packet.ts';
import {whyCertificates} from '../../words/catalogue/why.ts';
import {lastSeen} from '../seen.ts';
import {isOnPath} from '../tls/certificates.ts';
import {type TlsConnectionSeen, tlsAtHand} from '../tls/connections.ts';
import type {View} from '../view.ts';

type TlsEvent = TlsConnectionSeen['events'][number];

const isCertificate = ({what}: TlsEvent, op: 'sent' | 'received'): boolean =>
  what.kind === 'message' && what.name === 'certificate' && what.op === op;

/** Of the packets that left with them or later the first that was lost: TLS reads nothing beyond a gap. */
const lostWith = (
  {input: {trace}}: View,
  {n, host, connection}: TlsEvent,
  seen: number,
): number | undefined => {
  const [first] = instantOf(trace, n);
  for (const event of entriesOf(trace, 'send')) {
    if (event.n > seen) return undefined;
    if (event.n < (first?.n ?? n) || event.host !== host || event.connection !== connection) continue;
    if (carriesData(trace, event) && fateAt(trace, packetOf(trace, event.packet), seen)?.what === 'lost')
      return event.packet;
  }
  return undefined;
};

/** undefined: the client has read them, or whoever looks does not know. */
export const awaitedText = (view: View): string | undefined => {
  const tls = isOnPath(view) ? undefined : tlsAtHand(view);
  const isOf = (event: TlsEvent, role: string): boolean => tls?.roles.get(event.host) === role;
  const sent = tls?.events.find((each) => isOf(each, 'server') && isCertificate(each, 'sent'));
  const isRead = tls?.events.some((each) => isOf(each, 'client') && isCertificate(each, 'received'));
  if (!sent || isRead) return undefined;
  return whyCertificates.awaited[view.language]({lost: lostWith(view, sent, lastSeen(view))});
};
