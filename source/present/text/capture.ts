// The words for what a capture does not show itself: what is deduced, what is estimated, where it was taken.
import type {Language, Text} from '../../lesson/lesson.ts';
import {harmless} from '../harmless.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const captureTexts = {
  deduced: text('deduced', '推断'),
  estimated: text('estimated from half the round trip', '按往返时间的一半估算'),
  /** Under the host that captured. */
  takenHere: text('captured here', '在此抓包'),
} as const;

/** By its address, or whatever the capture calls it. */
export const takenOn = (host: string, language: Language): string =>
  language === 'zh' ? `在 ${harmless(host)} 上抓取` : `captured on ${harmless(host)}`;
