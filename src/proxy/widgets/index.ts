import { argocdWidget } from './argocd/widget.ts';
import type { Widget } from './define.ts';
import { githubWidget } from './github/widget.ts';
import { kubernetesWidget } from './kubernetes/widget.ts';
import { pagerdutyWidget } from './pagerduty/widget.ts';
import { prometheusWidget } from './prometheus/widget.ts';

/** What the proxy can answer, a row a widget. */
export const widgets: readonly Widget<unknown>[] = [
  kubernetesWidget,
  argocdWidget,
  githubWidget,
  prometheusWidget,
  pagerdutyWidget,
];
