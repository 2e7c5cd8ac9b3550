// What is wrong with an export, in both languages.
import type {Problem} from './problem.ts';

/** `--at` with a form that shows the run from all ends at once. */
export const wholeRunOnly = (format: string, placed: readonly string[]): Problem => ({
  what: {
    en: `--at is for captures and scripts: ${format} shows all hosts at once`,
    zh: `--at 只用于抓包文件和脚本：${format} 同时显示所有主机`,
  },
  remedy: {
    en: `leave --at out, or take --format ${placed.join(', ')}`,
    zh: `去掉 --at，或用 --format ${placed.join('、')}`,
  },
});
