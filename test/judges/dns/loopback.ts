// The pure server behind real sockets, and questions to whatever server listens: 127.0.0.1, a port that is free.
import {createSocket, type Socket as UdpSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer, type Socket as TcpSocket} from 'node:net';
import {authorityStart, authorityStep} from '../../../source/stack/dns/authority-program.ts';
import type {ZoneData} from '../../../source/stack/dns/zone-check.ts';

const ip = '127.0.0.1';

export type Server = {readonly port: number; readonly close: () => void};

type Event = Parameters<typeof authorityStep>[1];

/** UDP and TCP on the same port. */
export const openServer = async (zones: readonly ZoneData[]): Promise<Server> => {
  let state = authorityStart({zones});
  const streams = new Map<string, TcpSocket>();
  const timers = new Map<string, NodeJS.Timeout>();
  const udp = createSocket('udp4');
  const tcp = createServer();

  const happen = (event: Event): void => {
    const env = {nowUs: Math.round(performance.now() * 1000), addresses: [ip], chance: () => 0};
    const step = authorityStep(state, event, env);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === 'datagram') udp.send(effect.data, effect.to.port, effect.to.ip);
      if (effect.kind === 'write') streams.get(effect.stream)?.write(effect.data);
      if (effect.kind === 'close') streams.get(effect.stream)?.end();
      if (effect.kind !== 'timer') continue;
      const {timer} = effect;
      clearTimeout(timers.get(timer));
      if (effect.op === 'cancel') continue;
      const delay = (effect.dueUs - env.nowUs) / 1000;
      timers.set(
        timer,
        setTimeout(() => happen({kind: 'timer', timer}), delay),
      );
    }
  };

  udp.on('message', (data, from) =>
    happen({kind: 'datagram', port: 53, local: ip, from: {ip: from.address, port: from.port}, data}),
  );
  tcp.on('connection', (socket) => {
    const from = {ip: socket.remoteAddress ?? ip, port: socket.remotePort ?? 0};
    const stream = `${from.port}`;
    streams.set(stream, socket);
    happen({kind: 'accepted', stream, port: 53, local: ip, from});
    socket.on('data', (data) => happen({kind: 'data', stream, data}));
    socket.on('end', () => happen({kind: 'ended', stream, how: 'eof'}));
    socket.on('error', () => happen({kind: 'ended', stream, how: 'reset'}));
    socket.on('close', () => streams.delete(stream));
  });
  tcp.listen(0, ip);
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  udp.bind(port, ip);
  await once(udp, 'listening');
  happen({kind: 'start'});
  const close = (): void => {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const socket of streams.values()) socket.destroy();
    udp.close();
    tcp.close();
  };
  return {port, close};
};

/** One datagram there and one back, or nothing within the time. */
export const ask = async (
  port: number,
  question: Uint8Array,
  waitMs = 2000,
): Promise<Uint8Array | undefined> => {
  const socket: UdpSocket = createSocket('udp4');
  const answered = once(socket, 'message', {signal: AbortSignal.timeout(waitMs)});
  socket.send(question, port, ip);
  try {
    const [data] = await answered;
    return data instanceof Uint8Array ? new Uint8Array(data) : undefined;
  } catch {
    return undefined;
  } finally {
    socket.close();
  }
};
