// Who stands at the lifelines: names and addresses, or where rows are few names and states.

import type {Language} from '../../lesson/text.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {cut, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {LadderFrame} from '../layout.ts';
import type {Scene} from '../scene.ts';
import type {SceneHost} from './scene-hosts.ts';

const muted: Style = {role: 'muted'};

/** Of a capture: whether it was taken there. */
const vantageText = ({vantage}: SceneHost, language: Language, glyphs: Glyphs): string =>
  vantage ? `${glyphs.deduced} ${captureTexts.takenHere[language]}` : '';

const addressText = (host: SceneHost, language: Language, glyphs: Glyphs): string =>
  [host.address, vantageText(host, language, glyphs)].filter((text) => text !== '').join(' ');

export const putHeads = (
  canvas: Canvas,
  scene: Scene,
  frame: LadderFrame,
  options: {addresses: boolean; glyphs: Glyphs},
): void => {
  const {left, right} = frame;
  const {glyphs, addresses} = options;
  const middle = left + Math.floor((right - left) / 2);
  const [first, second] = scene.hosts;
  const shownLeft = cut(first.name, middle - 3, glyphs.ellipsis);
  const shownRight = cut(second.name, canvas.columns - middle - 2, glyphs.ellipsis);
  // Centred on the lifeline, and kept off the neighbour and the edges.
  const leftStart = Math.max(
    2,
    Math.min(left - Math.floor((textWidth(shownLeft) - 1) / 2), middle - textWidth(shownLeft)),
  );
  const rightStart = Math.max(
    middle + 1,
    Math.min(right - Math.floor((textWidth(shownRight) - 1) / 2), canvas.columns - textWidth(shownRight)),
  );
  canvas.put(3, leftStart, shownLeft, {role: first.role, bold: true});
  canvas.put(3, rightStart, shownRight, {role: second.role, bold: true});
  if (!addresses) {
    putVantage(canvas, scene, frame, glyphs);
    return;
  }
  const [under, beside] = [first, second].map((host) => addressText(host, scene.language, glyphs));
  canvas.putEnd(4, left + 3, cut(under ?? '', left + 2, glyphs.ellipsis), muted);
  canvas.put(4, right - 2, cut(beside ?? '', canvas.columns - right + 2, glyphs.ellipsis), muted);
};

/** Without a line of addresses: beside the first row, in which states and times have not begun. */
const putVantage = (canvas: Canvas, scene: Scene, {top, left, right}: LadderFrame, glyphs: Glyphs): void => {
  const [here, there] = scene.hosts.map((host) => vantageText(host, scene.language, glyphs));
  canvas.putEnd(top, left - 2, here ?? '', muted);
  canvas.put(top, right + 2, there ?? '', muted);
};

/** At 60 columns the states stand beside the names. */
export const putSmallHeads = (canvas: Canvas, scene: Scene, frame: LadderFrame, glyphs: Glyphs): void => {
  const half = Math.floor((frame.right - frame.left) / 2);
  const state = (index: 0 | 1): {text: string; fresh: boolean} => {
    const {text = '', fresh = false, deduced, of} = scene.states[index] ?? {};
    const said = deduced ? `${glyphs.deduced}${text}` : text;
    return {text: of === undefined ? said : `${of} ${said}`, fresh};
  };
  for (const index of [0, 1] as const) {
    const host = scene.hosts[index];
    const {text, fresh} = state(index);
    const room = half - textWidth(text) - 3;
    const name = cut(host.name, Math.max(4, room), glyphs.ellipsis);
    const mark = fresh ? glyphs.changed : '';
    const style: Style = fresh ? {role: 'changed', bold: true} : {role: 'text'};
    const nameStyle: Style = {role: host.role, bold: true};
    if (index === 0) {
      canvas.put(3, frame.left, name, nameStyle);
      canvas.put(3, frame.left + textWidth(name) + 1, text + mark, style);
    } else {
      canvas.putEnd(3, frame.right, name, nameStyle);
      canvas.putEnd(3, frame.right - textWidth(name) - 1, mark + text, style);
    }
  }
};
