// Draws the page on which the reader alters a packet (key `x`): the possible changes, with a sentence on the effect.

import {frameParts} from '../../account/frame-parts.ts';
import {partsText} from '../../account/notation.ts';
import {packetOf} from '../../account/packet.ts';
import {hostName, theHost} from '../../lesson/host-names.ts';
import {type Language, spaced, type Text} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import type {EditableField} from '../../wire/field-edit.ts';
import {
  type Altered,
  alterHeading,
  alterProblem,
  amountText,
  effectText,
  forkPlaceText,
  kindName,
} from '../../words/alter.ts';
import {formatTime} from '../../words/format.ts';
import {eyeHands} from '../../words/hands.ts';
import {cutStart, padEnd, textWidth} from '../../words/width.ts';
import {accent, muted, plain} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {type AlterState, alterFault, alterFields} from './alter.ts';
import type {Sheet, SheetRow} from './sheet.ts';

export type AlterView = {
  readonly trace: Trace;
  readonly language: Language;
  readonly glyphs: Glyphs;
  /** The names of the packet fields that an open question asks for; the page does not show them. */
  readonly hidden: readonly string[];
  /** The reason for which the last change could not be made, shown until the next key. */
  readonly problem: Text | undefined;
};

const warning = {role: 'warning'} as const;

/** Returns the fields of a packet that the reader may edit, without those for which an open question asks. */
export const offeredFields = (
  trace: Trace,
  packet: number,
  hidden: readonly string[],
): readonly EditableField[] =>
  alterFields(packetOf(trace, packet)).filter(({name}) => !hidden.includes(name));

const alteredOf = (trace: Trace, id: number): Altered => {
  const {from, to, sentUs, dueUs} = packetOf(trace, id);
  return {packet: id, from: theHost(trace, from), to: theHost(trace, to), sentUs, dueUs};
};

/** The width in columns of the names of changes and fields on the page that alters a packet. */
const nameColumns = 26;

const kindRows = (state: AlterState, language: Language): SheetRow[] =>
  state.kinds.map((kind) => {
    const name = kindName(kind)[language];
    const amount = amountText(state, kind)[language];
    const text = amount === '' ? name : `${padEnd(name, nameColumns)}${amount}`;
    return {text, style: plain, said: [name, amount]};
  });

const fieldRows = (offered: readonly EditableField[]): SheetRow[] =>
  offered.map(({name, value}) => ({
    text: `${padEnd(name, nameColumns)}${value}`,
    ...{style: plain, said: [name, value], exact: 'field'},
  }));

const wrongRow = (text: string, glyphs: Glyphs): SheetRow => ({
  text: `${glyphs.lost} ${text}`,
  style: warning,
  said: [text],
});

const typedRows = (state: AlterState, {language, glyphs}: AlterView): SheetRow[] => {
  if (state.typed === undefined) return [];
  const prompt = state.kind === 'edit' ? `${state.field} = ` : `${kindName('delay')[language]} `;
  const typed = cutStart(state.typed, 40 - Math.min(20, textWidth(prompt)), glyphs.ellipsis);
  return [
    {
      text: `${prompt}${typed}${glyphs.typing}`,
      style: accent,
      said: [`${prompt}${state.typed}`.trim()],
      ...(state.kind === 'edit' ? {exact: 'field'} : {}),
    },
  ];
};

/**
 * Returns the text on what is wrong with the value being typed; undefined if nothing is. It is checked after each key, but an empty value
 * only when it is entered.
 */
const wrongText = (state: AlterState, {trace, problem}: AlterView): Text | undefined => {
  if (problem !== undefined || !state.typed) return problem;
  const fault = alterFault(state, packetOf(trace, state.packet));
  return fault.ok ? undefined : alterProblem(fault.error);
};

export const alterSheet = (state: AlterState, view: AlterView): Sheet => {
  const {trace, language, hidden, glyphs} = view;
  const packet = packetOf(trace, state.packet);
  const altered = alteredOf(trace, state.packet);
  const offered = offeredFields(trace, state.packet, hidden);
  const say = (text: Text): string => spaced(text[language]);
  const ends = `${hostName(trace, packet.from)[language]} ▸ ${hostName(trace, packet.to)[language]}`;
  const time = formatTime(packet.sentUs);
  const summary =
    packet.frame && hidden.length === 0 ? partsText(frameParts(packet.frame), eyeHands[language]) : '';
  const choosesField = state.field !== undefined;
  const wrong = wrongText(state, view);
  return {
    heading: alterHeading(state.packet)[language],
    above: [{text: `${ends}   ${time}   ${summary}`.trimEnd(), style: muted, said: [ends, time, summary]}],
    list: choosesField ? fieldRows(offered) : kindRows(state, language),
    marked: choosesField
      ? offered.findIndex(({name}) => name === state.field)
      : state.kinds.indexOf(state.kind),
    below: [
      ...typedRows(state, view),
      ...(wrong ? [wrongRow(wrong[language], glyphs)] : []),
      {text: say(effectText(state, altered)), style: plain},
      {text: say(forkPlaceText(altered)), style: muted},
    ],
  };
};
