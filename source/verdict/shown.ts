// Finds the run of a lesson that shows a finding, and the instant at which it shows.
import {type FindingId, findingTable} from './ids.ts';

/**
 * Maps each finding to the instant of its lesson's run at which one sees it, as a selector of the option `--at`; a finding without one is
 * shown from the start.
 */
const instants: {readonly [id in FindingId]?: string} = {
  'syn-unanswered': 'sends: client, nth: 2',
  'syn-repeated': 'sends: client, nth: 2',
  'syn-ack-lost': 'sends: client, nth: 2',
  'accept-queue-full': 'drops: server',
  refused: 'sends: server',
  'refused-by-icmp': 'sends: server',
  'syn-flood': 'drops: server',
  'port-reused': 'sends: client, flags: [SYN], nth: 2',
  'never-opened': 'sends: client, nth: 2',
  'simultaneous-open': 'enters: SYN-RECEIVED',
  'fast-open': 'sends: client',
  'challenge-ack': 'sends: server, nth: 2',
  'zero-window': 'sends: server, nth: 5',
  'window-shrunk': 'arrives: client, nth: 2',
  'congestion-window': 'sends: client, nth: 12',
  'path-rate': 'drops: client',
  outage: 'sends: client, nth: 9',
  loss: 'sends: client, nth: 8',
  reordering: 'sends: server, nth: 23',
  'needless-repeats': 'drops: client',
  'out-of-order': 'sends: server, nth: 2',
  'ecn-marked': 'sends: server, flags: [ACK, ECE]',
  'nagle-delayed-ack': 'arrives: server, nth: 6',
  'reset-unread': 'sends: server, flags: [RST, ACK]',
  'ack-probe': 'sends: server, flags: [RST]',
  'request-refused': 'sends: server, flags: [RST, ACK]',
  'reset-abort': 'sends: client, flags: [RST, ACK]',
  'reset-half-open': 'sends: server, flags: [RST]',
  'idle-forgotten': 'sends: server, flags: [RST]',
  'idle-closed': 'sends: server, flags: [FIN, ACK]',
  'keep-alive-race': 'sends: client, nth: 9',
  'peer-gone': 'enters: CLOSED, host: client',
  'keep-alive-gave-up': 'sends: client, flags: [RST, ACK]',
  'half-closed': 'enters: CLOSE-WAIT, host: server',
  'simultaneous-close': 'sends: server, flags: [FIN, ACK]',
  'keep-alives': 'sends: client, nth: 3',
  'reset-stray': 'drops: client',
  'dns-nxdomain': 'sends: auth',
  'dns-forged': 'drops: local',
  'dns-odd-reply': 'drops: local',
  'dns-truncated': 'sends: local, nth: 2',
  'tls-untrusted': 'sends: client, nth: 5',
  'http-status': 'sends: server, nth: 12',
  'http-fault': 'sends: server, nth: 3',
  'tls-no-forward-secrecy': 'sends: server, nth: 2',
  'tls-retry': 'sends: server, nth: 3',
  'tls-early-data': 'sends: client, nth: 16',
  'http-client-error': 'sends: server, nth: 8',
  'admin-prohibited': 'sends: server',
  'host-unreachable': 'sends: server',
  offload: 'sends: server, nth: 3',
};

/** The place at which a lesson shows a finding. `run` undefined: the lesson's first run; `at` undefined: the start of the run. */
export type Shown = {
  readonly lesson: string;
  readonly run: string | undefined;
  readonly at: string | undefined;
};

/** Returns the lesson, the run and the instant that show a finding of this kind; undefined if no lesson does. */
export const shownOf = (id: FindingId): Shown | undefined => {
  const {lesson, run} = findingTable[id];
  return lesson === undefined ? undefined : {lesson, run, at: instants[id]};
};

/** Returns a lesson and, unless it is the first, its run (`--run`) as arguments of the command line. */
export const shownText = ({lesson, run}: Shown): string =>
  run === undefined ? lesson : `${lesson} --run ${run}`;
