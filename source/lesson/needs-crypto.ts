// Whether a run has TLS, and so cannot be simulated without cryptography.
import type {Run} from './lesson.ts';

export const needsCrypto = ({apps = []}: Pick<Run, 'apps'>): boolean =>
  apps.some(({spec}) => spec.app !== 'dns' && spec.spec.settings.secure !== undefined);
