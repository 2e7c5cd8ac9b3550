// What each finding needs to see. A finding that needs what the capture does not show is left out, or it becomes one of several
// explanations; a party is only named if the capture shows which end is the client.

import {endpointText} from '../observe/capture-inspector.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Sight} from '../observe/sight.ts';
import {type Evidence, sightsIn} from './evidence.ts';
import {connectionOf, type Finding, type Rival, type Where} from './finding.ts';
import type {FindingId} from './ids.ts';
import {clientOf, serverOf} from './sides.ts';

export type Member = keyof Sight;

/** The values of each member of a sight with which a finding that needs the member may be told. */
const enough: {readonly [member in Member]: readonly Sight[member][]} = {
  directions: ['both'],
  place: ['client', 'server', 'between'],
  gaps: ['none'],
  beginning: ['seen'],
  roles: ['seen', 'port'],
  copies: ['none'],
  clock: ['forward'],
  checksums: ['wrong'],
  snapped: ['whole'],
};

/** The findings that state what the sight itself is, so that they need none of it. */
export const ofSight: ReadonlySet<FindingId> = new Set([
  'one-direction',
  'capture-gap',
  'opened-before',
  'snapped',
  'clock-backwards',
  'twice-captured',
  'captured-across',
  'edited',
  'offload',
]);

const transfer: readonly Member[] = ['directions', 'copies', 'clock'];
const pause: readonly Member[] = [...transfer, 'gaps'];

/** The members of a connection's sight, or of the file's, without which a finding is not told. */
export const needs: {readonly [id in FindingId]?: readonly Member[]} = {
  'syn-unanswered': ['directions'],
  'syn-repeated': ['directions', 'copies', 'clock'],
  'syn-ack-lost': transfer,
  'accept-queue-full': transfer,
  'never-opened': ['directions', 'copies'],
  'ack-probe': ['copies'],
  'ipv6-silent': ['directions'],
  'receiver-window': ['directions', 'beginning', 'copies', 'clock'],
  'zero-window': ['directions', 'clock'],
  'no-window-scaling': ['directions', 'beginning', 'copies', 'clock'],
  'mss-over-window': ['directions', 'beginning', 'copies', 'clock'],
  'congestion-window': ['directions', 'beginning', 'copies', 'clock'],
  'path-rate': pause,
  outage: transfer,
  loss: transfer,
  reordering: ['copies', 'clock'],
  'out-of-order': ['copies', 'clock'],
  'needless-repeats': transfer,
  'late-acks': transfer,
  'ack-inside-segment': transfer,
  'copied-on-the-way': ['copies'],
  'sender-waits': pause,
  'answer-waits': [...pause, 'roles'],
  'request-waits': [...pause, 'roles'],
  'many-round-trips': pause,
  'nagle-delayed-ack': pause,
  'expect-100': pause,
  'mtu-black-hole': transfer,
  'h2-head-of-line': transfer,
  'request-refused': ['directions', 'roles', 'copies'],
  'reset-unread': ['copies'],
  'reset-abort': ['copies'],
  'reset-half-open': ['copies'],
  'reset-forged': ['copies'],
  'idle-forgotten': ['directions', 'copies', 'clock'],
  'keep-alive-race': ['roles', 'copies', 'clock'],
  'peer-gone': ['directions', 'copies'],
  'keep-alive-gave-up': ['directions', 'copies'],
  'half-closed': ['directions', 'copies'],
  'nat-new-port': ['directions', 'copies'],
  'http-unanswered': ['directions', 'gaps'],
  'http-fault': ['snapped'],
  'http2-fault': ['snapped'],
  'websocket-fault': ['snapped'],
  'dns-server-silent': ['directions'],
  'dns-unanswered': ['directions'],
  'dns-forged': ['copies'],
  'bad-checksum': ['checksums'],
};

/** The members without which another explanation stays possible: what must then be named as open. */
export const doubts: {
  readonly [id in FindingId]?: {readonly member: Member; readonly rival: FindingId};
} = {
  loss: {member: 'place', rival: 'late-acks'},
  'syn-ack-lost': {member: 'place', rival: 'accept-queue-full'},
  'late-acks': {member: 'place', rival: 'loss'},
};

/** The members that also the file as a whole has; findings about names, hosts and datagrams need only these. */
export const ofFile: ReadonlySet<Member> = new Set(['directions', 'copies', 'clock', 'snapped']);

const roles: ReadonlySet<Where> = new Set(['client', 'server', 'client-program', 'server-program']);

const shows = <Of extends Member>(sight: Sight, member: Of): boolean =>
  enough[member].includes(sight[member]);

const doubted = <Told extends Finding>(finding: Told, rival: FindingId): Told => {
  const open: Rival = {id: rival, open: true, by: []};
  const rivals = [...finding.rivals.filter(({id}) => id !== rival), open];
  return {...finding, certainty: 'one-of', where: 'unknown', rivals};
};

const isNeedless = ({id, where}: Finding, connection: ObservedConnection | undefined): boolean =>
  needs[id] === undefined &&
  doubts[id] === undefined &&
  !roles.has(where) &&
  (connection === undefined || connection.course.synFrom !== undefined);

/** Returns findings as far as the capture shows what they need. */
export const seenOnly = (evidence: Evidence, findings: readonly Finding[]): readonly Finding[] => {
  const sights = sightsIn(evidence);
  const {connections, crossings} = evidence.inspector;
  const isPlain = crossings.all.length === 0 && evidence.sights === undefined;
  return findings.flatMap((finding): Finding | readonly Finding[] => {
    const {id, where} = finding;
    const connection = connections[(connectionOf(finding) ?? 0) - 1];
    if (ofSight.has(id) || (isPlain && isNeedless(finding, connection))) return finding;
    const sight = connection ? sights.of(connection) : sights.file;
    const isAsked = (member: Member): boolean => connection !== undefined || ofFile.has(member);
    const lacks = needs[id]?.some((member) => isAsked(member) && !shows(sight, member));
    if (sight.copies === 'aside' || lacks) return [];
    const doubt = connection && doubts[id];
    const told = doubt && !shows(sight, doubt.member) ? doubted(finding, doubt.rival) : finding;
    if (!connection || shows(sight, 'roles')) return told;
    const guessed = {client: endpointText(clientOf(connection)), server: endpointText(serverOf(connection))};
    return {...told, guessed, where: roles.has(where) ? 'unknown' : told.where};
  });
};
