// Draws what the reader has marked if no lifeline stands for it: a link as a line between the names of its hosts, and a host without a
// lifeline, such as a router, by its name between the lifelines around it.
import {cut, textWidth} from '../../words/width.ts';
import {accent, type Canvas} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Scene} from '../scene.ts';
import {type Columns, lifelineOf} from './picture.ts';

type Look = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: Columns;
  readonly glyphs: Glyphs;
  readonly nameRow: number;
};

type Links = Scene['view']['input']['trace']['header']['links'];

/**
 * Returns the columns of the nearest lifelines on the paths that lead from `host` over these links, one for each direction that has any; if
 * the host itself has a lifeline, its column.
 */
const columnsAround = (plan: Columns, host: string, links: Links): readonly number[] => {
  const own = lifelineOf(plan, host);
  if (own) return [own.column];
  const rest = links.filter(({between}) => !between.includes(host));
  return links
    .filter((link) => !rest.includes(link))
    .flatMap(({between}) => between.filter((other) => other !== host))
    .flatMap((other) => columnsAround(plan, other, rest).slice(0, 1));
};

/**
 * Returns the name of the host or link that the reader has marked, and the columns of the lifelines around it; undefined if a lifeline
 * stands for it or nothing is marked.
 */
const placeOf = ({scene, plan}: Look): {name: string; columns: readonly number[]} | undefined => {
  const {view} = scene;
  const {part, trace} = view.input;
  const {links} = trace.header;
  if (part === undefined) return undefined;
  if ('host' in part)
    return lifelineOf(plan, part.host)
      ? undefined
      : {name: view.called(part.host), columns: columnsAround(plan, part.host, links)};
  const others = links.filter(({name}) => name !== part.link);
  const between = links.find(({name}) => name === part.link)?.between ?? [];
  return {name: part.link, columns: between.flatMap((host) => columnsAround(plan, host, others).slice(0, 1))};
};

export const putMarkedPart = (look: Look): void => {
  const {canvas, scene, glyphs, nameRow} = look;
  const place = placeOf(look);
  if (!place) return;
  const [left, right] = [Math.min(...place.columns), Math.max(...place.columns)];
  const free = canvas.freeBetween(nameRow, left + 1, right - 1);
  const room = free.to - free.from + 1;
  if (!(left < right) || room < 3) return;
  const {part} = scene.view.input;
  const style = {...accent, selected: true};
  const name = ` ${cut(place.name, room - 2, glyphs.ellipsis)} `;
  canvas.put(nameRow, free.from + Math.floor((room - textWidth(name)) / 2), name, style);
  if (part && 'link' in part)
    for (let column = free.from; column <= free.to; column++)
      canvas.putBehind(nameRow, column, glyphs.rule, style);
};
