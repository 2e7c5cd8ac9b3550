// The state of one run of a packetdrill script, and what each kind of event (packet, system call, command, code) does to it.

import type {Position} from '../../lesson/position.ts';
import type {ProfileName, TcpSettings} from '../../stack/tcp/settings.ts';
import {connectionId, type Socket} from '../../wire/connection-id.ts';
import {seqAdd} from '../../wire/seq.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {packetdrillRunnerSentences} from '../../words/catalogue/drills-packetdrill.ts';
import type {Addresses} from './addresses.ts';
import type {CallContext, Outcome} from './calls.ts';
import {Code} from './code-run.ts';
import {difference, type Rules} from './compare.ts';
import {Epoll} from './epoll.ts';
import {
  absentFault,
  type Fault,
  isInTime,
  missingFault,
  packetFault,
  resultFault,
  type TimeRange,
  timeFault,
} from './failure.ts';
import {type HostStep, StackHost} from './host.ts';
import {infoField} from './info.ts';
import {type KnobValues, settingsFrom, suiteDefaults, suiteSendBytes} from './knobs.ts';
import {Lateness} from './lateness.ts';
import {
  fromWire,
  learnStamp,
  noOrigins,
  noStamps,
  type Origins,
  scriptStamp,
  stampOf,
  toWire,
} from './numbers.ts';
import {dropInState, sockstatFault} from './observe-sockets.ts';
import {Outbox, type Sent} from './outbox.ts';
import {callFault, endLate, type PendingCall, retryCall} from './pending-call.ts';
import type {Recorder} from './record.ts';
import type {Command, IcmpSpec, PacketSpec, ScriptEvent, Syscall} from './script.ts';
import {type ScriptOption, scriptOption} from './script-option.ts';
import {limitsFrom, linuxLimits} from './send-memory.ts';
import {type Ports, Sockets} from './sockets.ts';
import {performCall} from './syscall.ts';
import {Tallies} from './tally.ts';
import {shareOf, Timing} from './timing.ts';
import {Wakes} from './wakes.ts';

/** How much later than the script says a packet may leave and still be compared, in µs; after that it counts as missing. */
const patienceUs = 2_000_000;
/** How long an expected packet without a time (`*`) is waited for, in µs of simulated time: a day. */
const longestWaitUs = 86_400_000_000;

export type RunnerOptions = {
  readonly settings: TcpSettings;
  readonly profile: ProfileName;
  /**
   * True if the script is run as on a real Linux host, whose send buffers are measured by their memory; false for other profiles, and if
   * the script itself names the profile `linux`.
   */
  readonly isLinux: boolean;
  readonly addresses: Addresses;
  readonly recorder: Recorder;
  readonly mostSteps: number;
};

type PlacedFault = Fault & {readonly position?: Position};

export class Runner {
  readonly #sockets: Sockets;
  readonly #host: StackHost;
  readonly #outbox = new Outbox();
  readonly #recorder: Recorder;
  readonly #context: CallContext;
  readonly #linux: boolean;
  readonly #timing = new Timing();
  readonly #lateness = new Lateness(() => this.#settings.timers === 'wheel');
  readonly #code = new Code();
  readonly #wakes = new Wakes();
  readonly #tallies = new Tallies();
  /** Maps a descriptor of the script that is no socket to its meaning: a file, a pipe or an epoll instance. */
  readonly #things = new Map<number, object>();
  #limits = linuxLimits;
  #base: TcpSettings;
  #settings: TcpSettings;
  #knobs: KnobValues = new Map();
  #origins: Origins = noOrigins;
  #stamps = noStamps;
  #told: ScriptOption = {};
  #pending: PendingCall | undefined;

  constructor({settings, profile, isLinux, addresses, recorder, mostSteps}: RunnerOptions) {
    this.#linux = profile === 'linux';
    this.#base = settings;
    this.#settings = settings;
    this.#recorder = recorder;
    const sockets = new Sockets({wholeSegments: profile === 'freebsd', addresses});
    this.#sockets = sockets;
    this.#host = new StackHost({
      settingsOf: (event) => sockets.settingsFor(event, this.#settings),
      watch: (step) => this.#watch(step),
      mostSteps,
    });
    this.#context = {
      host: this.#host,
      sockets,
      profile,
      settings: () => this.#settings,
      readMode: () => (this.#knobs.get('packet_tutor.read') === 'auto' ? 'auto' : 'manual'),
      queuesEarly: () => profile === 'rfc' || this.#knobs.has('packet_tutor.read'),
      announce: (action) => recorder.announce(action),
      countsMemory: isLinux,
      limits: () => this.#limits,
      things: this.#things,
    };
  }

  /** Applies an option of the script, a line that begins with `--`; returns the fault if its value is invalid or unsupported. */
  setOption(name: string, value: string): Fault | undefined {
    const {fault, mss, share, toleranceUs, ...told} = scriptOption(name, value);
    if (share !== undefined) this.#timing.share = share;
    if (toleranceUs !== undefined) this.#timing.toleranceUs = toleranceUs;
    this.#told = {...this.#told, ...told};
    return mss === undefined ? fault : this.#setKnob('packet_tutor.tcp.mss', mss);
  }

  perform(event: ScriptEvent): PlacedFault | undefined {
    return this.#act(event, this.#timing.rangeOf(event, this.#host.nowUs));
  }

  /** Ends the script's run: waits for a call that still blocks, and returns its fault; undefined if its result is right. */
  end(): PlacedFault | undefined {
    return this.#settlePending();
  }

  #act({action, time, position}: ScriptEvent, range: TimeRange): PlacedFault | undefined {
    if (action.kind === 'expect') return this.#expect(action.packet, range, time.kind === 'any');
    // Timers on a timer wheel are always a little late, so events of the script at the same instant come first, except code.
    const late = this.#settings.timers === 'wheel' && action.kind !== 'code';
    this.#host.advance(range.fromUs, {late});
    switch (action.kind) {
      case 'inject':
        return this.#inject(action.packet);
      case 'icmp':
        return this.#injectError(action.message);
      case 'syscall':
        return this.#call(action.call, range, position);
      case 'command':
        return firstFault(action.commands, (command) => this.#command(command));
      case 'code':
        return this.#code.run(action.statements, (name) => this.#field(name));
    }
  }

  /** Returns a field of TCP_INFO of the socket that the script made last; undefined if there is no socket or the field is not kept. */
  #field(name: string): string | number | undefined {
    const {newest: socket} = this.#sockets;
    const {profile} = this.#context;
    const {tcp, nowUs} = this.#host;
    const settings = this.#settings;
    return (
      socket && infoField({tcp, socket, settings, profile, nowUs, tally: this.#tallies.get(socket)}, name)
    );
  }

  #watch(step: HostStep): void {
    this.#recorder.step(step);
    const changed = this.#sockets.watch(step);
    this.#tallies.after(step, changed);
    this.#wakes.after(step, {context: this.#context, changed}, (socket, key) => {
      for (const thing of this.#things.values()) if (thing instanceof Epoll) thing.wake(socket, key);
    });
    const lateUs = this.#lateness.of(step);
    for (const effect of step.effects) {
      if (effect.kind !== 'send') continue;
      const {segment, ecn} = effect;
      this.#learnOrigins(step);
      const bits = ecn === undefined ? 'noecn' : 'ect0';
      this.#outbox.add({atUs: step.nowUs, lateUs, segment, origins: this.#origins, ecn: bits});
    }
    this.#learnOrigins(step);
    if (this.#pending !== undefined) retryCall(this.#pending, step.nowUs);
  }

  /** Notes the ISNs of the script's connection, from which its numbers count, as soon as the stack knows them. */
  #learnOrigins({tcp, effects}: HostStep): void {
    const {ports} = this.#sockets;
    if (ports === undefined) return;
    const {local, remote} = this.#endsAt(ports);
    const id = connectionId(local, remote);
    const connection = tcp.connections.get(id);
    if (connection !== undefined) this.#origins = {local: connection.iss, remote: connection.irs};
    else this.#origins = cookieOrigins(effects, ports) ?? this.#origins;
  }

  #endsAt({local, remote}: Ports): {readonly local: Socket; readonly remote: Socket} {
    const {addresses} = this.#sockets;
    return {
      local: {ip: addresses.local, port: local},
      remote: {ip: addresses.remote, port: remote},
    };
  }

  #inject(packet: PacketSpec): Fault | undefined {
    if (this.#sockets.ports === undefined) this.#origins = noOrigins;
    const ports = this.#sockets.portsForPacket();
    const segment = toWire(packet, {
      origins: this.#origins,
      stamps: this.#stamps,
      ports,
      scaled: this.#told.scaledEchoes === true,
    });
    if (segment === undefined) {
      return packetdrillRunnerSentences.inject;
    }
    const {local: dst, remote: src} = this.#sockets.addresses;
    this.#host.step({kind: 'segment', src, dst, segment, marked: packet.ecn === 'ce'});
    return undefined;
  }

  /**
   * Injects an ICMP error about a segment of the host under test. The script's quoted sequence number counts from the host's ISN; without
   * one, the ISN itself is quoted.
   */
  #injectError({type, code, mtu, quotedSeq}: IcmpSpec): Fault | undefined {
    if (quotedSeq === undefined && this.#sockets.ports === undefined)
      return missingFault('icmp', `type ${type} code ${code}`);
    this.#host.step({
      kind: 'icmp',
      ...this.#endsAt(this.#sockets.portsForPacket()),
      seq: seqAdd(this.#origins.local, quotedSeq ?? 0),
      type,
      code,
      mtu,
    });
    return undefined;
  }

  #expect(expected: PacketSpec, range: TimeRange, anyTime: boolean): Fault | undefined {
    const patientUs = anyTime ? this.#host.nowUs + longestWaitUs : range.untilUs + patienceUs;
    const sent = this.#nextPacket(expected, patientUs);
    if (sent === undefined) return absentFault(expected, patientUs);
    const actual = {...fromWire(sent.segment, sent.origins), ecn: expected.ecn && sent.ecn};
    this.#stamps = learnStamp(this.#stamps, expected, actual);
    const what = difference(expected, actual, this.#rules(range));
    if (what !== undefined) return packetFault(expected, this.#inScriptTime(actual), what);
    if (anyTime || isInTime(range, sent.atUs, sent.lateUs)) return undefined;
    return timeFault(packetdrillRunnerSentences.expect, range, sent.atUs);
  }

  #rules({fromUs}: TimeRange): Rules {
    // Timestamps are compared by their distance from the first one, so the tolerance grows with the time since the start.
    const toleranceUs = Math.max(this.#timing.toleranceUs, shareOf(fromUs));
    return {stamps: this.#stamps, tickUs: this.#told.tickUs, toleranceUs};
  }

  /** Returns a packet that the stack sent with its timestamp counted as the script counts it, for the failure's message. */
  #inScriptTime(actual: PacketSpec): PacketSpec {
    if (actual.options === 'any' || stampOf(actual.options) === undefined) return actual;
    const options = actual.options.map((option) =>
      option.kind === 'timestamps' ? {...option, val: scriptStamp(this.#stamps, option.val)} : option,
    );
    return {...actual, options};
  }

  #nextPacket({lengthBytes}: PacketSpec, patientUs: number): Sent | undefined {
    const {ports} = this.#sockets;
    while (!this.#outbox.has(ports)) {
      const dueUs = this.#host.nextDueUs;
      if (dueUs === undefined || dueUs > patientUs) return undefined;
      this.#host.fireNext();
    }
    if (this.#told.strict) return this.#outbox.takeWhole(ports, this.#settings.push === 'packet');
    return this.#outbox.take(ports, this.#linux ? lengthBytes : 0);
  }

  #call(call: Syscall, range: TimeRange, position: Position): PlacedFault | undefined {
    const fault = this.#settlePending();
    if (fault !== undefined) return fault;
    const outcome = performCall(this.#context, call);
    if (call.blocksUs !== undefined) {
      const endUs = range.fromUs + call.blocksUs;
      const toleranceUs = Math.max(range.toleranceUs, shareOf(call.blocksUs));
      const returnedUs = outcome.kind === 'blocked' ? undefined : this.#host.nowUs;
      this.#pending = {call, position, endUs, toleranceUs, outcome, returnedUs};
      return undefined;
    }
    const mismatch = resultFault(call, outcome);
    if (mismatch === undefined) this.#name(call, outcome);
    return mismatch;
  }

  /** Gives the socket, file, pipe or epoll instance that a call made the descriptor that the script says. */
  #name({result}: Syscall, outcome: Outcome): void {
    if (result.kind !== 'number') return;
    if (outcome.kind === 'descriptor') this.#sockets.bindDescriptor(result.value, outcome.socket);
    if (outcome.kind === 'made') outcome.bind(result.value);
  }

  /**
   * Lets time pass until the blocking call returns, at most until its end in the script; returns the fault if its result or time differs.
   */
  #settlePending(): PlacedFault | undefined {
    const pending = this.#pending;
    if (pending === undefined) return undefined;
    if (pending.outcome.kind === 'blocked') {
      const dueUs = pending.outcome.ends?.dueUs ?? Number.POSITIVE_INFINITY;
      this.#host.advance(Math.min(dueUs, pending.endUs + pending.toleranceUs));
      endLate(pending, this.#host.nowUs);
    }
    this.#pending = undefined;
    const fault = callFault(pending);
    if (fault === undefined) this.#name(pending.call, pending.outcome);
    return fault;
  }

  #setKnob(name: string, value: string): Fault | undefined {
    const knobs = new Map([...this.#knobs, [name, value]]);
    const settings = settingsFrom(this.#base, knobs);
    if (!settings.ok) return settings.error;
    this.#knobs = knobs;
    this.#settings = settings.value;
    this.#limits = limitsFrom(this.#limits, name, value);
    return undefined;
  }

  #command(command: Command): Fault | undefined {
    switch (command.kind) {
      case 'sysctl':
        return this.#setKnob(command.name, command.value);
      case 'sockstat':
        return sockstatFault(this.#host.tcp, this.#sockets, command);
      case 'tcpdrop':
        dropInState(this.#host, this.#sockets, command.state);
        return undefined;
      case 'queue':
        return this.#setKnob('packet_tutor.tcp.deviceQueue', command.full ? 'full' : 'open');
      case 'suite-defaults':
        this.#base = suiteDefaults(this.#base);
        this.#settings = suiteDefaults(this.#settings);
        this.#limits = {...this.#limits, usualBytes: suiteSendBytes};
        return undefined;
      case 'forget-peers':
        this.#host.tcp = {...this.#host.tcp, fastOpenPeers: new Map()};
        return undefined;
      case 'nothing':
        return undefined;
      case 'unknown':
        return missingFault('command', command.text);
    }
  }
}

/**
 * Returns both ISNs from a SYN or SYN,ACK that was just sent. A SYN,ACK with a SYN cookie leaves no connection that would have them.
 * Undefined if none was sent.
 */
const cookieOrigins = (effects: HostStep['effects'], {local, remote}: Ports): Origins | undefined => {
  for (const effect of effects) {
    if (effect.kind !== 'send') continue;
    const {segment} = effect;
    const mine = segment.srcPort === local && segment.dstPort === remote;
    if (mine && hasFlag(segment, 'SYN')) return {local: segment.seq, remote: seqAdd(segment.ack, -1)};
  }
  return undefined;
};

const firstFault = <T>(items: readonly T[], judge: (item: T) => Fault | undefined): Fault | undefined => {
  for (const item of items) {
    const fault = judge(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
};
