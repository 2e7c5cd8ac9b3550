// Diagnoses which misconceptions a learner's answers show. Each belief is judged on its own by Bayes' rule: a learner who holds it answers
// accordingly in most of the questions that touch it; any other learner gives such an answer only by a slip.
import type {Answer} from './progress-record.ts';

/** The part of an answer that is evidence for or against a belief. */
export type Sign = Pick<
  Answer,
  'touches' | 'wrongWays' | 'given' | 'right' | 'means' | 'hints' | 'confidence'
>;

export type Suspicion = {
  readonly misconception: string;
  /** The probability that the learner holds the belief, 0 … 1. */
  readonly probability: number;
};

/** The probabilities that a belief decides the answer to a question that touches it, and that a slip does. */
const acts = 0.7;
const slip = 0.15;

/** The probability of a belief without any evidence: a learner holds about three of the fifty. */
const prior = 0.06;

/**
 * A belief is reported from this probability on. Among four choices, two answers that agree and none against reach it, or three with at
 * most two against.
 */
const told = 0.85;
const leastAgreeing = 2;

/** How many answers count for a belief. Beliefs change as people learn, so older answers say nothing about today. */
const remembered = 12;

/** Returns the share of slips that hit a belief's value. Where any value may be typed, a slip hardly ever hits it. */
const shareOfSlip = ({wrongWays}: KeptSign): number => 1 / (wrongWays === 0 ? 20 : wrongWays);

/** Returns how much likelier this answer is from a learner who holds the belief; the question must touch it. */
const likelihoodRatio = (misconception: string, sign: KeptSign): number => {
  // A right answer that was found with help or by a guess counts half.
  if (sign.right) return sign.hints > 0 || sign.confidence === 'guess' ? 1 - acts / 2 : 1 - acts;
  const slipped = slip * shareOfSlip(sign);
  if (sign.means.includes(misconception)) return (acts + (1 - acts) * slipped) / slipped;
  // The answer is a slip, which a holder of the belief would mostly not make, or it shows another belief, which is weaker evidence.
  return sign.means.length === 0 ? 1 - acts : 1 - acts / 2;
};

/** The part of a sign that is needed to judge the beliefs that its question touched. */
export type KeptSign = Pick<Sign, 'wrongWays' | 'right' | 'means' | 'hints'> & {
  readonly confidence: Sign['confidence'] | undefined;
};

/** Maps each belief to the recent answers that it may have decided. */
type Signs = Map<string, KeptSign[]>;

export const addSign = (signs: Signs, sign: Sign): void => {
  const {touches, given, wrongWays, right, means, hints, confidence} = sign;
  if (given === undefined) return;
  const kept = {wrongWays, right, means, hints, confidence};
  for (const belief of touches) {
    const here = signs.get(belief);
    if (here === undefined) signs.set(belief, [kept]);
    else if (here.push(kept) > remembered) here.shift();
  }
};

/** Returns the probability that the belief is held, from the answers that could have shown it. */
const probabilityOf = (misconception: string, signs: readonly KeptSign[]): number => {
  const odds = signs.reduce((so, sign) => so * likelihoodRatio(misconception, sign), prior / (1 - prior));
  return odds / (1 + odds);
};

type Judged = Suspicion & {
  /** The number of answers that fit the misconception. */ readonly agreeing: number;
};

/** Returns a judgment of every belief that a question has touched, likeliest first, equals by name. */
const judged = (signs: Signs): readonly Judged[] =>
  [...signs]
    .map(([misconception, here]) => ({
      misconception,
      probability: probabilityOf(misconception, here),
      agreeing: here.filter(({means}) => means.includes(misconception)).length,
    }))
    .sort((a, b) => b.probability - a.probability || (a.misconception < b.misconception ? -1 : 1));

const signsOf = (answers: readonly Sign[]): Signs => {
  const signs: Signs = new Map();
  for (const answer of answers) addSign(signs, answer);
  return signs;
};

export const suspicions = (answers: readonly Sign[]): readonly Judged[] => judged(signsOf(answers));

/** Returns the beliefs of which the learner is told. One answer is no pattern, even a number to which only this belief leads. */
export const diagnosisIn = (signs: Signs): readonly Suspicion[] =>
  judged(signs).filter(({probability, agreeing}) => probability >= told && agreeing >= leastAgreeing);

export const diagnosis = (answers: readonly Sign[]): readonly Suspicion[] => diagnosisIn(signsOf(answers));

/** The probability of a belief that no question has touched. */
export const unseenProbability = prior;
