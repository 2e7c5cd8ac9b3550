// Lists what the packets printed on a sheet show in passing: the flags that open, close or reset a connection, and the flags that answer
// them.
import {isPacket, type Prompt, type PromptPacket} from './prompt.ts';
import {type Said, saidBy} from './said.ts';

const turning = ['SYN', 'FIN', 'RST'] as const;

const flagsOf = ({has}: Said): string => [...turning, 'ACK' as const].filter(has).join(',');

/** Returns a fact about a segment that arrives in a state: a reader who has thought about its effect knows the reply as well. */
export const arrivalOf = (state: string, got: Said): string => `${state}: ${flagsOf(got)}`;

/**
 * Returns the name of a fact about an exchange: the flags that arrived, and the flags sent in reply; `got` is undefined if a call of the
 * program caused it.
 */
export const exchangeOf = (got: Said | undefined, sends: string): string =>
  `${got ? flagsOf(got) : ''}>${sends}`;

const turns = (line: Said): boolean => turning.some(line.has);

const shownBy = (line: PromptPacket, before: PromptPacket | undefined): readonly string[] => {
  const own = saidBy(line.parts);
  if (!own) return [];
  const got = before?.from === line.to ? saidBy(before.parts) : undefined;
  return [
    ...(turns(own) ? [exchangeOf(undefined, flagsOf(own))] : []),
    ...(got && turns(got) ? [exchangeOf(got, flagsOf(own))] : []),
  ];
};

/** Returns the facts that these printed packets show. */
export const exchangesIn = (prompt: Prompt): readonly string[] => {
  const lines = prompt.filter(isPacket);
  return [...new Set(lines.flatMap((line, index) => shownBy(line, lines[index - 1])))];
};
