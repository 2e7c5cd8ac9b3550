// Lists what the packets printed on a sheet show in passing: the flags that open, close or reset a connection, and the flags that answer
// them.
import {isPacket, type Prompt, type PromptPacket} from './prompt.ts';
import {type Said, saidBy} from './said.ts';

const turning = ['SYN', 'FIN', 'RST'] as const;

const flagsOf = ({has}: Said): string => [...turning, 'ACK' as const].filter(has).join(',');

/**
 * Returns the name of the fact that these flags arrive in this state; who has thought about it in one question knows the answer to another.
 */
export const arrivalOf = (state: string, got: Said): string => `${state}: ${flagsOf(got)}`;

/**
 * Returns the name of the fact that these flags are answered with those; `got` is undefined if the segment is the first, which a program's
 * call caused.
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

/** Returns the names of the facts about opening, closing and resetting that the packets in a prompt show. */
export const exchangesIn = (prompt: Prompt): readonly string[] => {
  const lines = prompt.filter(isPacket);
  return [...new Set(lines.flatMap((line, index) => shownBy(line, lines[index - 1])))];
};
