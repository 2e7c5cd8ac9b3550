// How many columns the longest label of a run takes, so that a picture can leave room for it before it is played.
import {packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';
import {textWidth} from '../../words/width.ts';
import {labelOf} from './label.ts';

const known = new WeakMap<Trace, number>();

/** Of `↺` and the space behind it. */
const againColumns = 2;

const widest = (trace: Trace): number => {
  let most = 0;
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const label = labelOf(trace, packet, {relative: false, questions: []});
    const text = label.map(({name, value}) => name + value).join(' ');
    most = Math.max(most, textWidth(text) + (packet.retransmission ? againColumns : 0));
  }
  return most;
};

/** With numbers as they are on the wire; worked out once for each run. */
export const widestLabel = (trace: Trace): number => {
  const columns = known.get(trace) ?? widest(trace);
  known.set(trace, columns);
  return columns;
};
