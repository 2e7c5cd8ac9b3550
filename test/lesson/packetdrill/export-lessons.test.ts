// Every run of every lesson, as each of its hosts saw it, is a script that the same stack passes.
import {describe, expect, test} from 'vitest';
import {toPacketdrill} from '../../../source/lesson/packetdrill/export.ts';
import {profiles, settingsFor} from '../../../source/stack/tcp/profiles.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {verdict} from './bench.ts';

describe.each(allRuns())('$name', (lessonRun) => {
  const {run} = lessonRun;
  const trace = traceOf(lessonRun);

  test.each(run.hosts.map(({name, tcp}) => ({name, tcp})))('as $name saw it', ({name, tcp}) => {
    const settings = settingsFor(run.profile, tcp);
    const script = toPacketdrill(trace, {host: name, settings, base: profiles[run.profile]});
    if (!script.ok) return;
    expect(verdict(script.value), script.value).toBe('pass');
  });
});
