// Tells when a host wakes programs that wait for a socket, and for what (net/core/sock.c, net/core/stream.c): data in order, room after a
// lack of it, a change of state, an error, a connection to accept.
import type {CallContext} from './calls.ts';
import type {HostStep} from './host.ts';
import {Ready, readinessOf} from './readiness.ts';
import {growSendBuffer} from './send-memory.ts';
import {atEnd, connectionOf, type SocketRecord, waitingForAccept} from './socket.ts';

const data = Ready.IN | Ready.PRI | Ready.RDNORM | Ready.RDBAND;
const room = Ready.OUT | Ready.WRNORM | Ready.WRBAND;
const anything = 0;

type Seen = {
  readonly next: number | undefined;
  readonly queued: number;
  readonly ended: boolean;
  readonly connected: boolean;
  readonly over: boolean;
  readonly error: string | undefined;
};

const seenOf = ({tcp}: HostStep, socket: SocketRecord): Seen => ({
  next: connectionOf(tcp, socket)?.rcv.nxt,
  queued: waitingForAccept(tcp, socket),
  ended: atEnd(tcp, socket),
  connected: socket.connected,
  over: socket.over,
  error: socket.error,
});

const unseen: Seen = {
  next: undefined,
  queued: 0,
  ended: false,
  connected: false,
  over: false,
  error: undefined,
};

const grow = (context: CallContext, socket: SocketRecord): void => {
  const connection = connectionOf(context.host.tcp, socket);
  if (connection !== undefined && context.countsMemory) growSendBuffer(socket, connection, context.limits());
};

type Wake = (socket: SocketRecord, key: number) => void;
type After = {readonly context: CallContext; readonly changed: readonly SocketRecord[]};

export class Wakes {
  readonly #seen = new Map<SocketRecord, Seen>();

  /** Wakes the programs that wait for a socket which this step of the stack has changed. */
  after(step: HostStep, {context, changed}: After, wake: Wake): void {
    for (const socket of changed) {
      const before = this.#seen.get(socket) ?? unseen;
      const now = seenOf(step, socket);
      this.#seen.set(socket, now);
      if (now.error !== undefined && before.error === undefined) wake(socket, Ready.ERR);
      const turned =
        now.ended !== before.ended || now.connected !== before.connected || now.over !== before.over;
      if (turned) wake(socket, anything);
      if (now.connected && !before.connected) grow(context, socket);
      const came = before.next !== undefined && now.next !== undefined && now.next !== before.next;
      if (came || now.queued > before.queued) wake(socket, data);
      if (socket.noSpace && step.event.kind === 'segment') this.#room(context, socket, wake);
    }
  }

  #room(context: CallContext, socket: SocketRecord, wake: Wake): void {
    if (connectionOf(context.host.tcp, socket) === undefined) return;
    grow(context, socket);
    socket.noSpace = false;
    // If the socket is still not writable, asking for its readiness notes the lack of room again.
    if ((readinessOf(context, socket) & Ready.OUT) !== 0) wake(socket, room);
  }
}
