// “Watch it”: the run that contradicts a belief opens at the very instant where it does, and says there what is so and what is not.
import {expect, test} from 'vitest';
import {openCounter} from '../../source/app/counter-run.ts';
import {compiledLesson, lessonData} from '../../source/io/lessons.ts';
import {fillTemplate} from '../../source/lesson/bind.ts';
import {evaluate} from '../../source/lesson/evaluate.ts';
import {openPlayer, type PlayerState} from '../../source/ui/player.ts';
import {scene} from '../../source/view/scene.ts';
import {appOptions} from '../helpers/render.ts';

const {misconceptions} = lessonData();

const homes = new Map(misconceptions.map(({id, lesson}) => [id, lesson]));
const find = async (ids: readonly string[]) => ids.flatMap((id) => compiledLesson(id) ?? []);

const storyOf = (player: PlayerState) => {
  const {run, context, playback} = player;
  return scene({...run, pacing: context.pacing, playback, message: undefined}).story;
};

test.each(misconceptions.map(({id, counter}) => [id, counter] as const))('%s', async (id, written) => {
  const opened = await openCounter(id, find, homes);
  if ('message' in opened || !written) throw new Error(`nothing opens for ${id}`);
  const {run} = opened;
  const counter = compiledLesson(written.lesson)?.counters?.find((each) => each.misconception === id);
  if (!counter || !run.at || !('event' in run.at)) throw new Error(`${id} is shown nowhere`);
  const instant = {trace: run.trace, event: run.at.event};
  expect(evaluate(counter.that, instant)).toMatchObject({ok: true, value: {kind: 'truth', value: true}});
  for (const language of ['en', 'zh'] as const) {
    const story = storyOf(openPlayer(run, {...appOptions.preferences, language}));
    if (story.kind !== 'narration') throw new Error(`${id} begins with a question`);
    expect(story.text).toBe(fillTemplate(counter.shown, instant).text[language]);
    // What both say stands above already.
    const believed = fillTemplate(counter.believed, instant).text[language];
    const quoted = /[“「](.*)[”」]/su.exec(story.note ?? '')?.[1] ?? '';
    expect(believed.endsWith(quoted), story.note).toBe(true);
    expect(`${story.text} `).not.toContain(`${quoted} `);
    expect(story.text.startsWith(believed.slice(0, believed.length - quoted.length))).toBe(true);
  }
  expect(run).toMatchObject({glance: true, whatIfs: []});
  expect(run.beats.filter(({kind}) => kind !== 'narration')).toEqual([]);
});

test('a belief without a run says so', async () => {
  expect(await openCounter('no-such-belief', find, homes)).toHaveProperty('message');
});
