// Returns the rows of the player's screen in one state: the run, a page over it, or two compared runs side by side.
import {solvedScreen, taskScreen} from '../view/challenge/challenge-page.ts';
import type {Part} from '../view/forks/parts.ts';
import {type Glyphs, unicodeGlyphs} from '../view/glyphs.ts';
import type {Told} from '../view/guarded.ts';
import {noteOf} from '../view/note.ts';
import {type ClosingPage, closingPage} from '../view/opening/closing.ts';
import {closingScreen} from '../view/opening/closing-screen.ts';
import {openingScreen} from '../view/opening/opening-screen.ts';
import type {KeyHint} from '../view/page-frame.ts';
import {pointedScreen} from '../view/pointing/pointed-screen.ts';
import {type Point, pointNow, pointsOn} from '../view/pointing/points.ts';
import {scene} from '../view/scene.ts';
import {screen, storyPlace} from '../view/screen.ts';
import type {Line} from '../view/span.ts';
import type {AppState} from './app-state.ts';
import {challengeShown} from './challenge-solved.ts';
import {noteOnPart} from './fork-world.ts';
import {leftText} from './left-off.ts';
import {compareScreen, sheetOf} from './overlay-screen.ts';
import {type PlayerState, sceneInput} from './player.ts';
import type {LearnerNote} from './quiz-round.ts';
import type {Size} from './screen-output.ts';

export type PlayerLook = {
  readonly player: PlayerState;
  readonly message: AppState['message'];
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
  /** The facts about the learner; undefined if nothing is stored. */
  readonly learner: LearnerNote | undefined;
  /** Returns the lines that are shown for a panel that throws an error; undefined if the error should be thrown on. */
  readonly told?: Told | undefined;
};

/** Returns the host or link that is marked above the ladder, or whose settings the open page changes; undefined if there is none. */
const markedPart = (overlay: PlayerState['overlay']): Part | undefined => {
  if (overlay?.kind === 'vary') return overlay.state.part;
  return overlay?.kind === 'parts' ? overlay.part : undefined;
};

/** Returns a function that tells whether the learner has finished a lesson; its result is undefined if answers are not stored. */
export const doneBy =
  (learner: LearnerNote | undefined) =>
  (lesson: string): boolean | undefined =>
    learner && learner.lessons.get(lesson)?.finished === true;

/** Returns the content of the lesson's last page; undefined if the run has none. */
export const closingIn = (player: PlayerState, learner: LearnerNote | undefined): ClosingPage | undefined => {
  const {opening, closing} = player.run;
  // The last page in a fork shows the answers that the learner gave in the lesson's own run.
  const {run, context, playback} = (player.run.yours && player.forks?.seen.get(0)) || player;
  const {taken} = player.playback;
  return opening && closing
    ? closingPage(
        {...run, opening, closing, beats: context.beats, playback: {...playback, taken}},
        learner?.weak,
      )
    : undefined;
};

/**
 * Returns the words on the player's screen at which the reader can point. The screen is drawn in Unicode for this, because ASCII glyphs
 * have the same widths.
 */
export const wordsOn = ({player, size}: Pick<PlayerLook, 'player' | 'size'>): readonly Point[] => {
  const drawn = {size, glyphs: unicodeGlyphs, keyHints: [], learner: undefined, message: undefined};
  const lines = playerLines({...drawn, player: {...player, overlay: undefined}});
  return pointsOn(lines, player.run.reference?.glossary ?? []);
};

export function playerLines(look: PlayerLook): readonly Line[] {
  const {player, message, size, glyphs, keyHints, learner, told} = look;
  const {run, playback, overlay} = player;
  const {language, plainFirst} = playback;
  const options = {...size, glyphs, keyHints};
  const closing = overlay?.kind === 'closing' ? closingIn(player, learner) : undefined;
  if (overlay?.kind === 'closing' && closing)
    return closingScreen(closing, {
      ...{...options, ...overlay, language, note: noteOf(message, language)},
      run: {scene: scene(sceneInput(player)), isOwn: run.yours === true},
    });
  const challenge = challengeShown(player, learner);
  const noted = {...options, language, note: noteOf(message, language)};
  if (challenge && overlay?.kind === 'closing') return solvedScreen(challenge, {...noted, ...overlay});
  if (challenge && overlay?.kind === 'opening' && run.opening === undefined)
    return taskScreen(challenge, noted);
  if (overlay?.kind === 'opening' && run.opening !== undefined)
    return openingScreen(run.opening, {
      ...options,
      language,
      isDone: doneBy(learner),
      left: leftText(player),
      note: noteOf(message, language),
    });
  if (overlay?.kind === 'compare') return compareScreen(player, overlay, options);
  const note = overlay?.kind === 'parts' ? noteOnPart(player, overlay.part, message) : message;
  const shown = scene(sceneInput(player, {message: note, told, part: markedPart(overlay)}));
  const lines = screen(shown, {...options, sheet: sheetOf(player, glyphs)});
  const point = overlay?.kind === 'pointing' ? pointNow(wordsOn(look), overlay.point) : undefined;
  return point
    ? pointedScreen(lines, point, {
        ...{...size, glyphs, language, plainFirst},
        story: storyPlace(shown, size, glyphs),
      })
    : lines;
}
