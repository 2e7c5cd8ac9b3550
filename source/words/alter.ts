// The words on the screen for altering a packet of a run: the possible changes, their effects, and why a change is impossible.
import {type Text, worded} from '../lesson/text.ts';
import {type Change, type ForkError, isSetting} from '../sim/fork.ts';
import type {WireError} from '../wire/wire-error.ts';
import {alterSentences, kindNames} from './catalogue/alter.ts';
import {packetName} from './catalogue/compare.ts';
import {inEvery} from './catalogue/language.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {varySentences} from './catalogue/vary.ts';
import {outcomesOf} from './compare.ts';
import {formatTime} from './format.ts';

export const alterHeading = (packet: number): Text =>
  worded(alterSentences.alterHeading, {packetName: worded(packetName, {id: packet})});

export type AlterKind = keyof typeof kindNames;

/** The change of a packet that the learner is choosing on the screen: its kind and, for each kind, the details. */
export type Alteration = {
  readonly kind: AlterKind;
  readonly byUs: number;
  readonly places: number;
  readonly where: 'link' | 'memory';
  /** The field whose new value is being chosen, when the learner edits a packet; undefined before one is chosen. */
  readonly field: string | undefined;
  /** True if the checksums of an edited packet are corrected, false if they are left wrong. */
  readonly mend: boolean;
};

/** The fault in the value or time that the learner typed when altering a packet, as data; `alterProblem` returns its message. */
export type AlterProblem =
  | {readonly kind: 'number'}
  | {readonly kind: 'range'; readonly field: string; readonly max: number; readonly step: number}
  | {readonly kind: 'same'; readonly field: string; readonly value: string}
  | {readonly kind: 'time'};

export const kindName = (kind: AlterKind): Text => kindNames[kind];

/** Returns the detail of a kind of change that stands beside its name, such as the delay; empty if the kind has none. */
export const amountText = ({byUs, places, where}: Alteration, kind: AlterKind): Text => {
  switch (kind) {
    case 'delay':
      return worded(alterSentences.amount.delay, {byUs: formatTime(byUs)});
    case 'reorder':
      return worded(alterSentences.amount.reorder, {places});
    case 'corrupt':
      return where === 'link'
        ? alterSentences.amount.corrupt.aBitOn
        : alterSentences.amount.corrupt.aBitInside;
    default:
      return alterSentences.amount.itself;
  }
};

/** The packet that is altered: its receiver, and when it is sent and would arrive. */
export type Altered = {
  readonly packet: number;
  readonly from: Text;
  readonly to: Text;
  readonly sentUs: number;
  readonly dueUs: number;
};

/** Returns one or two sentences on what a chosen change, such as a delay, will do to the packet. */
export const effectText = (state: Alteration, {packet, from, to, dueUs}: Altered): Text => {
  const it = worded(packetName, {id: packet});
  const first = inEvery((language) => `${it[language].charAt(0).toUpperCase()}${it[language].slice(1)}`);
  switch (state.kind) {
    case 'drop':
      return worded(alterSentences.effect.drop, {first, to, from});
    case 'delay':
      return worded(alterSentences.effect.delay, {
        first,
        byUs: formatTime(state.byUs),
        to,
        dueUs: formatTime(dueUs + state.byUs),
      });
    case 'dup':
      return worded(alterSentences.effect.dup, {it, to});
    case 'reorder':
      return worded(alterSentences.effect.reorder, {places: state.places, from, it});
    case 'corrupt':
      return state.where === 'link'
        ? worded(alterSentences.effect.corrupt.aBitFlipsOn, {it})
        : alterSentences.effect.corrupt.aBitFlipsInside;
    case 'edit':
      return editText(state, to);
  }
};

const editText = ({field, mend}: Alteration, to: Text): Text => {
  if (field === undefined) return worded(alterSentences.edit.chooseAField, {to});
  return mend ? alterSentences.edit.checksumsAreMended : alterSentences.edit.checksumsStayAs;
};

/** Returns the place at which a run forks, which is the sending of the altered packet: its time and the packet. */
export const forkPlaceText = ({packet, sentUs}: Altered): Text =>
  worded(alterSentences.forkPlace, {
    sentUs: formatTime(sentUs),
    packetName: worded(packetName, {id: packet}),
  });

export const alterProblem = (problem: AlterProblem): Text => {
  switch (problem.kind) {
    case 'number':
      return alterSentences.alter.number;
    case 'time':
      return alterSentences.alter.time;
    case 'same':
      return worded(alterSentences.alter.same, {field: problem.field, now: problem.value});
    case 'range':
      return rangeText(problem.field, problem.max, problem.step);
  }
};

const rangeText = (field: string, max: number, step: number): Text =>
  step === 1
    ? worded(alterSentences.range.takes0To, {field, max})
    : worded(alterSentences.range.takes0ToIn, {field, max, step});

const wireErrorText = (error: WireError): Text =>
  error.code === 'field-range'
    ? rangeText(error.field, error.max, error.step)
    : error.code === 'field-unknown'
      ? worded(alterSentences.wireError.thisPacketHas, {field: error.field})
      : alterSentences.wireError.theBytesOf;

/** Returns why the run cannot be forked with this change, such as a packet number that the run does not have. */
export const forkErrorText = (error: ForkError): Text => {
  switch (error.code) {
    case 'packet':
      return error.packets === 0
        ? alterSentences.forkError.packet.noPacketHas
        : worded(alterSentences.forkError.packet.noPacketThis, {
            packet: error.packet,
            packets: error.packets,
          });
    case 'lost':
      return worded(alterSentences.forkError.lost, {packet: error.packet});
    case 'edit':
      return wireErrorText(error.error);
    case 'setting': {
      const {message, remedy} = error.refusal;
      return inEvery((language) =>
        [message, remedy].map((text) => text[language] ?? '').join(punctuation.semicolon[language]),
      );
    }
    case 'full':
      return worded(alterSentences.forkError.full, {most: error.most});
    case 'long':
      return alterSentences.forkError.long;
  }
};

/** Returns why a run cannot be forked because of its source (a capture, a script, a challenge), and what can be done instead. */
export const noForks = (source: keyof typeof alterSentences.noForks): Text => alterSentences.noForks[source];

/** Returns the narration for the place where a run forks, which tells the changes made there. */
export const forkStory = (changes: readonly Change[]): Text => {
  const it = outcomesOf(changes);
  return worded(changes.some(isSetting) ? varySentences.story : alterSentences.forkStory, {it});
};
