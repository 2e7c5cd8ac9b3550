// The words of the page that asks how a conversation is to be written, in both languages.
import type {Text} from '../lesson/text.ts';
import {withReason} from './file-errors.ts';
import {formatCount} from './format.ts';
import type {Problem} from './problem.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** What a capture can be written as; a script of its programs it cannot. */
export const exportFormats = {
  pcapng: {
    extension: 'pcapng',
    what: text('packets with comments, for Wireshark', '带注释的分组，给 Wireshark 用'),
  },
  pcap: {extension: 'pcap', what: text('packets, for older tools', '分组，给旧工具用')},
  json: {extension: 'json', what: text('every event and field, a line each', '每个事件一行，带全部字段')},
  text: {extension: 'txt', what: text('a table of packets with sentences', '分组表和说明')},
  md: {extension: 'md', what: text('the same for a report, in Markdown', '同上，Markdown 格式，可贴进报告')},
  mermaid: {extension: 'mmd', what: text('a sequence diagram', '时序图')},
  svg: {extension: 'svg', what: text('the ladder as a picture', '梯形图，矢量图片')},
  html: {extension: 'html', what: text('a page that plays it in a browser', '可在浏览器里播放的网页')},
  cast: {extension: 'cast', what: text('a recording for asciinema', 'asciinema 录像')},
  anki: {extension: 'txt', what: text('questions as notes for Anki', 'Anki 题目卡片')},
} as const satisfies Record<string, {readonly extension: string; readonly what: Text}>;

export type ExportFormat = keyof typeof exportFormats;

export const exportWords = {
  title: ({en, zh}: Text): Text => text(`export ${en}`, `导出 ${zh}`),
  inFolder: (folder: string): Text => text(`in ${folder}`, folder),
  file: text('file', '文件'),
  writing: text('writing it', '正在写入'),
  replace: (file: string): Text => text(`${file} exists. Replace it?`, `${file} 已存在，要覆盖吗？`),
  kept: text('nothing was written', '没有写入'),
  wrote: (file: string, folder: string, packets: number): Text =>
    text(
      `wrote ${file} in ${folder}: ${formatCount(packets)} packet${packets === 1 ? '' : 's'}`,
      `已写入 ${folder} 里的 ${file}：${formatCount(packets)} 个分组`,
    ),
  format: (name: string, what: string): Text => text(`${name}, ${what}`, `${name}，${what}`),
  place: (number: number, total: number): Text =>
    text(`${number} of ${total}`, `第 ${number} 项，共 ${total} 项`),
} as const;

export const cannotWriteThere = (file: string, code: string): Problem => ({
  what: withReason(`cannot write ${file}`, `无法写入 ${file}`, code),
  remedy: text('n takes another name or folder', '按 n 换个名字或目录'),
});
