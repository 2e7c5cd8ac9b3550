// Whether an instant of another run is, in all that a text speaks of, as it was where the text was written for: what happens
// there, which states its hosts are in. What is filled in was worked out there, so numbers and times do not count.

import {hostName} from '../../../source/lesson/host-names.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import {flagsOf, type Of, type Passing, Seen} from './seen.ts';

/** What only some texts speak of, by their words. */
const aspects = {
  order: /\backnowledg|\bduplicate|\bSND\.UNA/,
  timer: /\b(?:timers?|time-?outs?|RTO|waits?|delay\w*|back-?off|gives? up)\b/,
  window: /\bwindow/,
  program: /\b(?:programs?|reads?|buffer|delivers?|hand\w*|page)\b/,
};

type Aspect = keyof typeof aspects;

type Speaks = (aspect: Aspect) => boolean;

const sign = (difference: number): string => ['old', 'next', 'ahead'][Math.sign(difference | 0) + 1] ?? '';

const tcbOf = (seen: Seen, {event, segment}: Passing): Connection | undefined => {
  const [own, other] =
    event.kind === 'arrive' ? [segment.dstPort, segment.srcPort] : [segment.srcPort, segment.dstPort];
  return seen
    .connections(event.host, 'before')
    .find(({local, remote}) => local.port === own && remote.port === other);
};

const segmentText = (seen: Seen, passing: Passing, speaks: Speaks): string => {
  const {segment, event} = passing;
  const tcb = tcbOf(seen, passing);
  const isOpen = tcb !== undefined && tcb.state !== 'SYN-SENT';
  const order =
    isOpen && event.kind === 'arrive'
      ? [
          sign(segment.seq - tcb.rcv.nxt),
          hasFlag(segment, 'ACK') && speaks('order') ? sign(segment.ack - tcb.snd.una) : '',
        ]
      : [];
  const window = speaks('window') ? [segment.window === 0] : [];
  return [flagsOf(segment), segment.payload.length > 0, ...order, ...window].join(' ');
};

const wordsOf = (value: object): string =>
  Object.entries(value)
    .flatMap(([name, each]) =>
      typeof each === 'string' ? [`${name}=${each.replaceAll(/\S*\d\S*/g, '#')}`] : [],
    )
    .join(' ');

const packetText = (seen: Seen, event: Of<'send'> | Of<'arrive'>, speaks: Speaks): string => {
  const [passing] = seen.passing(event);
  const again = event.kind === 'send' && event.retransmission;
  return `${again} ${passing ? segmentText(seen, passing, speaks) : ''}`;
};

const textOf = (seen: Seen, event: TraceEvent, speaks: Speaks): string | undefined => {
  switch (event.kind) {
    case 'send':
    case 'arrive':
      return packetText(seen, event, speaks);
    case 'drop':
      return event.reason;
    case 'note':
      return wordsOf(event.note);
    case 'tls':
      return wordsOf(event.what);
    case 'answer':
      return `${event.action.call} ${event.answer.result}`;
    case 'call':
      return `${event.call} ${event.result}`;
    case 'deliver':
      return speaks('program') ? '' : undefined;
    case 'state':
      return `${event.from} ${event.to}`;
    case 'timer':
      return speaks('timer') ? `${event.name} ${event.op}` : undefined;
    case 'app-timer':
      return undefined;
    case 'signal':
      return event.signal;
  }
};

type Told = {readonly text: string; readonly at: {readonly trace: Trace; readonly n: number}};

/** What happens there, and in which states the host at hand is, and those that are named. */
const momentOf = (text: string, {trace, n}: Told['at']): string => {
  const seen = new Seen(trace, n);
  const speaks: Speaks = (aspect) => aspects[aspect].test(text);
  const happens = seen.instant.flatMap((event) => {
    const detail = textOf(seen, event, speaks);
    return detail === undefined ? [] : [`${event.kind} ${event.host} ${detail}`];
  });
  const {host} = seen.instant.find((event) => event.n === n) ?? {host: ''};
  const states = trace.header.hosts
    .filter(({name}) => name === host || text.toLowerCase().includes(hostName(trace, name).en.toLowerCase()))
    .map(({name}) => `${name} is ${seen.states(name).at(-1)}`);
  return [...new Set([...happens, ...states])].sort().join('\n');
};

/** All that had happened before that moment, or happens behind it. */
const courseOf = ({text, at: {trace, n}}: Told, when: 'before' | 'future'): string => {
  const seen = new Seen(trace, n);
  const speaks: Speaks = (aspect) => aspects[aspect].test(text);
  return seen[when].map((event) => `${event.kind} ${event.host} ${textOf(seen, event, speaks)}`).join('\n');
};

const isLike = (own: Told, there: Told, when: 'before' | 'future'): boolean =>
  courseOf(own, when) === courseOf({...there, text: own.text}, when);

/** What holds a moment against others: some of it against what is still to come. */
const tellsAhead = /^(?:last|later|never|no|nobody|nothing|only|all|both)$/;

/**
 * Nothing that the text says is otherwise there: the moment is the same, and so is all that its words hold it against, where
 * nothing else has looked at them.
 */
export const isSame = (own: Told, there: Told, unread: readonly string[]): boolean =>
  momentOf(own.text, own.at) === momentOf(own.text, there.at) &&
  (unread.length === 0 || isLike(own, there, 'before')) &&
  (!unread.some((word) => tellsAhead.test(word)) || isLike(own, there, 'future'));
