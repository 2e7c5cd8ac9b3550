// Two hosts and one link between them: the smallest world in which the machine can be tested. Time is whole µs.

import type {TcpCall, TcpEffect, TcpEvent} from '../../../source/stack/tcp/effect.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import type {ToldEffect} from '../../../source/stack/tcp/turn.ts';
import {ropeFromBytes, ropeToBytes} from '../../../source/wire/rope.ts';
import {type Seq, seq} from '../../../source/wire/seq.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';

export type HostName = 'A' | 'B';

export const IP = {A: '192.0.2.10', B: '198.51.100.20'} as const;
export const A = {ip: IP.A, port: 40_000};
export const B = {ip: IP.B, port: 80};
export const AB = '192.0.2.10:40000 > 198.51.100.20:80';
export const BA = '198.51.100.20:80 > 192.0.2.10:40000';
export const LISTENER = '198.51.100.20:80 > *';

export const other = (host: HostName): HostName => (host === 'A' ? 'B' : 'A');

/** When the copies of a segment arrive, in µs after it was sent; empty: it is lost. */
export type Fate = (sent: {n: number; from: HostName; segment: TcpSegment}) => readonly number[];

export type Entry = {
  readonly atUs: number;
  readonly host: HostName;
  readonly event: TcpEvent;
  readonly before: Tcp;
  readonly after: Tcp;
  readonly effects: readonly ToldEffect[];
  readonly settings: TcpSettings;
};

export type Options = {
  readonly settings: {readonly A: TcpSettings; readonly B: TcpSettings};
  readonly fate?: Fate;
  readonly isn?: (host: HostName) => Seq;
  /** What the application of a host does about an effect. */
  readonly app?: (world: World, host: HostName, effect: TcpEffect) => void;
};

type Due = {readonly atUs: number; readonly order: number; readonly host: HostName; readonly event: TcpEvent};

const DELAY_US = 50_000;

export class World {
  tcp: {A: Tcp; B: Tcp} = {A: emptyTcp, B: emptyTcp};
  nowUs = 0;
  readonly log: Entry[] = [];
  readonly sent: {readonly atUs: number; readonly from: HostName; readonly segment: TcpSegment}[] = [];
  readonly options: Options;
  private queue: Due[] = [];
  private order = 0;

  constructor(options: Options) {
    this.options = options;
  }

  call(atUs: number, host: HostName, call: TcpCall): void {
    this.post(atUs, host, {kind: 'call', call});
  }

  post(atUs: number, host: HostName, event: TcpEvent): void {
    const due = {atUs, order: this.order++, host, event};
    const index = this.queue.findLastIndex((d) => d.atUs <= atUs);
    this.queue.splice(index + 1, 0, due);
  }

  /** Runs until nothing is left or a bound is met; says whether nothing is left. */
  run({untilUs = Number.POSITIVE_INFINITY, maxEvents = 20_000} = {}): boolean {
    for (let n = 0; n < maxEvents; n += 1) {
      const [next] = this.queue;
      if (next === undefined) return true;
      if (next.atUs > untilUs) break;
      this.queue.shift();
      this.nowUs = next.atUs;
      this.step(next.host, next.event);
    }
    return false;
  }

  step(host: HostName, event: TcpEvent): readonly TcpEffect[] {
    const settings = this.options.settings[host];
    const isn = (): Seq => this.options.isn?.(host) ?? seq(host === 'A' ? 1000 : 9000);
    const before = this.tcp[host];
    const {tcp, effects} = tcpStep(before, event, {nowUs: this.nowUs, settings, isn});
    this.tcp[host] = tcp;
    this.log.push({atUs: this.nowUs, host, event, before, after: tcp, effects, settings});
    for (const effect of effects) this.perform(host, effect);
    return effects;
  }

  private perform(host: HostName, effect: TcpEffect): void {
    if (effect.kind === 'send') {
      const {segment, src, dst} = effect;
      const n = this.sent.push({atUs: this.nowUs, from: host, segment});
      const fate = this.options.fate?.({n, from: host, segment}) ?? [DELAY_US];
      for (const delayUs of fate)
        this.post(this.nowUs + delayUs, other(host), {kind: 'segment', src, dst, segment});
    }
    if (effect.kind === 'timer' && effect.op === 'arm') {
      this.post(effect.dueUs, host, {kind: 'timeout', connection: effect.connection, name: effect.name});
    }
    this.options.app?.(this, host, effect);
  }

  /** `A SYN-SENT`, in the order of the effects. */
  states(host: HostName): readonly string[] {
    return this.effects(host).flatMap((e) => (e.kind === 'state' ? [`${e.from} > ${e.to}`] : []));
  }

  effects(host: HostName): readonly TcpEffect[] {
    return this.log.filter((entry) => entry.host === host).flatMap((entry) => entry.effects);
  }

  signals(host: HostName): readonly string[] {
    return this.effects(host).flatMap((e) => (e.kind === 'signal' ? [e.signal] : []));
  }

  delivered(host: HostName): Uint8Array {
    const parts = this.effects(host).flatMap((e) => (e.kind === 'deliver' ? [ropeToBytes(e.data)] : []));
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }

  stateOf(host: HostName, id: string): string {
    return (
      this.tcp[host].connections.get(id)?.state ??
      (this.tcp[host].listeners.has(LISTENER) ? 'LISTEN' : 'CLOSED')
    );
  }
}

const FLAG_LETTERS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

export const flagNames = (flags: number): readonly string[] =>
  FLAG_LETTERS.filter((_, bit) => flags & (1 << bit));

/** `A SYN,ACK 9000 1001 +0` */
export const brief = ({from, segment}: {from: HostName; segment: TcpSegment}): string =>
  `${from} ${flagNames(segment.flags).join(',')} ${segment.seq} ${segment.ack} +${segment.payload.length}`;

/** Bytes that differ with their place and with `salt`. */
export const pattern = (length: number, salt: number): Uint8Array =>
  Uint8Array.from({length}, (_, i) => (i * 31 + (i >> 8) * 7 + salt) & 0xff);

export const rope = (length: number, salt = 0) => ropeFromBytes(pattern(length, salt), `pattern-${salt}`);
