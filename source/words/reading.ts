// What is said while a capture is being read, and of one that somebody is still making.
import type {Text} from '../lesson/text.ts';
import {formatCount} from './format.ts';
import type {Problem} from './problem.ts';

/** A warning: whoever waited did not want to wait any longer. */
export const captureStopped = (file: string, packets: number, share: number | undefined): Problem => {
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return {
    what: {
      en: `${file}: read ${formatCount(packets)} packets, stopped${percent === undefined ? '' : ` at ${percent} %`}`,
      zh: `${file}：读了 ${formatCount(packets)} 个分组，${percent === undefined ? '' : `到 ${percent} % `}停下`,
    },
    remedy: {en: 'what follows is not looked at', zh: '后面的没有看'},
  };
};

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
  /** `how`: a bar and a percentage, where the length is known. */
  bar: (name: string, how: string, packets: number, hasKeys: boolean): Text => ({
    en: `reading ${name}${how}  ${formatCount(packets)} packets  ${hasKeys ? 'q' : 'ctrl-c'} stops`,
    zh: `正在读 ${name}${how}  ${formatCount(packets)} 个分组  ${hasKeys ? 'q' : 'ctrl-c'} 停止`,
  }),
  live: {en: 'live', zh: '实时'},
  ended: {en: 'ended', zh: '已结束'},
} as const;
