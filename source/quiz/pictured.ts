// What the pictures of a sheet show by the way: the flags with which somebody opens, closes or resets, and what answers them.
import {isPacket, type Prompt, type PromptPacket} from './prompt.ts';
import {type Said, saidBy} from './said.ts';

const turning = ['SYN', 'FIN', 'RST'] as const;

const flagsOf = ({has}: Said): string => [...turning, 'ACK' as const].filter(has).join(',');

/** What comes in which state: whoever has thought about what it leads to knows the answer to it as well. */
export const arrivalOf = (state: string, got: Said): string => `${state}: ${flagsOf(got)}`;

/** `got` undefined: a call of the program brings it about. */
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

/** Facts that whoever sees these packets need not think about any more. */
export const exchangesIn = (prompt: Prompt): readonly string[] => {
  const lines = prompt.filter(isPacket);
  return [...new Set(lines.flatMap((line, index) => shownBy(line, lines[index - 1])))];
};
