// One instant of a run in the making, without the run: its hosts and links, what it has emitted, what it has put into the queue.
import {type Draft, draftOf as emptyDraft} from '../../source/sim/draft.ts';
import {dequeue} from '../../source/sim/queue.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {initialWorld, planOf} from '../../source/sim/step.ts';
import type {Pending} from '../../source/sim/world.ts';
import type {IpPacket} from '../../source/wire/frame.ts';
import {ropeFromBytes} from '../../source/wire/rope.ts';
import {seq} from '../../source/wire/seq.ts';
import type {TcpSegment} from '../../source/wire/tcp.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {routedScenario} from '../helpers/networks.ts';

export const draftOf = (scenario: Scenario, nowUs = 0): Draft => {
  const plan = planOf(scenario);
  return emptyDraft(plan, {...initialWorld(plan), nowUs});
};

/** client – r1 – server, 25 ms each, where nothing happens by itself. */
export const routedDraft = (change: Partial<Scenario> = {}, nowUs = 0): Draft =>
  draftOf(routedScenario([], {script: [], ...change}), nowUs);

/** What is still to happen, in order. */
export const pendingIn = ({world}: Draft): readonly (Pending & {readonly atUs: number})[] => {
  const all: (Pending & {readonly atUs: number})[] = [];
  for (let next = dequeue(world.queue); next; next = dequeue(next.rest))
    all.push({...next.item, atUs: next.atUs});
  return all;
};

/** What has left, with the host, the number and the hop. */
export const sentIn = ({events}: Draft) =>
  events.flatMap((event) =>
    event.kind === 'send' && event.frame?.payload.kind === 'ip'
      ? [{...event.frame.payload.packet, host: event.host, hop: event.hop, because: event.because}]
      : [],
  );

const client = '192.0.2.10';
const server = '198.51.100.20';
const usual = {
  version: 4,
  src: client,
  dst: server,
  ttl: 64,
  id: 0,
  dontFragment: true,
  trafficClass: 0,
} as const;

export const segmentOf = (change: Partial<TcpSegment> = {}, text = ''): TcpSegment => ({
  ...{srcPort: 40_000, dstPort: 80, seq: seq(1001), ack: seq(9001), flags: 0x10, window: 1000, urgent: 0},
  ...{options: [], payload: ropeFromBytes(encodeUtf8(text)), ...change},
});

export const tcpPacket = (segment = segmentOf(), change: Partial<IpPacket> = {}): IpPacket => ({
  ...{...usual, transport: {kind: 'tcp', segment}},
  ...change,
});

export const udpPacket = (srcPort: number, dstPort: number, change: Partial<IpPacket> = {}): IpPacket => ({
  ...usual,
  transport: {kind: 'udp', datagram: {srcPort, dstPort, payload: ropeFromBytes(encodeUtf8('abc'))}},
  ...change,
});
