// The type of a beat that is bound to its event in one run, with its numbers filled in, for the player, `show` and the quiz.
import type {Invitation} from './lesson.ts';
import type {Text} from './text.ts';

export type BoundChoice = {
  /** The letter of the choice, `a`, `b`, … in the order shown. */
  readonly id: string;
  readonly text: Text;
  readonly value: string | number | undefined;
  readonly correct: boolean;
  readonly misconception?: string;
  /** The reason why this choice is wrong; if absent, the general reply of its misconception is given. */
  readonly why?: Text;
};

type Common = {
  /** The index of the beat among the lesson's beats, counted from 0. */
  readonly index: number;
  /**
   * The event after which a narration or concept is shown; for a prediction, the event that must not be seen before the
   * answer.
   */
  readonly event: number;
  readonly show: readonly string[];
  /** Panels and fields on the screen from this beat on, in addition to `show`. */
  readonly shows?: readonly string[];
  readonly panels: readonly string[] | undefined;
};

export type BoundBeat =
  | (Common & {
      readonly kind: 'narration';
      /** The time in µs between the beat's event and the narration, if the beat waits for a time at which nothing happens. */
      readonly afterUs?: number;
      readonly say: Text;
      readonly note: Text | undefined;
      readonly myth: string | undefined;
      readonly card: string | undefined;
      /** The id of a lesson that the narration proposes to continue with. */
      readonly link?: string | undefined;
      readonly invites?: Invitation | undefined;
      /** The index of the beat whose invitation the learner has taken up in this run; this narration tells the result. */
      readonly invitedBy?: number | undefined;
    })
  | (Common & {
      readonly kind: 'prediction' | 'concept';
      readonly ask: Text;
      readonly hint: Text | undefined;
      readonly choices: readonly BoundChoice[];
      readonly explain: Text | undefined;
      /** Tells what a prediction hides on the screen until it is answered; undefined for a concept question. */
      readonly hides:
        | {
            readonly packet: number | undefined;
            readonly fields: readonly string[];
            /** True if the time of the prediction's event would give the answer away, so that it is hidden, too. */
            readonly timed?: true;
          }
        | undefined;
      readonly rfc: string | undefined;
    });

/** Returns the indexes of the beats whose invitations have been taken up, as recorded in the bound beats (`invitedBy`). */
export const takenIn = (beats: readonly BoundBeat[]): readonly number[] => [
  ...new Set(beats.flatMap((beat) => (beat.kind === 'narration' ? (beat.invitedBy ?? []) : []))),
];

/** Returns a narration for this event that has one text and nothing else. */
export const aside = (index: number, event: number, say: Text): Extract<BoundBeat, {kind: 'narration'}> => ({
  kind: 'narration',
  index,
  event,
  show: [],
  panels: undefined,
  say,
  note: undefined,
  myth: undefined,
  card: undefined,
});
