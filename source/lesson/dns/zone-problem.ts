// Puts the problems of a zone file into sentences, by the codes that the DNS stack gives them.
import type {ZoneProblem} from '../../stack/dns/zone-problem.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {zoneProblems} from '../../words/catalogue/lesson-zones.ts';
import {type Problem, problemWith, type Sentence} from '../problem.ts';

type Code = ZoneProblem['code'];

/** The values of a zone file's problem that its sentence may print. */
type Told<C extends Code> = Extract<ZoneProblem, {readonly code: C}> & {readonly recordType: string};

const sentences: {
  readonly [C in Code]: {readonly message: Sentence<Told<C>>; readonly remedy: Sentence<Told<C>>};
} = zoneProblems;

const told = <C extends Code>(code: C, found: Told<C>): Problem => problemWith(sentences[code], found);

export const zoneProblem = (found: ZoneProblem): Problem =>
  told(found.code, {...found, recordType: 'type' in found ? typeName(found.type) : ''});
