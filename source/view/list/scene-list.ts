// Computes the rows of the packet list: which packet was sent when, and what happened to it.

import {entryAt} from '../../account/entries.ts';
import {type Treatment, treatmentOf} from '../../account/fates.ts';
import {partsText} from '../../account/notation.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {sentParts} from '../../account/packet-parts.ts';
import type {CarriedPart} from '../../account/part.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {PacketRecord} from '../../sim/trace.ts';
import {bisect} from '../../wire/growing-list.ts';
import {flagNames, hasFlag} from '../../wire/tcp.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {fateUnknown} from '../../words/catalogue/fates.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {formatSeen} from '../../words/format.ts';
import {eyeHands} from '../../words/hands.ts';
import {alteredFields, alteredText} from '../bytes/altered.ts';
import {endsAt, type Stage, stageOf} from '../ladder/course.ts';
import {labelAt, numbersOf} from '../ladder/label.ts';
import type {LabelPart} from '../ladder/label-part.ts';
import {windowsTold} from '../ladder/window-told.ts';
import {isMany, newestPacket, selectedPacket, type View} from '../view.ts';
import type {Found} from './list-search.ts';

export type ListRow = {
  readonly id: number;
  readonly sent: string;
  readonly from: string;
  /** The packet's receiver, if there are more than two hosts; undefined for two, where it is the host that is not the sender. */
  readonly to: string | undefined;
  readonly flags: string;
  /**
   * The message that the list shows in the column `flags` because the packet has no flags to show, for a screen reader; undefined if the
   * column shows TCP flags.
   */
  readonly said: CarriedPart | undefined;
  /** The TCP sequence number; undefined if the packet has none. */
  readonly seq: string | undefined;
  readonly ack: string | undefined;
  readonly len: string | undefined;
  /** The packet's TCP window; undefined if the lesson does not mention it and it is no news. */
  readonly win: string | undefined;
  /** The fate of the packet by now; `presumed`: it has probably arrived. */
  readonly fate: 'flying' | 'arrived' | 'presumed' | 'lost';
  readonly fateText: string;
  /** The text of `fateText` (on its way, arrived, lost) in fewer words. */
  readonly briefFate: string;
  readonly again: boolean;
  readonly treatment: Treatment | undefined;
  readonly treatmentText: string;
  /** The text on what the path altered in the packet, once it has arrived; empty if it altered nothing. */
  readonly alteredText: string;
  readonly selected: boolean;
};

const rowsKept = 24;

const fateText = (
  {status, lostBecause = ''}: Stage,
  {dueTime, due, unseen}: {readonly dueTime: string; readonly due: string; readonly unseen: string},
): string => {
  if (status === 'lost') return lostBecause;
  return status === 'arrived' ? dueTime : status === 'unseen' ? unseen : due;
};

/**
 * Returns whether the packet list shows a packet as under way, arrived or lost. It shows it as under way if the time of its arrival is
 * unknown, or if it is for many receivers.
 */
const fateSign = ({forMany}: PacketRecord, {status, presumed}: Stage): ListRow['fate'] => {
  if (status === 'lost') return 'lost';
  return status !== 'arrived' || forMany ? 'flying' : presumed ? 'presumed' : 'arrived';
};

const rowOf = (view: View, packet: PacketRecord, selected: number): ListRow => {
  const {trace, playback, beats} = view.input;
  const {language} = view;
  const segment = segmentOf(packet);
  const {relative} = playback;
  const options = {relative, questions: view.hidden, windows: windowsTold(beats, trace), language};
  const label = labelAt(trace, packet, view.cursor, options);
  const said = label.find(({kind}) => kind === 'http' || kind === 'tls');
  const asked = new Set(label.filter(({hidden}) => hidden).map(({kind}) => kind));
  const blank = (kind: LabelPart['kind'], text: string): string => (asked.has(kind) ? '?' : text);
  // While a question asks for the flags, the acknowledgment number is not shown, because it would reveal that the ACK flag is set.
  const acks = segment !== undefined && hasFlag(segment, 'ACK') && !asked.has('flags');
  const numbers = numbersOf(trace, packet, relative);
  const stage = stageOf(view, packet);
  const treatment = treatmentOf(trace, packet, view.cursor);
  const isUntimed = endsAt(view, packet).untimed === 'arrival';
  const dueTime = isUntimed ? '' : formatSeen(stage.dueUs, stage.estimated);
  const briefDue = `${playerTexts.due[language]} ${dueTime}`;
  const due = `${playerTexts.inFlight[language]}${punctuation.comma[language]}${briefDue}`;
  const fateIn = (due: string): string =>
    packet.forMany
      ? captureTexts.forMany[language]
      : fateText(stage, {dueTime, due, unseen: fateUnknown[language]});
  return {
    id: packet.id,
    sent: formatSeen(packet.sentUs, entryAt(trace, packet.sendEvent).estimated ?? false),
    from: hostName(trace, packet.from)[language],
    to: isMany(view) ? hostName(trace, packet.to)[language] : undefined,
    flags: segment
      ? said === undefined
        ? blank('flags', flagNames(segment).join(','))
        : blank(said.kind, said.value)
      : packet.frame
        ? blank(
            'other',
            partsText(sentParts(trace, {packet: packet.id, frame: packet.frame}), eyeHands[language]),
          )
        : '',
    said: said?.hidden ? undefined : said?.said,
    seq: numbers && blank('seq', String(numbers.seq)),
    ack: numbers && acks ? blank('ack', String(numbers.ack)) : undefined,
    len: segment && blank('len', String(segment.payload.length)),
    win: label.filter(({kind}) => kind === 'win').map(({value}) => blank('win', value))[0],
    fate: fateSign(packet, stage),
    fateText: fateIn(due),
    briefFate: fateIn(briefDue),
    again: packet.retransmission,
    treatment,
    treatmentText: treatment === undefined ? '' : playerTexts[treatment][language],
    alteredText: treatment === 'edited' ? alteredText(alteredFields(view, packet.id)) : '',
    selected: packet.id === selected,
  };
};

/** Returns the newest rows of the packet list; if an earlier packet is selected, the rows end two packets after it. */
export const listOf = (view: View): ListRow[] => {
  const {trace} = view.input;
  const newest = newestPacket(view);
  const selected = selectedPacket(view);
  if (newest === undefined || selected === undefined) return [];
  const last = Math.min(newest, Math.max(selected + 2, rowsKept));
  const rows: ListRow[] = [];
  for (let id = Math.max(1, last - rowsKept + 1); id <= last; id++)
    rows.push(rowOf(view, packetOf(trace, id), selected));
  return rows;
};

export type ListWindow = {
  readonly rows: readonly ListRow[];
  /** The numbers of rows of the packet list that are not shown, above the first shown row and below the last one. */
  readonly above: number;
  readonly below: number;
};

/** Returns at most `most` rows of the packet list, among them the selected one; with a filter only those that match. */
export const listWindow = (view: View, found: Found, most: number): ListWindow => {
  const {trace} = view.input;
  const newest = newestPacket(view);
  const selected = selectedPacket(view);
  if (newest === undefined || selected === undefined) return {rows: [], above: 0, below: 0};
  const {ids} = found;
  const total = found.kind === 'filter' ? ids.length : newest;
  const idAt = (row: number): number => (found.kind === 'filter' ? (ids[row] ?? 0) : row + 1);
  const after = bisect(total, (index) => idAt(index) > selected);
  const start = Math.max(0, Math.min(total - most, after - 1 - Math.floor(most / 2)));
  const count = Math.max(0, Math.min(most, total - start));
  return {
    rows: Array.from({length: count}, (_, index) =>
      rowOf(view, packetOf(trace, idAt(start + index)), selected),
    ),
    above: start,
    below: total - start - count,
  };
};
