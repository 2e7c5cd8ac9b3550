// A server alone with many clients, each with an address of its own.
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {emptyRope, ropeFromBytes} from '../../../source/wire/rope.ts';
import {type Seq, seq} from '../../../source/wire/seq.ts';
import {TcpFlag, type TcpOption, type TcpSegment} from '../../../source/wire/tcp.ts';
import {told} from './one-host.ts';
import {plain} from './plain.ts';
import {B, LISTENER} from './two-hosts.ts';

const {SYN, ACK} = TcpFlag;

type More = {seq?: Seq; ack?: Seq; options?: readonly TcpOption[]; data?: number};

export class Server {
  tcp: Tcp = emptyTcp;
  nowUs = 0;
  readonly settings: TcpSettings;
  sent: TcpSegment[] = [];

  constructor(
    change: Partial<TcpSettings> = {},
    open: {accept?: 'auto' | 'manual'; backlog?: number; read?: 'auto' | 'manual'} = {},
  ) {
    this.settings = {...plain, ...change};
    this.step({kind: 'call', call: {call: 'OPEN', mode: 'passive', local: B, read: 'auto', ...open}});
  }

  step(event: Parameters<typeof tcpStep>[1]) {
    const {nowUs, settings} = this;
    const env = {nowUs, settings, isn: () => seq(9000), secret: new Uint8Array(16).fill(7)};
    const {tcp, effects} = tcpStep(this.tcp, event, env);
    this.tcp = tcp;
    this.sent = effects.flatMap((effect) => (effect.kind === 'send' ? [effect.segment] : []));
    return effects;
  }

  hears(client: number, flags: number, more: More = {}) {
    return told('B', this.segment(client, flags, more));
  }

  segment(client: number, flags: number, more: More = {}) {
    const segment: TcpSegment = {
      srcPort: 40_000,
      dstPort: B.port,
      seq: more.seq ?? seq(flags & SYN ? 1000 : 1001),
      ack: more.ack ?? (flags & ACK ? seq(9001) : seq(0)),
      flags,
      window: 5000,
      urgent: 0,
      options: more.options ?? [],
      payload: more.data ? ropeFromBytes(new Uint8Array(more.data)) : emptyRope,
    };
    return this.step({kind: 'segment', src: ipOf(client), dst: B.ip, segment});
  }

  opens(client: number) {
    this.hears(client, SYN);
    return this.hears(client, ACK);
  }

  accepts() {
    return this.step({kind: 'call', call: {call: 'ACCEPT', connection: LISTENER}});
  }

  idOf = (client: number) => `${B.ip}:${B.port} > ${ipOf(client)}:40000`;

  connection(client: number) {
    return this.tcp.connections.get(this.idOf(client));
  }

  fire(client: number, name: 'RTO') {
    const dueUs = this.connection(client)?.timers[name];
    if (dueUs === undefined) throw new Error(`${name} does not run`);
    this.nowUs = dueUs;
    return told('B', this.step({kind: 'timeout', connection: this.idOf(client), name}));
  }
}

export const ipOf = (client: number): string => `203.0.113.${client}`;
/** What a SYN to the listener draws. */
export const synAck = ['LISTEN > SYN-RECEIVED', 'B SYN,ACK 9000 1001 +0'];
