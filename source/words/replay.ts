// What is said of a connection of a capture that the simulator plays again: what was assumed, how well it agrees, why it cannot be.

import type {Agreement} from '../drills/replay/agreement.ts';
import type {Difference} from '../drills/replay/differences.ts';
import type {Assumption, NoReplay} from '../drills/replay/from-capture.ts';
import {sameIn, type Text, textOf, worded} from '../lesson/text.ts';
import {captured, nameOf, places, reasons, remarks, simulated, things} from './catalogue/replay.ts';
import type {CompareSide} from './compare.ts';
import {formatTime} from './format.ts';
import type {Problem} from './problem.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const problem = (what: Text, remedy: Text): Problem => ({what, remedy});

const nameOnly = (file: string): string => file.replace(/^.*[/\\]/, '');

export const cannotReplay = (source: string, reason: NoReplay): Problem =>
  problem(
    text(
      `no simulation of ${nameOnly(source)}: ${reasons[reason].en}`,
      `${nameOnly(source)} 无法模拟重演：${reasons[reason].zh}`,
    ),
    text(
      'play it without --simulated, or choose another connection with --connection N',
      '去掉 --simulated 直接播放，或用 --connection N 选另一个连接',
    ),
  );

export const whichConnection = (source: string, count: number): Problem =>
  problem(
    text(
      `${source} has ${count} connections, and the simulator replays one`,
      `${source} 里有 ${count} 个连接，模拟器一次重演一个`,
    ),
    text(`add --connection N, 1 … ${count}`, `加上 --connection N，N 为 1 … ${count}`),
  );

export const notSimulated = (option: string): Problem =>
  problem(
    text(
      `${option} does not go with --simulated: the numbers are the capture’s, and there is one run`,
      `${option} 不能和 --simulated 一起用：序号取自抓包，而且只有一次运行`,
    ),
    text('leave one of the two out', '两者去掉一个'),
  );

export const twoConnections = (connection: string, run: string): Problem =>
  problem(
    text(
      `--connection ${connection} and --run ${run} are two connections`,
      `--connection ${connection} 和 --run ${run} 是两个连接`,
    ),
    text('leave one of the two out', '两者去掉一个'),
  );

export const pipeReadOnce = (): Problem =>
  problem(
    text('what came through a pipe cannot be read again', '从管道来的抓包不能再读一遍'),
    text('save it to a file, and play that', '先存成文件，再播放'),
  );

export const noConnectionHere = (): Problem =>
  problem(
    text('this packet belongs to no TCP connection', '这个分组不属于任何 TCP 连接'),
    text('choose another packet with ↑ ↓', '用 ↑ ↓ 选另一个分组'),
  );

export const captureSide: CompareSide = {title: captured, change: captured};
export const simulatedSide: CompareSide = {title: simulated, change: simulated};

export const simulatedTitle = (source: string, connection: number): Text => {
  const name = nameOnly(source);
  return text(`${name}, connection ${connection}, simulated`, `${name}，连接 ${connection}，模拟`);
};

/** “31 of 34 packets alike, 2 only in the simulator” */
export const agreementText = ({alike, captured, extra}: Agreement): Text => {
  const more =
    extra === 0 ? text('', '') : text(`, ${extra} only in the simulator`, `，另有 ${extra} 个只在模拟器中`);
  return text(
    `${alike} of ${captured} packets alike${more.en}`,
    `${captured} 个分组中 ${alike} 个一致${more.zh}`,
  );
};

const assumptionText = (assumption: Assumption): Text => {
  switch (assumption.kind) {
    case 'path': {
      const time = formatTime(assumption.delayUs);
      const place = places[assumption.at];
      return text(`one way ${time} (${place.en})`, `单程 ${time}（${place.zh}）`);
    }
    case 'profile':
      return text(
        `habits of ${assumption.profile}, as the order of the SYN’s options suggests`,
        `按 SYN 选项的顺序推断，采用 ${assumption.profile} 的做法`,
      );
    case 'octets':
      return text('where the capture lacks bytes, they are made up', '抓包缺少的字节用编造的内容代替');
    case 'offload':
      return text(
        'segments larger than the MSS: the capture was taken before the network card had cut them',
        '有超过 MSS 的报文段：抓包点在网卡切分之前',
      );
    case 'address':
      return text(
        `one machine spoke to itself; in the simulation ${assumption.host} is ${assumption.ip}`,
        `一台机器自己和自己通信；模拟中 ${assumption.host} 的地址是 ${assumption.ip}`,
      );
    case 'silent':
      return text('nobody answered: the called machine is switched off', '没有应答：被叫的机器关着');
  }
};

/** The first words of a simulated run. */
export const assumedText = (agreement: Agreement, assumptions: readonly Assumption[]): Text => {
  const all = assumptions.map(assumptionText);
  const agree = agreementText(agreement);
  return text(
    `Made from the capture: both programs' calls, the delay and the losses; the stack does the rest. ${agree.en}. Taken for it: ${all.map(({en}) => en).join('; ')}.`,
    `由抓包得出：双方程序的调用、时延和丢失，其余由协议栈完成。${agree.zh}。前提：${all.map(({zh}) => zh).join('；')}。`,
  );
};

const differenceText = (difference: Difference): Text => {
  switch (difference.kind) {
    case 'again': {
      const {captured, captureWaitUs, simulatedWaitUs, by} = difference;
      const [a, b] = [formatTime(captureWaitUs), formatTime(simulatedWaitUs)];
      const cause =
        by === 'RTO' ? text('its RTO has run out', 'RTO 到时') : text('duplicate ACKs', '收到重复 ACK');
      const which = worded(nameOf, captured);
      return text(
        `${which.en}: sent again after ${a} in the capture, after ${b} in the simulator (${cause.en})`,
        `${which.zh}：抓包中 ${a} 后重传，模拟器中 ${b} 后重传（${cause.zh}）`,
      );
    }
    case 'acknowledges': {
      const {captured, simulated} = difference;
      const which = worded(nameOf, captured);
      // The ladder may show numbers as on the wire: a count of bytes fits both. SYN takes one number.
      const [a, b] = [captured, simulated].map(({ack = 1}) => ack - 1);
      return text(
        `${which.en} acknowledges ${a} bytes in the capture, ${b} in the simulator`,
        `${which.zh}：抓包中累计确认 ${a} 字节，模拟器中 ${b} 字节`,
      );
    }
    case 'order': {
      const {captured, count} = difference;
      const which = worded(nameOf, captured);
      return count === 1
        ? text(`${which.en} leaves in another order`, `${which.zh}发出的次序不同`)
        : text(
            `${count} packets leave in another order, ${which.en} is the first`,
            `有 ${count} 个分组发出的次序不同，第一个是${which.zh}`,
          );
    }
    case 'alone': {
      const {count, what, first} = difference;
      const thing = worded(things[what], {count});
      const inCapture = difference.in === 'capture';
      const remark = textOf(remarks, `${difference.in} ${what}`) ?? sameIn('');
      // Each run counts its own packets.
      const letter = inCapture ? 'A' : 'B';
      const at = text(`packet ${first.packet} of ${letter}`, `${letter} 的第 ${first.packet} 个分组`);
      const where =
        count === 1 ? text(`, ${at.en}`, `，${at.zh}`) : text(`, from ${at.en} on`, `，从${at.zh}起`);
      const side = inCapture
        ? text('only in the capture', '只在抓包中')
        : text('only in the simulator', '只在模拟器中');
      return text(
        `${side.en}: ${thing.en}${where.en}${remark.en}`,
        `${side.zh}：${thing.zh}${where.zh}${remark.zh}`,
      );
    }
  }
};

/** As many as a few lines take. */
export const differencesText = (differences: readonly Difference[], most: number): Text => {
  const told = differences.slice(0, most).map(differenceText);
  const rest = differences.length - told.length;
  if (told.length === 0) return text('Every packet is alike.', '所有分组都一致。');
  const more = rest > 0 ? text(`; ${rest} more`, `；还有 ${rest} 处`) : text('', '');
  const [first, ...others] = told.map(({en}) => en);
  const begin = `${first?.charAt(0).toUpperCase() ?? ''}${first?.slice(1) ?? ''}`;
  return text(
    `${[begin, ...others].join('; ')}${more.en}.`,
    `${told.map(({zh}) => zh).join('；')}${more.zh}。`,
  );
};
