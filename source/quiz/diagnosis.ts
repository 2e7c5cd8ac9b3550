// Which misconceptions a learner's answers speak for. Each belief is judged on its own by Bayes' rule: whoever holds it answers by it
// in most of the questions that it touches; whoever does not hits on it by a slip.
import type {Answer} from './progress-record.ts';

/** An answer as evidence. */
export type Sign = Pick<
  Answer,
  'touches' | 'wrongWays' | 'given' | 'right' | 'means' | 'hints' | 'confidence'
>;

export type Suspicion = {readonly misconception: string /** 0 … 1 */; readonly probability: number};

/** How often a belief decides the answer to a question that it touches, and how often a slip does. */
const acts = 0.7;
const slip = 0.15;

/** Of a belief that nothing is known about: about three of the fifty. */
const prior = 0.06;

/** A belief is told of from here on: among four choices, two answers agree and none is against them, or three and at most two are. */
const told = 0.85;
const leastAgreeing = 2;

/** Beliefs change as they are learned: what was answered long ago says nothing about today. */
const remembered = 12;

/** Where any value may be given, a slip hardly ever is the very value that a belief leads to. */
const shareOfSlip = ({wrongWays}: KeptSign): number => 1 / (wrongWays === 0 ? 20 : wrongWays);

/** How much likelier this answer is from one who holds the belief, which its question touches. */
const likelihoodRatio = (misconception: string, sign: KeptSign): number => {
  // Found with help, or by luck: half of what a right answer says.
  if (sign.right) return sign.hints > 0 || sign.confidence === 'guess' ? 1 - acts / 2 : 1 - acts;
  const slipped = slip * shareOfSlip(sign);
  if (sign.means.includes(misconception)) return (acts + (1 - acts) * slipped) / slipped;
  // A slip, which this belief would mostly have forestalled; or another belief, which leaves less room for that.
  return sign.means.length === 0 ? 1 - acts : 1 - acts / 2;
};

/** The part of a sign that is needed to judge the beliefs that its question touched. */
export type KeptSign = Pick<Sign, 'wrongWays' | 'right' | 'means' | 'hints'> & {
  readonly confidence: Sign['confidence'] | undefined;
};

/** By belief the answers that it may have decided, as far back as they say something. */
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

/** How likely the belief is held: by nothing but the answers that could have shown it. */
const probabilityOf = (misconception: string, signs: readonly KeptSign[]): number => {
  const odds = signs.reduce((so, sign) => so * likelihoodRatio(misconception, sign), prior / (1 - prior));
  return odds / (1 + odds);
};

type Judged = Suspicion & {/** Answers that were given by it. */ readonly agreeing: number};

/** Of every belief that a question has touched, the likeliest first; equals by name. */
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

/** What the learner is told. One answer is no pattern, be it a number that only the belief leads to. */
export const diagnosisIn = (signs: Signs): readonly Suspicion[] =>
  judged(signs).filter(({probability, agreeing}) => probability >= told && agreeing >= leastAgreeing);

export const diagnosis = (answers: readonly Sign[]): readonly Suspicion[] => diagnosisIn(signsOf(answers));

/** Of a belief that no question has touched. */
export const unseenProbability = prior;
