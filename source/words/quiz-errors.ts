// What can be wrong with a call of `quiz`, and the remedy.
import {nearest} from '../lesson/nearest.ts';
import type {Problem} from './problem.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

export const quizNeedsTerminal = (): Problem =>
  problem(
    'a quiz asks in a terminal, and this is none',
    '测验要在终端里作答，这里不是终端',
    'without one: packet-tutor quiz --seed 7 --json prints the questions, --answers FILE grades them',
    '不在终端时：packet-tutor quiz --seed 7 --json 输出题目，--answers 文件名 评分',
  );

export const reportNeedsAnswers = (): Problem =>
  problem(
    '--report is about answers, and none are given',
    '--report 要有答案才能统计，没有给出答案',
    'add --answers FILE',
    '加上 --answers 文件名',
  );

export const noQuestions = (): Problem =>
  problem(
    'nothing can be asked about this',
    '这里出不了题',
    'name other lessons or a track; `packet-tutor list` shows them',
    '换别的课程或主题，可用的见 packet-tutor list',
  );

export const noSuchSubject = (given: string, known: readonly string[]): Problem => {
  const near = nearest(given, known);
  const rest = {
    en: '`packet-tutor list` shows lessons and tracks',
    zh: '课程和主题见 packet-tutor list',
  };
  return {
    what: {en: `no lesson or track “${given}”`, zh: `没有名为「${given}」的课程或主题`},
    remedy:
      near === undefined ? rest : {en: `did you mean ${near}? ${rest.en}`, zh: `是不是 ${near}？${rest.zh}`},
  };
};

export const notCapture = (given: string): Problem =>
  problem(
    `--source takes a capture, and “${given}” is none`,
    `--source 要一个抓包文件，「${given}」不是`,
    'lessons are named without --source: packet-tutor quiz handshake',
    '课程不用写 --source：packet-tutor quiz handshake',
  );

export const captureNeedsSource = (given: string): Problem =>
  problem(
    `“${given}” is a capture`,
    `「${given}」是抓包文件`,
    `questions about a capture: packet-tutor quiz --source ${given}`,
    `就抓包文件出题：packet-tutor quiz --source ${given}`,
  );

/** `lesson`: the first file of it. */
export const isPack = (folder: string, lesson: string): Problem =>
  problem(
    `${folder} is a folder of lessons; one lesson is wanted here`,
    `${folder} 是装课程的文件夹，这里要一课`,
    `for example: ${lesson}`,
    `例如：${lesson}`,
  );

export const noLessonsIn = (folder: string): Problem =>
  problem(
    `${folder} has no lessons`,
    `${folder} 里没有课程`,
    'a pack has its lessons in lessons/, one .yaml each; packet-tutor new --pack NAME makes one',
    '课程包把课程放在 lessons/ 里，每课一个 .yaml；新建用 packet-tutor new --pack 名称',
  );

export const tooManyLessons = (folder: string, lessons: number, most: number): Problem =>
  problem(
    `${folder} has ${lessons} lessons; of one folder at most ${most} are read`,
    `${folder} 里有 ${lessons} 课；一个文件夹最多读 ${most} 课`,
    'name some of its files, or spread them over several folders',
    '指定其中几个文件，或分到几个文件夹里',
  );

export const twoOfOneName = (id: string, [one, other]: readonly [string, string]): Problem =>
  problem(
    `two lessons are called ${id}: ${one} and ${other}`,
    `两课都叫 ${id}：${one} 和 ${other}`,
    'name one of them, or give one another id: and file name',
    '只写其中一课，或给其中一课换 id: 和文件名',
  );

export const sourceOrLessons = (source: string, lesson: string): Problem =>
  problem(
    `--source ${source} is what the questions are about, and ${lesson} stands there too`,
    `题目出自 --source ${source}，却又写了 ${lesson}`,
    'name a capture or lessons, not both',
    '抓包文件和课程只写一样',
  );

export const minutesOfExam = (): Problem =>
  problem(
    '--minutes limits an exam',
    '--minutes 用来给考试限时',
    'add --exam, or leave it out',
    '加上 --exam，或去掉它',
  );
