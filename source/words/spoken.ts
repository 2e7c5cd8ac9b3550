// The sentences of a run as they are heard, in both languages. The order is always: when, who, what, the numbers, then
// what it changed (screens.md 5 (r)).
import type {Language, Text} from '../lesson/text.ts';

/** Times, packets and hosts come as words: “78 milliseconds”, “packet 1”, “client”. */
type Sentences = {
  readonly packet: (id: number) => string;
  readonly arp: (id: number) => string;
  readonly at: (time: string, what: string) => string;
  /** The time is a guess. */
  readonly atAbout: (time: string, what: string) => string;
  readonly sends: (host: string, packet: string, what: string) => string;
  readonly sendsAgain: (host: string, packet: string, what: string) => string;
  readonly passesOn: (host: string, packet: string) => string;
  readonly to: (host: string) => string;
  readonly arrives: (packet: string, host: string) => string;
  readonly arrivesAgain: (packet: string, host: string) => string;
  readonly arrivesPresumably: (packet: string, host: string) => string;
  readonly altered: (what: string) => string;
  readonly isLost: (packet: string, how: string) => string;
  readonly goes: (host: string, from: string, to: string) => string;
  /** Of a capture; `of`: of which of its connections. */
  readonly deduced: (what: string, of: string | undefined) => string;
  readonly calls: (host: string, call: string, details: string) => string;
  readonly fails: (error: string) => string;
  readonly runsOut: (host: string, timer: string) => string;
  readonly starts: (host: string, timer: string, due: string) => string;
  readonly stops: (host: string, timer: string) => string;
  readonly does: (host: string, what: string) => string;
  readonly delivers: (host: string, bytes: number) => string;
  readonly endOfData: (host: string) => string;
  readonly told: (host: string, signal: string) => string;
  readonly passes: (time: string) => string;
  readonly about: (time: string) => string;
  readonly isOnItsWay: (packet: string, host: string, due: string) => string;
  readonly stands: (host: string, state: string) => string;
  readonly leftOut: (instants: number) => string;
};

const zhBytes = (bytes: number): string => `${bytes} 字节`;
const enBytes = (bytes: number): string => `${bytes} byte${bytes === 1 ? '' : 's'}`;

export const bytesWords = (bytes: number, language: Language): string =>
  language === 'zh' ? zhBytes(bytes) : enBytes(bytes);

const en: Sentences = {
  packet: (id) => `packet ${id}`,
  arp: (id) => `ARP frame ${id}`,
  at: (time, what) => `At ${time} ${what}`,
  atAbout: (time, what) => `At about ${time} ${what}`,
  about: (time) => `about ${time}`,
  sends: (host, packet, what) => `${host} sends ${packet}, ${what}`,
  sendsAgain: (host, packet, what) => `${host} sends again, as ${packet}, ${what}`,
  passesOn: (host, packet) => `${host} passes on ${packet}`,
  to: (host) => `, to ${host}`,
  arrives: (packet, host) => `${packet} arrives at ${host}`,
  arrivesAgain: (packet, host) => `${packet} arrives at ${host} once more`,
  arrivesPresumably: (packet, host) => `${packet} presumably arrives at ${host}`,
  altered: (what) => `, altered on the way: ${what}`,
  isLost: (packet, how) => `${packet} is ${how}`,
  goes: (host, from, to) => `${host} goes from ${from} to ${to}`,
  deduced: (what, of) => `deduced${of === undefined ? '' : ` of connection ${of}`}: ${what}`,
  calls: (host, call, details) => `${host} calls ${call}${details === '' ? '' : ` ${details}`}`,
  fails: (error) => `, which returns ${error}`,
  runsOut: (host, timer) => `${host}'s ${timer} timer runs out`,
  starts: (host, timer, due) => `${host} starts its ${timer} timer, due at ${due}`,
  stops: (host, timer) => `${host} stops its ${timer} timer`,
  does: (host, what) => `${host}: ${what}`,
  delivers: (host, bytes) => `${host}'s program receives ${enBytes(bytes)}`,
  endOfData: (host) => `${host}'s program reads end of data`,
  told: (host, signal) => `${host}'s program gets ${signal}`,
  passes: (time) => `${time} ${time.startsWith('1 ') ? 'passes' : 'pass'}, no packet`,
  isOnItsWay: (packet, host, due) => `${packet} is on its way to ${host}, due at ${due}`,
  stands: (host, state) => `${host} is ${state}`,
  leftOut: (instants) =>
    `${instants} instant${instants === 1 ? '' : 's'} before that ${instants === 1 ? 'is' : 'are'} left out`,
};

const zh: Sentences = {
  packet: (id) => `第 ${id} 个分组`,
  arp: (id) => `第 ${id} 个 ARP 帧`,
  at: (time, what) => `${time}，${what}`,
  atAbout: (time, what) => `约 ${time}，${what}`,
  about: (time) => `约 ${time}`,
  sends: (host, packet, what) => `${host}发出${packet}：${what}`,
  sendsAgain: (host, packet, what) => `${host}重发，这是${packet}：${what}`,
  passesOn: (host, packet) => `${host}转发${packet}`,
  to: (host) => `，发往${host}`,
  arrives: (packet, host) => `${packet}到达${host}`,
  arrivesAgain: (packet, host) => `${packet}又一次到达${host}`,
  arrivesPresumably: (packet, host) => `推测${packet}到达${host}`,
  altered: (what) => `，途中变了样：${what}`,
  isLost: (packet, how) => `${packet}${how}`,
  goes: (host, from, to) => `${host}从 ${from} 变为 ${to}`,
  deduced: (what, of) => `推断${of === undefined ? '' : `（连接 ${of}）`}：${what}`,
  calls: (host, call, details) => `${host}调用 ${call}${details === '' ? '' : `，${details}`}`,
  fails: (error) => `，返回 ${error}`,
  runsOut: (host, timer) => `${host}的 ${timer} 定时器超时`,
  starts: (host, timer, due) => `${host}启动 ${timer} 定时器，${due}到期`,
  stops: (host, timer) => `${host}停止 ${timer} 定时器`,
  does: (host, what) => `${host}：${what}`,
  delivers: (host, bytes) => `${host}的程序收到 ${zhBytes(bytes)}`,
  endOfData: (host) => `${host}的程序读到 EOF`,
  told: (host, signal) => `${host}的程序得到 ${signal}`,
  passes: (time) => `过了 ${time}，没有分组`,
  isOnItsWay: (packet, host, due) => `${packet}正在发往${host}的途中，预计 ${due}到达`,
  stands: (host, state) => `${host}是 ${state}`,
  leftOut: (instants) => `前面略过 ${instants} 个时刻`,
};

export const sentences: {readonly [language in Language]: Sentences} = {en, zh};

/** Where a Chinese word meets Latin letters or digits, whatever names were put in. */
const seam = /(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])/g;

/** Every sentence ends; one that ends already stays as it is. */
export const ended = (text: string, language: Language): string => {
  const spaced = language === 'zh' ? text.replace(seam, ' ') : text;
  return /[.!?。！？：…]$/.test(spaced) ? spaced : `${spaced}${language === 'zh' ? '。' : '.'}`;
};

const text = (english: string, chinese: string): Text => ({en: english, zh: chinese});

export const spokenCounts = {
  beats: (total: number): Text => text(`${total} beat${total === 1 ? '' : 's'}`, `共 ${total} 段`),
  beat: (number: number, total: number): Text =>
    text(`Beat ${number} of ${total}`, `第 ${number} 段，共 ${total} 段`),
  speed: (speed: number): Text =>
    speed === 1 ? text('Normal speed', '正常速度') : text(`Speed ${speed} times`, `${speed} 倍速`),
  sentBy: (time: string, host: string): Text => text(`sent at ${time} by ${host}`, `${time}由${host}发出`),
  sentTo: (host: string): Text => text(`to ${host}`, `发往${host}`),
  arrivedAt: (time: string): Text => text(`arrived at ${time}`, `${time}到达`),
  presumedAt: (time: string): Text => text(`presumably arrived at ${time}`, `推测${time}到达`),
  timerLeft: (host: string, timer: string, left: string): Text =>
    text(`${host}'s ${timer} timer has ${left} left`, `${host}的 ${timer} 定时器还剩 ${left}`),
  wayOf: (host: string, states: string): Text =>
    text(`${host}'s way: ${states}`, `${host}走过的状态：${states}`),
  deducedWayOf: (host: string, states: string): Text =>
    text(`${host}'s way, deduced: ${states}`, `推断${host}走过的状态：${states}`),
  deducedThat: (sentence: string): Text => text(`Deduced: ${sentence}`, `推断：${sentence}`),
  /** A window as it stands in the header. */
  unscaled: (field: string): Text => text(`${field} times an unknown scale`, `${field}，缩放因子未知`),
  changedBy: (trigger: string): Text => text(`Just now by ${trigger}`, `刚才的变化由 ${trigger} 引起`),
  addressOf: (host: string, address: string): Text =>
    text(`${host} has the address ${address}`, `${host}的地址是 ${address}`),
} as const;
