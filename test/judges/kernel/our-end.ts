// Our machine with real time: Node's timers wake it, and what it does goes to whoever listens.
import type {ConnectionId, TcpCall, TcpEffect, TcpEvent} from '../../../source/stack/tcp/effect.ts';
import {initialSequenceNumber} from '../../../source/stack/tcp/isn.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {encodeIpPacket} from '../../../source/wire/ip-packet.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';

export type OurEnd = {
  readonly call: (what: TcpCall) => void;
  readonly arrives: (src: string, dst: string, segment: TcpSegment) => void;
  /** The machine as it is now. */
  readonly tcp: () => Tcp;
};

export type Hearing = {
  readonly settings: TcpSettings;
  readonly seed: number;
  /** Every effect but timers. */
  readonly hears: (effect: TcpEffect) => void;
};

const SECRET_BYTES = 16;

export const nowUs = (): number => Math.floor(performance.now() * 1000);

/** What a `send` puts on the wire. */
export const packetOf = ({src, dst, segment, ecn}: Extract<TcpEffect, {kind: 'send'}>): Uint8Array =>
  encodeIpPacket({
    version: 4,
    ttl: 64,
    id: 0,
    dontFragment: true,
    trafficClass: ecn ?? 0,
    src,
    dst,
    transport: {kind: 'tcp', segment},
  });

export const ourEnd = ({settings, seed, hears}: Hearing): OurEnd => {
  const secret = Uint8Array.from({length: SECRET_BYTES}, (_, i) => (seed * 31 + i * 7) & 0xff);
  let tcp = emptyTcp;
  const step = (event: TcpEvent): void => {
    const at = nowUs();
    const done = tcpStep(tcp, event, {
      nowUs: at,
      settings,
      isn: (local, remote) => initialSequenceNumber(secret, at, {local, remote}),
    });
    tcp = done.tcp;
    for (const effect of done.effects) {
      if (effect.kind !== 'timer') hears(effect);
      else if (effect.op === 'arm') wait(effect.connection, effect.name, effect.dueUs);
    }
  };
  /** Node's timers may be a millisecond early; the machine takes a time-out only when it is due. */
  const wait = (
    id: ConnectionId,
    name: Extract<TcpEvent, {kind: 'timeout'}>['name'],
    dueUs: number,
  ): void => {
    if (tcp.connections.get(id)?.timers[name] !== dueUs) return;
    const leftUs = dueUs - nowUs();
    if (leftUs > 0) setTimeout(wait, Math.ceil(leftUs / 1000), id, name, dueUs);
    else step({kind: 'timeout', connection: id, name});
  };
  return {
    call: (what) => step({kind: 'call', call: what}),
    arrives: (src, dst, segment) => step({kind: 'segment', src, dst, segment}),
    tcp: () => tcp,
  };
};
