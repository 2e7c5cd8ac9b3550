// Tells whether one question prints packets in the order that another question asks for. Only who sends what counts, not the run's numbers.
import {oncePer} from '../wire/once-per.ts';
import {isPacket, packetLineText} from './prompt.ts';
import type {Question} from './question.ts';

/** Sequence and acknowledgment numbers in a line, which differ between runs and are left out of the comparison. */
const ofRun = /\b(seq|ack)=\d+/gi;

const inOrder = oncePer(({form, prompt, choices, answer}: Question): readonly string[] => {
  const printed = prompt.filter(isPacket).map((line) => packetLineText({...line, number: undefined}, 'en'));
  const ids = form === 'order' && typeof answer === 'object' ? answer : [];
  const right = ids.flatMap((id) => choices.filter((each) => each.id === id).map(({text}) => text.en));
  return [...printed, ...right].map((line) => line.replace(ofRun, '$1'));
});

const byTurn = (lines: readonly string[]): string => {
  const hosts: string[] = [];
  const called = (host: string): number => {
    if (!hosts.includes(host)) hosts.push(host);
    return hosts.indexOf(host);
  };
  return lines
    .map((line) => line.replace(/^(.*?) → (.*?) {2}/, (_, from, to) => `${called(from)} ${called(to)} `))
    .join('\n');
};

/**
 * Returns every group of three packets that a question prints or orders, in their order, with hosts numbered by first occurrence, so that
 * two questions can be compared.
 */
const threesOf = oncePer((question: Question): ReadonlySet<string> => {
  const lines = inOrder(question);
  const found = new Set<string>();
  for (const [a, first] of lines.entries())
    for (const [b, second] of lines.entries())
      for (const [c, third] of lines.entries()) if (a < b && b < c) found.add(byTurn([first, second, third]));
  return found;
});

/**
 * Tells whether one question gives away the packet order that another asks for: if three packets are in order, the fourth is easily placed.
 */
export const ordersTold = (one: Question, other: Question): boolean =>
  other.form === 'order' && [...threesOf(other)].some((three) => threesOf(one).has(three));
