// What can be wrong on the command line, and the remedy, in both languages (screens.md 5t, §6).

import {nearest} from '../lesson/nearest.ts';
import type {Text} from '../lesson/text.ts';
import type {Problem} from './problem.ts';
import {shellFile, type Written} from './written.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

/** “did you mean X?” where something known is near, else all that is known. */
const instead = (given: string, known: readonly string[], rest: Text): Text => {
  // A number is no misspelling of another.
  const near = /^[\d.]+$/.test(given) ? undefined : nearest(given, known);
  return near === undefined
    ? rest
    : {en: `did you mean ${near}? ${rest.en}`, zh: `是不是 ${near}？${rest.zh}`};
};

const oneOfText = (known: readonly string[]): Text => ({
  en: `known: ${known.join(', ')}`,
  zh: `可用的有：${known.join('、')}`,
});

const seeHelp: Text = {en: '`packet-tutor --help` shows all', zh: '全部用法见 packet-tutor --help'};

export const noLesson = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no lesson “${given}”`, zh: `没有名为「${given}」的课程`},
  remedy: instead(given, known, {
    en: `\`packet-tutor list\` shows all ${known.length}`,
    zh: `全部 ${known.length} 课见 packet-tutor list`,
  }),
});

export const unknownCommand = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no command “${given}”`, zh: `没有命令「${given}」`},
  remedy: instead(given, known, seeHelp),
});

/** A lesson's or file's name stands where the command should. */
export const commandMissing = (given: string): Problem =>
  problem(
    `no command “${given}”`,
    `没有命令「${given}」`,
    `to play it: packet-tutor play ${shellFile(given)}`,
    `要播放它：packet-tutor play ${shellFile(given)}`,
  );

export const unknownOption = (
  given: string,
  known: readonly string[],
  command: string | undefined,
): Problem => ({
  what: {en: `no option ${given}`, zh: `没有选项 ${given}`},
  remedy: instead(
    given,
    known,
    command === undefined
      ? seeHelp
      : {en: `\`packet-tutor ${command} --help\` shows all`, zh: `全部选项见 packet-tutor ${command} --help`},
  ),
});

export const unexpectedArgument = (given: string, command: string): Problem =>
  problem(
    `${command} does not take “${given}”`,
    `${command} 不接受「${given}」`,
    `\`packet-tutor ${command} --help\` shows how to call it`,
    `用法见 packet-tutor ${command} --help`,
  );

const exampleOf: {readonly [positional: string]: string} = {
  FILE: 'lessons/mine.yaml',
  CAPTURE: 'mine.pcapng',
  NAME: 'my-lesson',
};

export const missingArgument = (command: string, positional: string): Problem => {
  const example = `packet-tutor ${command} ${exampleOf[positional] ?? 'handshake'}`;
  return problem(
    `${command} needs ${positional}`,
    `${command} 缺少参数 ${positional}`,
    `example: ${example}`,
    `例如：${example}`,
  );
};

export const missingValue = (option: string): Problem =>
  problem(
    `${option} needs a value`,
    `${option} 后面缺少值`,
    'write it after the option, as in --seed 7',
    '把值写在选项后面，例如 --seed 7',
  );

export const unknownChoice = (option: string, given: string, known: readonly string[]): Problem => ({
  what: {en: `${option} cannot be “${given}”`, zh: `${option} 不能是「${given}」`},
  remedy: instead(given, known, oneOfText(known)),
});

export const badNumber = (name: string, least: number, most: number, given: string): Problem =>
  problem(
    `${name} must be a whole number from ${least} to ${most}; got “${given}”`,
    `${name} 要填 ${least} 到 ${most} 的整数，收到的是「${given}」`,
    `example: ${name} ${Math.max(least, 1)}`,
    `例如：${name} ${Math.max(least, 1)}`,
  );

export const noRun = (given: string, lesson: string, known: readonly string[]): Problem => ({
  what: {en: `${lesson} has no run “${given}”`, zh: `${lesson} 没有名为「${given}」的运行`},
  remedy: instead(given, known, oneOfText(known)),
});

export const notAPlace = (given: string): Problem =>
  problem(
    `“${given}” is not a place in a run`,
    `「${given}」不是运行里的位置`,
    'write end, a time such as 1.2s, or a selector such as "enters: TIME-WAIT"',
    '写 end、时间（例如 1.2s）或选择式（例如 "enters: TIME-WAIT"）',
  );

/** A selector with something wrong in it. */
export const badPlace = (given: string, {message, remedy}: {message: Text; remedy: Text}): Problem => ({
  what: {en: `“${given}” is not a place: ${message.en}`, zh: `「${given}」不是位置：${message.zh}`},
  remedy,
});

export const noPlace = (given: string, source: Written<'shell'>): Problem =>
  problem(
    `“${given}” does not happen in this run`,
    `这次运行里没有「${given}」`,
    `\`packet-tutor show ${source}\` lists all that happens`,
    `发生过的事见 packet-tutor show ${source}`,
  );

export const placeTooLate = (given: string, last: string): Problem =>
  problem(
    `this run is over before ${given}`,
    `这次运行在 ${given} 之前就结束了`,
    `it ends at ${last}`,
    `它在 ${last} 结束`,
  );

export const badFault = (given: string, why: Text): Problem =>
  problem(
    `“${given}” is not a fault: ${why.en}`,
    `「${given}」不是故障写法：${why.zh}`,
    'example: --fault drop@packet=2 or --fault delay=200ms@from=client,flags=SYN',
    '例如：--fault drop@packet=2，或 --fault delay=200ms@from=client,flags=SYN',
  );

export const noPacket = (number: number, count: number): Problem =>
  problem(
    `there is no packet ${number} to lose: this run has ${count}`,
    `没有第 ${number} 个分组可丢：这次运行只有 ${count} 个`,
    `choose a number from 1 to ${count}`,
    `请选 1 到 ${count} 之间的编号`,
  );

export const noHost = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no host “${given}”`, zh: `没有主机「${given}」`},
  remedy: instead(given, known, oneOfText(known)),
});

export const noLink = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no link “${given}”`, zh: `没有链路「${given}」`},
  remedy: instead(given, known, oneOfText(known)),
});

export const notForCaptures = (option: string): Problem =>
  problem(
    `${option} means nothing for a capture: it has happened already`,
    `${option} 对抓包没有意义：它已经发生过了`,
    'leave the option out, or give a lesson instead of the capture',
    '去掉这个选项，或者换成课程',
  );

export const onlyForCaptures = (option: string): Problem =>
  problem(
    `${option} is for captures only`,
    `${option} 只用于抓包`,
    'leave the option out, or give a capture',
    '去掉这个选项，或者换成抓包文件',
  );

export const noSecretsIn = (file: string): Problem =>
  problem(
    `${file} holds no secrets of TLS`,
    `${file} 里没有 TLS 的密钥`,
    'name a key log, as programs write it where the variable SSLKEYLOGFILE says',
    '请给出密钥日志，即程序按环境变量 SSLKEYLOGFILE 写出的文件',
  );

export const secretsDoNotFit = (file: string): Problem =>
  problem(
    `the secrets of ${file} open none of these TLS connections`,
    `${file} 里的密钥解不开这里的任何一条 TLS 连接`,
    'take the key log that was written while the capture ran',
    '请使用抓包期间写下的密钥日志',
  );

export const notForReplays = (option: string): Problem =>
  problem(
    `${option} does not go with a replay code, which names one run`,
    `重放码已经指定了一次运行，不能再加 ${option}`,
    'leave the option out, or give the lesson’s name instead of the code',
    '去掉这个选项，或者换成课程名',
  );

export const notForScripts = (option: string): Problem =>
  problem(
    `${option} means nothing for a script: it says itself what comes when`,
    `${option} 对脚本没有意义：脚本自己写明了什么时候来什么`,
    'leave the option out, or change the script',
    '去掉这个选项，或者改脚本',
  );

export const noScriptOf = (source: string): Problem =>
  problem(
    `${source} cannot become a script: what its programs called is not known`,
    `${source} 不能写成脚本：不知道其中的程序做了哪些调用`,
    'export a lesson, or a replay code of one',
    '请导出课程，或者课程的重放码',
  );

export const severalLinkTypes = (): Problem =>
  problem(
    'pcap cannot hold several link types',
    'pcap 装不下多种链路类型',
    'export as pcapng',
    '请导出为 pcapng',
  );

export const noFile = (file: string): Problem =>
  problem(`no file ${file}`, `找不到文件 ${file}`, 'check the name and the folder', '检查文件名和所在目录');

export const unknownKind = (file: string, command: string): Problem =>
  problem(
    `${file} is of no kind that ${command} knows`,
    `${file} 的类型 ${command} 不认识`,
    command === 'check'
      ? 'lesson files end in .yaml, packetdrill scripts in .pkt, resolver replays in .rpl'
      : 'lessons end in .yaml, packetdrill scripts in .pkt, captures in .pcap, .pcapng or .cap',
    command === 'check'
      ? '课程文件以 .yaml 结尾，packetdrill 脚本以 .pkt 结尾，解析器重放脚本以 .rpl 结尾'
      : '课程以 .yaml 结尾，packetdrill 脚本以 .pkt 结尾，抓包以 .pcap、.pcapng 或 .cap 结尾',
  );

export const notUtf8 = (file: string): Problem =>
  problem(`${file} is not UTF-8 text`, `${file} 不是 UTF-8 文本`, 'save it as UTF-8', '请存为 UTF-8');

const knownBeginnings: readonly (readonly [hex: string, name: Text])[] = [
  ['50 4b', {en: 'a zip', zh: 'zip 压缩包'}],
  ['89 50 4e 47', {en: 'a PNG picture', zh: 'PNG 图片'}],
  ['ff d8 ff', {en: 'a JPEG picture', zh: 'JPEG 图片'}],
  ['25 50 44 46', {en: 'a PDF', zh: 'PDF'}],
  ['28 b5 2f fd', {en: 'zstd-compressed', zh: 'zstd 压缩'}],
  ['42 5a 68', {en: 'bzip2-compressed', zh: 'bzip2 压缩'}],
  ['fd 37 7a 58', {en: 'xz-compressed', zh: 'xz 压缩'}],
];

/** `beginning`: the first bytes in hex, separated by blanks; empty for an empty file. */
export const notACapture = (file: string, beginning: string): Problem => {
  if (beginning === '') {
    return problem(
      `${file} is not a capture: it is empty`,
      `${file} 不是抓包文件：它是空的`,
      'capture again, for example: tcpdump -w FILE',
      '请重新抓包，例如：tcpdump -w FILE',
    );
  }
  const known = knownBeginnings.find(([hex]) => beginning.startsWith(hex))?.[1];
  const packed = known !== undefined && /zip|compressed/.test(known.en);
  return problem(
    `${file} is not a capture: it begins with ${beginning}${known ? ` (${known.en})` : ''}`,
    `${file} 不是抓包文件：开头是 ${beginning}${known ? `（${known.zh}）` : ''}`,
    packed
      ? 'unpack it first, or give the .pcap inside'
      : 'give a .pcap or .pcapng, as tcpdump -w or Wireshark writes it',
    packed ? '先解压，或直接给出里面的 .pcap' : '请给 tcpdump -w 或 Wireshark 写出的 .pcap 或 .pcapng',
  );
};

export const linkTypeUnknown = (file: string, linkType: number): Problem =>
  problem(
    `${file} has link type ${linkType}, which carries no IP that we can read`,
    `${file} 的链路类型是 ${linkType}，里面没有我们能读的 IP`,
    'capture on an Ethernet, loopback or “any” interface',
    '请在以太网、回环或 any 接口上抓包',
  );

/** A warning: what could be read is shown. */
export const captureCut = (file: string, packets: number): Problem =>
  problem(
    `${file} ends in the middle of packet ${packets + 1}`,
    `${file} 在第 ${packets + 1} 个分组中间断了`,
    `${packets} packets are shown; capture again if you need the last one`,
    `已显示前 ${packets} 个；需要最后一个就重新抓包`,
  );

/** A warning: what could be read is shown. */
export const captureDamaged = (file: string, packets: number, why: string): Problem =>
  problem(
    `${file} is damaged after packet ${packets}: ${why}`,
    `${file} 在第 ${packets} 个分组之后损坏：${why}`,
    `${packets} packets are shown`,
    `已显示前 ${packets} 个`,
  );

/** A warning: the rest was left unread. */
export const captureLong = (file: string, packets: number): Problem =>
  problem(
    `${file} has more than ${packets} packets`,
    `${file} 超过 ${packets} 个分组`,
    `the first ${packets} are shown; cut the file with editcap to see others`,
    `只显示前 ${packets} 个；想看别的请先用 editcap 截取`,
  );

/** A warning: frames of connections that are not followed. */
export const captureCrowded = (file: string, connections: number, frames: number): Problem =>
  problem(
    `${file} has more than ${connections} connections`,
    `${file} 里的连接超过 ${connections} 个`,
    `${frames} packets of later ones are only counted; cut the file with editcap to see them`,
    `之后那些连接的 ${frames} 个分组只计数；想看请先用 editcap 截取`,
  );

export const binaryToTerminal = (format: string, source: string): Problem =>
  problem(
    `${format} is not text: it would only upset the terminal`,
    `${format} 不是文本，会弄乱终端`,
    `name a file: packet-tutor export ${source} --format ${format} -o ${source}.${format}`,
    `请写到文件：packet-tutor export ${source} --format ${format} -o ${source}.${format}`,
  );

export const formatMissing = (formats: readonly string[]): Problem =>
  problem(
    'export needs --format',
    'export 缺少 --format',
    `one of ${formats.join(', ')}`,
    `可选：${formats.join('、')}`,
  );

export const badReplayCode = (code: string, why: Text): Problem =>
  problem(
    `${code} is not a replay code: ${why.en}`,
    `${code} 不是可用的重放码：${why.zh}`,
    'copy it whole; it begins with pt1-',
    '请完整复制，它以 pt1- 开头',
  );

export const otherVersion = (lesson: string): Problem =>
  problem(
    `the replay code was made with another version of ${lesson}`,
    `这个重放码来自 ${lesson} 的另一个版本`,
    `play the lesson as it is now: packet-tutor play ${shellFile(lesson)}`,
    `直接播放现在的版本：packet-tutor play ${shellFile(lesson)}`,
  );

export const bug = (message: string): Problem =>
  problem(
    `this is a bug in packet-tutor: ${message}`,
    `packet-tutor 内部出错：${message}`,
    'DEBUG=packet-tutor shows where; please report it',
    '设 DEBUG=packet-tutor 可看到位置，请报告给我们',
  );
