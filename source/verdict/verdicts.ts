// All findings of a capture in order of importance, and the verdict on each connection and conversation.
import {captureFindings} from './capture.ts';
import {carryingFindings} from './carrying.ts';
import {endingFindings} from './ending.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, isWrong, keyOf} from './finding.ts';
import {broaderThan, type Level} from './ids.ts';
import {messagesFindings} from './messages.ts';
import {namesFindings} from './names.ts';
import {seenOnly} from './needs.ts';
import {networkFindings} from './network.ts';
import {noAnswers} from './no-answers.ts';
import {openingFindings} from './opening.ts';

const rank: {readonly [level in Level]: number} = {fault: 0, slow: 1, note: 2};

/** Leaves out findings for which there is a more specific one about the same connection, as `broaderThan` lists them. */
const narrowed = (all: readonly Finding[]): readonly Finding[] => {
  const replaced = new Set<string>();
  for (const {id, about, covers} of all)
    for (const broader of broaderThan[id] ?? []) {
      replaced.add(`${broader} ${keyOf(about)}`);
      for (const connection of covers) replaced.add(`${broader} ${keyOf({connection})}`);
    }
  if (replaced.size === 0) return all;
  return all.filter(({id, about}) => !replaced.has(`${id} ${keyOf(about)}`));
};

/**
 * Compares findings by importance: faults before delays before notes; within these the one that cost more time, then the more specific,
 * then the earlier.
 */
const byImportance = (a: Finding, b: Finding): number =>
  rank[a.level] - rank[b.level] ||
  (b.costUs ?? 0) - (a.costUs ?? 0) ||
  Number(b.id in broaderThan) - Number(a.id in broaderThan) ||
  (a.frames[0] ?? 0) - (b.frames[0] ?? 0);

export const findingsIn = (evidence: Evidence): readonly Finding[] => {
  const all = [
    ...openingFindings(evidence),
    ...carryingFindings(evidence),
    ...endingFindings(evidence),
    ...namesFindings(evidence),
    ...messagesFindings(evidence),
    ...networkFindings(evidence),
    ...captureFindings(evidence),
  ];
  const seen = seenOnly(evidence, all);
  return narrowed([...seen, ...noAnswers(evidence, seen)]).toSorted(byImportance);
};

/**
 * Returns a function that gives the most important fault or delay among the findings about one of the given things; undefined if there is
 * none. `findings` are in order of importance.
 */
export const verdictsOn = (
  findings: readonly Finding[],
): ((about: readonly About[]) => Finding | undefined) => {
  const first = new Map<string, Finding>();
  for (const each of findings)
    if (isWrong(each) && !first.has(keyOf(each.about))) first.set(keyOf(each.about), each);
  return (about) => {
    if (first.size === 0) return undefined;
    const wrong = about.find((each) => first.has(keyOf(each)));
    return wrong && first.get(keyOf(wrong));
  };
};
