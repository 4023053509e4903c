import { widgetIds } from '#model/live/widgets.ts';
import { toRef } from '#model/ref.ts';
import { benchRef, type LiveProgram, startLiveProgram } from './live-program.ts';
import { type Load, runLoad } from './load.ts';

/** How often systems were asked while so many viewers looked at a page with all widgets. */
export type Viewing = { viewers: number; seconds: number; requests: number; failed: number; calls: number };

/** The memory of the proxy, in bytes, after so many seconds of load. */
export type Moment = { second: number; bytes: number };

export type LiveTrial = { cached: Load & { cpuSeconds?: number }; viewings: Viewing[]; soak: Moment[] };

type Size = { seconds: number; minutes: number };

const toPath = (widget: string) => {
  const { kind, namespace, name } = toRef(benchRef);
  return `/api/live/${widget}/${kind}/${namespace}/${name}`;
};

/** Measures answers that are kept, how calls grow with viewers, and memory under a long load. */
export async function runLiveTrial(
  top: string,
  work: string,
  { seconds, minutes }: Size,
  say: (text: string) => void,
): Promise<LiveTrial> {
  const program = await startLiveProgram(top, work);
  try {
    for (const widget of widgetIds) await fetch(`http://127.0.0.1:${program.port}${toPath(widget)}`);
    say('200 connections');
    const cached = await measureCached(program, seconds);
    const viewings: Viewing[] = [];
    for (const viewers of [1, 100, 1000]) {
      say(`${viewers} viewers`);
      viewings.push(await measureViewing(program, viewers));
    }
    say(`${minutes} minutes of load`);
    return { cached, viewings, soak: await measureSoak(program, minutes) };
  } finally {
    await program.stop();
  }
}

async function measureCached(program: LiveProgram, seconds: number): Promise<LiveTrial['cached']> {
  const asked = { port: program.port, paths: [toPath('kubernetes')], connections: 200 };
  await runLoad({ ...asked, seconds: 3 });
  const before = program.sample();
  const load = await runLoad({ ...asked, seconds });
  const after = program.sample();
  return { ...load, ...(before && after && { cpuSeconds: after.cpuSeconds - before.cpuSeconds }) };
}

/** Each viewer asks for one widget after the other, so that a page of five is asked for every five seconds. */
async function measureViewing(program: LiveProgram, viewers: number): Promise<Viewing> {
  const seconds = 30;
  const before = await program.countCalls();
  const load = await runLoad({
    port: program.port,
    paths: widgetIds.map(toPath),
    connections: viewers,
    seconds,
    pause: 1000,
  });
  const after = await program.countCalls();
  const sum = (calls: Map<string, number>) => calls.values().reduce((all, count) => all + count, 0);
  return { viewers, seconds, requests: load.requests, failed: load.failed, calls: sum(after) - sum(before) };
}

async function measureSoak(program: LiveProgram, minutes: number): Promise<Moment[]> {
  const moments: Moment[] = [];
  const started = performance.now();
  const note = () => {
    const second = Math.round((performance.now() - started) / 1000);
    moments.push({ second, bytes: program.sample()?.bytes ?? Number.NaN });
  };
  const watch = setInterval(note, 5000);
  await runLoad({
    port: program.port,
    paths: widgetIds.map(toPath),
    connections: 200,
    seconds: minutes * 60,
    pause: 20,
  });
  clearInterval(watch);
  note();
  return moments;
}
