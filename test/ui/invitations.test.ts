// A robot that does exactly what lessons ask for, whatever was marked before, comes to their last page.
import {expect, test} from 'vitest';
import {takenIn} from '../../source/lesson/bound-beat.ts';
import type {Language} from '../../source/lesson/text.ts';
import type {PlayerState} from '../../source/ui/player.ts';
import {closingIn} from '../../source/ui/player-screen.ts';
import {narrationAt, narrationPlaces} from '../../source/view/time/waypoints.ts';
import {allLessons} from '../helpers/all-runs.ts';
import {setUp} from '../helpers/controlled.ts';
import {nextKey, openedLesson} from '../helpers/lesson-walk.ts';
import {appOptions} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';

const invited = allLessons().filter(({runs, beats}) =>
  beats.some((beat) => beat.run === runs[0]?.name && beat.kind === 'narration' && beat.invites),
);
const ids = invited.map(({id}) => id);

/** The beat whose invitation stands on the screen, where the reader has just come to it. */
const invitationAt = ({playback, context, overlay}: PlayerState) => {
  const stands = narrationPlaces(context).includes(playback.viewMs) && overlay === undefined;
  const {beat} = narrationAt(context, playback.viewMs);
  return stands && beat?.invites ? {...beat, invites: beat.invites} : undefined;
};

type Way = {
  readonly language: Language;
  readonly size: {readonly columns: number; readonly rows: number};
  /** What the reader presses at each stop before going on. */
  readonly strays: readonly string[];
};

const small = {columns: 80, rows: 24};
const large = {columns: 120, rows: 40};
const ways: readonly Way[] = [
  {language: 'en', size: small, strays: []},
  {language: 'zh', size: large, strays: ['up']},
  {language: 'zh', size: small, strays: ['up', 'up', 'up']},
  {language: 'en', size: large, strays: ['down']},
  {language: 'en', size: small, strays: ['b', 'escape']},
];

/** Follows every invitation of the lesson once; returns the player at its end and the beats whose invitations were followed. */
const follow = async (id: string, {language, size, strays}: Way) => {
  const run = await openedLesson(id);
  const preferences = {...appOptions.preferences, language, motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}}, undefined, size);
  const player = (): PlayerState => app.controller.get().player ?? expect.fail('the player is gone');
  const followed = new Set<number>();
  let tries = 0;
  for (let keys = 0; app.context() !== 'closing'; keys++) {
    if (keys > 2000) expect.fail(`${id} has no end`);
    const invitation = app.context() === 'player' ? invitationAt(player()) : undefined;
    if (invitation && !followed.has(invitation.index)) {
      followed.add(invitation.index);
      app.press(...invitation.invites.keys);
      if ('opens' in invitation.invites) {
        const {playback} = player();
        const {opens} = invitation.invites;
        expect(opens === 'why' ? playback.why : playback.focus, `${id} ${opens}`).toEqual(
          opens === 'why' ? expect.anything() : opens,
        );
        for (let out = 0; out < 4 && (player().playback.focus !== 'ladder' || player().playback.why); out++)
          app.press('escape');
      } else expect(takenIn(player().run.beats), id).toContain(invitation.index);
      continue;
    }
    if (app.context() === 'player') app.press(...strays);
    app.press(nextKey(app.context(), tries));
    tries = app.context() === 'question' ? tries + 1 : 0;
  }
  return {player: player(), followed};
};

test.each(
  some(
    ids.flatMap((id) => ways.map((way) => [id, way] as const)),
    6,
  ),
)('%s, %o', async (id, way) => {
  const {player, followed} = await follow(id, way);
  const wanted = invited
    .find((lesson) => lesson.id === id)
    ?.beats.flatMap((beat, index) => (beat.kind === 'narration' && beat.invites ? [index] : []));
  expect([...followed]).toEqual(wanted);
  const goals = closingIn(player, undefined)?.goals ?? [];
  for (const index of player.playback.taken) {
    const goal = player.run.opening?.goals.findIndex(({questions}) => questions.includes(index)) ?? -1;
    expect(goals[goal]?.marks).toContainEqual(['right']);
  }
});

test('whoever passes an invitation by has not reached its goal', async () => {
  const run = await openedLesson('first-packet');
  const preferences = {...appOptions.preferences, motion: 'none'} as const;
  const app = setUp({preferences, initial: {screen: 'player', run}});
  for (let keys = 0, tries = 0; app.context() !== 'closing' && keys < 200; keys++) {
    app.press(nextKey(app.context(), tries));
    tries = app.context() === 'question' ? tries + 1 : 0;
  }
  const player = app.controller.get().player ?? expect.fail();
  expect(
    closingIn(player, undefined)
      ?.goals.map(({marks}) => marks.flat().at(-1))
      .at(-1),
  ).toBe('open');
});

test.each(['no motion', 'motion'] as const)(
  // Whoever loses another packet than the lesson asks for comes back to it with the key that goes on.
  'another packet lost: the way back, %s',
  async (how) => {
    const run = await openedLesson('first-packet');
    const preferences = {...appOptions.preferences, motion: how === 'motion' ? 'full' : 'none'} as const;
    const app = setUp({preferences, initial: {screen: 'player', run}});
    const player = () => app.controller.get().player ?? expect.fail('the player is gone');
    const goOn = (isThere: () => boolean): void => {
      for (let keys = 0, tries = 0; !isThere(); keys++) {
        if (keys > 400) expect.fail('it stands still');
        app.press(nextKey(app.context(), tries));
        app.controller.tick(400);
        tries = app.context() === 'question' ? tries + 1 : 0;
      }
    };
    goOn(() => app.context() === 'player' && invitationAt(player()) !== undefined);
    app.press('x', 'enter');
    expect(player().run.yours).toBe(true);
    expect(takenIn(player().run.beats)).toEqual([]);
    goOn(() => player().run.yours !== true);
    goOn(() => app.context() === 'closing');
  },
);
