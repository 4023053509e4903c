import type { Place } from './place.ts';
import type { RefText } from './ref.ts';

export const levels = ['error', 'warning', 'hint'] as const;
export type Level = (typeof levels)[number];

/** One thing that is wrong: where, what, and what to do. A problem is a value; nothing is thrown for bad input. */
export type Problem = {
  code: ProblemCode;
  level: Level;
  /** One sentence: what is wrong. */
  what: string;
  /** One sentence: what to do about it. */
  mend: string;
  place?: Place;
  /** The entity it is about, where there is one. */
  entity?: RefText;
  /** How many things it is about, where one problem tells of several. */
  count?: number;
};

/** A row of the problem table: its level, when it arises, and its two sentences made from the facts of the case. */
type ProblemRow<Facts> = {
  level: Level;
  /** For the handbook: when this arises and why it matters. */
  about: string;
  what: (facts: Facts) => string;
  mend: (facts: Facts) => string;
  /** How many things the problem is about; one when left out. */
  count?: (facts: Facts) => number;
};

function defineProblem<Facts>(row: ProblemRow<Facts>): ProblemRow<Facts> {
  return row;
}

/** A foreign value inside a sentence: short, on one line, between marks. */
function quote(value: string): string {
  const line = value
    .slice(0, 200)
    .replace(/[\p{C}\s`]+/gu, ' ')
    .trim();
  if (line === '') return 'an empty text';
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``;
}

/** A few foreign values in a sentence. */
const formatList = (values: readonly string[]): string => values.map(quote).join(', ');

const lastPart = (field: string) => field.slice(field.lastIndexOf('.') + 1);

function mendType(key: string, expected: string, found: string): string {
  if (found === 'empty (null)')
    return `Give \`${key}\` a value, or remove the key: an empty key is not the same as no key.`;
  if (expected === 'text' && /^(a number|true or false)$/.test(found)) return 'Put the value in quotes.';
  return `Write ${expected}.`;
}

const mendUnknown = (near: string | undefined) =>
  near ? `Did you mean \`${near}\`?` : 'Remove it; the handbook lists all settings.';

function mendName(value: string, otherwise: string): string {
  return /\$?\{[{%]/.test(value)
    ? 'This looks like the skeleton of a template: keep it out of discovery; it becomes an entity when the template runs.'
    : otherwise;
}

function toTagIdea(value: string): string {
  const idea = value
    .toLowerCase()
    .replace(/[^a-z0-9:+#]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return idea === '' || idea.length > 63 ? '' : `: \`${idea}\``;
}

/** Every problem that Portolan can report. A code, once given, stays. */
export const problemTable = {
  'yaml-syntax': defineProblem<{ message: string }>({
    level: 'error',
    about: 'The file is not YAML. Backstage drops the whole file; Portolan keeps its other documents.',
    what: ({ message }) => `This is not valid YAML: ${message}`,
    mend: () => 'Correct the syntax at this place.',
  }),
  'yaml-limit': defineProblem<{ message: string }>({
    level: 'error',
    about:
      'The file is larger, deeper or longer than anything a catalog needs, so it is not read: a file must not be able to stop a build.',
    what: ({ message }) => `This is too much to read: ${message}.`,
    mend: () => 'Split it into smaller files and name them in a Location.',
  }),
  'document-not-a-map': defineProblem<{ message: string }>({
    level: 'error',
    about: 'A document of a catalog file is a map of keys. Backstage drops the whole file when one is not.',
    what: ({ message }) => `This document is ${message}, not an entity.`,
    mend: () => 'Write an entity with `apiVersion`, `kind` and `metadata`, or remove the document.',
  }),
  'forbidden-key': defineProblem<{ message: string }>({
    level: 'warning',
    about: 'Some keys have a meaning of their own in JavaScript programs; they are left out wherever they stand.',
    what: ({ message }) => `The key \`${message}\` is not read.`,
    mend: () => 'Give the key another name.',
  }),
  'file-dropped-by-backstage': defineProblem<{ path: string }>({
    level: 'hint',
    about: 'Backstage takes nothing from a file of which one document cannot be read. Portolan keeps the others.',
    what: ({ path }) => `Backstage takes nothing from \`${path}\` as long as one of its documents is broken.`,
    mend: () => 'Mend the broken document; the others here are shown already.',
  }),
  'file-long': defineProblem<{ path: string; count: number; limit: number }>({
    level: 'warning',
    about: 'A catalog file holds more documents than anybody can look through. It is read, up to ten times the limit.',
    what: ({ path, count, limit }) => `\`${path}\` holds ${count} documents; ${limit} are plenty.`,
    mend: () => 'Split it into smaller files and name them in a Location.',
  }),
  'file-empty': defineProblem<{ path: string }>({
    level: 'warning',
    about: 'A catalog file that holds no document puts nothing into the catalog.',
    what: ({ path }) => `\`${path}\` is empty.`,
    mend: () => 'Describe the component in it, or remove the file.',
  }),
  'file-unreadable': defineProblem<{ path: string; reason: string }>({
    level: 'error',
    about: 'A catalog file is there but cannot be read.',
    what: ({ path, reason }) => `\`${path}\` ${reason}.`,
    mend: () => 'Keep it as a regular text file inside its repository.',
  }),
  'no-catalog-file': defineProblem<{ repository: string }>({
    level: 'hint',
    about: 'A repository without a catalog file does not show in the portal.',
    what: ({ repository }) => `The repository \`${repository}\` has no catalog file.`,
    mend: () => 'Add a `catalog-info.yaml` at its top, or leave the repository out on purpose.',
  }),
  'wrong-file-name': defineProblem<{ path: string; expected: string }>({
    level: 'warning',
    about: 'A file looks like a catalog file but its name is not one that discovery looks for.',
    what: ({ path, expected }) => `\`${path}\` is not read: discovery looks for \`${expected}\`.`,
    mend: ({ expected }) => `Rename it to \`${expected}\`, or name it in a Location.`,
  }),
  'repository-too-large': defineProblem<{ repository: string; limit: number }>({
    level: 'warning',
    about: 'A repository has more files than are looked through.',
    what: ({ repository, limit }) =>
      `The repository \`${repository}\` has more than ${limit} files; the rest was not looked at.`,
    mend: () => 'Name its catalog files in `catalog.locations`.',
  }),
  'source-missing': defineProblem<{ folder: string }>({
    level: 'error',
    about: 'A folder that the configuration names as a source is not there.',
    what: ({ folder }) => `The source folder \`${folder}\` does not exist.`,
    mend: () => 'Correct `portal.sources`; the folder is relative to the file that names it.',
  }),
  'location-target-missing': defineProblem<{ target: string }>({
    level: 'error',
    about: 'A Location names a file that is not there. Backstage then takes none of the targets of that Location.',
    what: ({ target }) => `There is no file at \`${target}\`.`,
    mend: () => 'Correct the target, or say `presence: optional` if it may be absent.',
  }),
  'location-target-outside': defineProblem<{ target: string }>({
    level: 'hint',
    about: 'A Location names a file of a repository that is not among the sources.',
    what: ({ target }) => `\`${target}\` is outside of the repositories that were read.`,
    mend: () => 'Add its repository to the sources to see it in the portal.',
  }),
  'location-target-leaves': defineProblem<{ target: string }>({
    level: 'error',
    about: 'A relative target leads out of its repository; what lies there belongs to somebody else.',
    what: ({ target }) => `\`${target}\` leads out of the repository.`,
    mend: () => 'Name a file inside the repository, or the full address of one elsewhere.',
  }),
  'location-other-branch': defineProblem<{ target: string; reference: string; read: string }>({
    level: 'hint',
    about: 'A target names a branch or tag that is not the one that is checked out here.',
    what: ({ target, reference, read }) => `\`${target}\` asks for \`${reference}\`, but \`${read}\` was read.`,
    mend: () => 'Check that branch out in the source folder if its content differs.',
  }),
  'location-type-unknown': defineProblem<{ type: string }>({
    level: 'warning',
    about: 'A Location is of a type that is not followed: only `file` and `url` are.',
    what: ({ type }) => `A location of type \`${type}\` is not followed.`,
    mend: () => 'Use `url` or `file`, or a provider of `catalog.providers`.',
  }),
  'placeholder-unreadable': defineProblem<{ key: string; target: string; reason: string }>({
    level: 'error',
    about: 'A `$text`, `$json` or `$yaml` names a file that cannot be read. Backstage refuses the entity.',
    what: ({ key, target, reason }) => `\`${key}: ${target}\` cannot be read: ${reason}.`,
    mend: () => 'Name a file of this repository, relative to this one.',
  }),
  'placeholder-other-repository': defineProblem<{ key: string; target: string }>({
    level: 'error',
    about: 'A placeholder may only name files of its own repository. Backstage refuses the entity.',
    what: ({ key, target }) => `\`${key}: ${target}\` belongs to another repository.`,
    mend: () => 'Copy the file into this repository and name it relative to this one.',
  }),
  'placeholder-remote': defineProblem<{ key: string; target: string }>({
    level: 'hint',
    about: 'A placeholder names an address on the web. A build reads no addresses, so a reference stands in its place.',
    what: ({ key, target }) => `\`${key}: ${target}\` is on the web and is not read when the portal is built.`,
    mend: () => 'Keep a copy of the file in the repository to have it in the portal.',
  }),
  'kind-not-allowed': defineProblem<{ kind: string }>({
    level: 'error',
    about: '`catalog.rules` of the configuration decides which kinds a place may hold; this entity is of another kind.',
    what: ({ kind }) => `\`catalog.rules\` allows no ${kind} here.`,
    mend: ({ kind }) =>
      `Allow it in app-config.yaml: \`catalog: { rules: [{ allow: [${kind}] }] }\`, beside the kinds that are there.`,
  }),
  'kinds-refused-by-default': defineProblem<{ kinds: readonly string[] }>({
    level: 'hint',
    about:
      'Without `catalog.rules` Backstage takes only Component, API and Location from files. Portolan then takes every kind.',
    what: ({ kinds }) =>
      `Backstage itself would refuse ${kinds.join(', ')}, because the configuration has no \`catalog.rules\`.`,
    mend: ({ kinds }) =>
      `To have both agree, write \`catalog: { rules: [{ allow: [Component, API, Location, ${kinds.join(', ')}] }] }\`.`,
  }),
  'setting-not-honoured': defineProblem<{ key: string; reason: string }>({
    level: 'hint',
    about: 'A setting of Backstage has no effect in this portal.',
    what: ({ key, reason }) => `${quote(key)} has no effect: ${reason}.`,
    mend: () => 'Leave it for Backstage, or remove it.',
  }),
  'setting-unknown': defineProblem<{ key: string; near: string | undefined }>({
    level: 'warning',
    about: 'There is no such setting of ours, so it has no effect; it may be misspelt.',
    what: ({ key }) => `${quote(key)} is no setting.`,
    mend: ({ near }) => mendUnknown(near),
  }),
  'setting-unknown-guard': defineProblem<{ key: string; near: string | undefined }>({
    level: 'error',
    about: 'A setting that would decide who sees what is misspelt, so what it protects may be open.',
    what: ({ key }) => `${quote(key)} is no setting, and stands where it is decided who sees what.`,
    mend: ({ near }) => mendUnknown(near),
  }),
  'setting-wrong-type': defineProblem<{ key: string; message: string }>({
    level: 'error',
    about: 'A setting of app-config.yaml has a value that it cannot have; it is read as if it were absent.',
    what: ({ key, message }) => `\`${key}\` ${message}.`,
    mend: () => 'Correct the value.',
  }),
  'setting-variable-missing': defineProblem<{ key: string; name: string }>({
    level: 'error',
    about: 'A setting takes its value from an environment variable that is not set; it is read as if it were absent.',
    what: ({ key, name }) => `\`${key}\` needs the environment variable \`${name}\`, which is not set.`,
    mend: ({ name }) => `Set it, or give a default: \`\${${name}:-…}\`.`,
  }),
  'setting-file-unreadable': defineProblem<{ key: string; target: string; reason: string }>({
    level: 'error',
    about: 'A setting takes its value from another file that cannot be read; it is read as if it were absent.',
    what: ({ key, target, reason }) => `\`${key}\` takes its value from \`${target}\`, which ${reason}.`,
    mend: () => 'Correct the path; it is relative to the file that names it.',
  }),
  'configuration-missing': defineProblem<{ path: string }>({
    level: 'error',
    about: 'A configuration file that was asked for is not there.',
    what: ({ path }) => `There is no configuration file \`${path}\`.`,
    mend: () => 'Correct the path after `--config`.',
  }),
  'github-brace-glob': defineProblem<{ pattern: string }>({
    level: 'hint',
    about:
      'With `validateLocationsExist` Backstage takes a `catalogPath` in braces for the name of one file, finds none, and drops every repository without a word. Here braces work.',
    what: ({ pattern }) => `Backstage finds nothing at ${quote(pattern)}; the files it means are read here.`,
    mend: () => 'To have both agree, add a `*` to the path or remove `validateLocationsExist`.',
  }),
  'github-branch-slash': defineProblem<{ branch: string }>({
    level: 'hint',
    about: 'Backstage does not start with a branch that has a slash in its name. Here it is read like any other.',
    what: ({ branch }) => `Backstage refuses the branch ${quote(branch)} because of its slash; it is read here.`,
    mend: () => 'Nothing needs to be done unless Backstage reads this configuration too.',
  }),
  'github-topic-text': defineProblem<{ topic: string }>({
    level: 'hint',
    about: 'Backstage documents `topic` as a text but reads only `include` and `exclude`. Here the text counts.',
    what: ({ topic }) =>
      `Backstage ignores this filter; here only repositories with the topic ${quote(topic)} are read.`,
    mend: ({ topic }) => `To have both agree, write \`topic: { include: [${topic}] }\`.`,
  }),
  'github-path-widened': defineProblem<{ path: string }>({
    level: 'hint',
    about:
      'Backstage reads only the files that `catalogPath` names, with the ending that it names. Here every catalog file with one of the usual names is found too, at any depth.',
    what: ({ path }) =>
      `Backstage reads only ${quote(path)}; every other \`catalog-info.yaml\` or \`.yml\` is read here too.`,
    mend: () => 'Nothing needs to be done. For the same result in Backstage, ask for `/**/catalog-info.{yaml,yml}`.',
  }),
  'github-people-unasked': defineProblem<{ organization: string }>({
    level: 'hint',
    about:
      'People and teams are read where `catalog.providers.githubOrg` asks for them. Until Backstage 1.18 this was written in code, so an old configuration does not have it.',
    what: ({ organization }) => `The people and teams of ${quote(organization)} are not read.`,
    mend: ({ organization }) =>
      `Add \`catalog: { providers: { githubOrg: { id: people, githubUrl: https://github.com, orgs: [${organization}] } } }\`.`,
  }),
  'discovery-schedule': defineProblem<{ cron: string }>({
    level: 'hint',
    about: 'A portal is built by a workflow, so the schedule of a provider is not run: it belongs into the workflow.',
    what: ({ cron }) => `This schedule is not run here; in a workflow it is \`cron: '${cron}'\`.`,
    mend: ({ cron }) => `Write \`on: { schedule: [{ cron: '${cron}' }] }\` in the workflow that builds the portal.`,
  }),
  'github-credentials-missing': defineProblem<{ host: string; owners: string }>({
    level: 'warning',
    about: 'GitHub answers nothing without a token or an App, so its repositories are not read.',
    what: ({ host, owners }) => `There is no credential for ${host}, so ${owners} was not read from there.`,
    mend: ({ host }) =>
      `Give \`integrations.github\` a \`token\` or \`apps\` for ${host}; where \`portal.sources\` stands for it, write \`portal: { github: { read: false } }\`.`,
  }),
  'github-owner-failed': defineProblem<{ owner: string; reason: string; since?: string | undefined }>({
    level: 'error',
    about:
      'An organisation could not be listed. What was read of it before stays in the portal, and each repository says how old it is.',
    what: ({ owner, reason, since }) =>
      `${quote(owner)} could not be read: ${reason}.${since ? ` What is shown is as of ${since}.` : ''}`,
    mend: () => 'Run `portolan doctor`: it tries the host, the token and its permissions, and says what is missing.',
  }),
  'github-budget-spent': defineProblem<{ owner: string; left: string; since?: string | undefined }>({
    level: 'warning',
    about:
      'GitHub allows a number of requests an hour, which others need too. At the share that `portal.github.budget.stopAt` names no more are made, and the last good state is shown.',
    what: ({ owner, left, since }) =>
      `Reading ${quote(owner)} stopped to spare the rate limit (${left}); the rest ${since ? `is as of ${since}` : 'was never read'}.`,
    mend: () => 'Build again after the limit is reset, or lower `portal.github.budget.stopAt`.',
  }),
  'github-half-read': defineProblem<{ owner: string; count: number }>({
    level: 'error',
    about:
      'Reading an organisation ended before all of its repositories were listed, and no earlier build listed them. A portal without them is not finished unless `--accept-drop` asks for it.',
    what: ({ owner, count }) =>
      `Of ${quote(owner)} only ${count} ${count === 1 ? 'repository was' : 'repositories were'} ever listed; nobody knows how many there are.`,
    mend: () => 'Build again when GitHub answers: reading goes on where it stopped.',
  }),
  'github-repository-failed': defineProblem<{ repository: string; reason: string }>({
    level: 'warning',
    about: 'One repository could not be read; all others were.',
    what: ({ repository, reason }) => `${quote(repository)} could not be read: ${reason}.`,
    mend: () => 'Grant the token read access to its contents, or leave the repository out with a filter.',
  }),
  'repository-stale': defineProblem<{ repository: string; since: string }>({
    level: 'warning',
    about: 'A repository could not be read this time. What is shown of it is from an earlier build.',
    what: ({ repository, since }) => `What is shown of ${quote(repository)} is as of ${since}.`,
    mend: () => 'Mend what the other problem of this repository says, and build again.',
  }),
  'repository-empty': defineProblem<{ repository: string }>({
    level: 'hint',
    about: 'A repository has no commit yet, so there is nothing to read.',
    what: ({ repository }) => `The repository ${quote(repository)} is empty.`,
    mend: () => 'Push a first commit, or archive the repository.',
  }),
  'github-branch-missing': defineProblem<{ repository: string; branch: string }>({
    level: 'hint',
    about: 'A provider asks for a branch that a repository does not have, so nothing of it is read.',
    what: ({ repository, branch }) => `${quote(repository)} has no branch ${quote(branch)}.`,
    mend: () => 'Add the branch, or a provider without `filters.branch`, which takes the default one.',
  }),
  'github-people-partial': defineProblem<{ organization: string; reason: string }>({
    level: 'warning',
    about: 'People or teams of an organisation could not be read in whole. What was read before stays.',
    what: ({ organization, reason }) => `The people of ${quote(organization)} could not be read: ${reason}.`,
    mend: () =>
      'Run `portolan doctor`: it says whether the members of the organisation may be read, and what to grant.',
  }),
  'github-offline': defineProblem<{ owner: string; since: string }>({
    level: 'hint',
    about: 'The build was told to use no network: everything comes from the store of an earlier one.',
    what: ({ owner, since }) => `${quote(owner)} is shown as it was read on ${since}.`,
    mend: () => 'Build without `--offline` to see what is new.',
  }),
  'missing-field': defineProblem<{ field: string; near?: string | undefined }>({
    level: 'error',
    about: 'Something that every entity of this kind must have is not there. Backstage refuses the entity.',
    what: ({ field }) => `\`${field}\` is missing.`,
    mend: ({ field, near }) =>
      near ? `Rename ${quote(near)} to \`${lastPart(field)}\`.` : `Add \`${lastPart(field)}\`.`,
  }),
  'wrong-type': defineProblem<{ field: string; expected: string; found: string }>({
    level: 'error',
    about: 'A value is of another type than Backstage demands. An empty key is a value too: null, which is not text.',
    what: ({ field, expected, found }) => `\`${field}\` must be ${expected}, but it is ${found}.`,
    mend: ({ field, expected, found }) => mendType(lastPart(field), expected, found),
  }),
  'empty-text': defineProblem<{ field: string }>({
    level: 'error',
    about: 'A text is there but empty. Backstage refuses the entity.',
    what: ({ field }) => `\`${field}\` is empty.`,
    mend: ({ field }) => `Write a value for \`${lastPart(field)}\`, or remove it where it is not required.`,
  }),
  'blank-text': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'A text consists of white space alone. Backstage refuses the entity.',
    what: ({ field }) => `\`${field}\` holds nothing but white space.`,
    mend: ({ field }) => `Write a value for \`${lastPart(field)}\`, or remove it.`,
  }),
  'empty-list': defineProblem<{ field: string }>({
    level: 'error',
    about: 'A list that needs an entry has none.',
    what: ({ field }) => `\`${field}\` is an empty list.`,
    mend: ({ field }) => `Add an entry to \`${lastPart(field)}\`.`,
  }),
  'too-long': defineProblem<{ field: string; most: number }>({
    level: 'error',
    about: 'A text is longer than its format allows.',
    what: ({ field, most }) => `\`${field}\` is longer than ${most} characters.`,
    mend: () => 'Shorten it.',
  }),
  'not-one-of': defineProblem<{ field: string; allowed: string }>({
    level: 'error',
    about: 'A value is none of the few that are allowed here.',
    what: ({ field, allowed }) => `\`${field}\` must be ${allowed}.`,
    mend: () => 'Choose one of these values.',
  }),
  'foreign-root-field': defineProblem<{ field: string; near?: string | undefined }>({
    level: 'error',
    about: 'Only `apiVersion`, `kind`, `metadata` and `spec` may stand at the root of an entity.',
    what: ({ field }) => `${quote(field)} does not belong at the root of an entity.`,
    mend: ({ near }) => (near ? `Did you mean \`${near}\`?` : 'Move it into `metadata` or `spec`, or remove it.'),
  }),
  'bad-api-version': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'The version of the format is spelt in a way that Backstage cannot read.',
    what: ({ value }) => `${quote(value)} is not an \`apiVersion\`.`,
    mend: () => 'Write `backstage.io/v1alpha1`, or `scaffolder.backstage.io/v1beta3` for a Template.',
  }),
  'bad-kind': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'A kind consists of letters and digits, a letter first, at most 63.',
    what: ({ value }) => `${quote(value)} cannot be a kind.`,
    mend: () => 'Use letters and digits alone, a letter first.',
  }),
  'bad-name': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'A name is at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit.',
    what: ({ value }) =>
      `The name ${quote(value)} ${value.length > 63 ? `is ${value.length} characters long; 63 are allowed` : 'has characters that a name cannot have'}.`,
    mend: ({ value }) =>
      mendName(
        value,
        'Use letters, digits, `-`, `_` and `.`, and begin and end with a letter or digit; write the rest in `title`.',
      ),
  }),
  'bad-namespace': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'A namespace is at most 63 lower-case letters, digits and inner dashes; capitals are refused.',
    what: ({ value }) => `${quote(value)} cannot be a namespace.`,
    mend: ({ value }) => mendName(value, 'Use lower-case letters, digits and inner dashes.'),
  }),
  'bad-label-key': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'The key of a label is a name, with or without a domain and one slash before it.',
    what: ({ value }) => `${quote(value)} cannot be the key of a label.`,
    mend: () =>
      'Write `name` or `example.com/name`: one slash at most, a lower-case domain, at most 63 characters after it.',
  }),
  'bad-label-value': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'The value of a label has the form of a name; other text belongs into an annotation.',
    what: ({ field, value }) => `${quote(value)} cannot be the value of the label \`${lastPart(field)}\`.`,
    mend: () => 'Use at most 63 letters, digits, `-`, `_` and `.`, or make it an annotation.',
  }),
  'bad-annotation-key': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'The key of an annotation is a name, with or without a domain and one slash before it.',
    what: ({ value }) => `${quote(value)} cannot be the key of an annotation.`,
    mend: () =>
      'Write `name` or `example.com/name`: one slash at most, a lower-case domain, at most 63 characters after it.',
  }),
  'bad-tag': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'A tag is at most 63 lower-case letters, digits, `:`, `+`, `#` and single inner dashes.',
    what: ({ value }) => `${quote(value)} cannot be a tag.`,
    mend: ({ value }) => `Write it in lower case with dashes${toTagIdea(value)}.`,
  }),
  'bad-url': defineProblem<{ field: string; value: string }>({
    level: 'error',
    about: 'The address of a link cannot be read as a URL. Backstage refuses the entity.',
    what: ({ field, value }) => `\`${field}\` is not an address: ${quote(value)}.`,
    mend: () => 'Write the whole address with its scheme, `https://…`; nothing is substituted in catalog files.',
  }),
  'unknown-kind': defineProblem<{ kind: string; apiVersion: string; near?: string | undefined }>({
    level: 'warning',
    about: 'Backstage refuses kinds that no module of it knows. Portolan shows them as they are written.',
    what: ({ kind, apiVersion }) =>
      `Backstage knows no kind ${quote(kind)} of ${quote(apiVersion)} and refuses the entity; here it is shown as it is.`,
    mend: ({ near }) =>
      near
        ? `Did you mean \`${near}\`?`
        : 'Use one of the kinds of the software catalog, or keep it for this portal alone.',
  }),
  'unknown-api-version': defineProblem<{ kind: string; apiVersion: string; known: string }>({
    level: 'warning',
    about: 'The kind is known, but not under this `apiVersion`. Portolan shows the entity, Backstage does not.',
    what: ({ kind, apiVersion }) =>
      `Backstage does not read ${quote(kind)} under ${quote(apiVersion)}; here it is shown as it is.`,
    mend: ({ known }) => `Write \`apiVersion: ${known}\`.`,
  }),
  'beyond-default-engine': defineProblem<{ reason: string }>({
    level: 'hint',
    about: 'The default engine of Backstage refuses an entity that Portolan shows.',
    what: ({ reason }) => reason,
    mend: () => 'Nothing needs to be done for this portal; a Backstage beside it needs the module for it.',
  }),
  'kindless-ref': defineProblem<{ field: string; text: string; ideas: readonly string[] }>({
    level: 'error',
    about: 'A dependency can be of any kind, so its reference must say which. Backstage refuses the entity.',
    what: ({ field, text }) => `${quote(text)} in \`${field}\` does not say of which kind it is.`,
    mend: ({ ideas }) => `Write ${ideas.map((idea) => quote(idea)).join(' or ')}.`,
  }),
  'bad-ref': defineProblem<{ field: string; text: string }>({
    level: 'error',
    about: 'A reference is written `[kind:][namespace/]name`; no part of it may be empty.',
    what: ({ field, text }) => `${quote(text)} in \`${field}\` is not a reference.`,
    mend: () =>
      'Write it as `kind:namespace/name`; the kind and the namespace may be left out together with their mark.',
  }),
  'dangling-ref': defineProblem<{ field: string; ref: string; near?: string | undefined }>({
    level: 'warning',
    about: 'A reference leads to an entity that is defined nowhere. Backstage accepts it without a word.',
    what: ({ field, ref }) => `${quote(ref)} in \`${field}\` is defined nowhere.`,
    mend: ({ near, ref }) =>
      near ? `Did you mean ${quote(near)}?` : `Add ${quote(ref)} to the catalog, or correct the reference.`,
  }),
  'owners-beyond': defineProblem<Record<never, never>>({
    level: 'hint',
    about:
      'Several owners in `spec.owners` are shown here as owners like any other. Backstage reads `spec.owner` alone and ignores the list.',
    what: () => 'Backstage ignores `spec.owners`; here each of them is an owner.',
    mend: () => 'Keep the one who answers first in `spec.owner` too, so that both agree on somebody.',
  }),
  'bad-owner': defineProblem<{ field: string; text: string }>({
    level: 'warning',
    about: 'An entry of `spec.owners` is no reference to a group or a user; it is left out.',
    what: ({ field, text }) => `${quote(text)} in \`${field}\` is no owner.`,
    mend: () => 'Write `group:name` or `user:name`.',
  }),
  'owner-drift': defineProblem<{ owner: string; written: string; meant: readonly string[] }>({
    level: 'hint',
    about:
      'The file CODEOWNERS of a repository gives a component’s folder to somebody else than the component’s owner. Who stands in either, above or below, agrees; names that lead to nobody of the catalog are not judged.',
    what: ({ owner, written, meant }) =>
      `CODEOWNERS gives this to ${quote(written)} (${formatList(meant)}), but the catalog says ${quote(owner)}.`,
    mend: () => 'Correct `spec.owner` in the catalog file, or this line of CODEOWNERS.',
  }),
  'self-ref': defineProblem<{ field: string; ref: string }>({
    level: 'warning',
    about: 'An entity refers to itself. The edge is left out of pages and graphs.',
    what: ({ field, ref }) => `${quote(ref)} refers to itself in \`${field}\`.`,
    mend: () => 'Remove the reference, or name the other entity that was meant.',
  }),
  'duplicate-entity': defineProblem<{ ref: string; first: string }>({
    level: 'warning',
    about: 'Two documents define the same entity (case does not matter). The one that is found first wins.',
    what: ({ ref, first }) => `${quote(ref)} is defined already in ${first}; this definition is left out.`,
    mend: () => 'Remove one of the two, or give this one another name or namespace.',
  }),
  'two-parents': defineProblem<{ ref: string; parents: readonly string[] }>({
    level: 'hint',
    about: 'A group should have one parent; the groups above it disagree about which.',
    what: ({ ref, parents }) =>
      `${quote(ref)} has more than one parent: ${parents.map((parent) => quote(parent)).join(', ')}.`,
    mend: () => 'Keep one of them: `parent` of the group and `children` of the others must agree.',
  }),
  'parent-loop': defineProblem<{ refs: readonly string[] }>({
    level: 'warning',
    about: 'Going up from part to whole leads back to where it began.',
    what: ({ refs }) => `These contain each other in a circle: ${refs.map((ref) => quote(ref)).join(' → ')}.`,
    mend: () => 'Remove the reference that closes the circle.',
  }),
  'dependency-cycle': defineProblem<{ refs: readonly string[]; size: number }>({
    level: 'warning',
    about:
      'Things depend on each other in a circle, so that none of them can start, be released or be mended without the others. Each knot of them is reported once, by its shortest circle; an API depends on who provides it.',
    what: ({ refs, size }) => {
      const circle = [...refs.slice(0, 12), ...(refs.length > 12 ? [`${refs.length - 12} more`] : []), refs[0] ?? ''];
      const more = size > refs.length ? ` In all, ${size} things depend on each other here.` : '';
      return `These depend on each other in a circle: ${circle.map(quote).join(' → ')}.${more}`;
    },
    mend: () => 'Remove the dependence that is not needed at run time, or move what both need into a third.',
  }),
  'deprecated-in-use': defineProblem<{ field: string; ref: string }>({
    level: 'hint',
    about: 'Something that is not deprecated relies on something that is.',
    what: ({ field, ref }) => `${quote(ref)} in \`${field}\` is deprecated.`,
    mend: () => 'Plan to move away from it; its owner knows what replaces it.',
  }),
  'misspelt-key': defineProblem<{ field: string; near: string }>({
    level: 'warning',
    about: 'A key that nothing reads is nearly the name of one that is read. Backstage ignores it without a word.',
    what: ({ field }) => `Nothing reads ${quote(field)}.`,
    mend: ({ near }) => `Did you mean \`${near}\`?`,
  }),
  'unsafe-link': defineProblem<{ field: string }>({
    level: 'warning',
    about:
      'A page links to `http`, `https` and `mailto` alone. Other addresses could run code in the reader’s browser.',
    what: ({ field }) => `\`${field}\` is not an address that a page may link to; the link is left out.`,
    mend: () => 'Use an address that begins with `https:`, `http:` or `mailto:`.',
  }),
  'secret-in-clear': defineProblem<{ annotation: string; instead: string }>({
    level: 'warning',
    about:
      'An annotation holds a credential in clear text, for everyone who can read the repository. It is withheld from every page.',
    what: ({ annotation }) =>
      `\`${annotation}\` holds a credential in clear text; it is withheld here, but the repository shows it.`,
    mend: ({ instead }) => `Revoke the credential, then ${instead}.`,
  }),
  'bad-annotation': defineProblem<{ annotation: string; value: string; expects: string }>({
    level: 'warning',
    about: 'A well-known annotation has a value that its reader cannot use.',
    what: ({ annotation, value }) => `${quote(value)} is not a value that \`${annotation}\` can have.`,
    mend: ({ expects }) => `Write ${expects}.`,
  }),
  'deprecated-annotation': defineProblem<{ annotation: string; instead: string }>({
    level: 'hint',
    about: 'An annotation still works, but another has taken its place.',
    what: ({ annotation }) => `\`${annotation}\` is deprecated.`,
    mend: ({ instead }) => `Use \`${instead}\` in its place.`,
  }),
  'diagram-invalid': defineProblem<{ message: string }>({
    level: 'warning',
    about: 'The source of a diagram does not parse. The page shows the source and what the parser says.',
    what: ({ message }) => `This diagram cannot be drawn: ${quote(message)}.`,
    mend: () => 'Correct the source at this line.',
  }),
  'docs-formula-invalid': defineProblem<{ message: string }>({
    level: 'warning',
    about: 'A formula does not parse. The page shows its source.',
    what: ({ message }) => `This formula cannot be drawn: ${quote(message)}.`,
    mend: () => 'Correct the formula; it is written in the mathematics of LaTeX, without macros of its own.',
  }),
  'docs-frame-refused': defineProblem<{ address: string; host: string }>({
    level: 'hint',
    about:
      'A page frames another site, and the operator of the portal does not allow its host. A link stands in its place.',
    what: ({ address, host }) =>
      `The frame ${quote(address)} is a link here: the portal does not frame ${quote(host)}.`,
    mend: ({ host }) =>
      `Add \`${host}\` to \`techdocs.sanitizer.allowedIframeHosts\` in app-config.yaml, if it can be trusted.`,
  }),
  'docs-broken-link': defineProblem<{ href: string }>({
    level: 'warning',
    about: 'A page links to a file that is not in its docs tree.',
    what: ({ href }) => `The link \`${href}\` leads to no file of these docs.`,
    mend: () => 'Correct the path, or add the file to the docs folder.',
  }),
  'docs-broken-anchor': defineProblem<{ href: string; anchor: string }>({
    level: 'warning',
    about: 'A page links to a heading that does not exist.',
    what: ({ href, anchor }) => `The link \`${href}\` leads to \`#${anchor}\`, which the page does not have.`,
    mend: () => 'Use the id of a heading of that page.',
  }),
  'docs-unknown-extension': defineProblem<{ name: string; effect?: string | undefined }>({
    level: 'hint',
    about: 'mkdocs.yml asks for a Markdown extension that Portolan does not have.',
    what: ({ name, effect }) =>
      effect
        ? `The Markdown extension ${quote(name)}, which ${effect}, has no effect here.`
        : `The Markdown extension ${quote(name)} has no effect here.`,
    mend: () => 'Check the pages that use its syntax; it is shown as written.',
  }),
  'docs-unknown-plugin': defineProblem<{ name: string; effect?: string; mend?: string }>({
    level: 'hint',
    about: 'mkdocs.yml names a plugin that Portolan does not have. Plugins are programs, and none is run.',
    what: ({ name, effect }) =>
      effect
        ? `The plugin ${quote(name)}, which ${effect}, has no effect here.`
        : `The plugin ${quote(name)} has no effect here.`,
    mend: ({ mend }) => mend ?? 'Nothing needs to be done if the pages read well without it.',
  }),
  'docs-unused-setting': defineProblem<{ names: readonly string[]; reasons: readonly string[] }>({
    level: 'hint',
    about: 'mkdocs.yml has settings that change how MkDocs looks or runs, and mean nothing to the portal.',
    what: ({ names, reasons }) =>
      `${formatList(names)} of mkdocs.yml ${names.length === 1 ? 'is' : 'are'} not used here: ${reasons.join(', and ')}.`,
    mend: () => 'Nothing needs to be done if the pages read well without.',
  }),
  'docs-config-invalid': defineProblem<{ message: string }>({
    level: 'error',
    about:
      'The configuration of a docs tree cannot be read, or says something impossible. The tree is shown as TechDocs shows one without a configuration, or without the part that is wrong.',
    what: ({ message }) => `This configuration is wrong: ${message.slice(0, 200).replace(/\p{C}/gu, ' ')}.`,
    mend: () => 'Correct the file at this line.',
  }),
  'docs-orphan': defineProblem<{ paths: readonly string[] }>({
    level: 'hint',
    about: 'Pages are in the docs folder but not in the navigation of mkdocs.yml: readers find them by search alone.',
    what: ({ paths }) =>
      paths.length === 1
        ? `The page ${formatList(paths)} is not in the navigation.`
        : `${paths.length} pages are not in the navigation: ${formatList(paths.slice(0, 3))}${paths.length > 3 ? ', …' : ''}.`,
    mend: () => 'Name them under `nav`, or under `not_in_nav` if they are left out on purpose.',
    count: ({ paths }) => paths.length,
  }),
  'docs-jinja': defineProblem<{ expression: string }>({
    level: 'hint',
    about:
      'A page has an expression of a template language that is shown as written. The plugin `macros` fills in plain variables; nothing else is run.',
    what: ({ expression }) => `${quote(expression)} is shown as written.`,
    mend: () => 'Write the text itself, or put an example of such an expression into code.',
  }),
  'docs-foreign-syntax': defineProblem<{ found: string; instead: string }>({
    level: 'hint',
    about: 'A page uses the syntax of another tool, which is shown as written, as MkDocs does.',
    what: ({ found }) => `${quote(found)} is syntax of another tool and is shown as written.`,
    mend: ({ instead }) => instead,
  }),
  'docs-ref-unusable': defineProblem<{ ref: string; reason: string }>({
    level: 'error',
    about: 'The annotation `backstage.io/techdocs-ref` leads to no folder of a repository that was read.',
    what: ({ ref, reason }) => `The docs of ${quote(ref)} cannot be shown: it ${reason}.`,
    mend: () =>
      'Write `dir:.` for docs beside the catalog file, or `url:` and the address of a folder of a repository among the sources.',
  }),
  'docs-empty': defineProblem<{ folder: string }>({
    level: 'warning',
    about: 'An entity announces docs, but there is no page where they should be.',
    what: ({ folder }) => `There are no pages of documentation in ${quote(folder)}.`,
    mend: () => 'Write `docs/index.md` there, or correct `backstage.io/techdocs-ref`.',
  }),
  'docs-elsewhere-missing': defineProblem<{ ref: string; path: string }>({
    level: 'warning',
    about: '`backstage.io/techdocs-entity` leads to docs that are not there.',
    what: ({ ref, path }) =>
      path === '' ? `${quote(ref)} has no docs to show.` : `The docs of ${quote(ref)} have no page ${quote(path)}.`,
    mend: () => 'Name an entity that has docs, and the address of one of their pages.',
  }),
  'docs-not-announced': defineProblem<{ config: string }>({
    level: 'hint',
    about: 'A docs tree stands beside a catalog file, but no entity says that it is its documentation.',
    what: ({ config }) => `${quote(config)} is not in the portal: no entity names these docs.`,
    mend: () => 'Add the annotation `backstage.io/techdocs-ref: dir:.` to the entity.',
  }),
  'docs-nav-missing': defineProblem<{ path: string }>({
    level: 'warning',
    about: 'The navigation of mkdocs.yml, or of a file that arranges a folder, names a page that is not there.',
    what: ({ path }) =>
      path.endsWith('/')
        ? `The navigation names the folder ${quote(path)}, and only pages can stand there.`
        : `The navigation names ${quote(path)}, which is not in the docs folder.`,
    mend: ({ path }) =>
      path.endsWith('/')
        ? `Name a page, as ${quote(`${path}index.md`)}, or use the plugin \`literate-nav\`, which fills folders in.`
        : 'Correct the path, or add the page.',
  }),
  'docs-file-withheld': defineProblem<{ file: string; reason: string }>({
    level: 'warning',
    about: 'A page uses a file that could run code in the reader’s browser, is too large, or cannot be read.',
    what: ({ file, reason }) => `The file ${quote(file)} is left out: it ${reason}.`,
    mend: () => 'Use an image or a document without active content, of at most 20 MiB.',
  }),
  'docs-file-lfs': defineProblem<{ file: string }>({
    level: 'warning',
    about: 'A file is kept in Git LFS and was not fetched: in its place stands a note of a few lines.',
    what: ({ file }) => `${quote(file)} is only a pointer of Git LFS.`,
    mend: () => 'Fetch it where the portal is built: `git lfs pull`.',
  }),
  'docs-version-incomplete': defineProblem<{ repository: string; version: string }>({
    level: 'hint',
    about: 'A version of docs is asked for, but the clone that the portal is built from does not hold it in whole.',
    what: ({ repository, version }) =>
      `The docs of ${quote(repository)} cannot be shown as of ${quote(version)}: the clone does not hold all of it.`,
    mend: () =>
      'Clone the repository in whole where the portal is built: not shallow, without a filter, with its tags.',
  }),
  'docs-stale': defineProblem<{
    count: number;
    known: number;
    days: number;
    oldest: readonly { path: string; day: string }[];
  }>({
    level: 'hint',
    about:
      'Pages of a docs tree have not changed for longer than `portal.docs.staleAfter` days (365 without it), counted back from the newest change of all docs.',
    what: ({ count, known, days, oldest }) => {
      const names = oldest.map(({ path, day }) => `${quote(path)} since ${day}`).join(', ');
      const more = count > oldest.length ? ` and ${count - oldest.length} more` : '';
      return `${count} of ${known} ${known === 1 ? 'page has' : 'pages have'} not changed for more than ${days} days: ${names}${more}.`;
    },
    mend: () => 'Read them again: correct what is no longer true, and remove what nobody needs.',
  }),
  'docs-missing-include': defineProblem<{ path: string }>({
    level: 'error',
    about: 'The navigation includes a site that is not there or has no `site_name`.',
    what: ({ path }) => `The navigation includes \`${path}\`, which is no configuration of a site.`,
    mend: () => 'Correct the path, or give the included configuration a `site_name`.',
  }),
  'definition-invalid': defineProblem<{ message: string }>({
    level: 'warning',
    about:
      'The definition of an API is not what its type says: readers get its source where they expect operations, and whatever generates clients from it stumbles.',
    what: ({ message }) => `The definition of the API is not right: ${message}.`,
    mend: () => 'Correct it at this line; what could be read is shown all the same.',
  }),
  'definition-ref-missing': defineProblem<{ ref: string; reason: string }>({
    level: 'warning',
    about: 'The definition of an API refers to something that is not there, in it or beside it in its repository.',
    what: ({ ref, reason }) => `The definition refers to ${quote(ref)}, and ${reason}.`,
    mend: () => 'Correct the reference, or add what it names. Files are looked for beside the one that names them.',
  }),
  'definition-too-large': defineProblem<{ reason: string }>({
    level: 'hint',
    about: 'The definition of an API is larger than what can be shown on a page; the whole of it is offered as a file.',
    what: ({ reason }) => `The definition is too large to be shown in whole: ${reason}.`,
    mend: () => 'Divide it into several APIs, each with its own definition.',
  }),
};

export type ProblemCode = keyof typeof problemTable;
type FactsOf<Code extends ProblemCode> = (typeof problemTable)[Code] extends ProblemRow<infer Facts> ? Facts : never;

/** Makes a problem from its row; the sentences live in the table alone. */
export function toProblem<Code extends ProblemCode>(
  code: Code,
  facts: FactsOf<Code>,
  where: { place?: Place; entity?: RefText } = {},
): Problem {
  const row = problemTable[code] as ProblemRow<FactsOf<Code>>;
  const count = row.count?.(facts) ?? 1;
  return {
    code,
    level: row.level,
    what: row.what(facts),
    mend: row.mend(facts),
    ...(count > 1 && { count }),
    ...where,
  };
}
