/** Alerts that no fault of the rig brings, each with the reason, and with what sees it fire instead. */
export const NOT_CAUSED: Readonly<Record<string, string>> = {
  InteropWatchdog: 'fires always; the rig holds that it arrives from every installation',
  InteropCardinalityDropped:
    'every family has room for all services, edges and reasons that a monitor keeps; only 100,001 instances or 1,001 services would not fit, which no small machine starts; its rule tests see it fire',
};
