// What is said while a capture is being read, and of one that somebody is still making.
import type {Problem} from './errors.ts';

/** A warning: whoever waited did not want to wait any longer. */
export const captureStopped = (file: string, packets: number): Problem => ({
  what: {
    en: `reading ${file} was stopped after packet ${packets}`,
    zh: `读 ${file} 到第 ${packets} 个分组时被中止`,
  },
  remedy: {en: `${packets} packets are shown`, zh: `已显示前 ${packets} 个`},
});

export const readingTexts = {
  waiting: {
    en: 'waiting for the first packet; ctrl-c ends it',
    zh: '正在等待第一个分组；按 ctrl-c 结束',
  },
  live: {en: 'live', zh: '实时'},
  ended: {en: 'ended', zh: '已结束'},
} as const;
