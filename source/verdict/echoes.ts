// Findings about pings (ICMP echo requests): some or all without an answer, or late answers (RFC 792).
import {isGroupAddress} from '../observe/group-address.ts';
import {isTraced, type Ping} from '../observe/icmp-stories.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';

type Found = readonly Finding<'ping-loss' | 'ping-unanswered' | 'ping-late'>[];

/**
 * The shortest time in µs after which a ping without any answer counts as unanswered. With answers it is `muchLonger` times the slowest
 * one, at least `leastPromptUs`.
 */
const leastWaitUs = 1_000_000;
const leastPromptUs = 200_000;
const muchLonger = 4;
/** An answer to a ping is late if it took this many times as long as the fastest one, or `tooLongUs`. */
const muchSlower = 5;
const tooLongUs = 2_000_000;

/** Returns the name of a ping in the list of conversations, such as i1. */
export const pingName = (index: number): string => `i${index + 1}`;

/** Matches the meanings of ICMP errors that have findings of their own, so that a ping with such an error is not called unanswered. */
const toldElsewhere = /^unreachable|hop limit|too big/;

/** Tells whether echo requests are an ordinary ping: they have one TTL, so that they trace no route, and go to a single host. */
const isPing = ({inspector}: Evidence, {from, to, leastHops, mostHops}: Ping): boolean =>
  leastHops === mostHops &&
  !isGroupAddress(to) &&
  !inspector.icmp.traces.some(
    (way) => way.from === from && way.to === to && way.by === 'icmp' && isTraced(way),
  );

const findingsOf = ({inspector}: Evidence, ping: Ping, index: number): Found => {
  const {from, to, sent, answered, leastUs, mostUs, slow} = ping;
  const {icmp, file} = inspector;
  const about = {conversation: pingName(index)};
  const waitUs = answered === 0 ? leastWaitUs : Math.max(leastPromptUs, muchLonger * mostUs);
  const open = icmp.unanswered(ping).filter(({atUs}) => file.latestUs - atUs >= waitUs);
  const lost = open.filter(({told}) => told === undefined);
  const silent = open.filter(({told}) => told === undefined || !toldElsewhere.test(told));
  const late = slow.filter(({us}) => us >= tooLongUs || us >= leastUs * muchSlower);
  const facts = {from, to, sent};
  if (answered === 0) {
    if (silent.length === 0) return [];
    return [finding('ping-unanswered', {about, frames: silent.map(({frame}) => frame), facts})];
  }
  return [
    ...(lost.length > 0
      ? [
          finding('ping-loss', {
            about,
            frames: lost.map(({frame}) => frame),
            facts: {...facts, lost: lost.length},
          }),
        ]
      : []),
    ...(late.length > 0
      ? [
          finding('ping-late', {
            about,
            certainty: 'proved',
            costUs: Math.max(...late.map(({us}) => us)),
            frames: late.flatMap(({asked, frame}) => [asked, frame]),
            facts: {...facts, late: late.length, leastUs, mostUs},
          }),
        ]
      : []),
  ];
};

export const echoFindings = (evidence: Evidence): Found =>
  evidence.inspector.icmp.echoes.flatMap((ping, index) =>
    isPing(evidence, ping) ? findingsOf(evidence, ping, index) : [],
  );
