// All that a reader reads of a run in which this is done to a packet, and what it was made of.
import {expect, test} from 'vitest';
import type {Lesson} from '../../../source/lesson/lesson.ts';
import type {FaultKind} from '../../../source/sim/fault.ts';
import {again} from '../../../source/words/catalogue/told.ts';
import {allRuns, signed} from '../../helpers/all-runs.ts';
import {type Sentence, toldOf, tracedWith} from '../../helpers/diverged.ts';
import {type Meaning, meaningsOf} from '../../helpers/meaning.ts';

export const drop: FaultKind = {kind: 'drop'};
export const damaged: FaultKind = {kind: 'corrupt', where: 'memory'};
export const damagedOnLink: FaultKind = {kind: 'corrupt', where: 'link'};
export const copy = (afterUs = 0): FaultKind => ({kind: 'dup', afterUs});
export const late = (byUs: number): FaultKind => ({kind: 'delay', byUs});
export const overtaken = (places: number): FaultKind => ({kind: 'reorder', places});
export const edit = (field: string, value: number, mend = true): FaultKind => ({
  ...{kind: 'edit', field, value, mend},
});

type Faulted = readonly [name: string, packet: number, kind: FaultKind];

/** A run, what is done to which packet of it, and what the text is made of. */
export type ToldRow = readonly [Faulted, ...wanted: Meaning[]];

const told = ([name, packet, kind]: Faulted, speaks: (lesson: Lesson) => Lesson): readonly Sentence[] => {
  const own = allRuns().find((each) => each.name === name) ?? expect.fail(name);
  const each = {...own, fault: {...kind, at: {packet}}};
  return toldOf(speaks(signed(own.lesson)), each, tracedWith(each));
};

const textOf = (sentences: readonly Sentence[]): string => sentences.map(({en}) => en).join('\n');

export const toldWith = (...faulted: Faulted): string => textOf(told(faulted, (lesson) => lesson));

/** By the account alone: what of it a lesson leaves to it changes with the lesson. */
export const toldAlone = (...faulted: Faulted): string =>
  textOf(told(faulted, (lesson) => ({...lesson, beats: []})));

/** Which beats of the lesson speak there, by their numbers in it. */
export const spokenBeats = (...faulted: Faulted): readonly number[] =>
  told(faulted, (lesson) => lesson).flatMap(({by, beat}) => (by === 'lesson' ? [beat] : []));

/** What is told of the connection of this port, where several are told apart by their ports. */
const toldOfPort = (text: string, port: unknown): string =>
  text
    .split('\n')
    .filter((line) => meaningsOf(line).some((each) => each.says === 'told.data.ofPort' && each.port === port))
    .join('\n');

/** One test for each row: its reader is told all of that, and of that connection if the row names one. */
export const testTold = (rows: readonly ToldRow[], toldIn = toldWith): void => {
  test.for(rows)('%j', ([faulted, ...wanted]) => {
    const text = toldIn(...faulted);
    const connection = wanted.find(({says}) => says === 'told.data.ofPort');
    const about = connection ? toldOfPort(text, connection.port) : text;
    for (const each of wanted) expect(about).toSay(each);
  });
};

/** Expects that no retransmission is told as needless. */
export const expectNeeded = (text: string): void => {
  for (const key of Object.keys(again.needless)) expect(text).not.toSay({says: `told.again.needless.${key}`});
};
