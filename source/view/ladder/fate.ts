// How far a packet has come at one instant, and how its way ended.
import {entryAt} from '../../account/entries.ts';
import {fateAt} from '../../account/fates.ts';
import type {PacketRecord} from '../../sim/trace.ts';
import {lostLabel, lostText} from '../../words/fates.ts';
import type {View} from '../view.ts';
import type {PacketItem} from './ladder-item.ts';

type Stage = Pick<PacketItem, 'status' | 'progress' | 'dueUs' | 'lostBecause' | 'lostLabel' | 'estimated'> & {
  /** How it ended is not proved. */
  readonly presumed: boolean;
};

const shareOf = ({sentUs}: PacketRecord, atUs: number, dueUs: number): number =>
  Math.min(1, Math.max(0, (atUs - sentUs) / Math.max(1, dueUs - sentUs)));

export const stageOf = (view: View, packet: PacketRecord): Stage => {
  const {trace} = view.input;
  const {dueUs, endEvent} = packet;
  const fate = fateAt(trace, packet, view.cursor);
  const end = endEvent === undefined ? undefined : entryAt(trace, endEvent);
  const landsUs = end?.kind === 'arrive' ? end.atUs : dueUs;
  const under = {
    dueUs: landsUs,
    estimated: end?.estimated ?? false,
    presumed: fate?.how === 'presumed',
    lostBecause: undefined,
  };
  if (!fate) return {...under, status: 'flying', progress: shareOf(packet, view.nowUs, landsUs)};
  if (fate.what !== 'lost')
    // What is meant for many is no longer under way, wherever it went.
    return {
      ...under,
      status: fate.what === 'unknown' && !packet.forMany ? 'unseen' : 'arrived',
      progress: 1,
    };
  return {
    ...under,
    status: 'lost',
    progress: shareOf(packet, fate.atUs, dueUs),
    lostBecause: lostText(fate)[view.language],
    lostLabel: lostLabel(fate)[view.language],
  };
};
