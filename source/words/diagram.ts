// The words of the state diagram. States, segments and calls keep their names.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const diagramTexts = {
  states: text('states', '状态'),
  taken: text('taken', '走过'),
  notTaken: text('not taken', '未走'),
  left: text('left path', '左路'),
  right: text('right path', '右路'),
  active: text('active closer', '主动关闭'),
  passive: text('passive closer', '被动关闭'),
  unknown: text('A capture has no states of its own.', '抓包里没有状态。'),
} as const;
