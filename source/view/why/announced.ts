// *Why?* of the window that a captured host announces: by how much it differs from the one before, and what no capture shows
// (RFC 9293 §3.8.6, RFC 7323 §2.2, §2.3).
import {sentBefore} from '../../account/packet.ts';
import {whyAnnounced} from '../../words/catalogue/why.ts';
import type {View} from '../view.ts';
import type {Ends} from './beginning.ts';

/** `id`: with which it is announced; undefined: a run tells more, or nothing was announced before, or a question may ask for a number. */
export const announcedText = (view: View, id: number, {before, after}: Ends): string | undefined => {
  const {language, input, hidden} = view;
  const [earlier] = input.trace.connectionPackets ? sentBefore(input.trace, id) : [];
  const numberIn = (end: Ends['after'], name: string): number | undefined => end?.quantity(name)?.value;
  const [told, wnd] = [before, after].map((end) => numberIn(end, 'rcv.wnd'));
  if (!earlier || told === undefined || wnd === undefined || hidden.length > 0) return undefined;
  const [from, to] = [before, after].map((end) => numberIn(end, 'rcv.nxt'));
  // Behind the SYN comes the first byte.
  const fresh = from !== undefined && before?.irs === (from - 1) >>> 0;
  const unit = numberIn(after, 'rcv.scale') ?? 1;
  const isRounded = told % unit !== 0 && wnd === Math.ceil(told / unit) * unit;
  const how = isRounded ? 'rounded' : wnd > told ? 'more' : wnd < told ? 'less' : 'same';
  const came = from === undefined || to === undefined ? 0 : (to - from) | 0;
  return whyAnnounced[language]({
    packet: earlier.id,
    now: id,
    told,
    unit,
    how,
    change: Math.abs(wnd - told),
    came,
    fresh,
  });
};
