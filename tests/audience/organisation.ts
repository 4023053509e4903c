import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Words that stand only in what is hidden, or in visible files where they name it. */
export const secrets = [
  'zanzibar',
  'quokka',
  'heliotrope',
  'marzipan',
  'bergamot',
  'tourmaline',
  'xylophone',
  'peregrine',
  'obsidian',
  'wolverine',
  'saffron',
  'nightjar',
] as const;

const entity = (kind: string, name: string, spec: string, metadata = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${metadata}spec:\n${spec}`;

const web = 'https://github.com/acme/zanzibar';

/** A repository that nobody but its team may see, with a secret word wherever a word can stand. */
const hidden = {
  'catalog-info.yaml': [
    entity(
      'Component',
      'zanzibar',
      '  type: quokka\n  lifecycle: production\n  owner: wolverine\n  system: obsidian\n  dependsOn: [component:shop, component:quokka-lost]\n  providesApis: [heliotrope]\n  consumesApis: [basket]\n',
      '  title: Marzipan Service\n  description: The bergamot engine\n  tags: [tourmaline]\n  labels: {peregrine: yes-saffron}\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n    pagerduty.com/service-id: nightjar\n    backstage.io/kubernetes-id: zanzibar\n  links: [{url: "https://xylophone.example/", title: Xylophone}]\n',
    ),
    entity('System', 'obsidian', '  owner: wolverine\n  domain: selling\n'),
    entity(
      'Group',
      'wolverine',
      '  type: team\n  children: []\n  parent: everybody\n  members: [nightjar]\n  profile: {displayName: Wolverine, email: wolverine@example.org}\n',
    ),
    entity('User', 'nightjar', '  memberOf: [wolverine]\n'),
    entity(
      'API',
      'heliotrope',
      '  type: openapi\n  lifecycle: production\n  owner: wolverine\n  definition: {$text: ./peregrine.yaml}\n',
    ),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: saffron broken}\nspec: {type: quokka, owner: wolverine}\n',
  ].join('---\n'),
  'peregrine.yaml':
    'openapi: 3.0.0\ninfo: {title: Heliotrope, version: "1"}\npaths:\n  /tourmaline:\n    get: {summary: Bergamot, responses: {"200": {description: ok}}}\n',
  'mkdocs.yml': 'site_name: Marzipan\nnav: [{Xylophone: index.md}, {Saffron: saffron.md}]\nplugins: [quokka]\n',
  'docs/index.md':
    '# Zanzibar\n\nThe heliotrope of [quokka](saffron.md). [Broken](wolverine.md)\n\n![](obsidian.svg)\n',
  'docs/saffron.md': '# Saffron\n\nNightjar.\n',
  'docs/obsidian.svg': '<svg xmlns="http://www.w3.org/2000/svg"><text>obsidian</text></svg>',
  CODEOWNERS: '* @acme/wolverine\n',
} as const;

/** What everybody may see, and what of the hidden it names. */
const visible = {
  'catalog-info.yaml': [
    entity(
      'Component',
      'shop',
      '  type: service\n  lifecycle: production\n  owner: sellers\n  system: obsidian\n  subcomponentOf: zanzibar\n  dependsOn: [component:default/zanzibar, component:counter, Component:ZANZIBAR, component:nowhere]\n  dependencyOf: [component:zanzibar]\n  providesApis: [basket, heliotrope]\n  consumesApis: [default/heliotrope]\n',
      `  title: The shop\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n    backstage.io/source-location: url:${web}/tree/main/\n    github.com/project-slug: acme/Zanzibar\n    github.com/team-slug: acme/Wolverine\n    example.org/clone: git@github.com:acme/zanzibar.git\n    example.org/friend: component:default/zanzibar\n    backstage.io/view-url: ${web}/blob/main/catalog-info.yaml\n  links: [{url: "${web}", title: Zanzibar}, {url: "https://shop.example/", title: Shop}]\n`,
    ),
    entity(
      'Component',
      'counter',
      '  type: service\n  lifecycle: production\n  owner: group:default/wolverine\n',
      '  annotations:\n    backstage.io/techdocs-entity: zanzibar\n    backstage.io/techdocs-entity-path: /saffron\n',
    ),
    entity(
      'Component',
      'till',
      '  type: service\n  lifecycle: production\n  owner: sellers\n  dependsOn: [zanzibar]\n',
    ),
    entity(
      'Component',
      'lamp',
      '  type: service\n  lifecycle: production\n  owner: sellers\n',
      `  annotations:\n    backstage.io/techdocs-ref: url:${web}/tree/main\n`,
    ),
    entity(
      'API',
      'basket',
      `  type: openapi\n  lifecycle: production\n  owner: user:nightjar\n  system: obsidian\n  definition: {$text: "${web}/blob/main/peregrine.yaml"}\n`,
    ),
    entity(
      'API',
      'menu',
      '  type: openapi\n  lifecycle: production\n  owner: sellers\n  definition: "openapi: 3.0.0"\n',
    ),
    entity('System', 'selling-system', '  owner: sellers\n  domain: selling\n'),
    entity('Domain', 'selling', '  owner: sellers\n'),
    entity(
      'Group',
      'sellers',
      '  type: team\n  children: [wolverine]\n  members: [nightjar, ann]\n  parent: everybody\n',
    ),
    entity('Group', 'everybody', '  type: organization\n  children: [wolverine, sellers]\n'),
    entity('User', 'ann', '  memberOf: [wolverine, sellers]\n'),
    entity(
      'Location',
      'everything',
      `  type: url\n  targets: [${web}/blob/main/catalog-info.yaml, ../zanzibar/catalog-info.yaml, ${web}/blob/main/saffron.yaml]\n`,
    ),
    entity(
      'Gadget',
      'thing',
      '  owner: wolverine\n  knows: component:default/zanzibar\n  at: https://github.com/acme/zanzibar/issues\n  map: {component:default/zanzibar: 1}\n',
    ),
  ].join('---\n'),
  'mkdocs.yml': 'site_name: Shop\nplugins: [techdocs-core]\n',
  'docs/index.md':
    '# Shop\n\nSee [the other one](/catalog/default/component/zanzibar/), [its docs](/docs/default/component/zanzibar/saffron/), [its page](https://portal.acme.test/catalog/default/component/zanzibar/graph/), <https://portal.acme.test/docs/default/component/zanzibar/>, [up](../../../../catalog/default/component/zanzibar/) and [itself](/catalog/default/component/shop/).\n',
  CODEOWNERS: '* @acme/wolverine @acme/everybody\n',
} as const;

/** Writes an organisation of two repositories into a folder: one that everybody may see, and `zanzibar`. */
export function writeOrganisation(root: string, audience: string): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write(
    'app-config.yaml',
    `app: {title: Acme, baseUrl: "https://portal.acme.test"}\ncatalog: {providers: {github: {acme: {organization: acme}}}}\nportal:\n  github: {read: false}\n  sources: [{folder: ./repositories}]\n${audience}`,
  );
  for (const [path, text] of Object.entries(hidden)) write(`repositories/zanzibar/${path}`, text);
  for (const [path, text] of Object.entries(visible)) write(`repositories/shop/${path}`, text);
  // What the forge itself calls the hidden one is in no file.
  write('repositories/shop/README.md', 'The shop.\n');
}
