// All that a reader reads, in both languages, of a run in which this is done to a packet.
import {expect} from 'vitest';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {allRuns, signed} from '../../helpers/all-runs.ts';
import {toldOf, tracedWith} from '../../helpers/diverged.ts';

export const drop = {kind: 'drop'} as const;

type Speaks = (lesson: Lesson) => Lesson;

const told = (name: string, [packet, kind]: readonly [number, FaultKind], speaks: Speaks): string => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const each = {...own, fault: {...kind, at: {packet}}};
  return toldOf(speaks(signed(own.lesson)), each, tracedWith(each))
    .map(({en, zh}) => `${en}\n${zh}`)
    .join('\n');
};

export const toldWith = (name: string, packet: number, kind: FaultKind): string =>
  told(name, [packet, kind], (lesson) => lesson);

/** By the account alone: what of it a lesson leaves to it changes with the lesson. */
export const toldAlone = (name: string, packet: number, kind: FaultKind): string =>
  told(name, [packet, kind], (lesson) => ({...lesson, beats: []}));
