// Records the playing of a run as a terminal recording.

import {castPieces} from '../io/export/cast.ts';
import {lessonData} from '../io/lessons.ts';
import {fileName} from '../lesson/file-name.ts';
import {palettes, papers, type ThemeName} from '../ui/palettes.ts';
import {recordedFrames} from '../ui/recording.ts';
import {terminal, type Written} from '../words/written.ts';
import {askable} from './askable.ts';
import type {Look} from './documents.ts';
import type {Opened} from './opened.ts';
import {playable} from './playable.ts';

/** The size of the recording, which every terminal has and all texts of lessons fit. */
const size = {columns: 80, rows: 24} as const;

/** The roles in the order of the eight ANSI colours, for players that use them. */
const ansiOrder = ['warning', 'data', 'changed', 'client', 'third', 'accent', 'text'] as const;

const castTheme = (theme: ThemeName) => ({
  fg: palettes[theme].text,
  bg: papers[theme],
  palette: [papers[theme], ...ansiOrder.map((role) => palettes[theme][role])].join(':'),
});

export const recordingPieces = (
  opened: Opened,
  {language, ascii, graphs = 'braille', theme = 'dark', motion = 'full'}: Look,
): Iterable<Written> => {
  const run = (opened.lesson ? playable : askable)(opened, lessonData());
  const preferences = {language, theme, ascii, graphs, motion, mouse: false, screenReader: false};
  const {source, title} = opened;
  return castPieces(recordedFrames(run, preferences, size), {
    ...size,
    title: terminal.text(title ? `${source}: ${title[language]}` : fileName(source)),
    theme: castTheme(theme),
  });
};
