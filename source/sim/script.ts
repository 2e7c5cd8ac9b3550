// Turns the script's causes, which are what programs and people do, into calls to the stack (RFC 9293 §3.9.1).

import type {ConnectionId, TcpCall} from '../stack/tcp/effect.ts';
import {listenerId} from '../wire/connection-id.ts';
import {ropeOf} from '../wire/rope.ts';
import type {Action} from './action.ts';
import {callApp, isAppAction, startApps} from './app-layer.ts';
import {offsetText} from './byte-stream.ts';
import {changeHost, changeLink, type Draft, emitCall, hostOf} from './draft.ts';
import {forgeAnswers} from './forge.ts';
import {given} from './given.ts';
import {startHeartbeat} from './heartbeat.ts';
import {leakKey} from './leak-key.ts';
import {connectionCall, type OnConnection, type ProgramCall, perform} from './perform.ts';
import {activeOpen, passiveOpen} from './ports.ts';
import {powerOn} from './power-on.ts';
import {replayPacket} from './replay-packet.ts';
import type {Cause} from './scenario.ts';
import {spoofSyn} from './spoof.ts';
import {addressOf} from './topology.ts';
import {scheduleCause} from './wake.ts';

const listenCall = (draft: Draft, host: string, action: Extract<Action, {call: 'listen'}>): TcpCall => {
  const local = {ip: addressOf(draft.plan.topology, host), port: action.port};
  const {read, accept = 'auto', backlog} = action;
  return {...passiveOpen(draft, host, local), read, accept, ...given({backlog})};
};

const connectCall = (draft: Draft, host: string, action: Extract<Action, {call: 'connect'}>): TcpCall => {
  const remote = {ip: addressOf(draft.plan.topology, action.to.host), port: action.to.port};
  const {from, iss, read} = action;
  const data = action.data === undefined ? undefined : ropeOf(offsetText, 0, action.data);
  return {...activeOpen(draft, host, remote, from), read, ...given({iss, data})};
};

const setPower = (draft: Draft, host: string, action: Extract<Action, {call: 'crash' | 'reboot'}>): void => {
  const {boot} = hostOf(draft, host);
  changeHost(draft, host, {...powerOn, up: action.call === 'reboot', boot: boot + 1});
  emitCall(draft, host, action);
  if (action.call === 'reboot') startApps(draft, host);
};

const targetOf = (
  draft: Draft,
  host: string,
  action: Pick<OnConnection, 'of'>,
  trigger: ConnectionId | undefined,
): ConnectionId | undefined => {
  const {names, newest} = hostOf(draft, host);
  return action.of === undefined ? (trigger ?? newest) : names.get(action.of);
};

/**
 * Returns the connection whose event woke a cause of the script; undefined if that event was on another host, because it does not tell
 * which connection of this host is meant.
 */
const ownTrigger = ({host, when}: Cause, trigger: ConnectionId | undefined): ConnectionId | undefined =>
  when.kind === 'on' && when.host === host ? trigger : undefined;

const callFor = (
  draft: Draft,
  cause: Cause,
  action: ProgramCall,
  trigger: ConnectionId | undefined,
): TcpCall | undefined => {
  const {host} = cause;
  if (action.call === 'listen') return listenCall(draft, host, action);
  if (action.call === 'accept') {
    const local = {ip: addressOf(draft.plan.topology, host), port: action.port};
    return {call: 'ACCEPT', connection: listenerId(local)};
  }
  if (action.call === 'connect') return connectCall(draft, host, action);
  const connection = targetOf(draft, host, action, ownTrigger(cause, trigger));
  return connection === undefined ? undefined : connectionCall(draft, host, action, connection);
};

const setLink = (draft: Draft, host: string, action: Extract<Action, {call: 'setLink'}>): void => {
  const [end = host] = draft.plan.topology.links.get(action.link)?.between ?? [];
  emitCall(draft, end, action);
  changeLink(draft, action.link, action.change);
};

type Due = {readonly index: number; readonly repetition: number; readonly connection?: ConnectionId};

/** Performs a cause of the script. `connection` is the one whose event woke it; undefined if the cause has a time. */
export const performCause = (draft: Draft, {index, repetition, connection}: Due): void => {
  const cause = draft.plan.scenario.script[index];
  if (!cause) return;
  const {host, action} = cause;
  if (action.call === 'crash' || action.call === 'reboot') setPower(draft, host, action);
  else if (action.call === 'replay') replayPacket(draft, index, host, action);
  else if (action.call === 'leakKey') leakKey(draft, host, action);
  else if (action.call === 'setLink') setLink(draft, host, action);
  else if (!hostOf(draft, host).up) emitCall(draft, host, action, {result: 'EHOSTDOWN'});
  else if (action.call === 'spoofSyn') spoofSyn(draft, host, action, repetition);
  else if (action.call === 'forgeAnswer') forgeAnswers(draft, host, action, repetition);
  else if (action.call === 'heartbeat')
    startHeartbeat(draft, host, action, targetOf(draft, host, action, ownTrigger(cause, connection)));
  else if (isAppAction(action)) callApp(draft, host, action);
  else perform(draft, host, action, callFor(draft, cause, action, connection));
};

/** Queues the causes of the script that have a time; the others are queued when the event that they wait for happens. */
export const scheduleScript = (draft: Draft): void => {
  draft.plan.scenario.script.forEach(({when}, index) => {
    if (when.kind === 'at') scheduleCause(draft, index, {atUs: when.atUs});
  });
};
