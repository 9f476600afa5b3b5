/** One part of the cluster test: a file of test/k8s. */
export interface Part {
  readonly name: string;
  readonly about: string;
}

/** In the order they run: each finds the release as the one before left it. */
export const PARTS: readonly Part[] = [
  {
    name: 'install',
    about: 'installs under Pod Security restricted; helm test; strict validation by the server',
  },
  {
    name: 'ledger',
    about: 'an exact ledger: at rest, while scaling, killing, deleting, upgrading, rolling back',
  },
  { name: 'scaling', about: 'HorizontalPodAutoscaler and KEDA, out and back without loss' },
  { name: 'network', about: 'who may talk to whom, and that nobody else gets an answer' },
  { name: 'alerts', about: 'scraping, rules, and pages for what is true' },
  { name: 'witness', about: 'what Kubernetes knows about the end of a pod, and that monitor replicas agree' },
  { name: 'nodes', about: 'OOM kill, drain, sudden loss of a node; needs --disrupt' },
  { name: 'releases', about: 'the previous chart and back, two releases side by side, uninstall' },
];
