// How far a packet has come at one instant, and how its way ended.
import type {PacketRecord, TraceEvent} from '../../sim/trace.ts';
import {dropTexts, lossLabels} from '../../words/catalogue/transcript.ts';
import type {View} from '../view.ts';
import type {PacketItem} from './ladder-item.ts';

type Fate = Pick<PacketItem, 'status' | 'progress' | 'dueUs' | 'lostBecause' | 'lostLabel' | 'estimated'>;

export const fateOf = (view: View, packet: PacketRecord): Fate => {
  const {trace} = view.input;
  // Nobody saw where it went: it is no longer under way.
  if (packet.forMany)
    return {status: 'arrived', progress: 1, dueUs: packet.dueUs, lostBecause: undefined, estimated: false};
  const end: TraceEvent | undefined =
    packet.endEvent === undefined ? undefined : trace.event(packet.endEvent);
  const wayUs = Math.max(1, packet.dueUs - packet.sentUs);
  const dueUs = end?.kind === 'arrive' ? end.atUs : packet.dueUs;
  if (end && end.n <= view.cursor) {
    const lost = end.kind === 'drop' ? dropTexts[end.reason][view.language] : undefined;
    return {
      status: lost === undefined ? 'arrived' : 'lost',
      progress: lost === undefined ? 1 : Math.min(1, Math.max(0, (end.atUs - packet.sentUs) / wayUs)),
      dueUs,
      lostBecause: lost,
      lostLabel: end.kind === 'drop' ? lossLabels[end.reason][view.language] : undefined,
      estimated: end.estimated ?? false,
    };
  }
  const progress = Math.min(
    1,
    Math.max(0, (view.nowUs - packet.sentUs) / Math.max(1, dueUs - packet.sentUs)),
  );
  const estimated = end?.estimated ?? false;
  return {status: 'flying', progress, dueUs, lostBecause: undefined, estimated};
};
