// Makes the run in which the learner plays one of the hosts: the lesson's run, with the segments that the learner has chosen so far.
import type {OwnSegment} from '../sim/own-segment.ts';
import type {Run, Stack} from './lesson.ts';

/**
 * Returns the run with `host` played by hand. Every initial sequence number is right (RFC 9293 §3.4.1), so if the learner's first segment
 * is a SYN, the host's stack begins with the number of that SYN, too.
 */
export const byHandRun = (run: Run, {host, from = 1}: Stack, segments: readonly OwnSegment[]): Run => {
  const [first] = segments;
  const iss = from === 1 && first?.flags.includes('SYN') ? {iss: first.seq} : {};
  const hosts = run.hosts.map((each) => (each.name === host ? {...each, ...iss} : each));
  return {...run, hosts, byHand: {host, from, segments}};
};
