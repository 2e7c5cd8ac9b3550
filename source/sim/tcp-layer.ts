// Runs a host's TCP in the simulation: gives it events, sends and logs its effects, wakes the programs.
import type {TcpEffect, TcpEvent, TcpSignal} from '../stack/tcp/effect.ts';
import {initialSequenceNumber} from '../stack/tcp/isn.ts';
import {tcpStep} from '../stack/tcp/tcp.ts';
import {forgetStream, tellData, tellSignal} from './app-streams.ts';
import {byProgram, reasonIn, type Why} from './because.ts';
import {chosenFor, isByHand} from './by-hand.ts';
import {hashOf} from './chance.ts';
import {changeHost, type Draft, emit, emitWith, hostOf, lastEmitted, schedule} from './draft.ts';
import {noteHeard} from './heartbeat-watch.ts';
import {ownPacket, sendPacket} from './ip-layer.ts';
import {translateOwn} from './nat.ts';
import {offloaded} from './offload.ts';
import {operandsIn} from './operands.ts';
import {changeProgram, programOf} from './programs.ts';
import type {TriggerName} from './scenario.ts';
import {type CallResult, outlive, take} from './socket.ts';
import {wakeCauses} from './wake.ts';
import type {Arrived} from './world.ts';

const triggerOf: {readonly [signal in TcpSignal]: TriggerName} = {
  connected: 'connected',
  accepted: 'accepted',
  eof: 'eof',
  urgent: 'urgent',
  closed: 'closed',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timedOut',
  EPIPE: 'reset',
};

const signal = (draft: Draft, host: string, effect: Extract<TcpEffect, {kind: 'signal'}>): void => {
  const {connection, signal: what, because} = effect;
  emit(draft, {kind: 'signal', host, connection, signal: what, because});
  take(draft, host, effect);
  if (effect.signal === 'accepted') changeHost(draft, host, {newest: effect.connection});
  wakeCauses(draft, host, {event: triggerOf[effect.signal], connection: effect.connection});
  tellSignal(draft, host, effect.connection, effect.signal);
};

const deliver = (draft: Draft, host: string, effect: Extract<TcpEffect, {kind: 'deliver'}>): void => {
  const {connection, data, because} = effect;
  emit(draft, {kind: 'deliver', host, connection, bytes: data.length, because});
  const before = programOf(draft, host, connection).receivedBytes;
  changeProgram(draft, host, connection, {receivedBytes: before + data.length});
  noteHeard(draft, host, connection, [before, before + data.length]);
  wakeCauses(draft, host, {event: 'received', connection, bytes: [before, before + data.length]});
  tellData(draft, host, connection, data);
};

/** Returns the reason of a TCP effect, with the reasons of TLS and the application if one of them asked for it. */
const withAbove = ({above}: Draft, because: Why): Why =>
  above.length > 0 ? {...reasonIn(because), above} : because;

const send = (draft: Draft, host: string, effect: Extract<TcpEffect, {kind: 'send'}>): void => {
  const {src, dst, connection, ecn = 0} = effect;
  const because = withAbove(draft, effect.because);
  const chosen = chosenFor(draft, host, effect.segment);
  if (!chosen) return;
  const {segment, ...own} = chosen;
  const retransmission = effect.retransmission && segment.seq === effect.segment.seq;
  const packet = ownPacket({src, dst, trafficClass: ecn}, {kind: 'tcp', segment});
  const {packet: outside} = translateOwn(draft, host, packet);
  sendPacket(draft, host, {
    packet: outside,
    tag: {retransmission, because, ...own, ...(connection ? {connection} : {})},
  });
  if (segment.payload.length > 0) draft.above = draft.above.map((each) => ({...each, goesOn: true}));
};

/** The packet of a TCP event without one, such as a call or a timer. It is never shown, because only segments can be discarded. */
const noPacket: Arrived = {packet: 0, hop: 0};

const setTimer = (draft: Draft, host: string, effect: Extract<TcpEffect, {kind: 'timer'}>): void => {
  const {connection, name, op, because} = effect;
  const dueUs = effect.op === 'arm' ? effect.dueUs : draft.nowUs;
  const told = !isByHand(draft, host);
  if (told) emit(draft, {kind: 'timer', host, connection, name, op, dueUs, because});
  const cause = told ? lastEmitted(draft) : undefined;
  if (op === 'arm') schedule(draft, dueUs, {kind: 'timer', host, connection, name, dueUs, cause});
};

const changeState = (draft: Draft, host: string, effect: Extract<TcpEffect, {kind: 'state'}>): void => {
  const {connection, from, to} = effect;
  // No state is logged for a host played by hand, because its stack's state is wrong if the learner has sent other segments.
  if (!isByHand(draft, host))
    emit(draft, {kind: 'state', host, connection, from, to, because: withAbove(draft, effect.because)});
  if (effect.to === 'CLOSED' || effect.to === 'LISTEN') {
    outlive(draft, host, effect.connection);
    forgetStream(draft, host, effect.connection);
  }
};

const obey = (draft: Draft, host: string, effect: TcpEffect, arrived: Arrived): void => {
  switch (effect.kind) {
    case 'send':
      send(draft, host, effect);
      break;
    case 'state':
      changeState(draft, host, effect);
      break;
    case 'timer':
      setTimer(draft, host, effect);
      break;
    case 'deliver':
      deliver(draft, host, effect);
      break;
    case 'signal':
      signal(draft, host, effect);
      break;
    case 'discard': {
      const {connection, because} = effect;
      emit(draft, {
        kind: 'drop',
        host,
        reason: 'discarded',
        because,
        ...arrived,
        ...(connection ? {connection} : {}),
      });
      break;
    }
    case 'held': {
      const {connection, op, because} = effect;
      if (!isByHand(draft, host)) draft.held.push({host, connection, op, because});
      break;
    }
    case 'return':
      // The result is logged in the event of the call.
      break;
  }
};

type Telling = {
  readonly arrived?: Arrived;
  readonly announce?: (outcome: CallResult) => void;
  /** Called before the effects of the TCP step, with the rule of the first effect. */
  readonly begins?: (because: Why) => void;
};

/**
 * Runs one step of a host's TCP. `announce` is called with a call's result after the step and before its effects, because the call is
 * logged before what it causes.
 */
export const runTcp = (draft: Draft, host: string, event: TcpEvent, more: Telling = {}): void => {
  const {nowUs, plan} = draft;
  const settings = plan.settings.get(host);
  const secrets = plan.secrets.get(host);
  if (!settings || !secrets) return;
  const {tcp, effects} = tcpStep(hostOf(draft, host).tcp, event, {
    nowUs,
    settings,
    timestampOffset: (local, remote) => hashOf(plan.scenario.seed, 'timestamps', local.ip, remote.ip),
    isn: (local, remote) => initialSequenceNumber(secrets.isn, nowUs, {local, remote}),
    secret: secrets.cookie,
  });
  changeHost(draft, host, {tcp});
  more.begins?.(effects[0]?.because ?? byProgram);
  const returned = effects.find((effect) => effect.kind === 'return');
  if (returned) emitWith(draft, operandsIn(returned, event), () => more.announce?.(returned));
  else more.announce?.({result: 'ok'});
  for (const effect of offloaded(plan, host, effects))
    emitWith(draft, operandsIn(effect, event), () => obey(draft, host, effect, more.arrived ?? noPacket));
};
