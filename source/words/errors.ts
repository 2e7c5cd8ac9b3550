// What can be wrong on the command line, and the remedy, in both languages (screens.md 5t, §6).

import {nearest} from '../lesson/nearest.ts';
import {type Text, worded} from '../lesson/text.ts';
import {
  commandMissingWords,
  earlierMachine,
  laterMachine,
  noLessonOfCodeWords,
  oneOfText,
  otherVersionWords,
  seeHelp,
} from './catalogue/errors.ts';
import {type Problem, problemOf} from './problem.ts';
import {shellFile} from './written.ts';

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
  problemOf(commandMissingWords, {given, name: shellFile(given)});

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

export const unknownChoice = (option: string, given: string, known: readonly string[]): Problem => ({
  what: {en: `${option} cannot be “${given}”`, zh: `${option} 不能是「${given}」`},
  remedy: instead(given, known, worded(oneOfText, {known})),
});

export const noRun = (given: string, lesson: string, known: readonly string[]): Problem => ({
  what: {en: `${lesson} has no run “${given}”`, zh: `${lesson} 没有名为「${given}」的运行`},
  remedy: instead(given, known, worded(oneOfText, {known})),
});

/** A selector with something wrong in it. */
export const badPlace = (given: string, {message, remedy}: {message: Text; remedy: Text}): Problem => ({
  what: {en: `“${given}” is not a place: ${message.en}`, zh: `「${given}」不是位置：${message.zh}`},
  remedy,
});

export const noHost = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no host “${given}”`, zh: `没有主机「${given}」`},
  remedy: instead(given, known, worded(oneOfText, {known})),
});

export const noLink = (given: string, known: readonly string[]): Problem => ({
  what: {en: `no link “${given}”`, zh: `没有链路「${given}」`},
  remedy: instead(given, known, worded(oneOfText, {known})),
});

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

/** `theirs`: 1 for codes that do not say which machine made them. */
export const otherMachine = (theirs: number, ours: number): Problem =>
  problemOf(theirs < ours ? earlierMachine : laterMachine, {theirs, ours});

export const noLessonOfCode = (file: string): Problem =>
  problemOf(noLessonOfCodeWords, {name: file.split(/[\\/]/).at(-1) ?? file});

export const otherVersion = (lesson: string): Problem =>
  problemOf(otherVersionWords, {lesson, name: shellFile(lesson)});
