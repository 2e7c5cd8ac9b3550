// The words of the page that opens a capture, in both languages.
import type {Text} from '../lesson/text.ts';
import {terminal} from './written.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const openCaptureWords = {
  title: text('open a capture', '打开抓包'),
  path: text('path', '路径'),
  howToType: text(
    'type / or ~ to name a file, or drop it onto the terminal',
    '按 / 或 ~ 输入路径，也可以把文件拖进终端',
  ),
  heading: {
    name: text('capture', '抓包文件'),
    size: text('size', '大小'),
    changed: text('changed', '修改时间'),
  },
  inFolders: (folders: readonly string[]): Text => text(`in ${folders.join(', ')}`, folders.join('、')),
  none: (folders: readonly string[]): Text =>
    text(
      `no .pcap, .pcapng or .cap in ${folders.join(' and ')}`,
      `${folders.join(' 和 ')} 里没有 .pcap、.pcapng 或 .cap 文件`,
    ),
  more: (count: number): Text => text(`${count} more`, `还有 ${count} 个`),
  older: (count: number): Text =>
    text(`${count} older ones are not listed`, `另有 ${count} 个更早的没有列出`),
  live: text(
    'while it is being made: tcpdump -U -w - | packet-tutor play -',
    '边抓边看：tcpdump -U -w - | packet-tutor play -',
  ),
  begins: (count: number): Text => text(`${count} names begin so`, `有 ${count} 个名字这样开头`),
  noName: text('no folder and no capture here begins so', '这里没有以此开头的目录或抓包文件'),
  gone: (name: string): Text =>
    text(
      `${terminal.text(name)} was opened last and is gone`,
      `上次打开的 ${terminal.text(name)} 已经不在了`,
    ),
  opening: text('opening it', '正在打开'),
  file: (name: string, size: string, changed: string): Text =>
    text(`${name}, ${size}, changed ${changed}`, `${name}，${size}，修改于 ${changed}`),
  space: text('space', '空格'),
  place: (number: number, total: number): Text =>
    text(`${number} of ${total}`, `第 ${number} 项，共 ${total} 项`),
} as const;

/** In the menu: what can be opened, or what was opened last. */
export const captureNote = (last: {readonly name: string; readonly isGone: boolean} | undefined): Text => {
  if (last === undefined)
    return text('.pcap, .pcapng, or a pipe from tcpdump', '.pcap、.pcapng，或 tcpdump 的管道');
  const name = terminal.text(last.name);
  return last.isGone
    ? text(`last opened: ${name} (gone)`, `上次打开：${name}（已不在）`)
    : text(`last opened: ${name}`, `上次打开：${name}`);
};
