// Tells how a host answers a segment that fits none of its connections, or that it does not believe: with RST, SYN cookies or challenge
// ACKs.

import {factWords} from '../../sim/because.ts';
import type {EventOf, Trace} from '../../sim/trace.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {entriesOf} from '../entries.ts';
import {operandsOf} from '../operands.ts';
import {packetOf, segmentOf} from '../packet.ts';
import {wordOf} from '../reason.ts';
import {takerOf} from './come.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';
import {arrivalIn, segmentComeIn} from './moment.ts';
import {hasTwin, thingCome} from './packet-name.ts';
import {hasSynCome} from './refused.ts';
import {badCookie} from './syn-cookies.ts';
import {isQueueFull} from './syn-queue.ts';

/**
 * Returns the time in µs at which the receiving host forgot the connection of an arriving segment; undefined if it never had it or still
 * has it.
 */
const goneSince = (trace: Trace, arrival: EventOf<'arrive'> | undefined): number | undefined => {
  const end = arrival && takerOf(trace, arrival);
  if (!end) return undefined;
  const last = [...entriesOf(trace, 'state')].findLast(
    ({n, host, connection}) => n < arrival.n && host === end.host && connection === end.connection,
  );
  return last && /^(?:CLOSED|LISTEN)$/.test(last.to) ? last.atUs : undefined;
};

/** Tells about a host's answer to an arriving segment: an RST, a SYN cookie, or a challenge ACK; undefined if it is none of these. */
export const answerTold = (moment: Moment, send: EventOf<'send'>): Told | undefined => {
  const {trace} = moment;
  const {n, host, packet, because = ''} = send;
  const segment = segmentOf(packetOf(trace, packet));
  const arrival = arrivalIn(moment);
  const came = arrival && thingCome(trace, arrival);
  const common = {n, rank: 0, most: 3} as const;
  if (segment && hasFlag(segment, 'RST')) {
    const why = wordOf(trace, n, 'refusal', factWords.resets);
    if (!why) return undefined;
    const goneUs = why === 'no connection' ? goneSince(trace, arrival) : undefined;
    const cookie =
      arrival && why === 'no connection' && goneUs === undefined
        ? badCookie(trace, send, arrival)
        : undefined;
    const after = operandsOf(trace, send).before?.finSeq !== undefined;
    const twin = arrival !== undefined && hasTwin(trace, arrival);
    const port = segmentComeIn(moment)?.dstPort ?? 0;
    const facts = {host, why, after, port, thing: came, twin, goneUs, cookie};
    return {...common, says: 'answersRst', about: [`rst ${host} ${why}`], facts};
  }
  if (segment && because === '4987:3.6/cookie/send') {
    const facts = {
      host,
      peer: packetOf(trace, packet).to,
      seq: segment.seq,
      full: isQueueFull(trace, send, segment.srcPort),
    };
    return {...common, rank: 1, most: 1, says: 'sendsCookie', about: [`cookie ${host}`], facts};
  }
  // A host that has already received this SYN does not doubt a copy of it: it discards the copy.
  if (came && wordOf(trace, n, 'refusal', factWords.doubts) && !hasSynCome(moment, came))
    return {...common, says: 'challenges', about: [`challenge ${host}`], facts: {host, thing: came}};
  return undefined;
};
