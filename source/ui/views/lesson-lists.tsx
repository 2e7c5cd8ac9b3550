// Tracks left, the lessons of the marked track right.

import {Box} from 'ink';
import type {Track} from '../../lesson/tracks.ts';
import type {Glyphs} from '../../view/glyphs.ts';
import {lessonsInTrack, menuWords} from '../../words/catalogue/menu.ts';
import {trackNames} from '../../words/catalogue/tracks.ts';
import type {Mark} from '../app-keys.ts';
import type {AppState} from '../app-state.ts';
import {lessonsOf, trackRows} from '../menu-state.ts';
import {type ListRow, listRow, span} from '../rows.ts';
import type {Theme} from '../theme.ts';
import {Lines} from './lines.tsx';
import {SelectList} from './select-list.tsx';

type Props = {
  readonly state: AppState;
  readonly columns: number;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly onMark: (row: Mark) => void;
  readonly onChoose: (row: Mark) => void;
};

/** With the space before the second list. */
const trackColumns = 35;
const minutesColumns = 8;
/** The minutes stand near the title even on a wide screen. */
const mostLessonColumns = 52;

/** Below, the two lists have no room beside each other: only the one with the keys is shown. */
const widthForBoth = 60;

/** Rows that the lists need, whichever track is marked. */
export function lessonListRows({lessons, menu}: AppState, columns: number): number {
  const rows = trackRows(lessons);
  const right = 1 + Math.max(0, ...rows.map((row) => row.lessons.length));
  if (columns >= widthForBoth) return Math.max(rows.length, right);
  return menu.level === 'lessons' ? right : rows.length;
}

export function LessonLists(props: Props) {
  const {state, columns} = props;
  if (columns >= widthForBoth) {
    return (
      <Box>
        <Tracks {...props} columns={trackColumns} />
        <Lessons {...props} columns={columns - trackColumns} />
      </Box>
    );
  }
  return state.menu.level === 'lessons' ? <Lessons {...props} /> : <Tracks {...props} />;
}

function Tracks({state, columns, theme, glyphs, onMark, onChoose}: Props) {
  const {menu, help} = state;
  return (
    <Box width={columns} flexShrink={0}>
      <SelectList
        rows={trackList(state, glyphs)}
        initial={menu.track}
        isFocused={menu.level === 'tracks' && !help}
        theme={theme}
        onMark={(track) => onMark({kind: 'track', track})}
        onChoose={(track) => onChoose({kind: 'track', track})}
      />
    </Box>
  );
}

function Lessons({state, columns, theme, glyphs, onMark, onChoose}: Props) {
  const {menu, help, preferences} = state;
  const heading = menu.track === undefined ? '' : trackNames[menu.track][preferences.language];
  return (
    <Box flexDirection="column">
      <Lines lines={[[span(`   ${heading}`, 'muted')]]} theme={theme} />
      <SelectList
        key={menu.track}
        rows={lessonList(state, glyphs, Math.min(columns - 1, mostLessonColumns))}
        initial={menu.lesson}
        isFocused={menu.level === 'lessons' && !help}
        theme={theme}
        onMark={(id) => onMark({kind: 'lesson', id})}
        onChoose={(id) => onChoose({kind: 'lesson', id})}
      />
    </Box>
  );
}

function trackList(state: AppState, glyphs: Glyphs): readonly ListRow<Track>[] {
  const {menu, lessons, preferences} = state;
  const {language} = preferences;
  const marking = {main: 'ahead', tracks: 'here', lessons: 'through'} as const;
  return trackRows(lessons).map((row) =>
    listRow({
      id: row.track,
      label: {text: trackNames[row.track][language], width: 17},
      rest: [{text: lessonsInTrack[language]({lessons: row.lessons.length}), width: 11, role: 'muted'}],
      width: trackColumns - 4,
      glyphs,
      marking: marking[menu.level],
    }),
  );
}

/** New, begun, or gone through; nothing where nothing is kept. */
function progressMark({learner}: AppState, id: string, glyphs: Glyphs): string {
  if (learner === undefined) return '';
  const known = learner.lessons.get(id);
  const mark = known === undefined ? glyphs.toDo : known.finished ? glyphs.done : glyphs.begun;
  return `${mark} `;
}

function lessonList(state: AppState, glyphs: Glyphs, width: number): readonly ListRow<string>[] {
  const {menu, lessons, preferences} = state;
  const {language} = preferences;
  return lessonsOf(menu, lessons).map(({id, title, minutes}) =>
    listRow({
      id,
      label: {
        text: `${progressMark(state, id, glyphs)}${title[language]}`,
        width: Math.max(0, width - 3 - minutesColumns),
      },
      rest: [
        {
          text: `${String(minutes).padStart(2)} ${menuWords.minutes[language]}`,
          width: minutesColumns,
          role: 'muted',
        },
      ],
      width,
      glyphs,
      marking: menu.level === 'lessons' ? 'here' : 'ahead',
    }),
  );
}
