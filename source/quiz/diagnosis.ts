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
  /** The probability that the learner holds the misconception, from 0 to 1. */
  readonly probability: number;
};

/**
 * `acts`: how probable it is that a belief decides the answer of a learner who holds it. `slip`: how probable a wrong answer by mistake is.
 */
const acts = 0.7;
const slip = 0.15;

/** The probability that a learner holds a given misconception before any answer: about three of fifty are held. */
const prior = 0.06;

/**
 * A belief is reported from this probability on. Among four choices, two answers that agree and none against reach it, or three with at
 * most two against.
 */
const told = 0.85;
const leastAgreeing = 2;

/** How many answers count for a belief. Beliefs change as people learn, so older answers say nothing about today. */
const remembered = 12;

/**
 * Returns the probability that a wrong answer by mistake happens to be the one that a belief leads to; 1/20 where any value may be typed.
 */
const shareOfSlip = ({wrongWays}: KeptSign): number => 1 / (wrongWays === 0 ? 20 : wrongWays);

/** Returns how many times likelier this answer is from a learner who holds the misconception than from one who does not. */
const likelihoodRatio = (misconception: string, sign: KeptSign): number => {
  // A right answer that was found with help or by a guess counts half.
  if (sign.right) return sign.hints > 0 || sign.confidence === 'guess' ? 1 - acts / 2 : 1 - acts;
  const slipped = slip * shareOfSlip(sign);
  if (sign.means.includes(misconception)) return (acts + (1 - acts) * slipped) / slipped;
  // An answer that shows another belief is weaker evidence against this one than a mere slip.
  return sign.means.length === 0 ? 1 - acts : 1 - acts / 2;
};

/** The part of an answer that is kept to judge a misconception later. */
export type KeptSign = Pick<Sign, 'wrongWays' | 'right' | 'means' | 'hints'> & {
  readonly confidence: Sign['confidence'] | undefined;
};

/** Maps each misconception to the latest answers to questions that touch it. */
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

/** Returns the probability that a learner holds the misconception, from the kept answers to questions that touch it. */
const probabilityOf = (misconception: string, signs: readonly KeptSign[]): number => {
  const odds = signs.reduce((so, sign) => so * likelihoodRatio(misconception, sign), prior / (1 - prior));
  return odds / (1 + odds);
};

type Judged = Suspicion & {
  /** The number of answers that fit the misconception. */ readonly agreeing: number;
};

/** Returns the probability of every misconception that answered questions touch, the likeliest first and equal ones by name. */
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

/** Returns the misconceptions that the learner is told of: likely ones that at least two answers show. */
export const diagnosisIn = (signs: Signs): readonly Suspicion[] =>
  judged(signs).filter(({probability, agreeing}) => probability >= told && agreeing >= leastAgreeing);

export const diagnosis = (answers: readonly Sign[]): readonly Suspicion[] => diagnosisIn(signsOf(answers));

/** The probability that a learner holds a misconception that no answered question touches. */
export const unseenProbability = prior;
