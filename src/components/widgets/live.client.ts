import { argocd } from './argocd.client.ts';
import { attachWidget } from './frame.client.ts';
import { github } from './github.client.ts';
import { kubernetes } from './kubernetes.client.ts';
import { attachOverview } from './overview.client.ts';
import { pagerduty } from './pagerduty.client.ts';
import { prometheus } from './prometheus.client.ts';
import './status.client.ts';

/** All that is live on a page of an entity, in one script: five small ones and what they share would cost a request each. */

attachWidget('kubernetes', kubernetes);
attachWidget('argocd', argocd);
attachWidget('github', github);
attachWidget('prometheus', prometheus);
attachWidget('pagerduty', pagerduty);
attachOverview();
