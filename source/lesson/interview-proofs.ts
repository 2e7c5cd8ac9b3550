// Reads the proofs of interview answers with the names of the lesson whose run shows them.
import {proofSentences} from '../words/catalogue/lesson.ts';
import {readExpression} from './beats.ts';
import type {Claimed, Proof} from './interview.ts';
import {Problems} from './problems.ts';
import {type Ground, runNameIn} from './runs.ts';
import {readSelector} from './selector-parser.ts';
import {worded} from './text.ts';

const readProof = (
  {question, point, proof}: Claimed,
  {file, names}: Ground,
  runs: readonly string[],
  problems: Problems,
): readonly Proof[] => {
  const run = runNameIn(file, proof.run) ?? runs[0] ?? 'base';
  problems.knows(['run'], proofSentences.run, run, runs);
  const at = readSelector(proof.at, ['at'], names, problems);
  const that = readExpression(proof.that, ['that'], names, problems);
  return at && that ? [{question, point, run, at, that}] : [];
};

/** Reads the proofs of the points in interview answers. A problem is reported under the id of the question. */
export const readProofs = (
  claims: readonly Claimed[],
  ground: Ground,
  runs: readonly string[],
  problems: Problems,
): readonly Proof[] =>
  claims.flatMap((claim) => {
    const own = new Problems();
    const proofs = readProof(claim, ground, runs, own);
    for (const {message, remedy} of own.found)
      problems.add([], {
        message: worded(proofSentences.named, {id: `${claim.question}/${claim.point}`, message}),
        remedy,
      });
    return proofs;
  });
