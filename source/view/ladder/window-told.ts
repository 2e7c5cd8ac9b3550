// Decides when a packet's label shows the TCP window: if it is zero, if it stops or restarts the other end, or if the lesson mentions it.

import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import {announcedWindow} from '../../sim/relative.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {unicodeGlyphs} from '../glyphs.ts';

const isWindowField = (field: string): boolean => field.startsWith('tcp.window_size');

/** Tells whether a step of the narration shows this TCP variable of a host; a variable without a host's name is that of both ends. */
const shows = ({show}: BoundBeat, host: string, variable: string): boolean =>
  show.includes(variable) || show.includes(`${host}.${variable}`);

/**
 * Returns the packet at the beat's event if the beat shows that packet's window: the header field, the sender's receive window, or the
 * receiver's send window; otherwise undefined.
 */
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

/** Returns the numbers of the packets whose windows these beats show or ask for. */
export const windowsTold = oncePer(
  (beats: readonly BoundBeat[], trace: Trace): ReadonlySet<number> =>
    new Set(beats.flatMap((beat) => [shownBy(beat, trace) ?? [], askedBy(beat) ?? []].flat())),
);

/** Returns a packet's window in bytes, or the header field times an unknown scale; undefined if the packet is no TCP segment. */
export const windowText = (trace: Trace, packet: number): string | undefined => {
  const segment = segmentOf(packetOf(trace, packet));
  const announced = segment && announcedWindow(trace, packet);
  if (!announced) return undefined;
  return announced.bytes === undefined ? `${segment.window}×${unicodeGlyphs.deduced}` : `${announced.bytes}`;
};

/**
 * Tells whether a packet's TCP window is worth showing even if the lesson does not mention it: if it is zero, or stops or restarts the
 * other end. The window of an RST has no meaning, and that of a segment without ACK is the first one.
 */
export const isWindowNews = (trace: Trace, packet: number): boolean => {
  const segment = segmentOf(packetOf(trace, packet));
  if (!segment || !hasFlag(segment, 'ACK') || hasFlag(segment, 'RST')) return false;
  return segment.window === 0 || announcedWindow(trace, packet)?.turns === true;
};
