// Everything that one instant shows, for any size of screen.
import type {Language} from '../lesson/lesson.ts';
import type {SceneInput} from './scene-input.ts';

export type Scene = {
  readonly language: Language;
};

export const scene = (input: SceneInput): Scene => ({language: input.playback.language});
