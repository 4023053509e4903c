import { defineAnnotation, line } from './define.ts';

export const prometheusRule = defineAnnotation({
  key: 'prometheus.io/rule',
  title: 'Prometheus rules',
  schema: line,
  expects: 'the names of SLOs, recording rules or queries of the configuration, separated by commas',
  missing: {
    kinds: ['Component'],
    brings: 'shows its service level, error budget and burn rate',
    toValue: ({ name }) => `${name.replace(/[^A-Za-z0-9]+/g, '_')}:availability`,
  },
});
