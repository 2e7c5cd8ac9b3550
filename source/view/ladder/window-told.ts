// When a window stands on its packet's line: it is zero, it stops or starts the other end, or the lesson speaks of it. Most windows are no
// news.

import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {announcedWindow} from '../../sim/relative.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {unicodeGlyphs} from '../glyphs.ts';

const isWindowField = (field: string): boolean => field.startsWith('tcp.window_size');

/** Whether a beat shows that variable of that host; without a name it is that of both ends. */
const shows = ({show}: BoundBeat, host: string, variable: string): boolean =>
  show.includes(variable) || show.includes(`${host}.${variable}`);

/** The packet at the beat's event, where the beat shows its window: the field, what its sender has room for, or what its receiver may send. */
const shownBy = (beat: BoundBeat, trace: Trace): number | undefined => {
  if (beat.show.length === 0 || beat.event < 1 || beat.event > trace.length) return undefined;
  const event = entryAt(trace, beat.event);
  if (!('packet' in event) || event.packet === undefined || event.packet < 1) return undefined;
  const {from, to} = packetOf(trace, event.packet);
  const isShown =
    beat.show.some(isWindowField) ||
    shows(beat, from, 'rcv.wnd') ||
    (event.kind === 'arrive' && shows(beat, to, 'snd.wnd'));
  return isShown ? event.packet : undefined;
};

const askedBy = (beat: BoundBeat): number | undefined =>
  beat.kind !== 'narration' && beat.hides?.fields.some(isWindowField) ? beat.hides.packet : undefined;

/** Returns the packets whose window these beats show or ask for. */
export const windowsTold = oncePer(
  (beats: readonly BoundBeat[], trace: Trace): ReadonlySet<number> =>
    new Set(beats.flatMap((beat) => [shownBy(beat, trace) ?? [], askedBy(beat) ?? []].flat())),
);

/** Returns in bytes what a packet's window says, or its field times an unknown scale; undefined: it is no segment. */
export const windowText = (trace: Trace, packet: number): string | undefined => {
  const segment = segmentOf(packetOf(trace, packet));
  const announced = segment && announcedWindow(trace, packet);
  if (!announced) return undefined;
  return announced.bytes === undefined ? `${segment.window}×${unicodeGlyphs.deduced}` : `${announced.bytes}`;
};

/** Whether the window is news by itself. That of an RST means nothing, and without ACK a segment only asks. */
export const isWindowNews = (trace: Trace, packet: number): boolean => {
  const segment = segmentOf(packetOf(trace, packet));
  if (!segment || !hasFlag(segment, 'ACK') || hasFlag(segment, 'RST')) return false;
  return segment.window === 0 || announcedWindow(trace, packet)?.turns === true;
};
