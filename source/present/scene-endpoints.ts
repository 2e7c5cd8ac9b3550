// The variables of both ends at an instant, and which of them that instant changed.

import type {World} from '../sim/world.ts';
import type {Connection} from '../stack/tcp/connection.ts';
import {type Seq, seqDiff} from '../wire/seq.ts';
import {instantOf} from './causes.ts';
import {formatTime} from './format.ts';
import {answersTo} from './label.ts';
import {stateBefore} from './scene-ladder.ts';
import type {Role} from './span.ts';
import type {View} from './view.ts';
import {narrationAt} from './waypoints.ts';

export type EndpointValue = {readonly name: string; readonly text: string; readonly changed: boolean};

export type Endpoint = {
  readonly name: string;
  readonly role: Role;
  readonly state: string;
  /** By this instant; `stateFresh`: at the very moment on the screen. */
  readonly stateChanged: boolean;
  readonly stateFresh: boolean;
  /** Without a TCB there are none. */
  readonly values: readonly EndpointValue[];
};

/** Shown always; the others where the beat on the screen names them. */
const always = ['snd.una', 'snd.nxt', 'rcv.nxt'] as const;
const optional = ['snd.wnd', 'rcv.wnd', 'rto'] as const;
type FieldName = (typeof always)[number] | (typeof optional)[number];

const fieldsOf = ({input}: View): readonly FieldName[] => {
  const {beat} = narrationAt(input, input.playback.viewMs);
  const named = beat?.show ?? [];
  return [
    ...always,
    ...optional.filter((field) => named.some((each) => each === field || each.endsWith(`.${field}`))),
  ];
};

const connectionOf = (world: World | undefined, host: string): Connection | undefined => {
  const connections = [...(world?.hosts[host]?.tcp.connections.values() ?? [])];
  return connections[connections.length - 1];
};

const unknown = '—';

const numberOf = (tcb: Connection, field: FieldName, relative: boolean): string => {
  const seqText = (value: Seq, base: Seq): string => String(relative ? seqDiff(value, base) >>> 0 : value);
  switch (field) {
    case 'snd.una':
      return seqText(tcb.snd.una, tcb.iss);
    case 'snd.nxt':
      return seqText(tcb.snd.nxt, tcb.iss);
    case 'rcv.nxt':
      return tcb.state === 'SYN-SENT' ? unknown : seqText(tcb.rcv.nxt, tcb.irs);
    case 'snd.wnd':
      return tcb.state === 'SYN-SENT' ? unknown : String(tcb.snd.wnd);
    case 'rcv.wnd':
      return String(tcb.rcv.wnd);
    case 'rto':
      return formatTime(tcb.rtoUs);
  }
};

/** The last event of the instant before the one of event `n`. */
const beforeInstant = (view: View, n: number): number => (instantOf(view.input.trace, n)[0]?.n ?? n) - 1;

export const endpointsOf = (view: View): Endpoint[] | undefined => {
  const {trace, playback} = view.input;
  const now = trace.stateAt(view.cursor);
  if (!now) return undefined;
  const before = view.cursor > 0 ? trace.stateAt(beforeInstant(view, view.cursor)) : now;
  const answers = answersTo(view.hidden);
  const blank = new Set(view.hidden.flatMap(({hides}) => hides?.fields ?? []));
  const fields = fieldsOf(view);
  return view.hosts.map((host) => {
    const tcb = connectionOf(now, host.id);
    const old = connectionOf(before, host.id);
    const label = stateBefore(view, host.id, trace.length + 1);
    const state = label?.text ?? 'CLOSED';
    const oldState =
      view.cursor > 0 ? stateBefore(view, host.id, beforeInstant(view, view.cursor) + 1)?.text : state;
    return {
      name: host.name,
      role: host.role,
      state,
      stateChanged: state !== oldState,
      stateFresh: label?.fresh ?? false,
      values: tcb
        ? fields.map((name) => {
            const text = numberOf(tcb, name, playback.relative);
            const oldText = old && numberOf(old, name, playback.relative);
            const hides =
              blank.has(`${host.id}.${name}`) ||
              answers.includes(text) ||
              answers.includes(numberOf(tcb, name, false));
            return {
              name,
              text: hides ? '?' : text,
              // A connection that this instant made: only what came from the peer is news.
              changed: !hides && text !== unknown && (old ? text !== oldText : name.startsWith('rcv')),
            };
          })
        : [],
    };
  });
};
