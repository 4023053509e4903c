import type { CommandRow } from './define.ts';

/** The table of commands, in the order of the help. What a command takes of the machine is loaded when it is run, and no other. */
export const commands: readonly CommandRow[] = [
  {
    name: 'init',
    words: '[folder]',
    about:
      'Writes a config repository: app-config.yaml, taken over from Backstage where there is one, and what builds it each night.',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'build',
    about: 'Builds the portal: reads the repositories, judges what they say, and writes a static site.',
    load: async () => (await import('./build.ts')).build,
  },
  {
    name: 'collect',
    about: 'Reads and judges everything as a build does, keeps it for `build --offline`, and writes no site.',
    load: async () => (await import('./collect.ts')).collect,
  },
  {
    name: 'check',
    words: '<files or folders>',
    about: 'Judges catalog files without building: files as given, folders as discovery would find them.',
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'doctor',
    about: 'Tries what a build needs of this machine and of GitHub, and says what each missing thing costs.',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'docs',
    words: '<repository folder>',
    about: 'Renders the docs tree of one repository alone, without a catalog.',
    load: async () => (await import('./docs.ts')).docs,
  },
  {
    name: 'serve',
    about: 'Serves a built site on this machine, to look at it; with what is live, if asked for.',
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'publish',
    words: '<s3://bucket/prefix or folder>',
    about:
      'Publishes a built site: writes what changed, so that readers see no half of it, and keeps what it replaces.',
    load: async () => (await import('./publish.ts')).publish,
  },
  {
    name: 'rollback',
    words: '<s3://bucket/prefix or folder>',
    about: 'Puts an earlier release of a published site back, as a new one.',
    load: async () => (await import('./rollback.ts')).rollback,
  },
  {
    name: 'prune',
    words: '<s3://bucket/prefix or folder>',
    about: 'Removes what a published site does not need any more, and previews below it whose time is over.',
    load: async () => (await import('./prune.ts')).prune,
  },
  {
    name: 'proxy',
    about:
      'Answers what must be live, for the pages of a portal: pods, deployments, runs, service levels, who is on call. It only reads.',
    load: async () => (await import('./proxy.ts')).proxy,
  },
  {
    name: 'dev',
    about: 'Collects once and serves the pages as they are written, for work on the portal itself.',
    load: async () => (await import('./dev.ts')).dev,
  },
];
