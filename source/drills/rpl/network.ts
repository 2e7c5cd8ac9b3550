// The surroundings of the resolver in a replay script: clients, servers that answer when the script says so, and a clock that moves only
// with the script's steps.

import {hashOf} from '../../sim/chance.ts';
import type {ProgramEnv} from '../../stack/program.ts';
import type {Socket} from '../../stack/tcp/effect.ts';
import {dnsPort} from '../../wire/dns/carried.ts';
import {decodeDns} from '../../wire/dns/decode.ts';
import {frameDns, splitDns} from '../../wire/dns/framing.ts';
import type {DnsMessage} from '../../wire/dns/message.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import {queryOctets} from './adjust.ts';
import type {Carried} from './compare.ts';
import {questionText} from './record-text.ts';
import type {Entry, ReplayStep} from './replay.ts';
import type {Resolver, ResolverEffect, ResolverEvent} from './resolver.ts';

const addresses = ['192.0.2.53', '2001:db8::53'];
const clientAddress = '127.0.0.1';
const firstClientPort = 40_000;

/** A query that the resolver under test has sent to a server and that is still unanswered. */
export type Pending = Carried & {
  readonly to: Socket;
  /** The port from which the resolver sent the query over UDP, or its connection over TCP. */
  readonly way: {readonly port: number} | {readonly stream: string};
};

export type ClientAnswer = Carried & {readonly query: ReplayStep; readonly address: IpAddress};

type Client = {readonly step: ReplayStep; readonly socket: Socket; readonly stream: string | undefined};
type Stream = {readonly to: Socket; rest: Uint8Array};

/** The latest time in microseconds, beyond which a script may not move the clock, because times would no longer be exact. */
const latestUs = 2 ** 52;

/**
 * How many events one step of a script may cause; without a limit, connections that open at once or timers that are due again could go on
 * for ever.
 */
const turnsMost = 1_000;

const messageOf = (octets: Uint8Array): DnsMessage => {
  const message = decodeDns(octets);
  if (!message.ok) throw new Error('the resolver sent what is no DNS message');
  return message.value;
};

/** Returns a query of the resolver as text: its question, the server and the transport. */
export const pendingText = ({message, to, transport}: Pending): string =>
  `${message.questions.map(questionText).join(', ')} to ${to.ip} (${transport})`;

export class Network {
  /** The resolver's unanswered queries, the newest first. */
  pending: readonly Pending[] = [];
  /** The resolver's answers to clients that no step has checked yet, in the order of their arrival. */
  answers: readonly ClientAnswer[] = [];
  /** Called for each query that the resolver sends, before it is added to `pending`. */
  onQuery: (query: Pending) => void = () => {};

  readonly #resolver: Resolver;
  #nowUs = 0;
  readonly #clients: Client[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #clientRests = new Map<string, Uint8Array>();
  readonly #timers = new Map<string, number>();

  constructor(resolver: Resolver) {
    this.#resolver = resolver;
    this.#deliver({kind: 'start'});
  }

  query(step: ReplayStep & {readonly entry: Entry}, address: IpAddress = clientAddress): void {
    const socket = {ip: address, port: firstClientPort + this.#clients.length};
    const octets = queryOctets(step.entry);
    if (step.entry.match.has('TCP')) {
      const stream = `client ${this.#clients.length}`;
      this.#clients.push({step, socket, stream});
      this.#deliver({kind: 'accepted', stream, port: dnsPort, local: this.#local(address), from: socket});
      this.#deliver({kind: 'data', stream, data: frameDns(octets)});
    } else {
      this.#clients.push({step, socket, stream: undefined});
      this.#deliver({
        kind: 'datagram',
        port: dnsPort,
        local: this.#local(address),
        from: socket,
        data: octets,
      });
    }
  }

  /**
   * Delivers a server's answer to the resolver. If the resolver discards it, the query fails as if no server were there, because no other
   * answer will follow.
   */
  reply(query: Pending, octets: Uint8Array): void {
    const {way, to} = query;
    this.#forget(query);
    const effects = this.#deliver(
      'stream' in way
        ? {kind: 'data', stream: way.stream, data: frameDns(octets)}
        : {kind: 'datagram', port: way.port, local: this.#local(to.ip), from: to, data: octets},
    );
    if (effects.length > 0 && effects.every(({kind}) => kind === 'discard')) this.refuse(query);
  }

  /** Makes a query of the resolver fail: with a reset over TCP, or as unreachable over UDP. */
  refuse(query: Pending): void {
    const {way, to} = query;
    this.#forget(query);
    if ('stream' in way) this.#deliver({kind: 'ended', stream: way.stream, how: 'reset'});
    else this.#deliver({kind: 'unreachable', port: way.port, to});
  }

  checked(answer: ClientAnswer): void {
    this.answers = this.answers.filter((each) => each !== answer);
  }

  measured(server: IpAddress, rttUs: number): void {
    this.#deliver({kind: 'call', token: 0, call: {call: 'measured', server, rttUs}});
  }

  /** Moves the clock of the script and fires the resolver's timers that are due; none fires while a query is unanswered. */
  pass(us: number): void {
    this.#nowUs = Math.min(this.#nowUs + us, latestUs);
    for (let turn = 0; turn < turnsMost && this.pending.length === 0; turn++) {
      const timer = this.#due();
      if (timer === undefined) break;
      this.#timers.delete(timer);
      this.#deliver({kind: 'timer', timer});
    }
  }

  #due(): string | undefined {
    const due = [...this.#timers].filter(([, dueUs]) => dueUs <= this.#nowUs);
    return due.toSorted(([, a], [, b]) => a - b)[0]?.[0];
  }

  #local(other: IpAddress): IpAddress {
    return addresses[other.includes(':') ? 1 : 0] ?? '';
  }

  #forget(query: Pending): void {
    this.pending = this.pending.filter((each) => each !== query);
  }

  /** Delivers an event to the resolver; returns its effects, including those of further events that they cause at once. */
  #deliver(first: ResolverEvent): readonly ResolverEffect[] {
    const events = [first];
    const all: ResolverEffect[] = [];
    const env: ProgramEnv = {nowUs: this.#nowUs, addresses, chance: (...keys) => hashOf(...keys)};
    // The list grows in the loop: events that an effect causes are appended to it.
    for (const [turn, event] of events.entries()) {
      if (turn === turnsMost) break;
      const effects = this.#resolver.deliver(event, env);
      all.push(...effects);
      for (const effect of effects) events.push(...this.#obey(effect));
    }
    return all;
  }

  /**
   * Carries out an effect of the resolver, such as sending a query; returns the events that follow at once, such as an opened connection.
   */
  #obey(effect: ResolverEffect): readonly ResolverEvent[] {
    switch (effect.kind) {
      case 'datagram':
        if (effect.port === dnsPort) this.#answer(this.#clientAt(effect.to), effect.data);
        else this.#send({to: effect.to, way: {port: effect.port}}, effect.data);
        return [];
      case 'connect':
        this.#streams.set(effect.stream, {to: effect.to, rest: new Uint8Array()});
        return [{kind: 'connected', stream: effect.stream}];
      case 'write':
        this.#write(effect.stream, effect.data);
        return [];
      case 'close':
      case 'abort':
        this.#end(effect.stream);
        return [];
      case 'timer':
        if (effect.op === 'arm') this.#timers.set(effect.timer, effect.dueUs);
        else this.#timers.delete(effect.timer);
        return [];
      default:
        return [];
    }
  }

  #clientAt({ip, port}: Socket): Client | undefined {
    return this.#clients.find(({socket}) => socket.ip === ip && socket.port === port);
  }

  #write(stream: string, data: Uint8Array): void {
    const server = this.#streams.get(stream);
    const {messages, rest} = splitDns(
      server?.rest ?? this.#clientRests.get(stream) ?? new Uint8Array(),
      data,
    );
    const client = this.#clients.find((each) => each.stream === stream);
    if (server === undefined) this.#clientRests.set(stream, rest);
    else server.rest = rest;
    for (const octets of messages)
      if (server === undefined) this.#answer(client, octets);
      else this.#send({to: server.to, way: {stream}}, octets);
  }

  #end(stream: string): void {
    this.#streams.delete(stream);
    this.pending = this.pending.filter(({way}) => !('stream' in way) || way.stream !== stream);
  }

  #send({to, way}: Pick<Pending, 'to' | 'way'>, octets: Uint8Array): void {
    const transport = 'stream' in way ? 'TCP' : 'UDP';
    const query: Pending = {message: messageOf(octets), to, way, transport};
    this.onQuery(query);
    this.pending = [query, ...this.pending];
  }

  #answer(client: Client | undefined, octets: Uint8Array): void {
    if (client === undefined) throw new Error('the resolver answered somebody who asked nothing');
    const {step, socket, stream} = client;
    const transport = stream === undefined ? 'UDP' : 'TCP';
    this.answers = [
      ...this.answers,
      {message: messageOf(octets), transport, query: step, address: socket.ip},
    ];
  }
}
