// How many columns the longest label of a run takes, so that a picture can leave room for it before it is played.
import {packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {textWidth} from '../../words/width.ts';
import {labelOf} from './label.ts';

/** Of `↺` and the space behind it. */
const againColumns = 2;

/** With numbers as they are on the wire. */
export const widestLabel = oncePer((trace: Trace): number => {
  let most = 0;
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const label = labelOf(trace, packet, {relative: false, questions: []});
    const text = label.map(({name, value}) => name + value).join(' ');
    most = Math.max(most, textWidth(text) + (packet.retransmission ? againColumns : 0));
  }
  return most;
});
