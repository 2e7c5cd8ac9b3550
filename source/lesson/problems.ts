// Collects what is wrong while a lesson is compiled, so that an author sees all of it at once.

import {problemsSentences} from '../words/catalogue/lesson.ts';
import {type PathProblem, type Problem, unknownWord} from './problem.ts';
import type {Text} from './text.ts';

export type Path = readonly (string | number)[];

export class Problems {
  readonly found: PathProblem[] = [];

  add(path: Path, problem: Problem, where: Pick<PathProblem, 'onKey' | 'inside' | 'elsewhere'> = {}): void {
    this.found.push({...problem, path, ...where});
  }

  /** Tells whether `given` is a known word, and adds a problem if it is not. */
  knows(path: Path, kind: Text, given: string, known: readonly string[]): boolean {
    if (known.includes(given)) return true;
    this.add(path, unknownWord(kind, given, known));
    return false;
  }

  host(path: Path, given: string, hosts: readonly string[]): boolean {
    return this.knows(path, problemsSentences.host, given, hosts);
  }
}
