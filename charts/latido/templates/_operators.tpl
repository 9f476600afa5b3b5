{{/*
"true" when objects of an operator are made: `auto` asks the cluster whether it knows their kind. Takes root, enabled and kind
(e.g. monitoring.coreos.com/v1/PodMonitor).
*/}}
{{- define "latido.isMade" -}}
{{- if eq (toString .enabled) "auto" -}}
{{- .root.Capabilities.APIVersions.Has .kind -}}
{{- else -}}
{{- .enabled -}}
{{- end -}}
{{- end -}}

{{/* Which setting asks for which kind, and what brings it. Takes the root. */}}
{{- define "latido.operatorKinds" -}}
- { setting: monitoring.podMonitor.enabled, enabled: {{ .Values.monitoring.podMonitor.enabled }}, kind: monitoring.coreos.com/v1/PodMonitor, from: the Prometheus operator }
- { setting: monitoring.serviceMonitor.enabled, enabled: {{ .Values.monitoring.serviceMonitor.enabled }}, kind: monitoring.coreos.com/v1/ServiceMonitor, from: the Prometheus operator }
- { setting: monitoring.rules.enabled, enabled: {{ .Values.monitoring.rules.enabled }}, kind: monitoring.coreos.com/v1/PrometheusRule, from: the Prometheus operator }
- { setting: alertmanager.config.enabled, enabled: {{ .Values.alertmanager.config.enabled }}, kind: monitoring.coreos.com/v1alpha1/AlertmanagerConfig, from: the Prometheus operator }
- { setting: httpRoute.enabled, enabled: {{ .Values.httpRoute.enabled }}, kind: gateway.networking.k8s.io/v1/HTTPRoute, from: the Gateway API }
- { setting: autoscaling.keda.enabled, enabled: {{ or .Values.serviceA.autoscaling.keda.enabled .Values.serviceB.autoscaling.keda.enabled }}, kind: keda.sh/v1alpha1/ScaledObject, from: KEDA }
- { setting: workload.kind=Rollout, enabled: {{ eq .Values.workload.kind "Rollout" }}, kind: argoproj.io/v1alpha1/Rollout, from: Argo Rollouts }
{{- end -}}
