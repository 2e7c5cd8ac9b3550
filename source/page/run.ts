// Reads the run that is embedded in the page, and its texts in the chosen language.
import type {PageData, PageStep} from '../tell/sequence/page-data.ts';
import type {PageWord} from '../words/page.ts';

export type Language = 'en' | 'zh';

/**
 * Returns the element of the exported page with this id. It throws if there is none or it is of another type, because the page is broken
 * then.
 */
export const part = <T extends Element>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
};

// The JSON is trusted without checks, because our own program has written it.
const data: PageData = JSON.parse(part('run', HTMLScriptElement).textContent ?? '');

export const {steps, packets} = data;

export const stepAt = (place: number): PageStep => {
  const step = steps[Math.min(steps.length - 1, Math.max(0, place))];
  if (!step) throw new Error('the run has no steps');
  return step;
};

/** The index of the first step at which a packet or a narration is shown. */
export const firstTold = Math.max(
  0,
  steps.findIndex(({packet, holdMs}) => packet > 0 || holdMs !== undefined),
);

export const textAt = (index: number | undefined, language: Language): string => {
  const text = index === undefined ? '' : (data.texts[index] ?? '');
  return typeof text === 'string' ? text : text[language === 'zh' ? 1 : 0];
};

export const word = (name: PageWord, language: Language): string => textAt(data.words[name], language);
