// The pure HTTP programs behind real sockets on 127.0.0.1: a server for somebody's client, a client for somebody's server.
import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import type {HttpAnswer, HttpCall, HttpEffect, HttpEvent} from '../../../source/stack/http/call.ts';
import {type HttpClientSettings, httpClientDefaults} from '../../../source/stack/http/client-settings.ts';
import type {HttpNote} from '../../../source/stack/http/note.ts';
import {type HttpSpec, httpStart, httpStep} from '../../../source/stack/http/program.ts';
import {type HttpServerSettings, httpServerDefaults} from '../../../source/stack/http/server-settings.ts';

const ip = '127.0.0.1';

/** What obeys the effects of a program, with sockets and clocks. */
class Loopback {
  readonly notes: HttpNote[] = [];
  readonly #sockets = new Map<string, Socket>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #calls = new Map<number, (answer: HttpAnswer) => void>();
  #state: ReturnType<typeof httpStart>;
  #tokens = 0;
  /** Real ports by those that the program believes in. */
  readonly #ports: ReadonlyMap<number, number>;

  constructor(spec: HttpSpec, ports: ReadonlyMap<number, number> = new Map()) {
    this.#state = httpStart(spec);
    this.#ports = ports;
    this.happen({kind: 'start'});
  }

  happen(event: HttpEvent): void {
    const nowUs = Math.round(performance.now() * 1000);
    const chance = (): number => Math.floor(Math.random() * 2 ** 32);
    const step = httpStep(this.#state, event, {nowUs, addresses: [ip], chance});
    this.#state = step.state;
    for (const effect of step.effects) this.#obey(effect, nowUs);
  }

  adopt(stream: string, socket: Socket): void {
    this.#sockets.set(stream, socket);
    socket.on('data', (data) => this.happen({kind: 'data', stream, data: new Uint8Array(data)}));
    socket.on('end', () => this.happen({kind: 'ended', stream, how: 'eof'}));
    socket.on('error', (error) => {
      const how = /ECONNREFUSED/.test(error.message) ? 'refused' : 'reset';
      this.happen({kind: 'ended', stream, how});
    });
    socket.on('close', () => this.#sockets.delete(stream));
  }

  call(call: HttpCall): Promise<HttpAnswer> {
    this.#tokens += 1;
    const token = this.#tokens;
    const answered = new Promise<HttpAnswer>((resolve) => this.#calls.set(token, resolve));
    this.happen({kind: 'call', token, call});
    return answered;
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #obey(effect: HttpEffect, nowUs: number): void {
    switch (effect.kind) {
      case 'connect': {
        const {stream, to} = effect;
        const port = this.#ports.get(to.port) ?? to.port;
        const socket = connect({host: ip, port, allowHalfOpen: true});
        this.adopt(stream, socket);
        socket.on('connect', () => this.happen({kind: 'connected', stream}));
        return;
      }
      case 'write':
        this.#sockets.get(effect.stream)?.write(effect.data);
        return;
      case 'noDelay':
        this.#sockets.get(effect.stream)?.setNoDelay(true);
        return;
      case 'finish':
        this.#sockets.get(effect.stream)?.end();
        return;
      case 'close':
        this.#sockets.get(effect.stream)?.end();
        return;
      case 'abort':
        this.#sockets.get(effect.stream)?.resetAndDestroy();
        return;
      case 'timer': {
        const {timer} = effect;
        clearTimeout(this.#timers.get(timer));
        if (effect.op === 'cancel') return;
        const fire = (): void => this.happen({kind: 'timer', timer});
        this.#timers.set(timer, setTimeout(fire, (effect.dueUs - nowUs) / 1000));
        return;
      }
      case 'note':
        this.notes.push(effect.note);
        return;
      case 'return':
        this.#calls.get(effect.token)?.(effect.answer);
        return;
      default:
    }
  }
}

export type LoopbackServer = {
  readonly port: number;
  readonly notes: readonly HttpNote[];
  readonly close: () => void;
};

export const openHttpServer = async (changes: Partial<HttpServerSettings>): Promise<LoopbackServer> => {
  const program = new Loopback({role: 'server', settings: {...httpServerDefaults, ...changes}});
  const tcp = createServer({allowHalfOpen: true});
  tcp.on('connection', (socket) => {
    const from = {ip, port: socket.remotePort ?? 0};
    const stream = `${from.port}`;
    program.adopt(stream, socket);
    program.happen({kind: 'accepted', stream, port: 80, local: ip, from});
  });
  tcp.listen(0, ip);
  await once(tcp, 'listening');
  const address = tcp.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = (): void => {
    program.close();
    tcp.close();
  };
  return {port, notes: program.notes, close};
};

/** A client that takes `port` for port 80 of www.example.com. */
export const openHttpClient = (port: number, changes: Partial<HttpClientSettings> = {}): Loopback => {
  const hosts = {'www.example.com': ip};
  const settings = {...httpClientDefaults, hosts, ...changes};
  return new Loopback({role: 'client', settings}, new Map([[80, port]]));
};
