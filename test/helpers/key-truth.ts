// Whether the key table tells the truth of a state: a key is enabled just where the reducer makes something else of the state, or asks
// something of the world.
import {pressKey} from '../../source/ui/app-keys.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {restsHere} from '../../source/ui/challenge-told.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import type {Action} from '../../source/ui/key-entry.ts';
import {keymap} from '../../source/ui/keymap.ts';
import {panelContexts} from '../../source/ui/panel-keys.ts';
import {lookOf, type PlayerState, playbackAction} from '../../source/ui/player.ts';
import {focusedOf} from '../../source/view/arrange.ts';
import type {Size} from '../../source/view/layout.ts';
import {changes} from '../../source/view/time/changes.ts';
import {playback} from '../../source/view/time/playback.ts';
import {atEnd} from '../../source/view/time/waypoints.ts';

/** Later than any other key of the player, whose limit on key repeat is no matter of the table; in a round no later than it is. */
const pressedAt = ({screen, quiz}: AppState): number =>
  screen === 'quiz' && quiz !== undefined
    ? (quiz.state.startedMs ?? 0) + quiz.state.tookMs
    : Number.MAX_SAFE_INTEGER;

/** Sentences, clocks, and where the last click was: what every key changes, or none. */
const passing: readonly string[] = [
  ...['.message', '.notice', '.clicked', '.failed', '.player.playback.lastStepAtMs'],
  ...['.quiz.state.tookMs', '.quiz.state.ending', '.player.overlay.notice', '.player.overlay.problem'],
];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** What is absent and what is undefined are the same; runs are the same only if they are one. */
const isSame = (one: unknown, other: unknown, path = ''): boolean => {
  if (Object.is(one, other) || passing.includes(path)) return true;
  if (!isObject(one) || !isObject(other) || path.endsWith('.run')) return false;
  if (one instanceof Map && other instanceof Map) return isSame([...one], [...other], path);
  const [before, after] = [new Map<string, unknown>(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...before.keys(), ...after.keys()])].every((key) =>
    isSame(before.get(key), after.get(key), `${path}.${key}`),
  );
};

/** Keys that the table offers although the state stays as it is, each with its reason. */
const exceptions: readonly {
  readonly why: string;
  readonly of: readonly Action[];
  /** Absent: everywhere. */
  readonly where?: (action: Action, player: PlayerState) => boolean;
}[] = [
  {
    why: 'on a page over the run both keys of a scale are offered, at its ends too',
    of: [
      ...(['listUp', 'listDown', 'alterLess', 'alterMore', 'compareBack', 'compareOn'] as const),
      ...(['compareStart', 'compareEnd', 'differenceBack', 'differenceOn', 'differenceFirst'] as const),
      ...(['pointBack', 'pointOn', 'pointUp', 'pointDown'] as const),
    ],
  },
  {
    why: 'it asks, or says why not, before it does anything',
    of: ['back', 'predict', 'alter', 'alterDo', 'accept', 'point'],
  },
  {
    why: 'at the end of a run that has not solved its challenge it says what can be done',
    of: ['playPause', 'next'],
    where: restsHere,
  },
];

const isExcepted = (action: Action, {player}: AppState): boolean =>
  exceptions.some(
    ({of, where}) =>
      of.includes(action) && (where === undefined || (player !== undefined && where(action, player))),
  );

/** What the panel with the focus has taken of the keys. */
const takenByPanel = (state: AppState, key: string): boolean => {
  const {player} = state;
  if (player === undefined || !panelContexts.includes(keyContext(state))) return false;
  return focusedOf(lookOf(player))?.keys.some(({keys}) => key in keys) ?? false;
};

/** While something is being opened, and before an audience, other keys go first. */
const isJudged = ({opening, undrawable, preferences, blank}: AppState): boolean =>
  opening === undefined && undrawable === undefined && !preferences.presented && !blank;

/** What is wrong of the table at this state. */
export const untruths = (state: AppState, size: Size): readonly string[] => {
  if (!isJudged(state)) return [];
  const context = keyContext(state);
  return keymap
    .filter(({contexts}) => contexts.includes(context))
    .flatMap(({id, keys, enabled}) =>
      Object.entries(keys).flatMap(([key, action]) => {
        if (takenByPanel(state, key)) return [];
        const told = enabled({state, size}, action, key);
        const after = pressKey(state, {key, atMs: pressedAt(state), size});
        const does = after.effects.length > 0 || !isSame(state, after.state);
        if (told === does || (told && isExcepted(action, state))) return [];
        return [`${context} ${id} ${key}: enabled ${told}, does something ${does}`];
      }),
    );
};

const visible = ({lastStepAtMs: _, ...rest}: PlayerState['playback']): string => JSON.stringify(rest);

/** The dry run: what the reducer of the run makes of each action of its keys, wherever they are pressed. */
export const unforeseen = ({player}: AppState, size: Size): readonly string[] => {
  if (player === undefined || player.playback.help) return [];
  const {playback: now, context} = player;
  const before = visible(now);
  const pressed = keymap.flatMap(({keys}) => Object.entries(keys));
  return pressed.flatMap(([key, action]) => {
    const wanted = playbackAction(action, {key, atMs: Number.MAX_SAFE_INTEGER, size}, player);
    if (wanted === undefined) return [];
    const told = changes(now, wanted, context);
    const does = visible(playback(now, wanted, context)) !== before;
    return told === does
      ? []
      : [`${wanted.kind} at ${atEnd(now, context) ? 'the end' : now.viewMs}: ${told}, ${does}`];
  });
};
