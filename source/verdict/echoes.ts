// Findings about echo requests: lost, never answered, answered late (RFC 792).
import {isGroupAddress} from '../observe/group-address.ts';
import {isTraced, type Ping} from '../observe/icmp-stories.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';

type Found = readonly Finding<'ping-loss' | 'ping-unanswered' | 'ping-late'>[];

/**
 * The time in µs for which an answer may still come: `leastWaitUs` if none has come yet, otherwise several times as long as the slowest
 * took.
 */
const leastWaitUs = 1_000_000;
const leastPromptUs = 200_000;
const muchLonger = 4;
/** The factor over the fastest answer, or the time in µs, from which on an answer is late. */
const muchSlower = 5;
const tooLongUs = 2_000_000;

/** Returns the name of a ping among the conversations. */
export const pingName = (index: number): string => `i${index + 1}`;

/** The meanings of ICMP messages that have a finding of their own. */
const toldElsewhere = /port$|prohibited|policy|reject route|hop limit|fragmentation|too big/;

/** Tells whether echo requests are a ping: with different TTLs they trace a way, and a group answers with other addresses. */
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
