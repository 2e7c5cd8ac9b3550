// A question kind about Recv-Q in `ss -ltn` for a listener (listen(2)): it counts connections that wait for accept(), not bytes.
import {worldAt} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {recvQ} from '../words/catalogue/ask-tcp.ts';
import {meetings} from './ends.ts';
import {writtenHost} from './host-names.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {listedKind} from './listed.ts';

type RecvQGivens = {
  readonly host: string;
  readonly backlog: number;
  /** The number of connections of the listener whose handshake is complete; `accepted` is how many of them the program has accepted. */
  readonly complete: number;
  readonly accepted: number;
  /** The number of bytes that have arrived on the connections that wait for accept(). */
  readonly bytes: number;
};

const unfinished: readonly string[] = ['SYN-SENT', 'SYN-RECEIVED'];

/** Returns the listeners of a host whose program calls accept() itself, and to which a connection has been completed. */
const listenersAt = (trace: Trace, host: string, n: number) => {
  const tcp = worldAt(trace, n)?.hosts[host]?.tcp;
  const connections = [...(tcp?.connections.values() ?? [])];
  return [...(tcp?.listeners.values() ?? [])].flatMap((listener) => {
    if (listener.accept !== 'manual') return [];
    const complete = connections.filter(
      ({state, local}) => !unfinished.includes(state) && local.port === listener.local.port,
    );
    const waiting = complete.filter(({id}) => listener.ready.includes(id));
    const bytes = waiting.reduce((sum, {receiveBuffer}) => sum + receiveBuffer.length, 0);
    const [all, queue] = [complete.length, listener.ready.length];
    const givens = {host, backlog: listener.backlog, complete: all, accepted: all - waiting.length, bytes};
    return all === 0 ? [] : [{givens, queue}];
  });
};

export const recvQKind = listedKind<RecvQGivens>({
  kind: 'recv-q',
  form: 'numeral',
  all: (trace) =>
    meetings(trace).flatMap(
      ({arrived: {host, packet}, atUs, events}): readonly (Found<RecvQGivens> | Rejection)[] => {
        const n = (events.at(-1)?.n ?? 0) + 1;
        const listeners = listenersAt(trace, host, n - 1);
        const [only, more] = listeners;
        if (!only || more || n > trace.length) return [];
        // If the queue is as long as the backlog, a learner who takes Recv-Q for the backlog would be right.
        if (only.queue === only.givens.backlog) return ['trivial'];
        const did = String(only.queue);
        const here = `at(${atUs}us).${writtenHost(host)}`;
        const evidence = {packet, field: `expression:${here}.queue.accept`, value: did};
        return [{givens: only.givens, did, n, evidence}];
      },
    ),
  ask: ({host, backlog, complete, accepted, bytes}, called) => [
    wordedWithNames(recvQ.given, {host: called(host).within, backlog}),
    worded(recvQ.then, {complete, accepted, bytes}),
    recvQ.asks,
  ],
  solve({backlog, complete, accepted}) {
    const right = complete - accepted;
    return {
      answer: String(right),
      explain: worded(recvQ.explain, {complete, accepted, right, isOver: right > backlog}),
      hints: [recvQ.hint],
    };
  },
  beliefs: beliefsIn(recvQ.beliefs, {
    'listen-recvq-is-bytes': ({bytes}) => (bytes > 0 ? bytes : undefined),
    'connect-means-accepted': () => '0',
    all: ({complete}) => complete,
    backlog: ({backlog}) => backlog,
  }),
});
