// The words that TCP adds to the language of lessons: calls, triggers, kinds of events, conditions on packets. A new protocol is added in
// the same way.
import * as z from 'zod/mini';
import type {Action} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import type {TimerName} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {toBase64url} from '../../wire/base64url.ts';
import {seq} from '../../wire/seq.ts';
import {encodeUtf8} from '../../wire/utf8.ts';
import {tcpConstructsSentences} from '../../words/catalogue/lesson.ts';
import {
  boolean,
  count,
  expects,
  flags,
  host,
  name,
  port,
  positive,
  seqNumber,
  shaped,
  socket,
  words,
} from '../scalars.ts';
import {type Construct, construct, type Place, type Protocol} from '../vocabulary.ts';
import type {TcpConditions, TcpMatch} from './match.ts';
import {callOptions, socketChanges} from './settings.ts';

const states = words<TcpState>({
  CLOSED: true,
  LISTEN: true,
  'SYN-SENT': true,
  'SYN-RECEIVED': true,
  ESTABLISHED: true,
  'FIN-WAIT-1': true,
  'FIN-WAIT-2': true,
  'CLOSE-WAIT': true,
  CLOSING: true,
  'LAST-ACK': true,
  'TIME-WAIT': true,
});

const timers = words<TimerName>({
  persist: true,
  RTO: true,
  TLP: true,
  reordering: true,
  'delayed-ACK': true,
  '2MSL': true,
  connect: true,
  'keep-alive': true,
  user: true,
  'FIN-WAIT-2': true,
});

const read = z.optional(z.enum(['auto', 'manual']));

/**
 * The most octets of a text that a call of a lesson sends: they fit one segment of Ethernet, so that a text is one packet unless the path
 * is narrower.
 */
const mostOctets = 1400;
/** Text to send, without control characters; it is sent as UTF-8, in which a letter of ASCII is one octet. */
const sentText = shaped(/^[^\u0000-\u001f\u007f-\u009f]+$/, 'sent text').check(
  z.refine((text) => encodeUtf8(text).length <= mostOctets, expects('sent text')),
);
const of = z.optional(name);

/** Makes the construct of a call on one connection that has no key but `of`, the connection's name. */
const bare = (call: 'shutdown' | 'close' | 'abort' | 'status'): Construct<Action> =>
  construct({of}, (data, place) =>
    knowsConnection(data.of, place) ? {call, ...given({of: data.of})} : undefined,
  );

export const knowsConnection = (of: string | undefined, {path, names, problems}: Place): boolean =>
  of === undefined ||
  problems.knows([...path, 'of'], tcpConstructsSentences.knowsConnection, of, names.connections);

export const portal = (to: string): {readonly host: string; readonly port: number} => {
  const [host = '', port = ''] = to.split(':');
  return {host, port: Number(port)};
};

const calls: Protocol['calls'] = {
  listen: construct(
    {port, read, accept: z.optional(z.enum(['auto', 'manual'])), backlog: z.optional(positive)},
    ({port, read, accept, backlog}) => ({
      call: 'listen',
      port,
      read: read ?? 'auto',
      ...given({accept, backlog}),
    }),
  ),
  accept: construct({port}, (data) => ({call: 'accept', port: data.port})),
  connect: construct(
    {
      to: socket,
      from: z.optional(port),
      as: z.optional(name),
      iss: z.optional(seqNumber),
      data: z.optional(positive),
      read,
    },
    ({to, from, as, iss, data, read}, {path, names, problems}) =>
      problems.host([...path, 'to'], portal(to).host, names.hosts)
        ? {
            call: 'connect',
            to: portal(to),
            ...given({from, as, iss: iss === undefined ? undefined : seq(iss), data}),
            read: read ?? 'auto',
          }
        : undefined,
  ),
  send: construct(
    {of, bytes: z.optional(positive), text: z.optional(sentText), urgent: z.optional(boolean)},
    ({of, bytes: number, text, urgent}, place) => {
      const written = text === undefined ? undefined : encodeUtf8(text);
      const octets = written && toBase64url(written);
      const bytes = number ?? written?.length;
      if (bytes === undefined || (number !== undefined && text !== undefined)) {
        place.problems.add(place.path, tcpConstructsSentences.bytesOrText);
        return undefined;
      }
      return knowsConnection(of, place) ? {call: 'send', ...given({of, urgent, octets}), bytes} : undefined;
    },
  ),
  receive: construct({of, bytes: positive}, ({of, bytes}, place) =>
    knowsConnection(of, place) ? {call: 'receive', ...given({of}), bytes} : undefined,
  ),
  setOption: construct({of, ...callOptions}, ({of, ...options}, place) =>
    knowsConnection(of, place)
      ? {call: 'setOption', ...given({of}), options: socketChanges(options)}
      : undefined,
  ),
  shutdown: bare('shutdown'),
  close: bare('close'),
  abort: bare('abort'),
  status: bare('status'),
};

/** Returns the host of a condition on events; both `any` and no host match every host. */
const on = (host: string | undefined) => given({host: host === 'any' ? undefined : host});

const heads: {readonly [head: string]: Construct<TcpMatch>} = {
  enters: construct({enters: z.enum(states), host: z.optional(host)}, (data) => ({
    kind: 'enters',
    state: data.enters,
    ...on(data.host),
  })),
  timer: construct(
    {timer: z.enum(timers), host: z.optional(host), op: z.optional(z.enum(['arm', 'fire', 'cancel']))},
    (data) => ({kind: 'timer', name: data.timer, op: data.op ?? 'fire', ...on(data.host)}),
  ),
  delivers: construct({delivers: host, length: z.optional(count)}, (data) => ({
    kind: 'delivers',
    ...on(data.delivers),
    ...given({length: data.length}),
  })),
};

export const conditions: Construct<TcpConditions> = construct(
  {
    flags: z.optional(flags),
    carries: z.optional(z.enum(['data', 'none'])),
    length: z.optional(count),
    retransmission: z.optional(boolean),
  },
  (data) => given(data),
);

export const tcp: Protocol = {
  name: 'tcp',
  calls,
  triggers: [
    ...(['connected', 'accepted', 'refused', 'unreachable', 'timedOut'] as const),
    ...(['received', 'eof', 'urgent', 'reset', 'closed'] as const),
  ],
  results: [
    ...['ok', 'connected', 'accepted', 'eof', 'closed'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE', 'ENOTCONN'],
    ...['EISCONN', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EBADF', 'EINVAL'],
  ],
  apps: {},
  actors: {},
  heads,
  conditions,
  overrides: {
    acceptWithoutThirdStep: {counterfactualAcceptWithoutThirdStep: true},
    skipTimeWait: {counterfactualSkipTimeWait: true},
  },
};
