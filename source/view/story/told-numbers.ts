// Tells whether the texts of a lesson's run contain absolute sequence numbers; the ladder then shows absolute numbers, too.
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Trace} from '../../sim/trace.ts';

/** Matches numbers of six digits and more, which are taken for sequence numbers; shorter ones may be lengths, ports or times. */
const long = /\d{6,}/g;

const textOf = (beat: BoundBeat): string =>
  beat.kind === 'narration'
    ? beat.say.en
    : [beat.ask, ...beat.choices.map(({text}) => text)].map(({en}) => en).join(' ');

export const tellsNumbers = (trace: Trace, beats: readonly BoundBeat[]): boolean => {
  const named = new Set(beats.flatMap((beat) => textOf(beat).match(long) ?? []));
  if (named.size === 0) return false;
  for (let id = 1; id <= trace.packetCount; id++) {
    const segment = segmentOf(packetOf(trace, id));
    if (segment && (named.has(String(segment.seq)) || named.has(String(segment.ack)))) return true;
  }
  return false;
};
