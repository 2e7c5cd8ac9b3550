// What can be wrong with a call of `quiz`, and the remedy.
import {nearest} from '../lesson/nearest.ts';
import type {Problem} from './problem.ts';

const problem = (whatEn: string, whatZh: string, remedyEn: string, remedyZh: string): Problem => ({
  what: {en: whatEn, zh: whatZh},
  remedy: {en: remedyEn, zh: remedyZh},
});

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

export const twoOfOneName = (id: string, [one, other]: readonly [string, string]): Problem =>
  problem(
    `two lessons are called ${id}: ${one} and ${other}`,
    `两课都叫 ${id}：${one} 和 ${other}`,
    'name one of them, or give one another id: and file name',
    '只写其中一课，或给其中一课换 id: 和文件名',
  );
