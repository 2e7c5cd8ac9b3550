// One resolver among servers that are functions: datagrams and connections take time, some get lost; timers fire when due.
import type {DnsAnswer, DnsCall, DnsEffect, DnsEvent} from '../../../source/stack/dns/call.ts';
import type {DnsNote} from '../../../source/stack/dns/note.ts';
import {type DnsSpec, type DnsState, dnsStart, dnsStep} from '../../../source/stack/dns/program.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import type {Socket} from '../../../source/stack/tcp/effect.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {frameDns, splitDns} from '../../../source/wire/dns/framing.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import type {IpAddress} from '../../../source/wire/frame.ts';
import {acted} from '../acted.ts';

export type Via = 'udp' | 'tcp';
/** Undefined: no answer. */
export type Server = (query: DnsMessage, via: Via) => DnsMessage | undefined;
export type Sent = {
  readonly atUs: number;
  readonly to: IpAddress;
  readonly via: Via;
  readonly message: DnsMessage;
  readonly because: string;
};

export type Net = {
  readonly spec: DnsSpec;
  readonly servers: Readonly<Record<IpAddress, Server>>;
  /** One way. @default 20 ms */
  readonly delayUs?: number;
  /** Is the nth datagram lost, counted in both directions? @default never */
  readonly lost?: (nth: number) => boolean;
  readonly addresses?: readonly IpAddress[];
  /** What `env.chance` hashes into its numbers. */
  readonly seed?: number;
};

type Due = {readonly atUs: number; readonly event: DnsEvent};

export const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('nothing there');
  return value;
};

const read = (bytes: Uint8Array): DnsMessage => {
  const message = decodeDns(bytes);
  if (!message.ok) throw new Error(`not a message: ${JSON.stringify(message.error)}`);
  return message.value;
};

const client: Socket = {ip: '192.0.2.10', port: 40_000};

export class OneResolver {
  readonly sent: Sent[] = [];
  readonly responses: {atUs: number; message: DnsMessage; size: number}[] = [];
  readonly answers = new Map<number, DnsAnswer & {atUs: number}>();
  readonly notes: (DnsNote & {atUs: number})[] = [];
  readonly effects: (DnsEffect & {atUs: number})[] = [];
  state: DnsState;
  nowUs = 0;
  #net: Net;
  #queue: Due[] = [];
  #timers = new Map<string, number>();
  #streams = new Map<string, {to: IpAddress; held: Uint8Array}>();
  #bound = new Set<number>();
  #datagrams = 0;
  #tokens = 0;

  constructor(net: Net) {
    this.#net = net;
    this.state = dnsStart(net.spec);
    this.step({kind: 'start'});
  }

  /** The token of the call. */
  call(call: DnsCall): number {
    this.#tokens += 1;
    this.step({kind: 'call', token: this.#tokens, call});
    return this.#tokens;
  }

  /** A client's query over UDP. */
  ask(query: DnsMessage, from: Socket = client): void {
    this.step({kind: 'datagram', port: 53, local: '192.0.2.53', from, data: encodeDns(query)});
  }

  deliver(event: DnsEvent, inUs = 0): void {
    this.#queue.push({atUs: this.nowUs + inUs, event});
  }

  /** Until nothing is left to happen, or the time is over. */
  run(untilUs = Number.MAX_SAFE_INTEGER): this {
    for (let round = 0; round < 100_000; round++) {
      const next = this.#next();
      if (!next || next.atUs > untilUs) break;
      this.nowUs = Math.max(this.nowUs, next.atUs);
      this.step(next.event);
    }
    if (untilUs !== Number.MAX_SAFE_INTEGER) this.nowUs = Math.max(this.nowUs, untilUs);
    return this;
  }

  #next(): Due | undefined {
    const timers = [...this.#timers].map(([timer, atUs]): Due => ({atUs, event: {kind: 'timer', timer}}));
    const first = [...this.#queue, ...timers].reduce<Due | undefined>(
      (best, each) => (best === undefined || each.atUs < best.atUs ? each : best),
      undefined,
    );
    if (first?.event.kind === 'timer') this.#timers.delete(first.event.timer);
    else this.#queue = this.#queue.filter((each) => each !== first);
    return first;
  }

  step(event: DnsEvent): void {
    if (event.kind === 'datagram' && !this.#bound.has(event.port)) return;
    const {addresses = ['192.0.2.53'], seed = 1} = this.#net;
    const chance = (...keys: readonly (string | number)[]): number => hash(`${seed} ${keys.join(' ')}`);
    const {state, effects} = dnsStep(this.state, event, {nowUs: this.nowUs, addresses, chance});
    this.state = state;
    acted(...effects);
    for (const effect of effects) {
      this.effects.push({...effect, atUs: this.nowUs});
      this.#perform(effect);
    }
  }

  #perform(effect: DnsEffect): void {
    switch (effect.kind) {
      case 'bind':
        this.#bound.add(effect.port);
        return;
      case 'unbind':
        this.#bound.delete(effect.port);
        return;
      case 'datagram':
        this.#datagram(effect);
        return;
      case 'connect':
        this.#streams.set(effect.stream, {to: effect.to.ip, held: new Uint8Array()});
        if (this.#net.servers[effect.to.ip])
          this.deliver({kind: 'connected', stream: effect.stream}, 2 * this.#delayUs());
        return;
      case 'write':
        this.#write(effect.stream, effect.data);
        return;
      case 'close':
      case 'abort':
        this.#streams.delete(effect.stream);
        return;
      case 'timer':
        if (effect.op === 'arm') this.#timers.set(effect.timer, effect.dueUs);
        else this.#timers.delete(effect.timer);
        return;
      case 'note':
        this.notes.push({...effect.note, atUs: this.nowUs});
        return;
      case 'return':
        this.answers.set(effect.token, {...effect.answer, atUs: this.nowUs});
        return;
    }
  }

  #delayUs(): number {
    return this.#net.delayUs ?? 20_000;
  }

  #isLost(): boolean {
    this.#datagrams += 1;
    return this.#net.lost?.(this.#datagrams) ?? false;
  }

  #datagram(effect: Extract<DnsEffect, {kind: 'datagram'}>): void {
    const {to, port, data, because} = effect;
    const message = read(data);
    if (message.flags.qr) {
      this.responses.push({atUs: this.nowUs, message, size: data.length});
      return;
    }
    if (!this.#bound.has(port)) throw new Error(`sent from port ${port}, which is not bound`);
    this.sent.push({atUs: this.nowUs, to: to.ip, via: 'udp', message, because: ruleOf(because)});
    const lostThere = this.#isLost();
    const answer = this.#net.servers[to.ip]?.(message, 'udp');
    if (lostThere || answer === undefined || this.#isLost()) return;
    const local = this.#net.addresses?.[0] ?? '192.0.2.53';
    this.deliver({kind: 'datagram', port, local, from: to, data: encodeDns(answer)}, 2 * this.#delayUs());
  }

  #write(stream: string, data: Uint8Array): void {
    const known = this.#streams.get(stream);
    if (!known) {
      for (const each of splitDns(new Uint8Array(), data).messages)
        this.responses.push({atUs: this.nowUs, message: read(each), size: each.length});
      return;
    }
    const {messages, rest} = splitDns(known.held, data);
    this.#streams.set(stream, {...known, held: rest});
    for (const each of messages) {
      const message = read(each);
      this.sent.push({atUs: this.nowUs, to: known.to, via: 'tcp', message, because: '7766:5/tcp'});
      const answer = this.#net.servers[known.to]?.(message, 'tcp');
      if (answer)
        this.deliver({kind: 'data', stream, data: frameDns(encodeDns(answer))}, 2 * this.#delayUs());
    }
  }
}

/** FNV-1a with a last mix: spread enough for ports and numbers. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return Math.imul(value ^ (value >>> 15), 0x2c1b3c6d) >>> 0;
};
