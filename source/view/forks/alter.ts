// The state of a change that the reader is about to make to a packet, as pure functions: which fault, by how much, which field gets which
// value.
import type {FaultKind} from '../../sim/fault.ts';
import type {PacketRecord} from '../../sim/trace.ts';
import {type EditableField, editableFields, fieldEdit} from '../../wire/field-edit.ts';
import {oncePer} from '../../wire/once-per.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import type {Alteration, AlterKind, AlterProblem} from '../../words/alter.ts';

const alterKinds: readonly AlterKind[] = ['drop', 'delay', 'dup', 'reorder', 'corrupt', 'edit'];

export type AlterState = Alteration & {
  readonly packet: number;
  /** The kinds of changes to a packet that the reader can choose: all of them, except that a challenge may offer only some. */
  readonly kinds: readonly AlterKind[];
  /** The text that is being typed (a field's new value, or the packet's delay); undefined while nothing is typed. */
  readonly typed: string | undefined;
};

export type AlterMove = 'up' | 'down' | 'less' | 'more' | 'mend';

const millisecond = 1000;
const second = 1_000_000;
const delays: readonly number[] = [10, 50, 100, 200, 500]
  .map((each) => each * millisecond)
  .concat([1, 2, 5, 10, 30, 60, 120].map((each) => each * second));
const longestUs = 3600 * second;
const mostPlaces = 9;

export const startAlter = (packet: number, kinds = alterKinds): AlterState => ({
  packet,
  kinds,
  kind: kinds[0] ?? 'drop',
  byUs: 200 * millisecond,
  places: 1,
  where: 'link',
  field: undefined,
  mend: true,
  typed: undefined,
});

export const alterFields = oncePer(({bytes, linkType}: PacketRecord) => editableFields(bytes, linkType));

const near = <T>(all: readonly T[], is: (each: T) => boolean, by: 1 | -1): T | undefined =>
  all[Math.min(all.length - 1, Math.max(0, all.findIndex(is) + by))];

const nextDelay = (byUs: number, by: 1 | -1): number =>
  (by > 0 ? delays.find((each) => each > byUs) : delays.findLast((each) => each < byUs)) ?? byUs;

const changeAmount = (state: AlterState, by: 1 | -1): AlterState => {
  switch (state.kind) {
    case 'delay':
      return {...state, byUs: nextDelay(state.byUs, by)};
    case 'reorder':
      return {...state, places: Math.min(mostPlaces, Math.max(1, state.places + by))};
    case 'corrupt':
      return {...state, where: by > 0 ? 'memory' : 'link'};
    default:
      return state;
  }
};

export const moveAlter = (
  state: AlterState,
  move: AlterMove,
  offered: readonly EditableField[],
): AlterState => {
  if (move === 'mend') return {...state, mend: !state.mend};
  if (move === 'less' || move === 'more') return changeAmount(state, move === 'more' ? 1 : -1);
  const by = move === 'down' ? 1 : -1;
  if (state.field === undefined)
    return {...state, kind: near(state.kinds, (kind) => kind === state.kind, by) ?? state.kind};
  return {...state, field: near(offered, ({name}) => name === state.field, by)?.name};
};

const numberIn = (typed: string): number | undefined =>
  /^(\d+|0x[0-9a-f]+)$/i.test(typed.trim()) ? Number(typed.trim()) : undefined;

const editOf = (state: AlterState, packet: PacketRecord): Result<FaultKind, AlterProblem> => {
  const {field = '', mend} = state;
  const value = numberIn(state.typed ?? '');
  if (value === undefined) return err({kind: 'number'});
  const now = alterFields(packet).find(({name}) => name === field)?.value ?? '';
  if (Number(now) === value) return err({kind: 'same', field, value: now});
  const edited = fieldEdit(packet.bytes, packet.linkType, field, value, {fixChecksums: mend});
  if (!edited.ok && edited.error.code === 'field-range') {
    const {max, step} = edited.error;
    return err({kind: 'range', field, max, step});
  }
  return ok({kind: 'edit', field, value, mend});
};

/** Returns the duration in µs that a text such as `200ms`, `1.5 s` or a number of ms stands for; undefined if it is none. */
const durationIn = (typed: string): number | undefined => {
  const match = /^(\d{1,7}(?:\.\d{1,6})?) ?(us|ms|s)?$/.exec(typed.trim());
  if (!match) return undefined;
  const unit = match[2] === 's' ? second : match[2] === 'us' ? 1 : millisecond;
  const us = Math.round(Number(match[1]) * unit);
  return us >= 1 && us <= longestUs ? us : undefined;
};

const delayOf = ({typed, byUs}: AlterState): Result<FaultKind, AlterProblem> => {
  const us = typed === undefined ? byUs : durationIn(typed);
  return us === undefined ? err({kind: 'time'}) : ok({kind: 'delay', byUs: us});
};

/** Returns the fault that the reader has chosen for the packet, or what is wrong with the typed text. */
export const alterFault = (state: AlterState, packet: PacketRecord): Result<FaultKind, AlterProblem> => {
  switch (state.kind) {
    case 'drop':
      return ok({kind: 'drop'});
    case 'delay':
      return delayOf(state);
    case 'dup':
      return ok({kind: 'dup', afterUs: 0});
    case 'reorder':
      return ok({kind: 'reorder', places: state.places});
    case 'corrupt':
      return ok({kind: 'corrupt', where: state.where});
    case 'edit':
      return editOf(state, packet);
  }
};
