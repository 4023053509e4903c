import type { Route } from '../route.ts';
import { accountRoutes } from './accounts.ts';
import { activityRoutes } from './activity.ts';
import { appRoutes } from './apps.ts';
import { contentRoutes } from './contents.ts';
import { gitRoutes } from './git.ts';
import { historyRoutes } from './history.ts';
import { repositoryRoutes } from './repositories.ts';

/** Every address of the REST API that the server answers. */
export const routes: readonly Route[] = [
  ...accountRoutes,
  ...appRoutes,
  ...repositoryRoutes,
  ...gitRoutes,
  ...contentRoutes,
  ...historyRoutes,
  ...activityRoutes,
];
