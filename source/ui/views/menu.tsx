// The menu (screens.md 5 (a)): what can be done, and below it the tracks with their lessons.
//   title                                    language, theme
//   claim · entries · tracks | lessons of the track, or two lines on what this is · message · keys
import {Box} from 'ink';
import type {Language, Track} from '../../lesson/lesson.ts';
import type {Glyphs} from '../../present/glyphs.ts';
import type {KeyHint} from '../../present/screen.ts';
import type {Line} from '../../present/span.ts';
import {wrap} from '../../present/width.ts';
import type {AppState, Mark} from '../app-state.ts';
import {firstLesson, lessonsOf, type MenuItem, menuRows, trackRows} from '../menu-state.ts';
import {blank, bold, cells, keyLine, selected, span, twoEnds} from '../rows.ts';
import type {Size} from '../screen-output.ts';
import type {Theme} from '../theme.ts';
import {blurb, lessonCount, menuLabels, menuNotes, menuTitle, menuWords, trackNames} from '../words.ts';
import {Lines} from './lines.tsx';
import {type ListRow, SelectList} from './select-list.tsx';

type Props = {
  readonly state: AppState;
  readonly size: Size;
  readonly theme: Theme;
  readonly glyphs: Glyphs;
  readonly keyHints: readonly KeyHint[];
  readonly onMark: (row: Mark) => void;
  readonly onChoose: (row: Mark) => void;
};

const trackColumns = 32;

export function Menu({state, size, theme, glyphs, keyHints, onMark, onChoose}: Props) {
  const {columns, rows} = size;
  const {menu, lessons, preferences} = state;
  const {language} = preferences;
  // Below 20 rows the claim and the empty rows go.
  const isRoomy = rows >= 20;
  const items = itemRows(state, glyphs, columns);
  const tracks = trackRows(lessons);
  const head = [
    twoEnds(bold(' packet-tutor'), span(menuTitle(preferences.theme)[language], 'muted'), columns),
    ...(isRoomy ? [blank, blank, [span(`   ${menuWords.claim[language]}`)], blank] : []),
    blank,
  ];
  const showsTracks = menu.level !== 'main' || menu.item === 'lessons';
  const middle = showsTracks
    ? Math.max(tracks.length, 1 + Math.max(...tracks.map((track) => track.lessons.length)))
    : 0;
  const lower = showsTracks ? [] : blurb[language].map((text): Line => [span(`   ${text}`, 'muted')]);
  const foot = footRows(state, columns);
  const used = head.length + items.length + 2 + middle + lower.length + foot.length + 3;
  const gap = Math.max(0, rows - used);
  return (
    <Box flexDirection="column" height={rows}>
      <Lines lines={head} theme={theme} />
      <SelectList
        rows={items}
        initial={menu.item}
        isFocused={menu.level === 'main' && !state.help}
        theme={theme}
        onMark={(item) => onMark({kind: 'item', item})}
        onChoose={(item) => onChoose({kind: 'item', item})}
      />
      <Lines lines={[blank, blank, ...lower]} theme={theme} />
      {showsTracks ? <LessonLists {...{state, theme, glyphs, columns, onMark, onChoose}} /> : null}
      <Lines
        lines={[...Array.from({length: gap}, () => blank), ...foot, blank, blank, keyLine(keyHints)]}
        theme={theme}
      />
    </Box>
  );
}

function itemRows({menu, lessons, preferences: {language}}: AppState, glyphs: Glyphs, columns: number) {
  const note = (item: MenuItem): string =>
    item === 'lessons'
      ? lessonCount(lessons.length, trackRows(lessons).length)[language]
      : menuNotes[item][language];
  return menuRows(lessons).map((item): ListRow<MenuItem> => {
    const row = (mark: string): Line =>
      cells(
        [
          {text: ` ${mark} `, width: 3, role: 'accent'},
          {text: menuLabels[item][language], width: 24, bold: mark !== ' '},
          {text: note(item), width: columns, role: 'muted'},
        ],
        columns - 1,
      );
    const marked = row(glyphs.selected);
    return {id: item, plain: row(' '), marked: menu.level === 'main' ? selected(marked) : marked};
  });
}

type ListsProps = Omit<Props, 'size' | 'keyHints'> & {readonly columns: number};

function LessonLists({state, theme, glyphs, columns, onMark, onChoose}: ListsProps) {
  const {menu, lessons, preferences} = state;
  const right = columns - trackColumns - 1;
  const track = menu.track;
  return (
    <Box>
      <Box width={trackColumns}>
        <SelectList
          rows={trackList(state, glyphs)}
          initial={track}
          isFocused={menu.level === 'tracks' && !state.help}
          theme={theme}
          onMark={(id) => onMark({kind: 'track', track: id})}
          onChoose={(id) => onChoose({kind: 'track', track: id})}
        />
      </Box>
      <Box flexDirection="column">
        <Lines
          lines={[
            [span(`   ${track === undefined ? '' : trackNames[track][preferences.language]}`, 'muted')],
          ]}
          theme={theme}
        />
        <SelectList
          key={track}
          rows={lessonsOf(menu, lessons).map(({id, title, minutes}): ListRow<string> => {
            const row = (mark: string): Line =>
              cells(
                [
                  {text: ` ${mark} `, width: 3, role: 'accent'},
                  {text: title[preferences.language], width: Math.max(0, right - 12), bold: mark !== ' '},
                  {text: minutesText(minutes, preferences.language), width: 9, role: 'muted'},
                ],
                right,
              );
            const isHere = menu.level === 'lessons';
            return {id, plain: row(' '), marked: isHere ? selected(row(glyphs.selected)) : row(' ')};
          })}
          initial={menu.lesson}
          isFocused={menu.level === 'lessons' && !state.help}
          theme={theme}
          onMark={(id) => onMark({kind: 'lesson', id})}
          onChoose={(id) => onChoose({kind: 'lesson', id})}
        />
      </Box>
    </Box>
  );
}

function minutesText(minutes: number, language: Language): string {
  return `${String(minutes).padStart(2)} ${menuWords.minutes[language]}`;
}

function trackList(
  {menu, lessons, preferences: {language}}: AppState,
  glyphs: Glyphs,
): readonly ListRow<Track>[] {
  return trackRows(lessons).map(({track, lessons: within}) => {
    const row = (mark: string): Line =>
      cells(
        [
          {text: ` ${mark} `, width: 3, role: 'accent'},
          {text: trackNames[track][language], width: 22, bold: mark !== ' '},
          {text: String(within.length).padStart(3), width: 4, role: 'muted'},
        ],
        trackColumns - 3,
      );
    const marked = row(menu.level === 'main' ? ' ' : glyphs.selected);
    return {id: track, plain: row(' '), marked: menu.level === 'tracks' ? selected(marked) : marked};
  });
}

/** What the marked lesson is about, or a message, or where to begin. */
function footRows(state: AppState, columns: number): readonly Line[] {
  const {menu, lessons, message, opening} = state;
  const {language} = state.preferences;
  if (message !== undefined) return [[span('   ✗ ', 'warning'), span(message[language])]];
  if (opening !== undefined) return [[span(`   ${menuWords.opening[language]}`, 'muted')]];
  if (menu.level === 'main') {
    return menu.item === 'watch' && firstLesson(lessons) !== undefined
      ? [[span(`   ${menuWords.invite[language]}`)]]
      : [blank];
  }
  const lesson = lessons.find(({id}) => id === menu.lesson);
  const width = Math.min(columns, language === 'zh' ? 72 : 76) - 4;
  return lesson === undefined
    ? [blank]
    : wrap(lesson.summary[language], width).map((text) => [span(`   ${text}`)]);
}
