// All sockets of the host that a packetdrill script tests, updated after each step of the stack.

import {ruleOf} from '../../stack/reason.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {ConnectionId, TcpCall, TcpEffect, TcpEvent} from '../../stack/tcp/effect.ts';
import type {RuleId} from '../../stack/tcp/rules.ts';
import type {TcpSettings} from '../../stack/tcp/settings.ts';
import {urgentOffset} from '../../stack/tcp/urgent.ts';
import {connectionId, localSocket} from '../../wire/connection-id.ts';
import type {Addresses} from './addresses.ts';
import type {HostStep, StackHost} from './host.ts';
import {type Buffers, SocketRecord, wholeSegmentBytes} from './socket.ts';
import {withSocketOptions} from './socket-options.ts';

/** The port on which servers listen in packetdrill scripts, whether the host under test or its peer is the server. */
export const serverPort = 8080;
const firstEphemeral = 40_000;

/** The ports of the script's current connection: of the host under test, and of its peer. */
export type Ports = {readonly local: number; readonly remote: number};

/**
 * The rules by which a connection ends because data arrived that no program will read; if a program still has the socket, its error is
 * ECONNRESET.
 */
const dataRefused: readonly RuleId[] = ['9293:3.6.1/close/reader-gone', 'linux:close/fin-beyond-gap'];

type System = {
  readonly wholeSegments: boolean;
  readonly addresses: Addresses;
};

export class Sockets {
  readonly addresses: Addresses;
  readonly #byDescriptor = new Map<number, SocketRecord>();
  readonly #all: SocketRecord[] = [];
  readonly #wholeSegments: boolean;
  #portsUsed = 0;
  #opening: SocketRecord | undefined;
  /** The socket that a script made, connected or accepted last; TCP_INFO is read from it. */
  newest: SocketRecord | undefined;
  ports: Ports | undefined;

  /**
   * Makes an empty list of sockets. With `wholeSegments`, a connection's buffers are rounded up to a multiple of its segment size, as in
   * BSD.
   */
  constructor({wholeSegments, addresses}: System) {
    this.addresses = addresses;
    this.#wholeSegments = wholeSegments;
  }

  create(buffers: Buffers): SocketRecord {
    const socket = new SocketRecord(buffers);
    this.#all.push(socket);
    this.newest = socket;
    return socket;
  }

  bindDescriptor(descriptor: number, socket: SocketRecord): void {
    socket.open = true;
    this.#byDescriptor.set(descriptor, socket);
  }

  get(descriptor: number): SocketRecord | undefined {
    return this.#byDescriptor.get(descriptor);
  }

  release(descriptor: number): void {
    const socket = this.#byDescriptor.get(descriptor);
    if (socket !== undefined) socket.open = false;
    this.#byDescriptor.delete(descriptor);
  }

  get all(): readonly SocketRecord[] {
    return this.#all;
  }

  ephemeralPort(): number {
    return firstEphemeral + this.#portsUsed++;
  }

  /** Returns the ports for the script's next packet. The first packet of a connection to a server gets a new remote port. */
  portsForPacket(): Ports {
    this.ports ??= {local: this.newest?.localPort ?? serverPort, remote: this.ephemeralPort()};
    return this.ports;
  }

  byConnection(id: ConnectionId): SocketRecord | undefined {
    return this.#all.find((socket) => socket.id === id && !socket.over);
  }

  /** Returns the TCP settings for a step of the stack: the host's, with the options of the socket that the event is about. */
  settingsFor(event: TcpEvent, host: TcpSettings): TcpSettings {
    const socket = this.#socketOf(event);
    return socket === undefined ? host : withSocketOptions(host, socket);
  }

  #socketOf(event: TcpEvent): SocketRecord | undefined {
    switch (event.kind) {
      case 'call':
        return event.call.call === 'OPEN' ? this.#opening : this.byConnection(event.call.connection);
      case 'timeout':
        return this.byConnection(event.connection);
      case 'segment': {
        const {srcPort, dstPort} = event.segment;
        const id = connectionId({ip: event.dst, port: dstPort}, {ip: event.src, port: srcPort});
        return this.byConnection(id) ?? this.#listenerAt(dstPort);
      }
      case 'icmp':
        return this.byConnection(connectionId(event.local, event.remote));
    }
  }

  #listenerAt(port: number): SocketRecord | undefined {
    return this.#all.find(
      (socket) => socket.role === 'listener' && socket.localPort === port && !socket.over,
    );
  }

  /** Makes an OPEN call to the stack for a socket, with the socket's own options, and returns its effects. */
  open(host: StackHost, socket: SocketRecord, call: Extract<TcpCall, {call: 'OPEN'}>): readonly TcpEffect[] {
    this.#opening = socket;
    const effects = host.step({kind: 'call', call});
    this.#opening = undefined;
    return effects;
  }

  /** Updates the sockets after a step of the stack; returns those whose connection has changed. */
  watch({effects, tcp}: HostStep): readonly SocketRecord[] {
    for (const effect of effects) this.#follow(effect);
    const changed: SocketRecord[] = [];
    for (const socket of this.#all) {
      const seen = socket.over ? undefined : tcp.connections.get(socket.id ?? '');
      if (seen === undefined ? !socket.followed && socket.role !== 'listener' : seen === socket.last)
        continue;
      socket.followed = seen !== undefined;
      changed.push(socket);
      if (seen === undefined) continue;
      socket.last = seen;
      socket.held = seen.receiveBuffer.length - (urgentOffset(seen) === undefined ? 0 : 1);
      this.#measure(socket, seen);
    }
    return changed;
  }

  #follow(effect: TcpEffect): void {
    if (effect.kind === 'state') this.#followState(effect);
    if (effect.kind === 'deliver') {
      const socket = this.byConnection(effect.connection);
      if (socket === undefined) return;
      socket.delivered += effect.data.length;
      socket.held = Math.max(0, socket.held - effect.data.length);
    }
    if (effect.kind === 'signal') this.#followSignal(effect);
  }

  #followState({connection, to, from, because}: Extract<TcpEffect, {kind: 'state'}>): void {
    if (from === 'CLOSED' && to === 'SYN-SENT' && this.#opening !== undefined) {
      this.#opening.id = connection;
      this.#opening.role = 'connection';
    }
    if (to === 'SYN-RECEIVED' && this.byConnection(connection) === undefined) this.#child(connection);
    if (to === 'CLOSED' || to === 'LISTEN') {
      const socket = this.byConnection(connection);
      if (socket === undefined || socket.role !== 'connection') return;
      socket.over = true;
      socket.delivered += socket.held;
      if (dataRefused.includes(ruleOf(because))) socket.error = 'ECONNRESET';
    }
  }

  /**
   * Adds a socket for a connection that a SYN has begun at a listener, with the listener's options; it has no descriptor before accept().
   */
  #child(id: ConnectionId): void {
    const listener = this.#listenerAt(localSocket(id).port);
    const socket = new SocketRecord(listener ?? {rcvBufferBytes: 0, sndBufferBytes: 0});
    socket.role = 'connection';
    socket.id = id;
    socket.open = false;
    socket.localPort = localSocket(id).port;
    for (const [name, value] of listener?.options ?? []) socket.options.set(name, value);
    this.#all.push(socket);
  }

  #followSignal({connection, signal}: Extract<TcpEffect, {kind: 'signal'}>): void {
    const socket = this.byConnection(connection) ?? this.#endedInQueue(connection);
    if (socket === undefined) return;
    switch (signal) {
      case 'connected':
        socket.connected = true;
        return;
      case 'accepted':
        socket.connected = true;
        this.#listenerAt(localSocket(connection).port)?.backlog.push(socket);
        return;
      case 'eof':
      case 'urgent':
      case 'closed':
        return;
      default:
        socket.error = signal;
    }
  }

  /** Returns the socket of a connection that ended before a program was told that it was open; undefined if there is none. */
  #endedInQueue(id: ConnectionId): SocketRecord | undefined {
    return this.#all.find((socket) => socket.id === id && socket.over && !socket.connected);
  }

  #measure(socket: SocketRecord, connection: Connection): void {
    if (connection.state === 'SYN-SENT' || !this.#wholeSegments) return;
    // BSD rounds a connection's buffers up to whole segments once it knows the segment size (FreeBSD tcp_input.c, tcp_mss).
    const segment = wholeSegmentBytes(connection);
    const rounded = (bytes: number): number =>
      bytes < segment ? bytes : Math.ceil(bytes / segment) * segment;
    socket.rcvBufferBytes = rounded(socket.rcvBufferBytes);
    socket.sndBufferBytes = rounded(socket.sndBufferBytes);
  }
}
