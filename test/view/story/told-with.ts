// All that a reader reads, in both languages, of a run in which this is done to a packet.
import {expect} from 'vitest';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {allRuns, signed} from '../../helpers/all-runs.ts';
import {toldOf, tracedWith} from '../../helpers/diverged.ts';

export const drop = {kind: 'drop'} as const;

export const toldWith = (name: string, packet: number, kind: FaultKind): string => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const each = {...own, fault: {...kind, at: {packet}}};
  return toldOf(signed(own.lesson), each, tracedWith(each))
    .map(({en, zh}) => `${en}\n${zh}`)
    .join('\n');
};
