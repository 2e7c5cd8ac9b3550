// Lists the moves that a challenge offers at an instant: calls that each host's programs can make, and faults for a packet under way.

import type {Challenge, Run} from '../../lesson/lesson.ts';
import type {Move} from '../../lesson/move.ts';
import {decidedAt} from '../../lesson/move.ts';
import type {Action} from '../../sim/action.ts';
import type {FaultKind} from '../../sim/fault.ts';
import type {PacketRecord} from '../../sim/trace.ts';

export type Instant = {
  readonly nowUs: number;
  /** The selected packet, for which a challenge offers faults unless it is lost or not yet sent; undefined if none is selected. */
  readonly packet: PacketRecord | undefined;
};

const usualPort = 80;
const sentBytes = 100;
const readBytes = 65_535;
const delayUs = 200_000;

/** Returns the port on which a program listens in the lesson's run, or else port 80. */
const portOf = ({script}: Run): number =>
  script.flatMap(({action}) => (action.call === 'listen' ? [action.port] : []))[0] ?? usualPort;

/**
 * Returns the host and port to which a host connects when the learner makes it call connect: those of the lesson, or else the first other
 * host that is no router; undefined if there is none.
 */
const targetOf = (run: Run, host: string): Extract<Action, {call: 'connect'}>['to'] | undefined => {
  const [own] = run.script.flatMap((cause) =>
    cause.host === host && cause.action.call === 'connect' ? [cause.action.to] : [],
  );
  const other = run.hosts.find(({name, router}) => name !== host && !router);
  return own ?? (other && {host: other.name, port: portOf(run)});
};

/** Returns the DNS lookup that the lesson's run makes, if the host has a DNS program that can make it; otherwise undefined. */
const questionOf = ({script, apps = []}: Run, host: string): Action | undefined =>
  apps.some(({host: on, spec}) => on === host && spec.spec.role !== 'authority')
    ? script.map(({action}) => action).find(({call}) => call === 'resolve')
    : undefined;

/**
 * Returns the action by which a host makes a call in a challenge; undefined if the call needs arguments for which a challenge cannot ask.
 */
const actionOf = (call: string, run: Run, host: string): Action | undefined => {
  switch (call) {
    case 'listen':
      return {call, port: portOf(run), read: 'auto'};
    case 'accept':
      return {call, port: portOf(run)};
    case 'connect': {
      const to = targetOf(run, host);
      return to && {call, to, read: 'auto'};
    }
    case 'resolve':
      return questionOf(run, host);
    case 'flushCache':
      return questionOf(run, host) && {call};
    case 'send':
      return {call, bytes: sentBytes};
    case 'receive':
      return {call, bytes: readBytes};
    case 'shutdown':
    case 'close':
    case 'abort':
    case 'status':
    case 'crash':
    case 'reboot':
      return {call};
    default:
      return undefined;
  }
};

const faultOf = (kind: FaultKind['kind']): FaultKind | undefined => {
  switch (kind) {
    case 'drop':
      return {kind};
    case 'delay':
      return {kind, byUs: delayUs};
    case 'dup':
      return {kind, afterUs: 0};
    case 'corrupt':
      return {kind, where: 'link'};
    case 'reorder':
      return {kind, places: 1};
    case 'edit':
      return undefined;
  }
};

/**
 * Returns the move by which the learner applies a fault to a packet. If the packet has arrived already, the move counts from its sending,
 * and everything after that is simulated again.
 */
export const faultMove = (
  {id, sentUs, dueUs}: Pick<PacketRecord, 'id' | 'sentUs' | 'dueUs'>,
  fault: FaultKind,
  nowUs: number,
): Move => ({
  kind: 'fault',
  atUs: dueUs > nowUs ? decidedAt(nowUs) : sentUs,
  fault: {...fault, at: {packet: id}},
});

/** Returns the moves that a challenge offers now: the calls of each host, then the faults for the selected packet. */
export const offersAt = (run: Run, {offer}: Challenge, {nowUs, packet}: Instant): readonly Move[] => {
  const atUs = decidedAt(nowUs);
  const calls = run.hosts.flatMap(({name: host, router}) =>
    router
      ? []
      : offer.calls.flatMap((call): Move[] => {
          const action = actionOf(call, run, host);
          return action ? [{kind: 'call', atUs, host, action}] : [];
        }),
  );
  if (packet === undefined || packet.lost || packet.sentUs > nowUs) return calls;
  const faults = offer.faults.flatMap((kind): Move[] => {
    const fault = faultOf(kind);
    return fault ? [faultMove(packet, fault, nowUs)] : [];
  });
  return [...calls, ...faults];
};
