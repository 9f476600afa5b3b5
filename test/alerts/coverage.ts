/** Alerts that no fault of the rig brings, each with the reason, and with what sees it fire instead. */
export const NOT_CAUSED: Readonly<Record<string, string>> = {
  InteropWatchdog: 'fires always; the rig holds that it arrives from every installation',
  InteropServiceMissing:
    'needs somebody who says how many instances there should be: without Kubernetes or EXPECTED_INSTANCES, who says goodbye is not missed; its rule tests see it fire',
  InteropInstanceMute: 'needs Kubernetes, which calls a silent pod ready; its rule tests see it fire',
  InteropCardinalityDropped:
    'every family has room for all services, edges and reasons that a monitor keeps; only 100,001 instances or 1,001 services would not fit, which no small machine starts; its rule tests see it fire',
};
