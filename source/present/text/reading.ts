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

export const noConnection = (given: number, count: number): Problem => ({
  what: {
    en: `there is no connection ${given}: the capture has ${count}`,
    zh: `没有第 ${given} 个连接：抓包里共有 ${count} 个`,
  },
  remedy: {
    en: '`packet-tutor inspect CAPTURE` lists them with their numbers',
    zh: 'packet-tutor inspect CAPTURE 会列出各连接的编号',
  },
});

export const readingTexts = {
  waiting: {
    en: 'waiting for the first packet; ctrl-c ends it',
    zh: '正在等待第一个分组；按 ctrl-c 结束',
  },
  live: {en: 'live', zh: '实时'},
  ended: {en: 'ended', zh: '已结束'},
} as const;
