// The skeletons of the curriculum's lessons. They have the lessons' ids, but not the runs that misconceptions name as
// counter-examples, so these are left out.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {certificateFiles} from '../../scripts/lesson-files.ts';
import {zoneTexts} from '../../source/io/zone-files.ts';
import {loadLesson} from '../../source/lesson/load.ts';

export const skeletonFolder = new URL('../fixtures/skeletons/', import.meta.url);

const certificates = certificateFiles(fileURLToPath(new URL('../../lessons', import.meta.url)));

export const readSkeleton = (id: string): ReturnType<typeof loadLesson> => {
  const file = fileURLToPath(new URL(`${id}.yaml`, skeletonFolder));
  return loadLesson(readFileSync(file, 'utf8'), `${id}.yaml`, {zones: zoneTexts(file), certificates});
};
