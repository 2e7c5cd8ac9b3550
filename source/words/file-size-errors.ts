// Files that are larger than what is read whole, by what they are, and the remedy.
import type {Problem} from './errors.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

/** A warning where packets came before: of a capture out of gzip or through a pipe. */
export const captureBeyondBudget = (file: string, mebibytes: number, packets: number): Problem =>
  problem(
    `more than ${mebibytes} MiB come out of ${file}: the first ${packets} packets are told`,
    `${file} 读出的内容超过 ${mebibytes} MiB：只看前 ${packets} 个分组`,
    `allow more with --max-mebibytes ${4 * mebibytes}, or cut out what matters, for example with editcap or tcpdump -c`,
    `要多读就加 --max-mebibytes ${4 * mebibytes}，或先用 editcap、tcpdump -c 截取需要的部分`,
  );

/** What is imported. */
export const importBeyondBudget = (file: string, mebibytes: number): Problem =>
  problem(
    `${file} is larger than ${mebibytes} MiB`,
    `${file} 超过 ${mebibytes} MiB`,
    `fifty thousand answers are smaller: is it the right one? If so: --max-mebibytes ${4 * mebibytes}`,
    `五万条答题记录也没有这么大：是不是选错了文件？没选错就加 --max-mebibytes ${4 * mebibytes}`,
  );

/** Of what people write, or programs write for them: a lesson, answers, a key log. */
export const tooLargeText = (file: string, mebibytes: number): Problem =>
  problem(
    `${file} is larger than ${mebibytes} MiB`,
    `${file} 超过 ${mebibytes} MiB`,
    'files of this kind are smaller: is it the right one?',
    '这类文件没有这么大：是不是选错了文件？',
  );
