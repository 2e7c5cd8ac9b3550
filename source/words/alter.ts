// The words of altering a packet: what can be done to it, what will come of it, what cannot be.
import type {Text} from '../lesson/text.ts';
import type {Fault} from '../sim/fault.ts';
import type {ForkError} from '../sim/fork.ts';
import type {WireError} from '../wire/wire-error.ts';
import {kindNames} from './catalogue/alter.ts';
import {packetName} from './catalogue/compare.ts';
import {outcomesOf} from './compare.ts';
import {formatTime} from './format.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const alterHeading = (packet: number): Text =>
  text(`alter ${packetName['en']({id: packet})}`, `改动${packetName['zh']({id: packet})}`);

export type AlterKind = keyof typeof kindNames;

/** What is to be done to a packet. */
export type Alteration = {
  readonly kind: AlterKind;
  readonly byUs: number;
  readonly places: number;
  readonly where: 'link' | 'memory';
  /** The marked field, while fields are chosen from. */
  readonly field: string | undefined;
  /** Checksums are corrected after an edit. */
  readonly mend: boolean;
};

/** What is wrong with what was typed. */
export type AlterProblem =
  | {readonly kind: 'number'}
  | {readonly kind: 'range'; readonly field: string; readonly max: number; readonly step: number}
  | {readonly kind: 'same'; readonly field: string; readonly value: string}
  | {readonly kind: 'time'};

export const kindName = (kind: AlterKind): Text => kindNames[kind];

/** What stands beside the name of a choice; empty where there is nothing to choose. */
export const amountText = ({byUs, places, where}: Alteration, kind: AlterKind): Text => {
  switch (kind) {
    case 'delay':
      return text(`by ${formatTime(byUs)}`, formatTime(byUs));
    case 'reorder':
      return text(`by ${places}`, `后面 ${places} 个先到`);
    case 'corrupt':
      return where === 'link'
        ? text('a bit on the wire', '线路上的一位')
        : text('a bit inside a router', '路由器里的一位');
    default:
      return text('', '');
  }
};

/** The packet that is altered: who gets it, when it leaves and would arrive. */
export type Altered = {
  readonly packet: number;
  readonly from: Text;
  readonly to: Text;
  readonly sentUs: number;
  readonly dueUs: number;
};

/** What will happen to it, in one or two sentences. */
export const effectText = (state: Alteration, {packet, from, to, dueUs}: Altered): Text => {
  const en = packetName['en']({id: packet});
  const zh = packetName['zh']({id: packet});
  const big = `P${en.slice(1)}`;
  switch (state.kind) {
    case 'drop':
      return text(
        `${big} is lost on the way: ${to.en} never sees it, and ${from.en} cannot know that.`,
        `${zh}在途中丢失：${to.zh}收不到它，${from.zh}也无从得知。`,
      );
    case 'delay':
      return text(
        `${big} takes ${formatTime(state.byUs)} longer and reaches ${to.en} at ${formatTime(dueUs + state.byUs)}.`,
        `${zh}多走 ${formatTime(state.byUs)}，${formatTime(dueUs + state.byUs)} 才到${to.zh}。`,
      );
    case 'dup':
      return text(
        `The path makes a copy: ${en} reaches ${to.en} twice.`,
        `路径多复制一份：${zh}到达${to.zh}两次。`,
      );
    case 'reorder':
      return text(
        state.places === 1
          ? `The next packet from ${from.en} overtakes ${en}.`
          : `The next ${state.places} packets from ${from.en} overtake ${en}.`,
        `${from.zh}接下来发的 ${state.places} 个分组先于${zh}到达。`,
      );
    case 'corrupt':
      return state.where === 'link'
        ? text(
            `A bit flips on the wire. The link’s check finds it, and ${en} is thrown away.`,
            `线路上有一位翻转。链路校验发现出错，${zh}被丢弃。`,
          )
        : text(
            `A bit flips inside a router, where no link checks. Only the checksum of TCP can find it.`,
            '路由器里有一位翻转，链路校验查不出来，只有 TCP 的校验和能发现。',
          );
    case 'edit':
      return editText(state, to);
  }
};

const editText = ({field, mend}: Alteration, to: Text): Text => {
  if (field === undefined)
    return text(
      `Choose a field and type its new value: that is what reaches ${to.en}.`,
      `选一个字段，填上新值，${to.zh}收到的就是它。`,
    );
  return mend
    ? text('Checksums are mended: nothing shows that it was altered.', '校验和随之改正：看不出改动过。')
    : text('Checksums stay as they are: they no longer fit.', '校验和保持原样：对不上了。');
};

/** Where the run forks. */
export const forkPlaceText = ({packet, sentUs}: Altered): Text =>
  text(
    `Your run leaves this one at ${formatTime(sentUs)}, where ${packetName['en']({id: packet})} is sent. The real stack goes on from there.`,
    `你的运行从 ${formatTime(sentUs)}、${packetName['zh']({id: packet})}发出处分叉，之后怎么走由真实的协议栈决定。`,
  );

export const alterProblem = (problem: AlterProblem): Text => {
  switch (problem.kind) {
    case 'number':
      return text('a whole number, such as 500 or 0x1f4', '填整数，例如 500 或 0x1f4');
    case 'time':
      return text('a time up to 1 h, such as 250ms or 1.5s', '填时间，最长 1 小时，例如 250ms 或 1.5s');
    case 'same':
      return text(
        `${problem.field} is ${problem.value} already`,
        `${problem.field} 现在就是 ${problem.value}`,
      );
    case 'range':
      return rangeText(problem.field, problem.max, problem.step);
  }
};

const rangeText = (field: string, max: number, step: number): Text =>
  step === 1
    ? text(`${field} takes 0 to ${max}`, `${field} 的取值是 0 到 ${max}`)
    : text(`${field} takes 0 to ${max} in steps of ${step}`, `${field} 的取值是 0 到 ${max}，步长 ${step}`);

const wireErrorText = (error: WireError): Text =>
  error.code === 'field-range'
    ? rangeText(error.field, error.max, error.step)
    : error.code === 'field-unknown'
      ? text(`this packet has no ${error.field} that can be edited`, `这个分组没有可修改的 ${error.field}`)
      : text('the bytes of this packet cannot be edited', '这个分组的字节不能修改');

/** Why a fork cannot be. */
export const forkErrorText = (error: ForkError): Text => {
  switch (error.code) {
    case 'packet':
      return error.packets === 0
        ? text('no packet has been sent', '还没有发出分组')
        : text(
            `no packet ${error.packet}: this run has ${error.packets}`,
            `没有第 ${error.packet} 个分组：这次运行共 ${error.packets} 个`,
          );
    case 'lost':
      return text(
        `packet ${error.packet} is lost in this run: it cannot be altered again. Choose another with ↑↓`,
        `第 ${error.packet} 个分组在这次运行里已经丢失，不能再改动。用 ↑↓ 选别的分组`,
      );
    case 'edit':
      return wireErrorText(error.error);
    case 'full':
      return text(
        `${error.most} runs are enough: go back to one with f`,
        `已有 ${error.most} 次运行，不能再多：按 f 回到其中一个`,
      );
    case 'long':
      return text(
        'so many alterations do not fit into a replay code: undo some with u',
        '改动太多，重放码装不下：按 u 撤销几步',
      );
  }
};

/** Why a source of another kind cannot be forked, and what can be done instead. */
export const noForks = (source: 'capture' | 'challenge' | 'script'): Text => {
  switch (source) {
    case 'capture':
      return text(
        'a capture is what happened: it cannot be altered. Open a lesson to alter packets',
        '抓包是已经发生的事，不能改动。打开一课就可以改动分组',
      );
    case 'challenge':
      return text(
        'in a challenge your moves are what you may alter: choose them in its panel',
        '挑战里能改动的只有你的步骤：在挑战面板里选',
      );
    case 'script':
      return text(
        'a script says itself what happens: edit the file to alter packets',
        '脚本自己规定发生什么：要改动分组就改文件',
      );
  }
};

/** Told where the run forks. */
export const forkStory = (fault: Fault): Text => {
  const {en, zh} = outcomesOf([fault]);
  return text(
    `Your run begins here: ${en}. Up to here nothing differs; from here on the stack decides. Press d to compare it with the run before, u to take it back.`,
    `你的运行从这里开始：${zh}。此前一切相同，此后由协议栈决定。按 d 与原来的运行对比，按 u 撤销。`,
  );
};
