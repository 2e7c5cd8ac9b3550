// Tells whether a run uses TLS, so that its simulation needs cryptography.
import {isHttp} from '../sim/app-name.ts';
import type {Run} from './lesson.ts';

export const needsCrypto = ({apps = []}: Pick<Run, 'apps'>): boolean =>
  apps.some(({spec}) => isHttp(spec) && spec.spec.settings.secure !== undefined);
