// The words of written sequences: tables, diagrams, pictures of a run.
import type {Language} from '../lesson/text.ts';

export const omittedText = (packets: number, language: Language): string => {
  if (language === 'zh') return `另有 ${packets} 个分组没有列出`;
  return packets === 1 ? '1 more packet is not shown' : `${packets} more packets are not shown`;
};

/** `Packets 1, 3 and 5`: whose sending a rule brought about. */
export const packetsNamed = (ids: readonly number[], language: Language): string => {
  if (language === 'zh') return `第 ${ids.join('、')} 个分组`;
  const last = ids[ids.length - 1];
  if (ids.length < 2) return `Packet ${last}`;
  return `Packets ${ids.slice(0, -1).join(', ')} and ${last}`;
};

export const packetsText = (count: number, language: Language): string => {
  if (language === 'zh') return `${count} 个分组`;
  return count === 1 ? '1 packet' : `${count} packets`;
};
