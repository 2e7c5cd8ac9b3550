// Finds requests (DNS, HTTP, ping, ARP) whose answers are not in the file and that no other finding covers, so that the reader knows of
// them.
import {isGroupAddress} from '../observe/group-address.ts';
import {speakingHttp} from '../observe/tls-captured.ts';
import type {Evidence} from './evidence.ts';
import {connectionOf, type Finding, finding} from './finding.ts';
import {mayLackAnswer} from './silent-servers.ts';

/** Tells whether a finding explains why the rest of a TCP connection is missing in the file, or was never sent. */
const explains = ({id, level}: Finding): boolean =>
  level === 'fault' || id === 'one-direction' || id === 'capture-gap' || id === 'http-unanswered';

/** Returns the note that requests have no answer in the file; `others` are all other findings of the capture. */
export const noAnswers = (
  evidence: Evidence,
  others: readonly Finding[],
): readonly Finding<'no-answer-seen'>[] => {
  const {connections, dns, tls, inspector} = evidence;
  const tells = (start: string): boolean => others.some(({id}) => id.startsWith(start));
  const told = new Set(others.filter(explains).map(connectionOf));
  const {arp, icmp} = inspector;
  const asked = tells('dns-')
    ? []
    : dns.filter(
        (each) => each.question && !each.outcome && each.odd.length === 0 && !mayLackAnswer(each, evidence),
      );
  const pings =
    tells('ping-') || icmp.traces.length > 0
      ? []
      : icmp.echoes
          .filter(({to}) => !isGroupAddress(to))
          .flatMap((ping) => icmp.unanswered(ping).filter((each) => each.told === undefined));
  const requests = speakingHttp(connections, tls)
    .filter(({observed}) => !told.has(observed.id))
    .flatMap(({said}) =>
      said.http
        .filter(({response, unreadable}) => !(response ?? unreadable))
        .map(({request}) => request.begins),
    );
  const addresses = tells('arp-')
    ? []
    : arp.asked.filter(({target, answered}) => !answered && !arp.isClaimed(target));
  const frames = [
    ...asked.map(({queryFrame}) => queryFrame),
    ...pings.map(({frame}) => frame),
    ...requests,
    ...addresses.flatMap((each) => each.frames.slice(0, 1)),
  ];
  if (frames.length === 0) return [];
  const facts = {dns: asked.length, http: requests.length, pings: pings.length, arp: addresses.length};
  return [finding('no-answer-seen', {about: {capture: true}, certainty: 'proved', frames, facts})];
};
