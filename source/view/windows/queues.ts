// The SYN queue and the accept queue of a TCP listener, and what ss and netstat would show of them (listen(2), ss(8), RFC 4987 §2).

import {entriesBetween} from '../../account/entries.ts';
import type {Trace} from '../../sim/trace.ts';
import type {Connection, Listener} from '../../stack/tcp/connection.ts';
import {oncePer} from '../../wire/once-per.ts';
import {queueTexts, queueWords} from '../../words/catalogue/windows.ts';
import {formatSocket} from '../../words/format.ts';
import {repeated, textWidth} from '../../words/width.ts';
import {changed, muted, plain} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import {countUntil, lastBefore, lastSeen, worldBefore, worldSeen} from '../seen.ts';
import {widest} from '../table.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';

/**
 * The ids of the rules whose events Linux counts as ListenDrops (among them ListenOverflows: what a full accept queue rejects, nstat(8)),
 * and of the rule for sending a SYN cookie.
 */
const synQueueRule = 'linux:syn-queue/full';
const resetRule = 'linux:accept-queue/reset';
const overflowRules: readonly string[] = ['linux:accept-queue/syn', 'linux:accept-queue/full', resetRule];
const cookieRule = '4987:3.6/cookie/send';

type Counts = readonly {readonly n: number}[];
type Counted = {
  readonly drops: Counts;
  readonly overflows: Counts;
  readonly cookies: Counts;
  readonly most: number;
};

/**
 * Returns the events of the whole run in which listeners rejected a connection or sent a SYN cookie, and the largest number of half-open
 * connections at one time; computed once per trace.
 */
const countsOf = oncePer((trace: Trace): Counted => {
  const drops: {n: number}[] = [];
  const overflows: {n: number}[] = [];
  const cookies: {n: number}[] = [];
  let halfOpen = 0;
  let most = 0;
  for (const {n, kind, because = '', ...event} of entriesBetween(trace, 1)) {
    const overflow = kind === (because === resetRule ? 'send' : 'drop') && overflowRules.includes(because);
    if (overflow) overflows.push({n});
    if (overflow || (kind === 'drop' && because === synQueueRule)) drops.push({n});
    if (because === cookieRule && kind === 'send') cookies.push({n});
    if (kind !== 'state' || !('to' in event) || !('from' in event)) continue;
    if (event.to === 'SYN-RECEIVED') halfOpen += 1;
    else if (event.from === 'SYN-RECEIVED') halfOpen -= 1;
    most = Math.max(most, halfOpen);
  }
  return {drops, overflows, cookies, most};
});

/**
 * Tells whether a listener's queues are worth showing: more than one connection is half-open at once, or something was rejected or answered
 * with a SYN cookie.
 */
export const usesQueues = (trace: Trace): boolean => {
  const {drops, cookies, most} = countsOf(trace);
  return most > 1 || drops.length > 0 || cookies.length > 0;
};

export type Queue = {
  readonly name: string;
  readonly held: number;
  readonly limit: number;
  readonly changed: boolean;
  /** True if an open question asks for the number of connections in this queue. */
  readonly hidden: boolean;
};

export type QueueScene = {
  readonly heading: string;
  readonly queues: readonly [Queue, Queue];
  /**
   * Texts on how many connections the listener has rejected or answered with SYN cookies; `fresh` is true if the number has grown at the
   * present instant.
   */
  readonly told: readonly {readonly text: string; readonly fresh: boolean}[];
  /** The lines on the listener's connections as ss prints them, half-open connections last. */
  readonly lines: readonly {readonly whole: string; readonly short: string}[];
};

/** Returns the connections in a TCP listener's queues: first those that wait to be accepted, then the half-open ones. */
const childrenOf = (view: View, host: string, {local, ready}: Listener): readonly Connection[] => {
  const children = [...(worldSeen(view)?.hosts[host]?.tcp.connections.values() ?? [])].filter(
    ({origin, local: own}) => origin === 'passive' && own.port === local.port,
  );
  return [
    ...children.filter(({id}) => ready.includes(id)),
    ...children.filter(({state}) => state === 'SYN-RECEIVED'),
  ];
};

/** The names in ss(8) of the TCP states in which a connection is in a queue. */
const ssStates: {readonly [state: string]: string} = {'SYN-RECEIVED': 'SYN-RECV', ESTABLISHED: 'ESTAB'};

/** Returns a line of the output of `ss -tan`: State, Recv-Q, Send-Q, local and peer. */
const ssLine = (state: string, queues: readonly [number, number], ...sockets: string[]): string =>
  [state.padEnd(10), ...queues.map((each) => String(each).padStart(6)), '', ...sockets].join(' ');

const toldOf = (view: View): QueueScene['told'] => {
  const {drops, overflows, cookies} = countsOf(view.input.trace);
  const line = (all: Counts, text: (count: number) => string) => {
    const count = countUntil(all, lastSeen(view));
    return count === 0 ? [] : [{text: text(count), fresh: count !== countUntil(all, lastBefore(view))}];
  };
  return [
    ...line(drops, (count) => queueWords.dropped[view.language]({count})),
    ...line(overflows, (count) => queueWords.overflowed[view.language]({count})),
    ...line(cookies, (count) => queueWords.cookies[view.language]({count})),
  ];
};

const sceneOf = (view: View, host: string, listener: Listener, before: Listener | undefined): QueueScene => {
  const {language} = view;
  const {local, backlog, halfOpen, ready, synLimit} = listener;
  const answers = answersTo(view.hidden);
  const hides = (held: number, name: string): boolean =>
    answers.includes(String(held)) ||
    view.hidden.some(({hides: it}) => it?.fields.includes(`${host}.${name}`));
  const socket = formatSocket(local.ip, local.port);
  const syn = hides(halfOpen, 'queue.syn');
  const accept = hides(ready.length, 'queue.accept');
  const children = childrenOf(view, host, listener);
  return {
    heading: queueWords.heading[language]({host: view.called(host), socket, backlog}),
    queues: [
      {
        name: queueTexts.syn[language],
        held: halfOpen,
        limit: synLimit,
        changed: before !== undefined && before.halfOpen !== halfOpen,
        hidden: syn,
      },
      {
        name: queueTexts.accept[language],
        held: ready.length,
        // Linux lets one connection more than the backlog into a listener's queue.
        limit: backlog + 1,
        changed: before !== undefined && before.ready.length !== ready.length,
        hidden: accept,
      },
    ],
    told: view.hidden.length > 0 ? [] : toldOf(view),
    lines:
      syn || accept
        ? []
        : [
            {
              whole: ssLine('LISTEN', [ready.length, backlog], socket),
              short: `LISTEN   ${ready.length} ${backlog}`,
            },
            ...children.map(({remote, receiveBuffer, state: ours}) => {
              const peer = formatSocket(remote.ip, remote.port);
              const state = ssStates[ours] ?? ours;
              const {length} = receiveBuffer;
              return {whole: ssLine(state, [length, 0], socket, peer), short: `${state.padEnd(8)} ${peer}`};
            }),
          ],
  };
};

/**
 * Returns the values of the panel of queues for the listener with most connections in them, or else for the first listener; undefined
 * without a listener.
 */
export const queueScene = (view: View): QueueScene | undefined => {
  const listeners = Object.entries(worldSeen(view)?.hosts ?? {}).flatMap(([host, {tcp}]) =>
    [...tcp.listeners.values()].map((listener) => ({host, listener})),
  );
  const [first, ...others] = listeners;
  if (!first) return undefined;
  const weight = ({listener}: typeof first): number => listener.halfOpen + listener.ready.length;
  const {host, listener} = others.reduce((most, each) => (weight(each) > weight(most) ? each : most), first);
  return sceneOf(view, host, listener, worldBefore(view)?.hosts[host]?.tcp.listeners.get(listener.id));
};

const cellsMost = 32;

const putQueue = (
  pane: Pane,
  row: number,
  {name, held, limit, changed: isChanged, hidden}: Queue,
  names: number,
): void => {
  const {glyphs, language, columns} = pane;
  pane.put(row, 0, name, muted);
  const room = Math.max(0, Math.min(cellsMost, columns - names - 2 * String(limit).length - 10));
  const cells = Math.min(limit, room);
  const taken = hidden || held === 0 ? 0 : Math.max(1, Math.min(cells, Math.floor((held / limit) * cells)));
  const full = held >= limit && !hidden;
  const fresh = isChanged && !hidden;
  pane.put(row, names, repeated(glyphs.full, taken), {role: full ? 'warning' : 'data', bold: true});
  pane.put(row, names + taken, repeated(glyphs.free, cells - taken), muted);
  pane.put(row, names + cells + 1, `${hidden ? '?' : held}/${limit}`, fresh ? changed : plain);
  // The column for the mark ◆ is always reserved, so that the word after it does not move.
  const after = names + cells + 2 + 2 * String(limit).length + 1;
  if (fresh) pane.put(row, after, glyphs.changed, changed);
  if (full) pane.put(row, after + 2, queueTexts.full[language], {role: 'warning'});
};

/** Draws the bars of the SYN queue and the accept queue, then what was rejected, then as many lines of ss and netstat output as fit. */
export const putQueues = (pane: Pane, scene: QueueScene | undefined): void => {
  const {glyphs, language} = pane;
  if (!scene) {
    pane.put(0, 0, queueTexts.none[language], muted);
    return;
  }
  pane.put(0, 0, scene.heading, pane.headStyle);
  let at = 1;
  const names = widest(scene.queues.map(({name}) => name)) + 2;
  for (const queue of scene.queues) putQueue(pane, at++, queue, names);
  for (const {text, fresh} of scene.told)
    pane.put(at++, 0, fresh ? `${text} ${glyphs.changed}` : text, {role: fresh ? 'changed' : 'warning'});
  const room = pane.rows - at - 1;
  if (room < 2 || scene.lines.length === 0) return;
  pane.put(at, 0, '$ ss -tan   (netstat: SYN_RECV)', muted);
  const isNarrow = scene.lines.some(({whole}) => textWidth(whole) > pane.columns);
  pane.putScrolled({
    rows: scene.lines,
    from: 0,
    room,
    at: at + 1,
    earlier: String,
    later: (count) => queueWords.more[language]({count}),
    put: ({short, whole}, row) => pane.put(row, 0, isNarrow ? short : whole, plain),
  });
};
