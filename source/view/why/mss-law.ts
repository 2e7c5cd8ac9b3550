// Why a send MSS is what it is where no SYN of the other end has named one (RFC 9293 §3.7.1, MUST-15).
import {worldAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {defaultMss} from '../../observe/observed-end.ts';
import {hasFlag, type TcpSegment} from '../../wire/tcp.ts';
import {variableBegins} from '../../words/catalogue/why.ts';
import {connectionIn, connectionsAtHand} from '../endpoints/at-hand.ts';
import {type EndVariables, variablesAt} from '../endpoints/end-variables.ts';
import {observedAtHand} from '../endpoints/observed.ts';
import {newestPacket, type View} from '../view.ts';

/** SYNs are among so many packets of a captured connection, repeated or not. */
const opening = 16;

type Syn = {readonly segment: TcpSegment; readonly version: 4 | 6};

/** That which has told this end the other's ISN. */
const synTo = (view: View, host: string, end: EndVariables | undefined): Syn | undefined => {
  const {trace} = view.input;
  const observed = observedAtHand(view);
  const all = observed && trace.connectionPackets?.packetsOf(observed.id).slice(0, opening);
  const irs = end?.quantity('irs')?.value;
  for (const id of all ?? Array.from({length: newestPacket(view) ?? 0}, (_, index) => index + 1)) {
    const packet = packetOf(trace, id);
    const segment = packet.to === host ? segmentOf(packet) : undefined;
    if (!segment || !hasFlag(segment, 'SYN') || segment.seq !== irs) continue;
    const {payload} = packet.frame ?? {};
    return {segment, version: payload?.kind === 'ip' ? payload.packet.version : 4};
  }
  return undefined;
};

/** undefined: a SYN of the other end has named it. */
export const mssLaw = (view: View, host: string): string | undefined => {
  const {language, input} = view;
  const end = variablesAt(view)(view.cursor, host);
  const tcb = connectionIn(worldAt(input.trace, view.cursor), host, connectionsAtHand(view));
  const told = (by: string, version: 4 | 6): string =>
    variableBegins.mss[language]({by, version: `${version}`, bytes: defaultMss[version]});
  if (tcb?.state === 'SYN-SENT') {
    const version = tcb.remote.ip.includes(':') ? 6 : 4;
    return told(tcb.mss === defaultMss[version] ? 'none' : 'own', version);
  }
  const syn = synTo(view, host, end);
  const isNamed = syn?.segment.options.some(({kind}) => kind === 'mss') ?? true;
  return isNamed ? undefined : syn && told('silent', syn.version);
};
