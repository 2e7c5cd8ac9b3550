// The parts of the screen that are always shown and can have the focus: ladder, narration, timeline.

import {bisect} from '../../wire/growing-list.ts';
import {panelsFixedSentences} from '../../words/catalogue/panels.ts';
import {defineFocusable, type Focusable, upDownKeys, wayOf} from '../panel.ts';
import {at} from '../time/pace.ts';
import type {View} from '../view.ts';

/**
 * The state of the names over the ladder's lifelines: whether the one of the folded lifeline is selected, and how often the reader has
 * unfolded a host.
 */
export type Heads = {readonly selected: boolean; readonly turns: number};

export const untouched: Heads = {selected: false, turns: 0};

/** The number of hosts above which some screens fold hosts into one lifeline. */
const foldsBeyond = 5;

/** The ladder as a part of the screen that can have the focus, with the keys that only work while it has the focus. */
const ladder = defineFocusable<Heads>({
  name: 'ladder',
  title: panelsFixedSentences.ladder.title,
  start: untouched,
  keys: [
    {keys: {'/': 'find'}, sign: '/', label: panelsFixedSentences.ladder.keys['/'].label},
    {
      keys: {H: 'select', enter: 'unfold', escape: 'leave'},
      sign: 'H',
      label: panelsFixedSentences.ladder.keys.H.label,
      passes: true,
    },
  ],
  command({hosts}, {selected, turns}, command) {
    if (command === 'find') return {open: 'list', type: ''};
    if (hosts.length <= foldsBeyond) return undefined;
    if (command === 'select') return {own: {selected: !selected, turns}};
    // While the head of the folded lifeline is not selected, these keys have their usual meaning in the player.
    if (!selected) return undefined;
    return {own: command === 'unfold' ? {selected, turns: turns + 1} : {selected: false, turns}};
  },
});

/** Returns whether the head of the ladder's folded lifeline is selected, and how often the reader has unfolded a host. */
export const headsOf = ({input}: View): Heads => {
  const own = input.playback.own[ladder.name];
  return isHeads(own) ? own : untouched;
};

const isHeads = (own: unknown): own is Heads =>
  typeof own === 'object' && own !== null && 'turns' in own && 'selected' in own;

const narration = defineFocusable({
  name: 'narration',
  title: panelsFixedSentences.narration.title,
  start: undefined,
  keys: [upDownKeys(panelsFixedSentences.narration.keys['↑↓'].label)],
  command: (_view, _own, command) => ({go: wayOf(command) < 0 ? 'beatPrevious' : 'beatNext'}),
});

/** Returns the place in viewing time of the next or previous mark or bookmark on the timeline; undefined if there is none. */
const markFrom = (view: View, by: 1 | -1): number | undefined => {
  const {pacing, playback} = view.input;
  const {viewMs, bookmarks} = playback;
  const marks = Object.values(pacing.marks).flatMap((moments) => {
    const momentAt = (index: number): number => at(pacing.viewMs, at(moments, index));
    const first = bisect(moments.length, (index) =>
      by > 0 ? momentAt(index) > viewMs : momentAt(index) >= viewMs,
    );
    const moment = moments.at(by > 0 ? first : first - 1);
    return moment === undefined ? [] : [at(pacing.viewMs, moment)];
  });
  const own = bookmarks.filter((each) => (by > 0 ? each > viewMs : each < viewMs));
  const [nearest] = [...marks, ...own].sort((a, b) => (a - b) * by);
  return nearest;
};

const timeline = defineFocusable({
  name: 'timeline',
  title: panelsFixedSentences.timeline.title,
  start: undefined,
  keys: [upDownKeys(panelsFixedSentences.timeline.keys['↑↓'].label)],
  command(view, _own, command) {
    const viewMs = markFrom(view, wayOf(command));
    return viewMs === undefined ? undefined : {go: {viewMs}};
  },
});

/**
 * The parts of the screen that the focus reaches before the panels (the ladder), and those that it reaches after them (narration and
 * timeline).
 */
export const focusables: {readonly first: readonly Focusable[]; readonly last: readonly Focusable[]} = {
  first: [ladder],
  last: [narration, timeline],
};
