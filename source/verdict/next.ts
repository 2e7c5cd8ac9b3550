// What to do about a finding: whom to ask, what to change, or where to capture next.
import {noticedUs} from './carrying-direction.ts';
import type {Finding, Where} from './finding.ts';
import {type FindingId, findingTable} from './ids.ts';
import type {Role} from './sides.ts';

export const nextIds = [
  ...([
    'nothing',
    'look-at-client-program',
    'look-at-server-program',
    'check-host',
    'start-service',
  ] as const),
  ...(['check-firewall', 'ask-network', 'ask-router', 'ask-name-server', 'check-name'] as const),
  ...(['check-dhcp-server', 'find-machine', 'block-source', 'raise-window', 'lower-mss'] as const),
  ...(['turn-off-nagle', 'send-keep-alives', 'retry-request', 'save-round-trips'] as const),
  ...(['renew-certificate', 'change-tls-settings', 'capture-at-client', 'capture-at-server'] as const),
  ...(['capture-both-ends', 'capture-longer', 'capture-whole-packets', 'capture-again'] as const),
  'ask-for-original',
] as const;

export type NextId = (typeof nextIds)[number];

/** The next step with each party that a finding may point at. */
const withParty = {
  'client-program': 'look-at-client-program',
  'server-program': 'look-at-server-program',
  client: 'check-host',
  server: 'check-host',
  path: 'ask-network',
  'name-server': 'ask-name-server',
  capture: 'capture-again',
  unknown: 'capture-both-ends',
} as const satisfies Readonly<Record<Where, NextId>>;

/** A next step, or how it differs from `withParty`. `silent`: a capture at the end that no longer answers. */
type Next = NextId | 'silent' | Partial<Readonly<Record<Where, NextId>>>;

const withIt: Next = {};

const table: Readonly<Record<FindingId, Next>> = {
  'syn-unanswered': 'capture-at-server',
  'syn-repeated': {unknown: 'capture-at-server'},
  'syn-ack-lost': 'capture-at-client',
  'accept-queue-full': 'look-at-server-program',
  refused: 'start-service',
  'refused-by-icmp': {server: 'start-service', path: 'ask-router'},
  'ipv6-refused': 'start-service',
  'ipv6-silent': 'capture-at-server',
  'syn-flood': 'block-source',
  'port-scan': 'block-source',
  'port-reused': 'nothing',
  'never-opened': 'capture-at-client',
  'simultaneous-open': 'nothing',
  'options-declined': 'nothing',
  'fast-open': 'nothing',
  'challenge-ack': 'nothing',
  'two-families': 'nothing',

  'receiver-window': {client: 'raise-window', server: 'raise-window'},
  'zero-window': withIt,
  'window-shrunk': 'nothing',
  'no-window-scaling': 'raise-window',
  'congestion-window': 'save-round-trips',
  'path-rate': 'ask-network',
  outage: {path: 'ask-network'},
  'mss-over-window': 'raise-window',
  'ack-inside-segment': 'check-host',
  loss: 'ask-network',
  reordering: 'ask-network',
  'needless-repeats': 'ask-network',
  'out-of-order': 'nothing',
  'copied-on-the-way': 'nothing',
  'ecn-marked': 'nothing',
  'sender-waits': withIt,
  'answer-waits': withIt,
  'request-waits': 'nothing',
  'many-round-trips': 'save-round-trips',
  'nagle-delayed-ack': 'turn-off-nagle',
  'late-acks': 'ask-network',
  'mtu-black-hole': 'lower-mss',
  'mtu-lowered': 'nothing',
  'h2-stream-window': 'raise-window',
  'h2-connection-window': 'raise-window',
  'h2-head-of-line': 'ask-network',
  'quic-loss': 'ask-network',
  'expect-100': 'look-at-server-program',

  'reset-unread': withIt,
  'ack-probe': 'nothing',
  'request-refused': withIt,
  'reset-abort': withIt,
  'reset-half-open': withIt,
  'reset-forged': withIt,
  'idle-forgotten': 'send-keep-alives',
  'idle-closed': 'nothing',
  'keep-alive-race': 'retry-request',
  'peer-gone': 'silent',
  'keep-alive-gave-up': 'silent',
  'half-closed': withIt,
  'nat-new-port': 'send-keep-alives',
  'simultaneous-close': 'nothing',
  'time-wait-ended': 'nothing',
  'keep-alives': 'nothing',
  'reset-stray': 'nothing',

  'dns-slow': {unknown: 'ask-name-server'},
  'dns-server-silent': 'ask-name-server',
  'dns-truncated-tcp-blocked': 'check-firewall',
  'dns-search-list': 'check-name',
  'dns-nxdomain': 'check-name',
  'dns-servfail': 'ask-name-server',
  'dns-refused': 'ask-name-server',
  'dns-forged': 'ask-network',
  'dns-malformed': 'ask-name-server',
  'dns-failed': 'ask-name-server',
  'dns-signature': 'ask-name-server',
  'dns-unanswered': 'capture-longer',
  'dns-odd-reply': 'nothing',
  'dns-cookie': 'nothing',
  'dns-truncated': 'nothing',

  'tls-alert': 'change-tls-settings',
  'tls-plain-mismatch': 'change-tls-settings',
  'tls-untrusted': 'renew-certificate',
  'tls-nothing-common': 'change-tls-settings',
  'tls-client-certificate': 'change-tls-settings',
  'tls-old': 'change-tls-settings',
  'tls-cut': 'nothing',
  'http-status': withIt,
  'http-fault': withIt,
  'http2-fault': withIt,
  'http3-fault': withIt,
  'websocket-fault': withIt,
  'quic-unanswered': 'capture-at-server',
  'quic-closed': withIt,
  'tls-weak-suite': 'change-tls-settings',
  'tls-no-forward-secrecy': 'change-tls-settings',
  'tls-certificate': 'renew-certificate',
  'tls-canceled': 'nothing',
  'tls-retry': 'nothing',
  'tls-early-data': 'nothing',
  'tls-old-hello': 'nothing',
  'http-client-error': 'look-at-client-program',
  'http-unanswered': withIt,
  'h2-reset': 'nothing',
  'quic-gave-up': 'silent',
  'quic-gap': 'nothing',
  'quic-moved': 'nothing',
  'quic-stream-reset': 'nothing',
  'quic-version-negotiation': 'nothing',
  'quic-retry': 'nothing',

  'arp-unanswered': 'find-machine',
  'arp-two-macs': 'find-machine',
  'address-conflict': 'find-machine',
  'dhcp-no-offer': 'check-dhcp-server',
  'dhcp-nak': 'check-dhcp-server',
  'ping-loss': 'ask-network',
  'ping-unanswered': 'capture-at-server',
  'ping-late': 'ask-network',
  'hop-silent': 'nothing',
  'route-loop': 'ask-router',
  'ttl-expired': 'ask-router',
  'port-unreachable': 'start-service',
  'admin-prohibited': 'check-firewall',
  'host-unreachable': 'ask-router',
  'net-unreachable': 'ask-router',
  'fragments-incomplete': 'ask-network',
  'fragment-flood': 'block-source',
  'too-big': 'nothing',
  'icmp-error': 'ask-router',

  'one-direction': 'capture-both-ends',
  'capture-gap': 'capture-again',
  'opened-before': 'capture-longer',
  snapped: 'capture-whole-packets',
  'clock-backwards': 'capture-again',
  'twice-captured': 'capture-again',
  'captured-across': 'nothing',
  edited: 'ask-for-original',
  offload: 'nothing',
  'bad-checksum': 'ask-network',
  'not-read': 'nothing',
  'no-answer-seen': 'capture-longer',
};

/** The notes that become faults only in some captures; as notes they ask nothing of anybody. */
const asksNothing = ({id, level}: Finding): boolean =>
  level === 'note' && (findingTable[id].level !== 'note' || typeof table[id] === 'object');

/** The repairs of the path's mistakes that happen now and then on every network: a short one asks nothing of anybody. */
const repairs: ReadonlySet<FindingId> = new Set([
  ...(['loss', 'reordering', 'needless-repeats', 'late-acks', 'quic-loss'] as const),
]);

const isBrief = ({id, costUs = 0}: Finding): boolean => repairs.has(id) && costUs < noticedUs;

/** Returns the role that a fact of a finding names, such as the sender (`by`) or the receiver (`to`) of data; undefined if it names none. */
const roleIn = (facts: object, name: 'by' | 'to'): Role | undefined => {
  const fact: unknown = Reflect.get(facts, name);
  return fact === 'client' || fact === 'server' ? fact : undefined;
};

const farOf = {client: 'server', server: 'client'} as const;

/** Returns the capture that would decide between a finding and its rivals: at the receiver of the data, or at the end that acted. */
const decisive = ({id, where, facts}: Finding): NextId => {
  // Only a capture without a filter by ports contains the later fragments, which have no ports.
  if (id === 'fragments-incomplete') return 'capture-again';
  if (table[id] === 'capture-at-server' || id === 'syn-repeated') return 'capture-at-server';
  // Only the program itself can tell why it acted.
  if (where === 'client-program' || where === 'server-program') return withParty[where];
  const party = where.startsWith('client') ? 'client' : where.startsWith('server') ? 'server' : undefined;
  const end = roleIn(facts, 'to') ?? party ?? roleIn(facts, 'by');
  return end ? `capture-at-${end}` : 'capture-both-ends';
};

/** Returns the next step after a finding. If a rival is possible, that is a capture which would decide. */
export const nextOf = (finding: Finding): NextId => {
  const {id, certainty, where, facts} = finding;
  if (asksNothing(finding) || isBrief(finding)) return 'nothing';
  if (certainty === 'one-of') return decisive(finding);
  const next = table[id];
  const by = roleIn(facts, 'by');
  if (next === 'silent') return by ? `capture-at-${farOf[by]}` : 'capture-both-ends';
  if (typeof next === 'string') return next;
  if (where === 'unknown' && next[where] === undefined && by) return `look-at-${by}-program`;
  return {...withParty, ...next}[where];
};
