// Makes the account's sentence on why a DNS server was of no use to a resolver: the simulator's note has one word, `fault`, for several
// causes.

import type {Trace} from '../../sim/trace.ts';
import type {DnsNote} from '../../stack/dns/note.ts';
import {farEndOf, localSocket} from '../../wire/connection-id.ts';
import {fullRcode} from '../../wire/dns/edns.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import {isAtOrBelow, sameName} from '../../wire/dns/name.ts';
import {rcodeName} from '../../wire/dns/registry.ts';
import type {Frame} from '../../wire/frame.ts';
import {spokenName} from '../dns-parts.ts';
import {entriesOf, instantOf, ofKind} from '../entries.ts';
import {foreign} from '../foreign.ts';
import {dnsMessagesOf, ipPacketOf} from '../packet.ts';
import {frameCome} from './come.ts';
import type {Facts, Told} from './facts.ts';
import type {Moment} from './memory.ts';

type ServerNote = Extract<DnsNote, {kind: 'server'}>;
type Noted = {readonly n: number; readonly host: string; readonly note: ServerNote};

/** Yields the frames that `host` received before `n`, the last one first. */
function* framesBefore(trace: Trace, {n, host}: Noted): Generator<Frame | undefined, void> {
  const own = [...entriesOf(trace, 'arrive')].filter(
    (event) => event.n < n && event.host === host && event.packet > 0,
  );
  for (const arrival of own.toReversed()) yield frameCome(trace, arrival);
}

/** Returns the last DNS response that the host has received from this server; undefined if there is none. */
const lastAnswer = (trace: Trace, noted: Noted): DnsMessage | undefined => {
  for (const frame of framesBefore(trace, noted)) {
    const [message] = dnsMessagesOf({frame});
    if (message?.flags.qr && ipPacketOf({frame})?.src === noted.note.server) return message;
  }
  return undefined;
};

/**
 * Returns the RCODE of a DNS server's error, or the zone of its referral that is useless because the addresses of the zone's servers are
 * unknown (RFC 1034 §4.2.1).
 */
const errorOf = (trace: Trace, noted: Noted): Pick<Facts['serverFault'], 'code' | 'zone'> => {
  const message = noted.note.fault === 'error' ? lastAnswer(trace, noted) : undefined;
  const rcode = message ? fullRcode(message) : 0;
  if (rcode !== 0) return {code: rcodeName(rcode), zone: undefined};
  const ns = message?.authorities.find(({data}) => data.kind === 'NS');
  const isBelow = ns && isAtOrBelow(ns.name, noted.note.zone) && !sameName(ns.name, noted.note.zone);
  return {code: undefined, zone: isBelow ? foreign(spokenName(ns.name)) : undefined};
};

/** Tells whether a DNS timer was set as the host changed from UDP to TCP for this server (RFC 7766 §5). */
const isWaitForTcp = (trace: Trace, {n, host, note}: Noted, timer: string): boolean => {
  const set = [...entriesOf(trace, 'app-timer')].findLast(
    (event) => event.n < n && event.host === host && event.timer === timer && event.op === 'arm',
  );
  return (
    set !== undefined &&
    instantOf(trace, set.n).some(
      (each) => each.kind === 'state' && localSocket(farEndOf(each.connection ?? '')).ip === note.server,
    )
  );
};

/**
 * Distinguishes three kinds of silence of a DNS server: the resolver's timer expired, the TCP connection ended, or ICMP reports that nobody
 * is there.
 */
const silenceOf = (
  {trace, events}: Moment,
  noted: Noted,
): Pick<Facts['serverFault'], 'fault' | 'overTcp'> => {
  const fired = ofKind(events, 'app-timer').find(({op}) => op === 'fire');
  if (fired) return {fault: 'silent', overTcp: isWaitForTcp(trace, noted, fired.timer)};
  const [frame] = framesBefore(trace, noted);
  const came = ipPacketOf({frame})?.transport.kind;
  return {fault: came === 'icmp' ? 'unreachable' : 'silent', overTcp: came === 'tcp'};
};

export const serverFaultTold = (moment: Moment, noted: Noted): Told => {
  const {n, host, note} = noted;
  const {server, fault} = note;
  const heard = fault === 'silent' ? silenceOf(moment, noted) : {fault, overTcp: false};
  return {
    ...{says: 'serverFault', n, rank: 0, most: 2},
    about: [`fault ${host} ${server} ${fault}`],
    facts: {host, server, ...errorOf(moment.trace, noted), ...heard},
  };
};
