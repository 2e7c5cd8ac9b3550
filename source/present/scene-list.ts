// The newest packets as a table: what left when, and what became of it.

import {segmentOf} from '../lesson/packet-facts.ts';
import {flagNames, summaryOf} from '../sim/summary.ts';
import type {PacketRecord} from '../sim/trace.ts';
import {hasFlag} from '../wire/tcp.ts';
import {formatTime} from './format.ts';
import {harmless} from './harmless.ts';
import {numbersOf} from './label.ts';
import {at} from './pace.ts';
import {packetOf} from './packets.ts';
import {displayName} from './scene-hosts.ts';
import {fateOf, type Treatment, treatmentOf} from './scene-ladder.ts';
import {playerTexts} from './text/player.ts';
import type {View} from './view.ts';

export type ListRow = {
  readonly id: number;
  readonly sent: string;
  readonly from: string;
  readonly flags: string;
  /** undefined: the packet has no such number. */
  readonly seq: string | undefined;
  readonly ack: string | undefined;
  readonly len: string | undefined;
  readonly fate: 'flying' | 'arrived' | 'lost';
  readonly fateText: string;
  readonly again: boolean;
  readonly treatment: Treatment | undefined;
  readonly treatmentText: string;
  readonly selected: boolean;
};

const rowsKept = 24;

const rowOf = (view: View, packet: PacketRecord, selected: number): ListRow => {
  const {trace, playback} = view.input;
  const {language} = view;
  const segment = segmentOf(packet);
  const numbers = numbersOf(trace, packet, playback.relative);
  const fate = fateOf(view, packet);
  const treatment = treatmentOf(trace, packet);
  const due = `${playerTexts.inFlight[language]}${language === 'zh' ? '，' : ', '}${playerTexts.due[language]} ${formatTime(fate.dueUs)}`;
  return {
    id: packet.id,
    sent: formatTime(packet.sentUs),
    from: displayName(packet.from, language),
    flags: segment ? flagNames(segment).join(',') : packet.frame ? harmless(summaryOf(packet.frame)) : '',
    seq: numbers && String(numbers.seq),
    ack: numbers && segment && hasFlag(segment, 'ACK') ? String(numbers.ack) : undefined,
    len: segment && String(segment.payload.length),
    fate: fate.status === 'ahead' ? 'flying' : fate.status,
    fateText:
      fate.status === 'arrived'
        ? formatTime(fate.dueUs)
        : fate.status === 'lost'
          ? (fate.lostBecause ?? '')
          : due,
    again: packet.retransmission,
    treatment,
    treatmentText: treatment === undefined ? '' : playerTexts[treatment][language],
    selected: packet.id === selected,
  };
};

/** Around the selected packet, which without a choice is the newest. */
export const listOf = (view: View): ListRow[] => {
  const {trace, pacing, playback} = view.input;
  const newest = at(pacing.sent, view.moment);
  const selected = playback.selection.packet ?? newest;
  const last = Math.min(newest, Math.max(selected + 2, rowsKept));
  const rows: ListRow[] = [];
  for (let id = Math.max(1, last - rowsKept + 1); id <= last; id++)
    rows.push(rowOf(view, packetOf(trace, id), selected));
  return rows;
};
