// A walk by chance that is drawn to challenges and to what can be changed of hosts and links; it counts what it has come to.
import {challengeSummaries, lessonIds} from '../../../source/io/lessons.ts';
import {isSetting} from '../../../source/sim/fork.ts';
import type {AppState} from '../../../source/ui/app-state.ts';
import {keyContext} from '../../../source/ui/key-context.ts';
import {lookOf} from '../../../source/ui/player.ts';
import {verdictAt} from '../../../source/view/challenge/verdict.ts';
import {chanceOf} from './chance.ts';
import {goalStepFor} from './goal-steps.ts';
import type {Told} from './monkey.ts';
import {type How, type NextStep, sit} from './sitting.ts';
import type {MonkeySource} from './sources.ts';
import type {Step} from './steps.ts';

const sizes = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
  {columns: 40, rows: 12},
] as const;
const languages = ['en', 'zh'] as const;
const mostSteps = 180;

/** Challenges, each before any comes again; between them the menu, today's challenge, and lessons. */
export const goalSources = (): readonly MonkeySource[] => {
  const source = (command: MonkeySource['command'], ...positionals: readonly string[]): MonkeySource => ({
    ...{command, positionals},
    options: {},
  });
  const lessons = lessonIds();
  return challengeSummaries().flatMap(({id}, index) => {
    const lesson = lessons[(index * 7) % lessons.length] ?? 'handshake';
    const other = index % 4 === 0 ? source('') : index % 4 === 1 ? source('play', lesson) : undefined;
    const today = index % 8 === 2 ? source('challenge', 'today') : undefined;
    return [source('challenge', id), ...(other ? [other] : []), ...(today ? [today] : [])];
  });
};

/** Names for what is on the screen, and for what the step has done. */
const reachedBy = (step: Step, before: AppState, after: AppState): readonly string[] => {
  const {player, screen} = after;
  const challenge = screen === 'player' ? player?.run.challenge : undefined;
  const where = challenge ? 'in challenge' : 'in lesson';
  const context = keyContext(after);
  const was = before.player?.run.challenge?.moves ?? [];
  const is = challenge?.moves ?? [];
  const key = 'key' in step ? step.key : undefined;
  const problem = player?.overlay && 'problem' in player.overlay ? player.overlay.problem : undefined;
  const nodes = player?.forks?.tree.nodes ?? [];
  const isNew = nodes.length > (before.player?.forks?.tree.nodes.length ?? 0);
  const entered = context !== keyContext(before) || player?.run.source !== before.player?.run.source;
  const verdict = player && challenge ? verdictAt(lookOf(player).input) : 'open';
  const reached: readonly (string | false | undefined)[] = [
    'did' in step && 'mouse',
    'columns' in step && 'resize',
    'paste' in step && 'paste',
    entered && `${context} ${screen === 'player' ? where : ''}`,
    entered && context === 'closing' && challenge && 'solved page',
    verdict === 'missed' && before.player?.playback.viewMs !== player?.playback.viewMs && 'missed page',
    is.length > was.length && `move: ${is.at(-1)?.kind}`,
    is.length < was.length && after.player?.run.source === before.player?.run.source && 'move taken back',
    context === 'typing' && player?.playback.typing && `typed into a panel ${where}`,
    context === 'typing' && player?.overlay?.kind === 'vary' && `typed into a sheet ${where}`,
    player?.playback.focus === 'turn' && screen === 'player' && 'panel of a host by hand',
    player?.playback.focus === 'challenge' && screen === 'player' && 'panel of a challenge',
    problem && before.player?.overlay !== player?.overlay && `refused in the page ${where}`,
    isNew && nodes.some((node) => node.changes.some(isSetting)) && 'own run by a setting',
    key === 's' && before.player?.overlay?.kind === 'closing' && after.message?.isDone && 'shared',
    key === 'u' && before.player?.run !== player?.run && `undo ${where}`,
    key === 'ctrl-r' && before.player?.run !== player?.run && `redo ${where}`,
    key === 'i' && challenge && 'hint',
  ];
  return reached.flatMap((each) => (typeof each === 'string' ? [each.trim()] : []));
};

/** What was reached, and how often. */
export type Reached = Map<string, number>;

export async function* goalWalk(
  seed: number,
  keys: number,
  reached: Reached,
  how: Pick<How, 'patienceMs'> = {},
): AsyncGenerator<Told, void> {
  const chance = chanceOf(seed);
  const sources = goalSources();
  const from = chance.below(sources.length);
  for (let turn = 0, pressed = 0; pressed < keys; turn++) {
    const source = sources[(from + turn) % sources.length];
    if (source === undefined) return;
    let steps = 0;
    let last: Step | undefined;
    const solves = chance.percent(50);
    const next: NextStep = (context, now) => {
      const first = steps++ === 0 ? sizes[turn % sizes.length] : undefined;
      last = first ?? (steps > mostSteps ? undefined : goalStepFor(chance, context, now, {solves, last}));
      return last;
    };
    const watch: How['watch'] = (step, before, after) => {
      for (const name of reachedBy(step, before, after)) reached.set(name, (reached.get(name) ?? 0) + 1);
    };
    const language = languages[Math.floor(turn / sizes.length) % languages.length] ?? 'en';
    const sitting = await sit(source, next, {...how, language, watch});
    pressed += Math.max(
      1,
      sitting.steps.filter((step) => 'key' in step || 'paste' in step || 'did' in step).length,
    );
    yield {source, sitting, pressed};
  }
}
