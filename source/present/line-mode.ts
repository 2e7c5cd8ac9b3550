// Too small for pictures: one line a packet or change, the newest last, then what is told (screens.md §4).
import type {Canvas} from './canvas.ts';
import {formatTime} from './format.ts';
import {type Glyphs, plainText} from './glyphs.ts';
import {leastSize} from './layout.ts';
import type {Scene} from './scene.ts';
import type {LadderItem} from './scene-ladder.ts';
import {playerTexts} from './text/player.ts';
import {cut, wrap} from './width.ts';

const itemText = (scene: Scene, item: LadderItem, glyphs: Glyphs): string => {
  const [left, right] = scene.hosts;
  const {language} = scene;
  switch (item.kind) {
    case 'packet': {
      const hidden = `${glyphs.markOpen} ? ${glyphs.markClose}`;
      const label = item.label.map((part) => part.name + (part.hidden ? hidden : part.value)).join(' ');
      const from = item.toRight ? left.name : right.name;
      const to = item.toRight ? right.name : left.name;
      const sign =
        item.status === 'arrived'
          ? glyphs.arrivedRight
          : item.status === 'lost'
            ? glyphs.lost
            : glyphs.ellipsis;
      return `${item.status === 'ahead' ? '?' : formatTime(item.sentUs)} ${from} ${sign} ${to} ${label}`;
    }
    case 'gap': {
      const length =
        item.lengthUs === undefined ? '' : `${formatTime(item.lengthUs)}${language === 'zh' ? '，' : ', '}`;
      return `${glyphs.gap} ${length}${playerTexts.noPacket[language]}`;
    }
    case 'burst':
      return `${glyphs.burst} ${item.count} ${playerTexts.moreSegments[language]}`;
    case 'state':
      return `${formatTime(item.atUs)} ${scene.hosts[item.onRight ? 1 : 0].name} ${item.label.text}`;
  }
};

const toldLines = (scene: Scene, columns: number, glyphs: Glyphs): string[] => {
  const {story, why} = scene;
  const told = (): string[] => {
    if (why) return [why.heading, ...why.paragraphs];
    if (story.kind === 'narration') return [story.message ?? story.text];
    if (story.kind === 'question')
      return [story.ask, ...story.choices.map(({id, text}) => `${id} ${text}`), story.hint ?? ''];
    if (story.kind === 'ending')
      return [
        story.heading,
        ...story.choices.map(({id, text}) => `${id === story.marked ? glyphs.selected : ' '} ${id} ${text}`),
      ];
    return [`${glyphs.right} ${story.right.id} ${story.right.text}`, ...story.paragraphs];
  };
  return [scene.watermark ?? '', ...told()]
    .filter((text) => text !== '')
    .flatMap((text) => wrap(plainText(text, glyphs), columns));
};

export const putLines = (canvas: Canvas, scene: Scene, glyphs: Glyphs): void => {
  const columns = Math.max(1, canvas.columns - 1);
  const rows = Math.max(0, canvas.rows - 1);
  const told = toldLines(scene, columns, glyphs);
  const least = `${leastSize.columns}${glyphs.times}${leastSize.rows}`;
  const remedy = wrap(`${playerTexts.picturesFrom[scene.language]} ${least}`, columns);
  // A question needs all of its choices; narration leaves room for what happened.
  const most = scene.story.kind === 'narration' && !scene.why ? Math.max(1, rows >> 1) : rows;
  const shown = told.slice(0, most);
  const items = scene.ladder.items.slice(-Math.max(0, rows - shown.length));
  // Only where nothing is lost by it.
  const spare = rows - shown.length - scene.ladder.items.length >= remedy.length ? remedy : [];
  const lines = rows > shown.length ? [...spare, ...items.map((item) => itemText(scene, item, glyphs))] : [];
  for (const [index, text] of [...lines, ...shown].entries())
    canvas.put(index + 1, 1, cut(text, columns, glyphs.ellipsis), {
      role: index < lines.length ? 'muted' : 'text',
    });
};
