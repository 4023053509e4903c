import { discover } from '../discover.ts';
import { createGithubForge } from '../io/github/forge.ts';
import { read } from '../read.ts';
import { relate } from '../relate.ts';
import { parseSettings } from '../settings.ts';
import { validate } from '../validate.ts';

/** Reads an organisation as a build does, up to the texts of its docs, and says what it found. */
async function readOrganisation(configuration: string, store: string): Promise<object> {
  const settings = parseSettings([{ path: 'app-config.yaml', text: configuration }], {}, () => undefined).value;
  const { env: environment } = process;
  const tools = { store, environment, fetch, now: Date.now, isOffline: false, tell: () => {} };
  const forge = createGithubForge(settings, tools);
  const discovery = await discover(forge, settings);
  const reading = await read(forge, discovery);
  const { entities, problems } = validate(reading.documents);
  const catalog = relate({ entities, problems: [...discovery.problems, ...reading.problems, ...problems] }, []);
  let files = 0;
  for (const { id } of discovery.repositories)
    for (const path of await forge.listFiles(id)) {
      if (!path.startsWith('docs/')) continue;
      const fetched = await forge.fetchBytes(id, path);
      if (fetched.fault === undefined) files += 1;
    }
  forge.sweepStore();
  const { length } = discovery.searched;
  return { repositories: length, entities: catalog.entities.size, files, problems: catalog.problems.length };
}

const [configuration = '', store = ''] = process.argv.slice(2);
process.stderr.write(`found ${JSON.stringify(await readOrganisation(configuration, store))}\n`);
