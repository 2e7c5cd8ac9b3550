// The moves that a challenge offers at an instant: calls of each host's programs, and what may happen to a packet on its way.
import {decidedAt, type Move} from '../../lesson/attempt.ts';
import type {Challenge, Run} from '../../lesson/lesson.ts';
import type {Action} from '../../sim/action.ts';
import type {FaultKind} from '../../sim/fault.ts';
import type {PacketRecord} from '../../sim/trace.ts';

export type Instant = {
  readonly nowUs: number;
  /** The packet that is selected; only one that is still under way can be touched. */
  readonly packet: PacketRecord | undefined;
};

const usualPort = 80;
const sentBytes = 100;
const readBytes = 65_535;
const delayUs = 200_000;

/** The port that somebody listens at in the lesson. */
const portOf = ({script}: Run): number =>
  script.flatMap(({action}) => (action.call === 'listen' ? [action.port] : []))[0] ?? usualPort;

/** To whom this host connects: as in the lesson, else to the first other host. */
const targetOf = (run: Run, host: string): Extract<Action, {call: 'connect'}>['to'] | undefined => {
  const [own] = run.script.flatMap((cause) =>
    cause.host === host && cause.action.call === 'connect' ? [cause.action.to] : [],
  );
  const other = run.hosts.find(({name, router}) => name !== host && !router);
  return own ?? (other && {host: other.name, port: portOf(run)});
};

/** The lesson's question, on a host that can ask it. */
const questionOf = ({script, apps = []}: Run, host: string): Action | undefined =>
  apps.some(({host: on, spec}) => on === host && spec.spec.role !== 'authority')
    ? script.map(({action}) => action).find(({call}) => call === 'resolve')
    : undefined;

/** Undefined: this call needs to be told more than a challenge can ask for. */
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

/** Host by host, then what may happen to the packet. */
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
  if (packet === undefined || packet.lost || packet.sentUs > nowUs || packet.dueUs <= nowUs) return calls;
  const faults = offer.faults.flatMap((kind): Move[] => {
    const fault = faultOf(kind);
    return fault ? [{kind: 'fault', atUs, fault: {...fault, at: {packet: packet.id}}}] : [];
  });
  return [...calls, ...faults];
};
