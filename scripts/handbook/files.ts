import { commands } from '../commands/index.ts';
import { toEditorSchema } from '../settings/json-schema.ts';
import { settingRows } from '../settings/reference.ts';
import { formatCommandsPage } from './commands.ts';
import { formatConfigurationPage } from './configuration.ts';

/** What of the package is written by this program: the handbook's pages of settings and commands, and the schema for editors. */
export async function listGeneratedFiles(): Promise<{ path: string; text: string }[]> {
  const loaded = await Promise.all(commands.map(async (row) => ({ ...row, ...(await row.load()) })));
  const schema = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...toEditorSchema(settingRows) };
  return [
    { path: 'src/content/handbook/configuration.md', text: formatConfigurationPage() },
    { path: 'src/content/handbook/commands.md', text: formatCommandsPage(loaded) },
    { path: 'deploy/app-config.schema.json', text: `${JSON.stringify(schema, undefined, 1)}\n` },
  ];
}
