// The words of the tree of runs.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const forkTexts = {
  /** The watermark of a fork. */
  yours: text('your run', '你的运行'),
  heading: text('your runs', '你的运行'),
  none: text(
    'One run so far. Press x at a packet to lose or alter it: that makes a second one.',
    '目前只有一次运行。在分组上按 x 丢弃或改动它，就多出一次。',
  ),
  about: text(
    'Each line is a run: what was done to the one above it, when it leaves that one, its packets.',
    '每行是一次运行：对上一级做了什么改动、何时分叉、共几个分组。',
  ),
  code: text('replay code of the marked run, for play and show', '选中运行的重放码，可用于 play 和 show'),
  nothingSent: text('no packet has been sent yet: step on with →', '还没有发出分组：按 → 前进'),
  nothingToCompare: text(
    'one run so far: press x at a packet, that makes a second one',
    '目前只有一次运行：在分组上按 x，就多出一次',
  ),
  noFields: text('no field of this packet can be edited', '这个分组没有可修改的字段'),
  copied: text('replay code copied', '重放码已复制'),
  noWay: {
    undo: text('nothing to undo: this is the run you began with', '没有可撤销的：这就是最初的运行'),
    redo: text('nothing to redo', '没有可重做的'),
  },
  wayBack: {
    undo: text('undone: the run before; ctrl-r redoes it', '已撤销，回到上一个运行；ctrl-r 重做'),
    redo: text('redone; u undoes it', '已重做；u 撤销'),
  },
  packets: (count: number): Text => text(count === 1 ? '1 packet' : `${count} packets`, `${count} 个分组`),
} as const;

/** Runs of a lesson have letters; their titles stand in the same list. */
const lettered = (title: string): string => /^[A-Z](?=[:：])/.exec(title)?.[0] ?? title;

/** What the end of a lesson offers that compares two of its runs. */
export const besideText = ([a, b]: readonly [Text, Text]): Text =>
  text(
    `Side by side: ${lettered(a.en)} | ${lettered(b.en)}`,
    `并排对比：${lettered(a.zh)} | ${lettered(b.zh)}`,
  );
