// The style of the ladder: fonts, strokes, and a colour for each role.
import type {Role} from '../../view/span.ts';

/** The colours of the exported ladder for one theme: one for each role of text, and `page` for the background. */
export type LadderColours = {readonly [role in Role]: string} & {readonly page: string};

const roles = ['client', 'server', 'third', 'attacker', 'muted'] as const;

/** The CSS rules of the exported ladder that do not depend on the theme: fonts, strokes and dashes. */
export const ladderShapes = [
  '.ladder text{font:12px ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK SC","Noto Sans CJK SC",monospace;white-space:pre}',
  '.ladder .title{font-size:15px;font-weight:700}',
  '.ladder .name{font-size:14px;font-weight:700}',
  '.ladder .state{font-weight:700}',
  '.ladder .time,.ladder .happening{font-size:11px}',
  '.ladder path{fill:none}',
  '.ladder .lifeline{stroke-width:1.5;opacity:.55}',
  '.ladder .line{stroke-width:1.6}',
  '.ladder .burst{stroke-width:4;opacity:.7}',
  '.ladder .copy{stroke-dasharray:5 3}',
  '.ladder .loss{stroke-width:2.6}',
  '.ladder .gap path{stroke-dasharray:2 4}',
  '.ladder .label,.ladder .time,.ladder .state,.ladder .happening,.ladder .gap text{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}',
].join('');

/** Returns the CSS rules for the colours of the exported ladder; the colours are values or references to CSS variables. */
export const ladderColours = (colours: LadderColours): string =>
  [
    `.ladder .page{fill:${colours.page}}`,
    `.ladder text{fill:${colours.text}}`,
    `.ladder .quiet,.ladder .time{fill:${colours.muted}}`,
    `.ladder .gap path{stroke:${colours.muted}}.ladder .gap text{fill:${colours.muted}}`,
    `.ladder .label,.ladder .time,.ladder .state,.ladder .happening,.ladder .gap text{stroke:${colours.page}}`,
    ...roles.map(
      (role) =>
        `.ladder .r-${role} .line,.ladder .lifeline.r-${role}{stroke:${colours[role]}}` +
        `.ladder .r-${role} .head,.ladder .name.r-${role},.ladder .r-${role} .label,.ladder .state.r-${role}{fill:${colours[role]}}`,
    ),
    `.ladder .loss{stroke:${colours.warning}}.ladder .message .loss-why{fill:${colours.warning}}`,
  ].join('');
