// The registry of generators. To add a kind: its name and topic in kinds.ts; a generator (draft.ts says what it gives) in the
// file of its family, which computes the right answer and what each misconception would answer from the same instant of the
// run; and its line here. Sheets then ask it, `test/lesson/quiz/sheet.test.ts` holds it to what every question promises.
import type {Generator} from './draft.ts';
import {prediction} from './prediction.ts';
import {nextAck, nextSeq} from './tcp-numbers.ts';

export const generators: readonly Generator[] = [nextAck, nextSeq, prediction];
