// Answers *Why?* for a TCP state that no event has set: the end has no TCB, or the capture does not show one.
import {entriesOf, worldAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import {unknownEnd} from '../../observe/frame-ends.ts';
import type {EventOf} from '../../sim/trace.ts';
import type {Transport} from '../../wire/ip-packet.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {whyVariable} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import type {View} from '../view.ts';
import {nothingToTell, type Why} from './scene-why.ts';

type Passed = {readonly event: EventOf<'send' | 'arrive'>; readonly transport: Transport | undefined};

/** Returns the packets that a host has sent and received up to the cursor, each with its transport (TCP, UDP …). */
const passedAt = ({input: {trace}, cursor}: View, host: string): readonly Passed[] =>
  [...entriesOf(trace, 'send'), ...entriesOf(trace, 'arrive')]
    .filter((event) => event.n <= cursor && event.host === host && event.packet > 0)
    .map((event) => ({event, transport: ipPacketOf(packetOf(trace, event.packet))?.transport}));

/** Tells whether a host sent a TCP segment without its TCP stack: the segment belongs to no connection of the host and is no reset. */
const isPastTcp = ({event, transport}: Passed): boolean =>
  event.kind === 'send' &&
  event.hop === 0 &&
  event.connection === undefined &&
  transport?.kind === 'tcp' &&
  !hasFlag(transport.segment, 'RST');

const isUdp = ({transport}: Passed): boolean => transport?.kind === 'udp';

export const noState = (view: View, host: string): Why => {
  const {language, input} = view;
  const still = nothingToTell(view);
  const tcb = endAtHand(view, host);
  const about = {
    host: theHost(input.trace, host),
    value: tcb?.state ?? 'CLOSED',
    peer: undefined,
    port: undefined,
  };
  if (host === unknownEnd)
    return {
      ...{...still, heading: whyVariable.noHosts[language]},
      paragraphs: [whyVariable.unreadable[language]],
    };
  const passed = passedAt(view, host);
  if (worldAt(input.trace, 0) === undefined) {
    const heading = whyVariable.whichState[language](about);
    const udp = passed.length > 0 && passed.every(isUdp);
    return {...still, heading, paragraphs: [whyVariable.stateUnknown[language]({udp})]};
  }
  const heading = whyVariable.state[language](about);
  if (tcb) return {...still, heading, paragraphs: [whyVariable.stateAlways[language]]};
  const raw = passed.some(isPastTcp);
  const paragraphs = [whyVariable.noConnection[language]({...about, raw, udp: passed.some(isUdp)})];
  return {...still, heading, paragraphs, rule: 'RFC 9293 §3.3.2'};
};
