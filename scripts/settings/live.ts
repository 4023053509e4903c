import type { LivePlaces } from '#model/live/places.ts';
import type { SectionReader } from './sections.ts';
import type { Tree } from './tree.ts';

/** What pages are told of the systems that own what is live; nothing where the portal has no proxy. */
export function toLivePlaces(reader: SectionReader): LivePlaces | undefined {
  if (!isLive(reader)) return undefined;
  const argocd = findFirst(reader, 'argocd.appLocatorMethods', 'instances', 'url');
  const kubernetes = findFirst(reader, 'kubernetes.clusterLocatorMethods', 'clusters', 'dashboardUrl');
  const prometheus = findText(reader.findTree('prometheus.uiUrl'));
  return {
    ...(argocd !== undefined && { argocd }),
    ...(kubernetes !== undefined && { kubernetes }),
    ...(prometheus !== undefined && { prometheus }),
  };
}

/** Sections of Backstage that name a system which the proxy asks. */
const systems = ['kubernetes.clusterLocatorMethods', 'argocd.appLocatorMethods', 'pagerDuty', 'prometheus'];

/** `portal.proxy` decides: a map or `true` is a proxy, `false` is none; without it, a system that could be asked means one. */
function isLive(reader: SectionReader): boolean {
  const tree = reader.findTree('portal.proxy');
  if (tree?.type === 'scalar' && tree.value === false) return false;
  if (tree !== undefined && !(tree.type === 'scalar' && tree.value === null)) return true;
  return systems.some((path) => reader.findTree(path) !== undefined);
}

/** A web address, quietly: whoever runs the proxy is told of what is wrong with it. */
function findText(tree: Tree | undefined): string | undefined {
  if (tree?.type !== 'scalar' || typeof tree.value !== 'string') return undefined;
  const { protocol, username, password } = URL.parse(tree.value) ?? {};
  const isShown = /^https?:$/.test(protocol ?? '') && !username && !password;
  return isShown ? tree.value.replace(/(?<!\/)\/+$/, '') : undefined;
}

function findFirst(reader: SectionReader, path: string, list: string, key: string): string | undefined {
  const methods = reader.findTree(path);
  if (methods?.type !== 'list') return undefined;
  return methods.trees
    .flatMap((_, at) => {
      const found = reader.findTree(`${path}.${at}.${list}`);
      return found?.type === 'list'
        ? found.trees.map((__, each) => findText(reader.findTree(`${path}.${at}.${list}.${each}.${key}`)))
        : [];
    })
    .find((url) => url !== undefined);
}
