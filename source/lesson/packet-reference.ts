// Which packet an expression means: by number, by hop, by filter, by selector, or the one at hand.
import {entriesBetween, entryAt} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {SentPacket} from '../sim/sent-packet.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import type {PacketReference} from './expression.ts';
import {matchingPackets} from './filter-match.ts';
import {matchingEvents} from './match.ts';
import type {Selector} from './selector.ts';
import {noValue, ValueFailure} from './value.ts';

type Where = {readonly trace: Trace; readonly event: number};

/** The packet meant; undefined if there is none. */
export const packetAt = (reference: PacketReference, instant: Where): PacketRecord | undefined => {
  try {
    return referredPacket(reference, instant);
  } catch (failure) {
    if (failure instanceof ValueFailure) return undefined;
    throw failure;
  }
};

export const firstEvent = (selector: Selector, trace: Trace): number =>
  matchingEvents(selector, trace)[0] ??
  noValue(
    'what this waits for never happens in this run',
    '这次运行里没有发生它等的事件',
    'compare it with the run: packet-tutor show',
    '用 packet-tutor show 对照这次运行',
  );

export const referredPacket = (reference: PacketReference, {trace, event}: Where): PacketRecord => {
  switch (reference.kind) {
    case 'number':
      return numbered(reference, trace);
    case 'first':
    case 'last': {
      const found = matchingPackets(reference.filter, trace);
      return (
        found.at(reference.kind === 'first' ? 0 : -1) ??
        noValue(
          'no packet passes this filter',
          '没有分组符合这个过滤式',
          'compare it with the run: packet-tutor show',
          '用 packet-tutor show 对照这次运行',
        )
      );
    }
    case 'selected': {
      const found = matchingEvents(reference.selector, trace);
      return packetOfEvent(trace, (reference.which === 'first' ? found[0] : found.at(-1)) ?? 0);
    }
    case 'here':
      return packetOfEvent(trace, event);
  }
};

const packetOfEvent = (trace: Trace, n: number): PacketRecord => {
  const event = n > 0 ? entryAt(trace, n) : undefined;
  return event && 'packet' in event && event.packet > 0
    ? numbered({packet: event.packet, hop: event.hop}, trace)
    : noValue(
        'no packet is at hand at this event',
        '这个事件没有对应的分组',
        'name it: packet(2), or last("…")',
        '指明是哪个：packet(2) 或 last("…")',
      );
};

const numbered = (
  {packet, hop = 0}: {readonly packet: number; readonly hop?: number},
  trace: Trace,
): PacketRecord => {
  if (packet > trace.packetCount) {
    return noValue(
      `there is no packet ${packet}: this run has ${trace.packetCount}`,
      `没有第 ${packet} 个分组：这次运行共 ${trace.packetCount} 个`,
      'packets count from 1, in order of sending',
      '分组按发送顺序从 1 编号',
    );
  }
  const record = packetOf(trace, packet);
  return hop === 0 ? record : copyOf(record, hop, trace);
};

/** The packet as the router passed it on. */
const copyOf = (record: PacketRecord, hop: number, trace: Trace): PacketRecord => {
  for (const event of entriesBetween(trace, record.sendEvent)) {
    if (event.kind !== 'send' || event.packet !== record.id || event.hop !== hop) continue;
    return new SentPacket({...event, retransmission: record.retransmission}, record);
  }
  return noValue(
    `packet ${record.id} has no hop ${hop}`,
    `第 ${record.id} 个分组没有第 ${hop} 跳`,
    'a copy is made by each router that passes the packet on: packet(2.1), packet(2.2)',
    '每个转发它的路由器产生一个副本：packet(2.1)、packet(2.2)',
  );
};
