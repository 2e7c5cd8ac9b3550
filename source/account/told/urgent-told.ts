// Tells that an urgent pointer took a byte out of the stream on Linux, so that the program reads on without that byte (RFC 6093).
import {operandsOf} from '../operands.ts';
import type {Told} from './facts.ts';
import type {Moment} from './memory.ts';

export const urgentTold = ({trace, events}: Moment): readonly Told[] =>
  events.flatMap((event): readonly Told[] => {
    if (event.kind !== 'signal' || event.because !== 'linux:urgent/apart') return [];
    const byte = operandsOf(trace, event).after?.urgentByte;
    const {n, host} = event;
    const about = [`urgent ${host} ${byte}`];
    return byte === undefined ? [] : [{says: 'urgentApart', n, rank: 1, most: 2, about, facts: {host, byte}}];
  });
