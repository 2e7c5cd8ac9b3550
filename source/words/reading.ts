// What is said while a capture is being read, and of one that somebody is still making.
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
