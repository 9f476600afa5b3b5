{{/* How metrics are fetched; `namespace` and `pod` come from the operator. Takes the root. */}}
{{- define "latido.scrape" -}}
interval: {{ .Values.monitoring.interval }}
scrapeTimeout: {{ .Values.monitoring.scrapeTimeout }}
honorLabels: true
relabelings:
  - { targetLabel: job, replacement: latido }
  - { sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_instance], targetLabel: release }
  - { sourceLabels: [__meta_kubernetes_pod_label_app_kubernetes_io_component], targetLabel: app }
{{- end -}}

{{/* "true" when a PodMonitor is made: an explicit ServiceMonitor is one instead. Takes the root. */}}
{{- define "latido.podMonitorIsMade" -}}
{{- $monitoring := .Values.monitoring -}}
{{- $instead := and (eq (toString $monitoring.podMonitor.enabled) "auto") (eq (toString $monitoring.serviceMonitor.enabled) "true") -}}
{{- and (not $instead) (include "latido.isMade" (dict "root" . "enabled" $monitoring.podMonitor.enabled "kind" "monitoring.coreos.com/v1/PodMonitor") | eq "true") -}}
{{- end -}}

{{/* "true" when a ServiceMonitor is made; with `auto` only where there is no PodMonitor: both would count every sample twice. Takes the root. */}}
{{- define "latido.serviceMonitorIsMade" -}}
{{- $enabled := .Values.monitoring.serviceMonitor.enabled -}}
{{- $twice := and (eq (toString $enabled) "auto") (include "latido.podMonitorIsMade" . | eq "true") -}}
{{- and (not $twice) (include "latido.isMade" (dict "root" . "enabled" $enabled "kind" "monitoring.coreos.com/v1/ServiceMonitor") | eq "true") -}}
{{- end -}}

{{/* What is said of each alert: defaults.yaml under the values. Takes the root. */}}
{{- define "latido.alerts" -}}
{{- $defaults := .Files.Get "rules/defaults.yaml" | fromYaml -}}
{{- $replicas := dict "InteropMonitorReplicaMissing" (dict "replicas" .Values.heartbeatMonitor.replicas) -}}
{{- mergeOverwrite $defaults $replicas (deepCopy .Values.alerts) | toYaml -}}
{{- end -}}

{{/* A rule file with its tokens replaced and without the alerts that are not enabled. Takes root, file and alerts. */}}
{{- define "latido.ruleFile" -}}
{{- $urls := .root.Values.monitoring.urls -}}
{{- $text := .root.Files.Get .file
  | replace "@namespace@" .root.Release.Namespace
  | replace "@release@" .root.Release.Name
  | replace "@dashboards@" (trimSuffix "/" $urls.dashboards)
  | replace "@runbooks@" (trimSuffix "/" $urls.runbooks) -}}
{{- range $alert, $parameters := .alerts -}}
{{- range $parameter, $value := $parameters -}}
{{- $text = replace (printf "@%s.%s@" $alert $parameter) (kindIs "string" $value | ternary $value (toJson $value)) $text -}}
{{- end -}}
{{- end -}}
{{- $groups := list -}}
{{- range $group := ($text | fromYaml).groups -}}
{{- $rules := list -}}
{{- range $group.rules -}}
{{- $enabled := get (get $.alerts (.alert | default "") | default dict) "enabled" -}}
{{- if ne (toString $enabled) "false" -}}{{- $rules = append $rules . -}}{{- end -}}
{{- end -}}
{{- if $rules -}}{{- $groups = append $groups (set $group "rules" $rules) -}}{{- end -}}
{{- end -}}
{{- toYaml (dict "groups" $groups) -}}
{{- end -}}

{{/* The names of the rule files. Takes the root. */}}
{{- define "latido.ruleFiles" -}}
{{- $files := list -}}
{{- range $path, $_ := .Files.Glob "rules/*.yaml" -}}
{{- if not (has (base $path) (list "defaults.yaml" "alertmanager.yaml")) -}}{{- $files = append $files $path -}}{{- end -}}
{{- end -}}
{{- toYaml $files -}}
{{- end -}}
