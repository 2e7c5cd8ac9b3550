// Files that are larger than what is read whole, by what they are, and the remedy.
import type {Problem} from './errors.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

/** A capture. */
export const tooLargeCapture = (file: string, mebibytes: number): Problem =>
  problem(
    `${file} is larger than ${mebibytes} MiB`,
    `${file} 超过 ${mebibytes} MiB`,
    'cut out the part that matters, for example with editcap or tcpdump -c',
    '先截取需要的部分，例如用 editcap 或 tcpdump -c',
  );

/** Of what people write, or programs write for them: a lesson, answers, a key log. */
export const tooLargeText = (file: string, mebibytes: number): Problem =>
  problem(
    `${file} is larger than ${mebibytes} MiB`,
    `${file} 超过 ${mebibytes} MiB`,
    'files of this kind are smaller: is it the right one?',
    '这类文件没有这么大：是不是选错了文件？',
  );
