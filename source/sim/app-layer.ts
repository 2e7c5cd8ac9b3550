// Runs the applications of a simulated host, DNS and HTTP: gives them events, turns their effects into TCP calls and datagrams, and logs
// what they did.
import type {StreamId} from '../stack/program.ts';
import {ruleOf} from '../stack/reason.ts';
import type {ConnectionId, TcpCall} from '../stack/tcp/effect.ts';
import {ropeFromBytes} from '../wire/rope.ts';
import type {Action, AppAction} from './action.ts';
import type {AppName} from './app-name.ts';
import {connectionOf, nameStream} from './app-streams.ts';
import {
  type AppCall,
  type AppEffect,
  type AppEvent,
  type AppNote,
  appOfCall,
  appStart,
  appStep,
  cookiesIn,
  isAnsweredLater,
} from './apps.ts';
import {byProgram, reasonIn, type Why} from './because.ts';
import {hashOf} from './chance.ts';
import {changeHost, type Draft, emit, emitCall, hostOf, lastEmitted, onBehalf, schedule} from './draft.ts';
import {activeOpen, passiveOpen} from './ports.ts';
import {addressesOf, listensAt} from './tap.ts';
import {runTcp} from './tcp-layer.ts';
import {callSecurely, connectSecurely} from './tls-layer.ts';
import {sendDatagram} from './udp-layer.ts';
import {wakeCauses} from './wake.ts';
import {wakeApp} from './wake-app.ts';
import type {AppCaller, Arrived, Pending} from './world.ts';

/** The application that acts in this step, and the packet that it handles, if one woke it. */
type Actor = {
  readonly host: string;
  readonly app: AppName;
  readonly arrived?: Arrived;
  /** The number of the event that woke the application. */
  readonly cause?: number | undefined;
  /** The number of the event that woke the application, if it ends what the application waits for. */
  readonly by?: number | undefined;
};

/** The rule by which an application answers a call, and the number of the event that is the reason; undefined if there is none. */
type Grounds = {readonly rule: Why; readonly behind: number | undefined};

const firstRule = (effects: readonly AppEffect[]): Why =>
  effects.flatMap((effect) => ('because' in effect ? (effect.because ?? []) : []))[0] ?? byProgram;

const timerKey = (app: AppName, timer: string): string => `${app} ${timer}`;

const setTimer = (draft: Draft, {host, app}: Actor, effect: Extract<AppEffect, {kind: 'timer'}>): void => {
  const {timer, op, because} = effect;
  const {appTimers} = hostOf(draft, host);
  const key = timerKey(app, timer);
  const dueUs = op === 'arm' ? effect.dueUs : draft.nowUs;
  if (op === 'cancel' && !appTimers.has(key)) return;
  changeHost(draft, host, {appTimers: op === 'arm' ? appTimers.with(key, dueUs) : appTimers.without(key)});
  emit(draft, {kind: 'app-timer', host, app, timer, op, dueUs, because});
  const cause = lastEmitted(draft);
  if (op === 'arm') schedule(draft, dueUs, {kind: 'app-timer', host, app, timer, dueUs, cause});
};

/** Fires an application's timer. An entry of the queue whose timer was moved or cancelled meanwhile is ignored. */
export const fireAppTimer = (draft: Draft, pending: Extract<Pending, {kind: 'app-timer'}>): void => {
  const {host, app, timer, dueUs} = pending;
  const {appTimers} = hostOf(draft, host);
  if (appTimers.get(timerKey(app, timer)) !== dueUs) return;
  changeHost(draft, host, {appTimers: appTimers.without(timerKey(app, timer))});
  runApp(draft, {host, app}, {kind: 'timer', timer}, (effects) =>
    emit(draft, {kind: 'app-timer', host, app, timer, op: 'fire', dueUs, because: firstRule(effects)}),
  );
};

const listen = (
  draft: Draft,
  {host, app}: Actor,
  {port, secure}: Extract<AppEffect, {kind: 'listen'}>,
): void => {
  const {tcpPorts, tls} = hostOf(draft, host);
  changeHost(draft, host, {tcpPorts: tcpPorts.with(`${port}`, app)});
  if (secure) changeHost(draft, host, {tls: {...tls, servers: tls.servers.with(`${port}`, secure)}});
  for (const ip of listensAt(draft, host)) callTcp(draft, host, passiveOpen(draft, host, {ip, port}));
};

const connect = (
  draft: Draft,
  {host, app}: Actor,
  {stream, to, secure, early}: Extract<AppEffect, {kind: 'connect'}>,
): void => {
  const connection = callTcp(draft, host, activeOpen(draft, host, to));
  if (connection === undefined) return;
  const owner = {app, stream};
  nameStream(draft, host, connection, owner);
  if (secure)
    connectSecurely(draft, {host, connection}, {owner, secure, port: to.port, early: early === true});
};

/** Makes a TCP call for an application; returns the connection that the call opened, undefined if it opened none. */
const callTcp = (draft: Draft, host: string, call: TcpCall): ConnectionId | undefined => {
  let opened: ConnectionId | undefined;
  runTcp(
    draft,
    host,
    {kind: 'call', call},
    {
      announce: ({result, connection}) => {
        if (result === 'ok') opened = connection;
      },
    },
  );
  return opened;
};

const onStream = (
  draft: Draft,
  {host, app}: Actor,
  stream: StreamId,
  callFor: (connection: ConnectionId) => TcpCall,
): void => {
  const connection = connectionOf(draft, host, app, stream);
  // If the connection was removed while the application was deciding, the call is left out.
  if (connection !== undefined) callTcp(draft, host, callFor(connection));
};

/** Writes data to an application's stream, ends writing or closes it; goes through TLS if the stream uses it. */
const useStream = (
  draft: Draft,
  actor: Actor,
  effect: Extract<AppEffect, {kind: 'write' | 'finish' | 'close'}>,
): void => {
  const {host, app} = actor;
  const connection = connectionOf(draft, host, app, effect.stream);
  const written = effect.kind === 'write' ? {data: effect.data} : {};
  if (connection === undefined) return;
  if (callSecurely(draft, {host, connection}, {call: effect.kind, ...written})) return;
  const data = effect.kind === 'write' ? ropeFromBytes(effect.data, app) : undefined;
  if (data) callTcp(draft, host, {call: 'SEND', connection, data});
  else callTcp(draft, host, {call: 'CLOSE', connection, reader: effect.kind === 'finish' ? 'stays' : 'gone'});
};

const bind = (draft: Draft, {host, app}: Actor, port: number): void => {
  const {udpPorts} = hostOf(draft, host);
  changeHost(draft, host, {udpPorts: udpPorts.with(`${port}`, app)});
};

const unbind = (draft: Draft, {host}: Actor, port: number): void => {
  const {udpPorts} = hostOf(draft, host);
  changeHost(draft, host, {udpPorts: udpPorts.without(`${port}`)});
};

const isStatusRead = (note: AppNote): note is Extract<AppNote, {kind: 'response'}> =>
  note.kind === 'response' && note.by === 'client' && note.op === 'started';

/** Returns the number of the newest event of the host in this instant that has this rule as its reason; undefined if there is none. */
const numberOf = (draft: Draft, host: string, rule: string): number | undefined => {
  const place = draft.events.findLastIndex((each) => each.host === host && ruleOf(each.because) === rule);
  return place < 0 ? undefined : draft.world.eventCount + place + 1;
};

/**
 * Returns the reason for an application's answer to a call: the rule that the answer or the last effect before it names, or that a
 * program decided it; and the event behind a failure, if that is known.
 */
const groundsOf = (
  draft: Draft,
  {host, by}: Actor,
  effects: readonly AppEffect[],
  returned: Extract<AppEffect, {kind: 'return'}>,
): Grounds => {
  const {because, reason, answer: given} = returned;
  const before = effects.slice(0, effects.indexOf(returned));
  const ruled = before.flatMap((effect) => ('because' in effect && effect.because ? [effect] : []));
  const last = ruled.at(-1);
  const rule = because ?? last?.because ?? byProgram;
  if (reason !== undefined) return {rule, behind: numberOf(draft, host, ruleOf(reason))};
  if (given.result === 'ok' || because !== undefined || (last && last.kind !== 'timer'))
    return {rule, behind: undefined};
  const told = ruled.findLast(({kind}) => kind === 'note');
  return {rule, behind: told ? numberOf(draft, host, ruleOf(told.because ?? rule)) : by};
};

const answer = (
  draft: Draft,
  host: string,
  {token, answer: given}: Extract<AppEffect, {kind: 'return'}>,
  {rule, behind}: Grounds,
): void => {
  const {appCalls} = hostOf(draft, host);
  const asked = appCalls.get(`${token}`);
  if (!asked) return;
  changeHost(draft, host, {appCalls: appCalls.without(`${token}`)});
  if (asked.by === 'app') {
    wakeApp(draft, host, asked.app, {event: {kind: 'told', token: asked.token, told: given}, by: behind});
    return;
  }
  // Calls that are answered at once need no event of their own for the answer, because the call's event has the result.
  if (!isAnsweredLater(asked.action.call)) return;
  const because = behind === undefined ? rule : {...reasonIn(rule), behind};
  emit(draft, {kind: 'answer', host, action: asked.action, answer: given, because});
  wakeCauses(draft, host, {event: 'answered', ...(asked.action.as ? {named: asked.action.as} : {})});
};

/** Tells whether a note says that an HTTP program has read a request or a response; what the program does next is about that message. */
const isMessageRead = (note: AppNote): boolean =>
  (note.kind === 'request' && note.op === 'received') || (note.kind === 'response' && note.by === 'client');

/**
 * Logs a note of an application, such as a request received. Calls of the script that wait for a status line which a client has read are
 * woken.
 */
const note = (
  draft: Draft,
  {host, app, arrived, cause}: Actor,
  effect: Extract<AppEffect, {kind: 'note'}>,
): void => {
  const {note: what, because} = effect;
  const from = arrived ? {fromPacket: arrived.packet} : {};
  const connection = 'stream' in what ? connectionOf(draft, host, app, what.stream) : undefined;
  if (isMessageRead(what)) draft.cause = cause;
  emit(draft, {kind: 'note', host, note: what, because, ...(connection ? {connection} : {}), ...from});
  if (isMessageRead(what)) draft.cause = lastEmitted(draft);
  if (isStatusRead(what)) wakeCauses(draft, host, {event: 'status', status: what.status});
};

/**
 * Carries out one effect of an application, such as a write or a timer; `effects` are all effects of the step, from which an answer's
 * reason is found.
 */
const obey = (draft: Draft, actor: Actor, effect: AppEffect, effects: readonly AppEffect[]): void => {
  const {host, app, arrived} = actor;
  const by = app === 'dns' ? 'DNS' : 'HTTP';
  switch (effect.kind) {
    case 'bind':
      bind(draft, actor, effect.port);
      break;
    case 'unbind':
      unbind(draft, actor, effect.port);
      break;
    case 'datagram':
      sendDatagram(draft, host, effect);
      break;
    case 'listen':
      listen(draft, actor, effect);
      break;
    case 'connect':
      onBehalf(draft, by, effect.because, () => connect(draft, actor, effect));
      break;
    case 'noDelay': {
      const options = {noDelay: true};
      onStream(draft, actor, effect.stream, (connection) => ({call: 'SET-OPTION', connection, options}));
      break;
    }
    case 'write':
      onBehalf(draft, by, effect.because, () => useStream(draft, actor, effect));
      break;
    case 'finish':
    case 'close':
      useStream(draft, actor, effect);
      break;
    case 'abort':
      onStream(draft, actor, effect.stream, (connection) => ({call: 'ABORT', connection}));
      break;
    case 'timer':
      setTimer(draft, actor, effect);
      break;
    case 'note':
      note(draft, actor, effect);
      break;
    case 'discard':
      if (arrived)
        emit(draft, {kind: 'drop', host, ...arrived, reason: 'discarded', because: effect.because});
      break;
    case 'return':
      answer(draft, host, effect, groundsOf(draft, actor, effects, effect));
      break;
    case 'ask':
      ask(draft, actor, effect);
      break;
  }
};

/**
 * Runs one step of an application. `announce` is called after the step and before its effects, so that the event of a call is logged first.
 */
const runApp = (
  draft: Draft,
  actor: Actor,
  event: AppEvent,
  announce?: (effects: readonly AppEffect[]) => void,
): void => {
  const {host, app} = actor;
  const state = hostOf(draft, host).apps.get(app);
  if (!state) return;
  const step = appStep(state, event, {
    nowUs: draft.nowUs,
    addresses: addressesOf(draft, host),
    chance: (...keys) => hashOf(draft.plan.scenario.seed, 'application', host, app, ...keys),
  });
  changeHost(draft, host, {apps: hostOf(draft, host).apps.with(app, step.state)});
  announce?.(step.effects);
  const {cause} = draft;
  for (const effect of step.effects) obey(draft, {...actor, cause}, effect, step.effects);
};

/** Gives an application an event that `wakeApp` has queued, unless the host was restarted meanwhile. */
export const appEvent = (draft: Draft, pending: Extract<Pending, {kind: 'app'}>): void => {
  const {host, app, event, boot, arrived, by} = pending;
  if (hostOf(draft, host).boot === boot) runApp(draft, {host, app, by, ...(arrived ? {arrived} : {})}, event);
};

export const startApps = (draft: Draft, host: string): void => {
  for (const {host: on, spec} of draft.plan.scenario.apps ?? []) {
    if (on !== host) continue;
    const {app} = spec;
    const {apps} = hostOf(draft, host);
    if (!apps.has(app)) changeHost(draft, host, {apps: apps.with(app, appStart(spec))});
    wakeApp(draft, host, app, {event: {kind: 'start'}});
  }
};

const newToken = (draft: Draft, host: string, caller: AppCaller): number => {
  const {appCalls, appCallsMade: token} = hostOf(draft, host);
  changeHost(draft, host, {appCalls: appCalls.with(`${token}`, caller), appCallsMade: token + 1});
  return token;
};

const ask = (draft: Draft, {host, app}: Actor, {token, asked}: Extract<AppEffect, {kind: 'ask'}>): void => {
  const own = newToken(draft, host, {by: 'app', app, token});
  wakeApp(draft, host, appOfCall[asked.call], {event: {kind: 'call', token: own, call: asked}});
};

export const isAppAction = (action: Action): action is AppAction => action.call in appOfCall;

const callOf = (
  draft: Draft,
  {as: _as, cookiesFrom, ...call}: AppAction,
): Exclude<AppCall, {call: 'measured'}> => {
  if (cookiesFrom === undefined || !('url' in call) || call.call === 'open') return call;
  const owner = hostOf(draft, cookiesFrom).apps.get('http');
  return {...call, cookies: (owner && cookiesIn(owner, call.url, draft.nowUs)) ?? ''};
};

/** Makes a call of the run's script to an application of the host; the result is ENOSYS if the host does not run it. */
export const callApp = (draft: Draft, host: string, action: AppAction): void => {
  const call = callOf(draft, action);
  const app = appOfCall[call.call];
  const announce = (result: string): void => emitCall(draft, host, action, {result});
  if (!hostOf(draft, host).apps.has(app)) {
    announce('ENOSYS');
    return;
  }
  const token = newToken(draft, host, {by: 'script', action});
  runApp(draft, {host, app}, {kind: 'call', token, call}, (effects) => {
    const atOnce = effects.find((effect) => effect.kind === 'return' && effect.token === token);
    announce(atOnce?.kind === 'return' && !isAnsweredLater(call.call) ? atOnce.answer.result : 'ok');
  });
};
