// The words of written sequences: tables, diagrams, pictures of a run.
import type {Language, Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const sequenceTexts = {
  others: text('others', '其他主机'),
  packet: text('packet', '分组'),
  time: text('time', '时间'),
  from: text('from', '发送方'),
  to: text('to', '接收方'),
  what: text('what', '内容'),
  states: text('states', '状态'),
  packets: text('Packets', '分组'),
  narration: text('What happens', '过程'),
  why: text('Why', '为什么'),
  relative: text('relative sequence numbers', '序号为相对值'),
  /** Of captures: nobody saw them. */
  deduced: text('states deduced', '状态为推断'),
  copy: text('a second copy', '多出的一份'),
  altered: text('altered on the way', '途中被改动'),
} as const;

/** Idle time, in a row of its own. */
export const passes = (time: string, language: Language): string =>
  language === 'zh' ? `过了 ${time}` : `${time} pass`;

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

/** In the place of the inner packets of a burst. */
export const moreText = (count: number, language: Language): string =>
  language === 'zh' ? `还有 ${count} 个分组` : `${count} more packets`;
